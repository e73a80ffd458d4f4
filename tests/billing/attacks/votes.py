"""Attacks on the votes of the ALV: who votes, when, what is counted, what stands."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update

R, S, E = "membership_votingrule", "membership_stemming", "membership_entitled"
B, Z = "membership_ballot", "membership_sealedballot"
A, P = "membership_attendance", "membership_proxy"
POINT = "membership_beslispunt"
STANDS, ON_AGENDA = "blijft zoals zij is gehouden", "op de agenda van deze ALV"
COUNT, FROZEN = "niet die van de stemmen", "Wie mag stemmen ligt vast"
OPEN, CONVENED = "zolang de stemming open is", "zolang de ALV is bijeengeroepen"
USUAL = f"UPDATE {R} SET {{}} WHERE kind = 'ontbinding';"
RULE = "kind = 'ontbinding'"
A_UUID = "gen_random_uuid()"
IS_OPEN = f"DROP TRIGGER a_vote_stands ON {S};"


def close(row: str, **counts: int) -> str:
    """Close a vote, with counts of your own."""
    values = {"pro": 1, "contra": 0, "abstained": 0, "blank": 0, "entitled_votes": 2,
              "present_votes": 2, **counts}  # fmt: skip
    sets = ", ".join(f"{name} = {value}" for name, value in values.items())
    said = "closed_at = now(), verdict = 'adopted', sentence = 'Ja.'"
    return update(
        S, row, f"status = 'closed', {sets}, closed_by_id = %(bestuur)s, {said}"
    )


def vote(**changes: str) -> str:
    """Another vote like the open one; on nothing that can be voted on, unless said."""
    return copy(S, "id = %(vote_open)s", **changes)


VOTES = [
    *(Attack(guard, tries, USUAL.format(change)) for guard, tries, change in [
        ("a_majority_can_be_reached", "ask more than all", "majority_numerator = 4"),
        ("a_majority_can_be_reached", "ask more than the whole",
         "majority_numerator = 3, is_strict = true"),
        ("a_quorum_can_be_reached", "ask more than all are", "quorum_numerator = 2"),
        ("a_voting_rule_gives_votes_and_its_source", "give no vote",
         "votes_per_member = 0"),
        ("a_voting_rule_gives_votes_and_its_source", "say no source", "article = ''"),
    ]),
    Attack("one_voting_rule_per_kind_from_a_day", "have two", copy(R, RULE)),
    Attack("a_rule_that_was_voted_by_stands", "ask less afterwards",
           f"UPDATE {R} SET is_strict = false WHERE kind = 'gewoon';",
           "Met deze regel is gestemd"),
    *(Attack("a_vote_is_on_the_agenda_of_its_assembly", tries, vote(**changes),
             ON_AGENDA)
      for tries, changes in [
          ("be of another ALV", {"assembly_id": "%(assembly_held)s"}),
          ("be on what was decided", {"beslispunt_id": "%(beslispunt_decided)s"}),
          ("be closed at once", {"status": "'closed'"}),
      ]),
    *(Attack("a_vote_stands", tries, update(S, row, change), STANDS)
      for tries, row, change in [
          ("open again", "vote_closed", "status = 'open'"),
          ("count otherwise", "vote_closed", "pro = 0, contra = 1"),
          ("be secret after all", "vote_open", "method = 'paper', is_secret = true"),
          ("be by another rule", "vote_open",
           f"rule_id = (SELECT id FROM {R} WHERE {RULE})"),
      ]),
    Attack("a_vote_is_on_one_thing", "be on two",
           IS_OPEN + update(S, "vote_open", "amendement_id = %(amendement)s")),
    Attack("a_beslispunt_is_voted_on_once", "vote twice", vote()),
    Attack("an_amendement_is_voted_on_once", "vote twice",
           vote(beslispunt_id="null", amendement_id="%(amendement)s")
           + vote(id="999998", beslispunt_id="null", amendement_id="%(amendement)s")),
    *(Attack("a_secret_electronic_vote_has_a_key", tries,
             IS_OPEN + update(S, row, change))
      for tries, row, change in [
          ("have none", "vote_secret", "public_key = ''"),
          ("have one for nothing", "vote_open", "public_key = repeat('a', 64)"),
      ]),
    Attack("a_show_of_hands_is_not_secret", "be secret",
           IS_OPEN + update(S, "vote_closed", "is_secret = true")),
    *(Attack("a_closed_vote_has_its_outcome", tries, IS_OPEN + update(S, row, change))
      for tries, row, change in [
          ("be closed by nobody", "vote_closed", "closed_by_id = null"),
          ("be closed with no sentence", "vote_closed", "sentence = ''"),
          ("come to nothing known", "vote_closed", "verdict = 'maybe'"),
          ("come to something while open", "vote_open", "verdict = 'adopted'"),
      ]),
    *(Attack("no_more_votes_are_counted_than_there_are", tries,
             IS_OPEN + update(S, "vote_closed", change))
      for tries, change in [
          ("count more than were there", "pro = 3"),
          ("be more than there are", "present_votes = 3"),
      ]),
    *(Attack("two_people_count_what_was_not_electronic", tries, sql)
      for tries, sql in [
          ("check what one counted oneself",
           update(S, "vote_counted", "counted_by_id = %(bestuur)s")
           + close("vote_counted")),
          ("be counted by nobody", update(S, "vote_counted", "counted_by_id = null")),
          ("count by hand what is electronic",
           update(S, "vote_open", "counted_by_id = %(bureau)s")),
      ]),
    *(Attack("a_vote_is_annulled_with_a_reason", tries, update(S, "vote_open", change))
      for tries, change in [
          ("give none", "status = 'annulled'"),
          ("give one for an open vote", "reason = 'Vergissing'"),
      ]),
    *(Attack("a_closed_vote_counts_its_ballots", tries, sql, COUNT)
      for tries, sql in [
          ("say otherwise than the ballots", close("vote_open", pro=0, contra=1)),
          ("count who did not vote", close("vote_open", pro=2)),
          ("count more secret votes", close("vote_secret", pro=2)),
          ("be of more votes than the list", close("vote_counted", entitled_votes=3)),
          ("be of more who came", close("vote_counted", present_votes=1)),
      ]),
    Attack("a_text_stands_while_it_is_voted_on", "say something else",
           update(POINT, "point_in_vote", "text = 'Iets anders.'"),
           "wordt nu gestemd"),
    Attack("an_assembly_ends_after_its_votes", "end now",
           update("membership_assembly", "assembly_convened",
                  "status = 'held', closed_at = ends_at"), "nog een stemming open"),
    *(Attack("the_entitled_are_frozen_at_the_close", tries, sql, FROZEN)
      for tries, sql in [
          ("join a closed vote", copy(E, "id = %(entitled_silent)s",
                                      stemming_id="%(vote_closed)s",
                                      organisation_id="%(member_of_none)s")),
          ("be no lid", copy(E, "id = %(entitled_silent)s",
                             organisation_id="%(oost)s")),
          ("come in having voted", copy(E, "id = %(entitled_voted)s",
                                        organisation_id="%(member_of_none)s")),
          ("be another", update(E, "entitled_voted",
                                "organisation_id = %(member_of_none)s")),
          ("not have voted after all",
           update(E, "entitled_voted", "has_voted = false, voted_by_id = null")),
          ("have another weight in a secret vote",
           update(E, "entitled_secret", "votes = 2")),
      ]),
    Attack("a_member_is_entitled_once_in_a_vote", "be twice on the list",
           copy(E, "id = %(entitled_silent)s")),
    Attack("who_cast_a_vote_is_known", "vote by nobody",
           update(E, "entitled_silent", "has_voted = true")),
    *(Attack("a_ballot_is_cast_while_the_vote_is_open", tries, sql, OPEN)
      for tries, sql in [
          ("come from who was not marked",
           copy(B, "id = %(ballot)s", entitled_id="%(entitled_silent)s")),
          ("say openly what is secret",
           copy(B, "id = %(ballot)s", entitled_id="%(entitled_secret)s")),
          ("say what is no choice", update(B, "ballot", "choice = 'misschien'")),
          ("be of another", update(B, "ballot", "entitled_id = %(entitled_secret)s")),
          ("change after the close",
           close("vote_open") + update(B, "ballot", "choice = 'contra'")),
      ]),
    Attack("a_member_casts_one_ballot", "cast two", copy(B, "id = %(ballot)s")),
    *(Attack("a_sealed_ballot_is_of_who_was_marked", tries,
             copy(Z, "stemming_id = %(vote_secret)s", **{"id": A_UUID, **changes}),
             OPEN)
      for tries, changes in [
          ("put in one more", {}),
          ("put it in an open vote", {"stemming_id": "%(vote_open)s"}),
      ]),
    Attack("a_sealed_ballot_is_not_changed", "seal another choice",
           f"UPDATE {Z} SET sealed = 'x';", STANDS),
    Attack("sealed_ballots_go_at_the_close", "take one out", f"DELETE FROM {Z};",
           "gaat niet weg"),
    *(Attack("the_presentielijst_is_of_a_convened_assembly", tries, sql, CONVENED)
      for tries, sql in [
          ("come to a draft", copy(A, "id = %(attendance)s",
                                   assembly_id="%(assembly_draft)s")),
          ("have come to what is over",
           update(A, "attendance", "assembly_id = %(assembly_held)s")),
      ]),
    Attack("an_organisation_is_on_the_presentielijst_once", "come twice",
           copy(A, "id = %(attendance)s")),
    *(Attack("who_came_has_a_moment", tries, update(A, "attendance", change))
      for tries, change in [
          ("come at no moment", "status = 'came'"),
          ("leave before it came", "status = 'left', came_at = now(), left_at = "
           "now() - interval '1 hour'"),
      ]),
    *(Attack("a_volmacht_is_of_a_convened_assembly", tries, sql, CONVENED)
      for tries, sql in [
          ("be for a draft", copy(P, "id = %(proxy)s",
                                  assembly_id="%(assembly_draft)s")),
          ("be for what is over", copy(P, "id = %(proxy)s",
                                       assembly_id="%(assembly_held)s")),
      ]),
    *(Attack("a_volmacht_is_only_revoked", tries, update(P, row, change), STANDS)
      for tries, row, change in [
          ("go to another", "proxy", "of_member_id = %(member_of_none)s"),
          ("count again", "proxy_revoked", "revoked_at = null, revoked_by_id = null"),
      ]),
    *(Attack(guard, tries, copy(P, "id = %(proxy_revoked)s",
                                **{"revoked_at": "null", "revoked_by_id": "null",
                                   **changes}))
      for guard, tries, changes in [
          ("a_volmacht_goes_to_a_person_or_a_member", "go to nobody",
           {"of_member_id": "null"}),
          ("a_volmacht_goes_to_a_person_or_a_member", "go to both",
           {"holder_id": "%(bureau)s"}),
          ("a_volmacht_goes_to_another", "go to itself",
           {"of_member_id": "%(member_of_none)s"}),
          ("a_volmacht_on_paper_has_its_scan", "have none", {"on_paper": "true"}),
          ("a_volmacht_is_revoked_by_somebody", "be revoked by nobody",
           {"revoked_at": "now()"}),
      ]),
    Attack("a_member_gives_one_volmacht_at_a_time", "give two",
           copy(P, "id = %(proxy)s")),
    *(Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
      for table in (R, S, E, B, A, P)),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (R, S, E, B, Z, A, P)),
]  # fmt: skip

# What must pass: the member that was silent votes, and the vote is closed right.
A_VOTE = (
    update(E, "entitled_silent", "has_voted = true, voted_by_id = %(bureau)s")
    + copy(B, "id = %(ballot)s", entitled_id="%(entitled_silent)s", choice="'contra'")
    + close("vote_open", pro=1, contra=1)
)
A_SECRET_VOTE = (
    close("vote_secret") + f"DELETE FROM {Z} WHERE stemming_id = %(vote_secret)s;"
)
A_SECOND_COUNT = close("vote_counted")
