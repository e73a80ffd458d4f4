"""Check the books: compute everything again from the lines, and compare to the cent.

Each check yields findings: Dutch sentences that name the half-year, the settlement or
entry and the line. No finding means that what was frozen and booked still follows
from what was delivered. Nothing is written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from billing.checks.books import check_entries, check_numbers
from billing.checks.kas import check_kas
from billing.checks.lines import check_deliveries, check_lines
from billing.checks.payments import check_bank, check_payments
from billing.checks.settlements import check_runs, check_settlements, check_statements

CHECKS: tuple[tuple[str, Callable[[], Iterable[str | int]]], ...] = (
    ("aanleveringen", check_deliveries),
    ("urenregels", check_lines),
    ("afrekeningen", check_settlements),
    ("afrekenrondes", check_runs),
    ("nummers", check_numbers),
    ("boekingen", check_entries),
    ("bewegingen in de innovatiekas", check_kas),
    ("documenten", check_statements),
    ("betaalbestanden", check_payments),
    ("bankafschriften", check_bank),
)


@dataclass
class Report:
    """How many of each noun were checked, and what was found."""

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.findings


def check_books() -> Report:
    """Run every check; a check yields its findings and, as numbers, what it checked."""
    report = Report()
    for noun, check in CHECKS:
        outcome = list(check())
        report.checked[noun] = sum(o for o in outcome if isinstance(o, int))
        report.findings += [o for o in outcome if isinstance(o, str)]
    return report
