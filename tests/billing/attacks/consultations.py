"""Attacks on consultations: who may answer, when, and what stands."""

from tests.billing.attacks.sql import NEVER, NEW, Attack, copy, update

C, V, A = (
    *("membership_consultation", "membership_voter"),
    "membership_consultationanswer",
)
FROZEN, IN_TIME = "ligt vast vanaf de opening", "zolang de raadpleging open is"
STANDS, REPLACED = "blijft zoals het is", "alleen vervangen"
CLOSE = f"(SELECT closes_at FROM {C} WHERE id = %(consultation)s)"
OPEN = f"(SELECT opened_at FROM {C} WHERE id = %(consultation)s)"
MINE = f"(SELECT by_id FROM {A} WHERE id = %(answer)s)"
OTHER = {"voter_id": "%(other_voter)s", "replaced_at": "null"}
MAY = f"authorised_id = {MINE}, authorised_at = now()"


def answer(**changes: str) -> str:
    """Of the other member, like the one that there is."""
    return copy(A, "id = %(answer)s", **{**OTHER, **changes})


CONSULTATIONS = [
    Attack("a_consultation_closes_after_it_opens", "close before",
           update(C, "draft_consultation", "closes_on = opens_on - 1")),
    *(Attack("a_consultation_has_two_to_four_options", tries,
             update(C, "draft_consultation", f"options = ARRAY[{options}]"))
      for tries, options in [("one", "'voor'"), ("five", "'a','b','c','d','e'")]),
    *(Attack("a_consultation_asks_something", f"without {field}",
             update(C, "draft_consultation", f"{field} = ''"))
      for field in ("question", "explanation")),
    Attack("an_open_consultation_has_its_moments", "open at no moment",
           update(C, "draft_consultation", "status = 'open'")),
    Attack("a_result_is_published_after_the_close", "publish at once",
           update(C, "consultation", "status = 'published', published_at = now()")),
    *(Attack("a_consultation_stands_once_it_is_open", tries,
             update(C, "consultation", change), STANDS)
      for tries, change in [
          ("ask another thing", "question = 'Anders?'"),
          ("add an option", "options = array_append(options, 'misschien')"),
          ("go on for longer", "closes_at = closes_at + interval '1 day'"),
          ("become a draft", "status = 'draft', opened_at = null, closes_at = null"),
      ]),
    Attack("a_consultation_stands_once_it_is_open", "go on after it was called off",
           update(C, "consultation", "status = 'called_off'")
           + update(C, "consultation", "status = 'open'"), STANDS),
    *(Attack("voters_are_frozen_at_the_opening", tries, sql, FROZEN)
      for tries, sql in [
          ("let one more vote", copy(V, "id = %(voter)s", organisation_id="%(oost)s")),
          ("let somebody vote who is no lid",
           copy(V, "id = %(voter)s", organisation_id="%(oost)s",
                consultation_id="%(draft_consultation)s")),
          ("be another", update(V, "voter", "organisation_id = %(oost)s")),
          ("authorise after the close",
           update(V, "voter", f"authorised_id = {MINE}, authorised_by_id = %(bureau)s, "
                  f"authorised_at = {CLOSE}")),
      ]),
    Attack("a_member_votes_once_in_a_consultation", "vote twice",
           "DROP TRIGGER voters_are_frozen_at_the_opening ON membership_voter;"
           + copy(V, "id = %(voter)s")),
    *(Attack("somebody_else_authorises_who_answers", tries,
             update(V, "voter", f"{MAY}, authorised_by_id = {who}"))
      for tries, who in [("nobody", "null"), ("oneself", MINE)]),
    *(Attack("an_answer_falls_in_the_term", tries, answer(**changes), IN_TIME)
      for tries, changes in [
          ("at the close", {"at": CLOSE}),
          ("before it opened", {"at": f"{OPEN} - interval '1 second'"}),
          ("what is no option", {"choice": "'misschien'"}),
      ]),
    Attack("an_answer_falls_in_the_term", "change it after the close",
           update(A, "answer", f"replaced_at = {CLOSE}"), IN_TIME),
    Attack("a_member_has_one_answer_that_counts", "answer twice",
           answer(voter_id="%(voter)s")),
    *(Attack("an_answer_is_only_replaced", tries, update(A, "answer", change), REPLACED)
      for tries, change in [
          ("say another thing", "choice = 'tegen'"),
          ("by another", "by_id = %(bureau)s"),
      ]),
    *(Attack(f"{table}_is_kept", "delete every row", f"DELETE FROM {table}", NEVER)
      for table in (A, V, C)),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (C, V, A)),
]  # fmt: skip

# What must pass: the other member answers in time, and changes its mind.
AN_ANSWER = answer() + (f"UPDATE {A} SET replaced_at = now() WHERE id = {NEW};")
