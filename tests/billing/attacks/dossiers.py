"""Attacks on dossiers: on the order of law, and on what was recorded."""

from tests.billing.attacks.sql import NEW, Attack, copy, update

D, S = "membership_dossier", "membership_dossierstep"
E, N = "membership_evidence", "membership_note"
W, M = "membership_wish", "membership_mandate"
PERIOD = "membership_membership"
FIRST = f"(SELECT min(id) FROM {S} WHERE dossier_id = %(on_its_way)s)"
TODAY = "current_date"
ORDER = "volgorde van de stappen"
ASIDE = "wordt alleen vervangen"


def add_step(kind: str, which: str = "on_its_way", **changes: str) -> str:
    """A step like the weighing of a dossier that is on its way; today, without more."""
    return copy(
        S,
        f"id = {FIRST}",
        **{
            "dossier_id": f"%({which})s",
            "kind": f"'{kind}'",
            "outcome": "''",
            "on": TODAY,
            **changes,
        },
    )


def add_dossier(**changes: str) -> str:
    return copy(D, "id = %(on_its_way)s", **changes)


def add_mandate(**changes: str) -> str:
    return copy(M, "id = %(mandate)s", **changes)


def add_notice(**changes: str) -> str:
    """Of another membership, at the end of 2026."""
    of_another = {"membership_id": "%(lid)s", **changes}
    return copy("membership_notice", "id = %(notice)s", **of_another)


def heard(**changes: str) -> str:
    return add_step("heard", **{"outcome": "'none'", **changes})


FREE = {"number_sequence": "77", "organisation_id": "%(oost)s"}
NEXT_STEP = heard()
SET_ASIDE = f"UPDATE {S} SET replaced_at = now() WHERE id = {FIRST};"

DOSSIERS = [
    Attack("a_dossier_has_a_number_of_its_own", "use a number twice",
           add_dossier(organisation_id="%(oost)s")),
    Attack("an_organisation_has_one_running_dossier", "open another",
           add_dossier(number_sequence="77")),
    Attack("a_dossier_that_ended_says_when", "end at no moment",
           add_dossier(**FREE, status="'withdrawn'")),
    Attack("a_dossier_that_ended_says_when", "run after its end",
           add_dossier(**FREE, ended_at="now()")),
    Attack("a_step_stands_once_in_a_dossier", "decide twice",
           add_step("weighed", outcome="'voorhang'")),
    Attack("a_step_that_can_end_in_two_ways_says_how", "say nothing",
           heard(outcome="''")),
    Attack("a_step_that_can_end_in_two_ways_says_how", "say what is not asked",
           add_step("decided", outcome="'none'")),
    Attack("the_raad_has_a_term_to_react", "end it before it began",
           SET_ASIDE.replace(f"id = {FIRST}", "kind = 'sent' AND dossier_id = "
                             "%(on_its_way)s")
           + add_step("sent", until="current_date - 1")),
    Attack("the_lighter_route_has_a_motivation", "without a word",
           SET_ASIDE + add_step("weighed", outcome="'inform'", words="''")),
    Attack("an_aanmelding_says_who_signed", "nobody", add_step("applied")),
    *(Attack("a_step_fits_in_its_dossier", tries, sql, says)
      for tries, sql, says in [
          ("decide on the day of the toezending",
           add_step("decided", on=f"(SELECT s.on FROM {S} s WHERE kind = 'sent' AND "
                    "dossier_id = %(on_its_way)s)"), ORDER),
          ("hear the raad before it was asked",
           heard(on="current_date - 300"), ORDER),
          ("let the term lapse too early",
           SET_ASIDE.replace(f"id = {FIRST}", "kind = 'sent' AND dossier_id = "
                             "%(on_its_way)s")
           + add_step("sent", until="current_date")
           + heard(outcome="'lapsed'", id="888888"), "nog niet voorbij"),
          ("sign by the mandate of another",
           add_step("applied", mandate_id="%(mandate)s", signer_name="'K'",
                    signer_function="'directeur'"), "geldt niet"),
          ("admit at once", add_step("admitted"), "ontbreekt een stap"),
          ("one more step after the end",
           add_step("judged", "admitted", outcome="'accepted'"), "afgerond"),
      ]),
    *(Attack("a_step_is_only_set_aside", tries,
             f"UPDATE {S} SET {change} WHERE id = {FIRST};", ASIDE)
      for tries, change in [("change the day", "\"on\" = current_date"),
                            ("by another", "by_id = %(bestuur)s")]),
    Attack("a_step_is_only_set_aside", "after the check",
           f"UPDATE {S} SET replaced_at = now() WHERE dossier_id = %(admitted)s;",
           "stappen liggen vast"),
    Attack("a_paper_is_only_set_aside", "put other bytes in it",
           f"UPDATE {E} SET content = 'x' WHERE dossier_id = %(on_its_way)s;", ASIDE),
    *(Attack("a_dossier_only_ends", tries, sql, "wordt alleen afgerond")
      for tries, sql in [
          ("admit without an admission",
           update(D, "on_its_way", "status = 'admitted', ended_at = now()")),
          ("run again", update(D, "admitted", "status = 'running', ended_at = NULL")),
          ("of another", update(D, "on_its_way", "organisation_id = %(oost)s")),
      ]),
    *(Attack("a_membership_of_a_dossier_was_admitted", tries, sql, "rust niet op")
      for tries, sql in [
          ("before the admission",
           copy(PERIOD, "id = %(lid)s", dossier_id="%(on_its_way)s",
                organisation_id=f"(SELECT organisation_id FROM {D} "
                "WHERE id = %(on_its_way)s)")),
          ("of another organisation",
           copy(PERIOD, "id = %(lid)s", organisation_id="%(oost)s")),
      ]),
    Attack("a_piece_of_evidence_is_not_empty", "keep nothing",
           copy(E, f"id = (SELECT min(id) FROM {E})", size="0")),
    Attack("a_wish_that_was_taken_back_says_by_whom", "nobody",
           copy(W, "taken_back_at IS NOT NULL", taken_back_by_id="NULL::text")),
    Attack("a_wish_that_was_taken_back_stays_so", "bring it back",
           f"UPDATE {W} SET taken_back_at = NULL, taken_back_by_id = NULL "
           "WHERE taken_back_at IS NOT NULL", "is teruggenomen"),
    Attack("a_wish_says_who_and_what", "nobody",
           copy(W, "dossier_id = %(on_its_way)s", by_whom="''")),
    Attack("a_note_says_something", "nothing",
           copy(N, "dossier_id = %(on_its_way)s", id=NEW, text="''")),
    *(Attack(guard, tries, add_notice(**changes)) for guard, tries, changes in [
        ("a_membership_ends_after_its_notice", "the day before",
         {"ground": "'unreasonable'", "ends_on": "'2026-11-21'"}),
        ("a_regular_notice_is_for_the_end_of_the_boekjaar", "half-way the year",
         {"ends_on": "'2027-06-30'"}),
        ("the_association_gives_its_reason", "without a word",
         {"ground": "'expulsion'", "reason": "''"}),
    ]),
    Attack("a_mandate_ends_after_it_starts", "end before it starts",
           add_mandate(ends_on="'2017-12-31'")),
    Attack("a_mandate_starts_after_its_decision", "start before the decision",
           add_mandate(decided_on="'2018-01-02'")),
]  # fmt: skip
