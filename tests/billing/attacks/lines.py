"""Attacks on the hour lines, and on the half-years that they fall in."""

from tests.billing.attacks.sql import NEVER, Attack, copy, update


def add_line(into: str = "billing_line", **changes: str) -> str:
    """A line like R4, which is right unless something of it is changed."""
    changes = {"regel_id": "'X1'", **changes}
    return copy("billing_line", "regel_id = 'R4'", into, **changes)


LATE = {"datum": "'2025-11-03'", "worked_in": "20252"}
BELONGS = "lines_belong_to_an_open_halfyear"
BEFORE = {"datum": "'2010-03-09'", "worked_in": "20101"}  # no agreement yet
IN_A_CIRCLE = copy(
    "generate_series(1, 2) n, billing_line",
    "r.regel_id = 'R4'",
    "billing_line",
    id="999990 + n",
    regel_id="'X' || n",
    corrigeert_regel_id="'X' || (3 - n)",
    **BEFORE,
)
# The agreement ends before R6, which was corrected to nothing; it is corrected again.
CORRECTED_AFTER_THE_END = (
    copy("billing_line", "regel_id = 'R6'", id="999997", regel_id="'X0'", uren="-32",
         omzet="-472.00", premie="-64.00", corrigeert_regel_id="'R6'")
    + "UPDATE contracts_coverage SET ends_on = '2026-06-30' "
    "WHERE gemeente_id = %(heideveld)s AND instrument_id = %(flexensie)s;"
    + copy("billing_line", "regel_id = 'R6'", regel_id="'X1'",
           corrigeert_regel_id="'X0'")
)  # fmt: skip


def amounts(
    uren: str = "32", tarief: str = "14.75", premie: str = "2"
) -> dict[str, str]:
    """Right amounts for these numbers, so that only the numbers are wrong."""
    return {
        "uren": uren,
        "tarief": tarief,
        "premie_per_uur": premie,
        "omzet": f"round({uren} * {tarief}, 2)",
        "premie": f"round({uren} * {premie}, 2)",
    }


LINES = [
    Attack(BELONGS, tries, add_line(**changes), "hoort bij een bestaande aanlevering")
    for tries, changes in [
        ("in a closed half-year", {"period_id": "%(closed)s", **LATE}),
        ("of an unknown delivery", {"import_id": "0"}),
        ("of another source than its delivery", {"source_id": "%(heideveld)s"}),
        ("of an unknown agreement", {"coverage_id": "0"}),
        (
            "of an agreement for another instrument",
            {"coverage_id": "(SELECT id FROM contracts_coverage "
             "WHERE instrument_id = %(other_instrument)s)"},
        ),
        ("in a half-year of another instrument", {"period_id": "%(other_period)s"}),
        ("in a half-year before the work", {"datum": "'2026-09-01'",
                                            "worked_in": "20262"}),
        ("long before its agreement", BEFORE),
        ("long before its agreement, that corrects another day",
         {**BEFORE, "corrigeert_regel_id": "'R4'"}),
    ]
] + [
    Attack(BELONGS, "that correct each other before their agreement", IN_A_CIRCLE,
           "hoort bij een bestaande aanlevering"),
    Attack(BELONGS, "in the partition of a closed half-year",
           add_line("billing_line_%(closed)s", period_id="%(closed)s", **LATE),
           "hoort bij een bestaande aanlevering"),
    Attack(BELONGS, "of an unknown delivery in a partition",
           add_line("billing_line_%(open)s", import_id="0"), "hoort bij een bestaande"),
    Attack(BELONGS, "with a cent more revenue", add_line(omzet="472.01"),
           "volgen niet uit de uren"),
    Attack(BELONGS, "with a cent less premium", add_line(premie="63.99"),
           "volgen niet uit de uren"),
    Attack(BELONGS, "that corrects an unknown line",
           add_line(corrigeert_regel_id="'R99'"), "corrigeert een onbekende regel"),
    Attack("a_line_does_not_correct_itself", "that corrects itself",
           add_line(corrigeert_regel_id="'X1'")),
    *(Attack("a_line_is_worked_in_the_halfyear_of_its_day", f"of {day} in {halfyear}",
             add_line(datum=f"'{day}'", worked_in=halfyear))
      for day, halfyear in [("2026-03-09", "20252"), ("2025-12-31", "20261"),
                            ("2025-06-30", "20252"), ("2025-07-01", "20251")]),
    Attack(BELONGS, "that was delivered in another half-year",
           add_line(regel_id="'R1'"), "is al aangeleverd"),
    Attack(BELONGS, "twice at once, in two half-years",
           add_line() + add_line(id="999998", period_id="%(next)s"),
           "is al aangeleverd"),
    Attack("a_line_is_delivered_once", "twice in one half-year",
           add_line(regel_id="'C1'"), "duplicate key value"),
    Attack("billing_line_is_only_added_to", "that replaces the one that is known",
           add_line(regel_id="'C1'").replace(";", " ON CONFLICT (source_id, regel_id, "
           "period_id) DO UPDATE SET omzet = 0;"), NEVER),
    Attack("partitions", "in an unknown half-year", add_line(period_id="0"),
           "no partition of relation"),
    Attack("partitions", "in the partition of another half-year",
           add_line("billing_line_%(open)s", period_id="%(next)s"),
           "violates partition constraint"),
    *(Attack("hours_fit_in_a_week", f"of {uren} hours",
             add_line(**amounts(uren), corrigeert_regel_id="'R1'"))
      for uren in ("0", "168.01", "-168.01")),
    Attack("negative_hours_correct_a_line", "below zero that corrects nothing",
           add_line(**amounts("-1"))),
    *(Attack("a_premie_is_not_above_the_tarief", tries, add_line(**changes))
      for tries, changes in [
          ("with a higher premium than tariff", amounts(premie="14.76")),
          ("with a premium below zero", amounts(premie="-0.01")),
          ("without a tariff", amounts(tarief="0", premie="0")),
      ]),
]  # fmt: skip

CLOSES = "a_period_closes_once"
ONCE = "sluit eenmaal, bij het vaststellen"

PERIODS = [
    Attack(CLOSES, tries, update("billing_period", row, changes), ONCE)
    for tries, row, changes in [
        ("open it again", "closed", "closed_at = NULL"),
        ("close it once more", "closed", "closed_at = now()"),
        ("move a closed one", "closed", "halfyear = 20271"),
        ("close it while nothing is approved", "open", "closed_at = now()"),
        ("move an open one", "open", "halfyear = 20271"),
        ("give it away", "next", "instrument_id = %(other_instrument)s"),
    ]
] + [
    Attack("a_halfyear_of_an_instrument_exists_once", "have it twice",
           copy("billing_period", "id = %(open)s")),
    Attack(CLOSES, "add a closed one",
           copy("billing_period", "id = %(next)s", halfyear="20271",
                closed_at="now()"), ONCE),
]  # fmt: skip
