"""The steps of the money: three half-years, from hours to what the bank paid."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q

from billing.demo.bank import bank_statement
from billing.demo.corrections import late_hours, taken_back
from billing.demo.hours import Gemeente, delivery, hours_of
from billing.demo.members import change_vergoeding
from billing.demo.mistakes import wrong_delivery
from billing.demo.stage import (
    BACKOFFICE,
    BESTUUR,
    BUREAU,
    PENNINGMEESTER,
    Stage,
    command,
    refused_command,
)
from billing.models import Settlement
from contracts.models import Coverage
from membership.people import person_by_email
from nvsi.dutch import euro
from nvsi.halfyear import HalfYear

PAID, APPROVED, RUNNING = HalfYear(2025, 2), HalfYear(2026, 1), HalfYear(2026, 2)

LATE = ("GM0014", "GM0344", "GM0758")
TAKEN_BACK = "GM0060"  # all its hours: its next half-year is below zero
WRONG_PRICE = "GM0153"
WITHOUT_AGREEMENT = "GM1690"


def deliver_first(stage: Stage) -> Iterator[str]:
    yield from _deliver(stage, PAID)


def deliver_second(stage: Stage) -> Iterator[str]:
    yield from _deliver(stage, APPROVED)


def deliver_wrong(stage: Stage) -> Iterator[str]:
    """One wrong row and nothing is taken in; all errors come at once."""
    lines = hours_of(APPROVED, gemeenten(APPROVED))
    path = stage.write(
        "aanlevering-met-fouten.csv", wrong_delivery(lines, WITHOUT_AGREEMENT)
    )
    errors = stage.folder / "aanlevering-met-fouten-geweigerd.csv"
    words = ("--errors", errors, "--by", BACKOFFICE)
    yield from refused_command("import_hours", path, *words)


def deliver_late(stage: Stage) -> Iterator[str]:
    """What comes after the closing of a half-year falls in the first open one."""
    worked = hours_of(PAID, gemeenten(PAID))
    wrong = [line for line in worked if line.gemeente_code == TAKEN_BACK]
    lines = [*late_hours(LATE), *taken_back(wrong)]
    path = stage.write("nagekomen-en-correcties.csv", delivery(lines))
    yield from command("import_hours", path, "--by", BACKOFFICE)
    yield f"Het werk is van {PAID}. Dat is gesloten: het telt mee in {APPROVED}."


def settle_first(stage: Stage) -> Iterator[str]:
    yield from _settle(PAID)


def settle_second(stage: Stage) -> Iterator[str]:
    yield from _settle(APPROVED)
    for settlement in stage.period(APPROVED).settlements.filter(
        uitkering_gemeente__lt=0
    ):
        owed = euro(-settlement.uitkering_gemeente)
        yield f"Negatief: {settlement.organisation} betaalt {owed}."


def pay_first(stage: Stage) -> Iterator[str]:
    """The file for the bank; the bank pays it, and says so."""
    path = stage.folder / f"betalingen-{PAID}.xml"
    words = ("export_payments", PAID, path, "--by")
    yield from refused_command(*words, PENNINGMEESTER)
    yield from command(*words, BESTUUR)
    statement = bank_statement(
        path.read_bytes(),
        statement_id=f"DEMO-{stage.today:%Y-%m-%d}",
        booked_on=stage.today,
    )
    afschrift = stage.write(f"bankafschrift-{PAID}.xml", statement)
    yield from command("import_bank_statement", afschrift, "--by", BUREAU)
    paid = stage.period(PAID).settlements.filter(status=Settlement.Status.PAID)
    yield f"{paid.count()} afrekeningen staan nu op betaald."


def order_second(stage: Stage) -> Iterator[str]:
    path = stage.folder / f"betalingen-{APPROVED}.xml"
    yield from command("export_payments", APPROVED, path, "--by", BESTUUR)


def settle_again(stage: Stage) -> Iterator[str]:
    """A price that was recorded too late: reverse, mend it, and settle once more."""
    in_force = stage.period(APPROVED).settlements.in_force()
    settlement = in_force.get(organisation__code=WRONG_PRICE)
    reason = "de nieuwe vergoeding was nog niet vastgelegd"
    words = (settlement.number, "--reason", reason, "--by", PENNINGMEESTER)
    yield from command("reverse_settlement", *words)
    bureau = person_by_email(BUREAU)
    yield change_vergoeding(WRONG_PRICE, APPROVED, Decimal(29), by=bureau)
    yield from _settle(APPROVED)
    again = in_force.get(organisation__code=WRONG_PRICE)
    yield f"Opnieuw: {again}, {euro(again.uitkering_gemeente)}."


def gemeenten(halfyear: HalfYear) -> list[Gemeente]:
    """Who works in a half-year: those with an agreement, but for whom it went wrong."""
    day = halfyear.first_day
    under = Coverage.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
    ).select_related("gemeente")
    return [
        Gemeente(one.gemeente.code, one.gemeente.inhabitants or 0)
        for one in under.order_by("gemeente__code")
        if halfyear == PAID or one.gemeente.code != TAKEN_BACK
    ]


def _deliver(stage: Stage, halfyear: HalfYear) -> Iterator[str]:
    lines = hours_of(halfyear, gemeenten(halfyear))
    path = stage.write(f"aanlevering-{halfyear}.csv", delivery(lines))
    yield from command("import_hours", path, "--by", BACKOFFICE)


def _settle(halfyear: HalfYear) -> Iterator[str]:
    """Prepared by one, approved by another."""
    yield from command("settle", halfyear, "--by", BUREAU)
    yield from command("approve_settlements", halfyear, "--by", PENNINGMEESTER)
