"""Attacks on herindelingen: who is dissolved, and what begins at who is gone."""

from tests.billing.attacks.sql import Attack, copy, update

R, D = "membership_redivision", "membership_dissolution"
POINT = "membership_redivisiondecision"
DECIDED = f"(SELECT min(id) FROM {POINT})"


def dissolve(**changes: str) -> str:
    """A gemeente more, in the one that is open."""
    free = {"organisation_id": "%(oost)s", **changes}
    return copy(D, "id = %(dissolution)s", **free)


def begin(table: str, which: str, **changes: str) -> str:
    """A row like one that is there, at the gemeente that is gone, from its last day."""
    at = {"organisation_id": "%(gone)s", "starts_on": "'2026-01-01'", **changes}
    return copy(table, which, **at)


BEGUN = [
    ("membership", begin("membership_membership", "id = %(lid)s", ends_on="NULL",
                         dossier_id="NULL")),
    ("role", begin("membership_role", "organisation_id = %(heideveld)s",
                   ends_on="NULL")),
    ("mandate", begin("membership_mandate", "id = %(mandate)s")),
    ("regionmember", begin("membership_regionmember", "region_id = %(am_region)s")),
    ("gebruiksovereenkomst",
     begin("contracts_gebruiksovereenkomst", "organisation_id = %(oost)s")),
    ("verwerkersovereenkomst",
     begin("contracts_verwerkersovereenkomst", "organisation_id = %(oost)s")),
    ("coverage",
     copy("contracts_coverage", "gemeente_id = %(heideveld)s AND instrument_id = "
          "%(other_instrument)s", gemeente_id="%(gone)s",
          starts_on="'2026-01-01'")),
]  # fmt: skip

REDIVISIONS = [
    Attack("a_redivision_that_ended_says_when", "end at no moment",
           update(R, "redivision", "status = 'closed'")),
    Attack("a_redivision_names_its_law", "by no law",
           copy(R, "id = %(redivision)s", ground="''")),
    Attack("a_redivision_only_ends", "on another day",
           update(R, "redivision", "starts_on = '2027-01-01'"), "alleen afgerond"),
    Attack("a_redivision_only_ends", "open again",
           update(R, "closed_redivision", "status = 'open', ended_at = NULL"),
           "alleen afgerond"),
    Attack("a_gemeente_is_dissolved_once", "twice",
           dissolve(organisation_id="%(gone)s")),
    *(Attack("a_gemeente_goes_into_another", tries, sql, says)
      for tries, sql, says in [
          ("into itself", dissolve(organisation_id="%(successor)s"), "in zichzelf"),
          ("no gemeente", dissolve(), "Alleen gemeenten"),
          ("after it was closed",
           dissolve(redivision_id="%(closed_redivision)s"), "is afgerond"),
          ("with a role to begin",
           dissolve(organisation_id="(SELECT organisation_id FROM membership_dossier "
                    "WHERE id = %(admitted)s)"), "na haar laatste dag"),
          ("of another gemeente",
           update(D, "dissolution", "organisation_id = %(heideveld)s"),
           "alleen ingetrokken"),
      ]),
    *(Attack(f"a_{table}_begins_at_a_gemeente_that_is_there", "begin there", sql)
      for table, sql in BEGUN),
    Attack("what_a_gemeente_had_is_decided_once", "decide again",
           copy(POINT, f"id = {DECIDED}")),
    Attack("what_stays_as_it_is_says_why", "without a word",
           copy(POINT, f"id = {DECIDED}", subject_id="1", outcome="'stays'",
                reason="''")),
    Attack("a_decision_is_of_an_open_redivision", "after it was closed",
           copy(POINT, f"id = {DECIDED}", dissolution_id="%(closed_dissolution)s"),
           "niets meer besloten"),
]  # fmt: skip
