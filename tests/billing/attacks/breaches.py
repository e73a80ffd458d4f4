"""Attacks on datalekken: what was reported stays, and two people close."""

from tests.billing.attacks.sql import NEVER, Attack, copy

B, L, D, N, C, E = (
    *("contracts_breach", "contracts_breachlimit", "contracts_breachdescription"),
    *("contracts_breachinstrument", "contracts_breachcollege"),
    "contracts_breachentry",
)
TOLD = "college_id = %(breach_told)s AND kind = 'told'"
PROPOSED = "breach_id = %(breach_ready)s AND kind = 'closing'"
LATER = "(SELECT max(recorded_at) FROM contracts_breachentry) + interval '1 hour'"
FREE = {"college_id": "null", "outcome": "''", "sha256": "''", "content": "''::text",
        "at": LATER, "recorded_at": LATER}  # fmt: skip
REOPEN, ORDER = "wordt eerst heropend", "Afsluiten wordt eerst voorgesteld"


def breach(**changes: str) -> str:
    """Another, like the one that runs."""
    own = {"number_sequence": "9999", "key": "gen_random_uuid()"}
    return copy(B, "id = %(breach_runs)s", **{**own, **changes})


def entry(**changes: str) -> str:
    """Like that a college was told, of the datalek that runs."""
    return copy(E, TOLD, **{"at": LATER, "recorded_at": LATER, **changes})


def free(kind: str, **changes: str) -> str:
    """One that is about no college."""
    return entry(**{**FREE, "kind": f"'{kind}'", "words": "'Omdat.'", **changes})


def decided(outcome: str, **changes: str) -> str:
    """What the college that was told decided."""
    paper = {"sha256": "''", "content": "''::text"}
    facts = {"kind": "'authority'", "outcome": f"'{outcome}'", "who": "'fg'"}
    return entry(**{**paper, **facts, **changes})


CLOSE = copy(E, PROPOSED, kind="'closed'", outcome="''", by_id="%(bestuur)s",
             at=LATER, recorded_at=LATER)  # fmt: skip
RUNS = {"breach_id": "%(breach_runs)s"}
CLOSED = {"breach_id": "%(breach_closed)s"}
BREACHES = [
    Attack("a_limit_for_a_breach_is_three_days_at_most", "four days",
           f"INSERT INTO {L} (hours, starts_on) VALUES (96, '2026-01-01')"),
    Attack("a_breach_has_a_number_of_its_own", "a number twice",
           copy(B, "id = %(breach_runs)s", key="gen_random_uuid()")),
    Attack("a_report_of_a_breach_counts_once", "a form twice",
           copy(B, "id = %(breach_runs)s", number_sequence="9999")),
    Attack("a_breach_is_discovered_before_it_is_reported", "discover it later",
           breach(discovered_at="reported_at + interval '1 minute'")),
    Attack("a_breach_says_who_discovered_it", "by nobody", breach(discovered_by="''")),
    Attack("a_breach_says_what_happened", "nothing",
           copy(D, "breach_id = %(breach_runs)s", what="''")),
    Attack("a_breach_names_an_instrument_once", "name it twice",
           copy(N, "breach_id = %(breach_runs)s")),
    Attack("a_breach_names_a_college_once", "name it twice",
           copy(C, "id = %(breach_told)s")),
    *(Attack("an_entry_about_a_college_names_it", tries, sql)
      for tries, sql in [("none", entry(college_id="null")),
                         ("bring back none", free("concerned")),
                         ("a measure of one", entry(kind="'measure'", outcome="''",
                          words="'Ja.'", sha256="''", content="''::text"))]),
    *(Attack("an_outcome_of_a_breach_fits_its_kind", tries, sql)
      for tries, sql in [("of another kind", decided("written", sha256="'x'")),
                         ("none", decided("")),
                         ("one that has none", free("measure", outcome="'left'"))]),
    Attack("an_entry_of_a_breach_is_of_what_happened", "in the future",
           decided("left", at=f"{LATER} + interval '1 day'")),
    *(Attack("who_decides_in_a_breach_says_why", tries, sql)
      for tries, sql in [("not reported", decided("not_reported", words="''")),
                         ("bring back", decided("", kind="'concerned'", words="''")),
                         ("a measure", free("measure", words="''"))]),
    Attack("a_report_to_the_authority_says_by_whom", "by nobody",
           decided("reported", who="''")),
    *(Attack("who_is_told_in_writing_has_a_letter", tries, entry(**changes))
      for tries, changes in [("without", {"sha256": "''"}),
                             ("by post, and kept", {"outcome": "'posted'"}),
                             ("with, but spoken", {"outcome": "'spoken'"})]),
    *(Attack("a_closed_breach_stands", tries, sql, REOPEN)
      for tries, sql in [
          ("describe it", copy(D, "breach_id = %(breach_runs)s", **CLOSED)),
          ("name an instrument", copy(N, "breach_id = %(breach_runs)s", **CLOSED)),
          ("name a college", copy(C, "id = %(breach_untold)s", **CLOSED))]),
    *(Attack("an_entry_of_a_breach_fits", tries, sql, says)
      for tries, sql, says in [
          ("after it was closed", free("measure", **CLOSED), REOPEN),
          ("reopen what is open", free("reopened"), REOPEN),
          ("before the discovery", decided("left", at="at - interval '9 days'"),
           "voor de ontdekking"),
          ("of another datalek", entry(college_id="%(breach_elsewhere)s"),
           "hoort niet bij dit datalek"),
          ("decide before it knows", decided("left", college_id="%(breach_untold)s"),
           "nadat het is geïnformeerd"),
          ("decide before it was told", decided("left", at="at - interval '1 second'"),
           "nadat het is geïnformeerd"),
          ("close without a proposal", free("closed", by_id="%(bestuur)s"), ORDER),
          ("propose twice", copy(E, PROPOSED), ORDER),
          ("close it alone", CLOSE.replace("%(bestuur)s", "%(bureau)s"),
           "sluit niet zelf af"),
          ("close it too early",
           free("closing", outcome="'handled'", id="999998")
           + free("closed", by_id="%(bestuur)s"), "Niet elk college heeft")]),
    *(Attack(f"{table}_is_only_added_to", tries, sql.format(table), NEVER)
      for table in (B, L, D, N, C, E)
      for tries, sql in [("change every row", "UPDATE {} SET id = id"),
                         ("delete every row", "DELETE FROM {}")]),
    *(Attack(f"{table}_is_not_emptied", "empty it", f"TRUNCATE {table} CASCADE", NEVER)
      for table in (B, L, D, N, C, E)),
]  # fmt: skip
