"""The history of a kas in words: each movement with what it rests on. Pure."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from billing.innovatiekas.balance import Balance, Kind
from billing.models import KasMovement
from instruments.models import Ontwikkelvoorstel
from membership.models import AlvBesluit
from nvsi.dutch import euro, half_year, percent
from nvsi.halfyear import HalfYear

NAMES = {
    Kind.FILL: "filled",
    Kind.RESERVE: "reserved_ever",
    Kind.SPEND: "spent",
    Kind.RELEASE: "released",
}


@dataclass(frozen=True)
class Row:
    """One movement, and what was in the kas after it."""

    movement: KasMovement
    what: str
    why: str
    after: Balance

    @property
    def on(self) -> datetime.date:
        return self.movement.entry.booked_on

    @property
    def amount(self) -> str:
        return euro(self.movement.amount)

    @property
    def free(self) -> str:
        return euro(self.after.free)

    @property
    def reserved(self) -> str:
        return euro(self.after.reserved)

    @property
    def besluit(self) -> AlvBesluit | None:
        return self.movement.besluit

    @property
    def voorstel(self) -> Ontwikkelvoorstel | None:
        return self.movement.voorstel

    @property
    def halfyear(self) -> HalfYear | None:
        period = self.movement.period
        return period.halfyear if period else None


@dataclass(frozen=True)
class Spending:
    """What the kas did for one voorstel, in euros."""

    voorstel: Ontwikkelvoorstel
    balance: Balance

    @property
    def reserved(self) -> str:
        return euro(self.balance.reserved_ever)

    @property
    def spent(self) -> str:
        return euro(self.balance.spent)

    @property
    def state(self) -> str:
        """How it stands with the money, as short as a table has room for."""
        if self.balance.reserved:
            return "gereserveerd"
        if not self.balance.spent:
            return "niet doorgegaan, weer vrij"
        left = self.balance.released
        return f"betaald, {euro(left)} weer vrij" if left else "betaald"


def rows_of(movements: Iterable[KasMovement]) -> list[Row]:
    """In the order in which they were booked, given the oldest first."""
    rows, after = [], Balance()
    for movement in movements:
        after = _add(after, movement)
        rows.append(Row(movement, _what(movement), _why(movement), after))
    return rows


def spendings_of(rows: Sequence[Row]) -> list[Spending]:
    """Per voorstel, the last one first."""
    per: dict[int, Spending] = {}
    for row in rows:
        if row.voorstel is not None:
            known = per.get(row.voorstel.pk) or Spending(row.voorstel, Balance())
            balance = _add(known.balance, row.movement)
            per[row.voorstel.pk] = replace(known, balance=balance)
    return list(per.values())[::-1]


def _add(balance: Balance, movement: KasMovement) -> Balance:
    name = NAMES[Kind(movement.kind)]
    total: Decimal = getattr(balance, name) + movement.amount
    return replace(balance, **{name: total})


def _what(movement: KasMovement) -> str:
    if movement.kind == Kind.FILL and movement.amount < 0:
        return "Terugname"
    if movement.dotatie_id:
        return "Dotatie"
    return str(movement.get_kind_display()).capitalize()


def _why(movement: KasMovement) -> str:
    if movement.period is not None and movement.share is not None:
        over = f"bijdragen over de {half_year(movement.period.halfyear)}"
        if movement.amount < 0:
            return f"Er zijn {over} teruggedraaid."
        return f"{percent(movement.share.pct)} van de {over}."
    if movement.dotatie is not None:
        return movement.dotatie.purpose
    assert movement.voorstel is not None, "a movement rests on something"
    return {
        Kind.RESERVE: "Toegezegd voor een verbeterwens.",
        Kind.SPEND: "Betaald voor wat is gebouwd en aanvaard.",
        Kind.RELEASE: "Niet nodig geweest, en weer vrij.",
    }[Kind(movement.kind)]
