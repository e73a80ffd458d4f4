"""Data after an agreement, as the pages show it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from contracts.clearing.choosing import may_choose
from contracts.clearing.proving import may_hand_in, may_sign
from contracts.kinds import Kind
from contracts.models import Clearing, Offer
from contracts.models.offers import FACT_OF
from contracts.offering.words import Badge
from membership.models import Organisation, Person
from nvsi.dutch import day


@dataclass(frozen=True)
class Shown:
    """One who has data: where it stands, and what is next."""

    row: Clearing
    badge: Badge
    following: str


@dataclass(frozen=True)
class Ended:
    """An agreement that ended, with all who have data under it."""

    title: str
    organisation: Organisation
    ended_on: datetime.date
    rows: list[Shown]


def ended(rows: Iterable[Clearing], today: datetime.date) -> list[Ended]:
    """By agreement, the last one that ended first. Rows were read with `listed`."""
    ordered = sorted(rows, key=_order)
    found = []
    for _, grouped in groupby(ordered, key=_agreement):
        mine = list(grouped)
        first = mine[0]
        found.append(
            Ended(
                title_of(first),
                first.organisation,
                first.ended_on,
                [shown(row, today) for row in mine],
            )
        )
    return found


def of_offer(offer: Offer, person: Person, today: datetime.date) -> list[Shown]:
    """Of the agreement that an offer became; empty for one that goes on."""
    fact = offer.fact if offer.concluded_at else None
    if fact is None or offer.kind == Kind.UITVOERINGS:
        return []
    rows = Clearing.objects.visible_to(person).listed()
    mine = rows.filter(
        **{FACT_OF[Kind(offer.kind)]: fact}, organisation=offer.organisation_id
    )
    return [shown(row, today) for row in sorted(mine, key=_order)]


def shown(row: Clearing, today: datetime.date) -> Shown:
    return Shown(row, badge_of(row, today), following(row))


def title_of(row: Clearing) -> str:
    """'Gebruiksovereenkomst voor Flexensie'."""
    name = str(row.agreement._meta.verbose_name).capitalize()
    return f"{name} voor {row.instrument}" if row.gebruiksovereenkomst_id else name


def badge_of(row: Clearing, today: datetime.date) -> Badge:
    if row.proven_at is not None:
        return Badge("Klaar", "done")
    if row.called_off_at is not None:
        return Badge("Vervallen", "quiet")
    if row.is_late(today):
        return Badge("Te laat", "late")
    return Badge("Kies nog" if not row.choice else "Loopt", "waiting")


def following(row: Clearing) -> str:
    """What happened, or what comes next and by when."""
    if row.done_on is not None:
        return f"{row.get_choice_display().capitalize()}: gedaan op {day(row.done_on)}"
    if row.called_off_at is not None:
        return "Het gebruik gaat door: de gegevens blijven staan"
    if not row.choice:
        return f"Kies uiterlijk {day(row.choose_by)}"
    return f"{row.get_choice_display().capitalize()}, uiterlijk {day(row.due_on)}"


def rights(row: Clearing, person: Person, today: datetime.date) -> dict[str, bool]:
    """What this person may do about it now; nobody clears before the last day."""
    is_open = row.proven_at is None and row.called_off_at is None
    ready = is_open and bool(row.choice) and row.ended_on < today
    return {
        "may_choose": is_open and may_choose(row, person),
        "may_sign": ready and may_sign(row, person),
        "may_hand_in": ready and may_hand_in(row, person),
    }


def _agreement(row: Clearing) -> tuple[int, int, int, int]:
    """One end of one agreement, of one organisation."""
    which = (row.verwerkersovereenkomst_id or 0, row.gebruiksovereenkomst_id or 0)
    return (*which, row.organisation_id, row.ended_on.toordinal())


def _order(row: Clearing) -> tuple[int, tuple[int, int, int, int], bool, str, str]:
    what = row.instrument.name if row.instrument else ""
    name = row.processor.casefold()
    return (-row.ended_on.toordinal(), _agreement(row), not row.is_ours, what, name)
