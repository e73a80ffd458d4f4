"""The productenboek: what there is, how far it is, and who uses it.

A page lives where all its data can be seen: factsheets are of instruments, who uses
them is of contracts. Everybody may see both, so nothing here asks `visible_to`.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from billing.figures.provinces import Users, users_of
from contracts.annexes.shown import holding
from contracts.models import AnnexVersion
from contracts.using import gemeenten_by_instrument
from instruments.factsheets.shown import Sheet, sheet_of, suppliers
from instruments.interests import showing
from instruments.models import Factsheet, Instrument, Interest, Phase
from membership.models import Organisation, Person
from nvsi.dutch import counted

# From which phase on somebody can use it.
USABLE = (Phase.OPSCHALEN, Phase.IN_GEBRUIK, Phase.LOOPT_AF)


@dataclass(frozen=True)
class Card:
    """One instrument in the list; the factsheet is None before its first version."""

    instrument: Instrument
    factsheet: Factsheet | None
    gemeenten: int

    @property
    def used_by(self) -> str:
        return counted(self.gemeenten, "gemeente gebruikt", "gemeenten gebruiken")


@dataclass(frozen=True)
class Book:
    """Those of the association and the examples, and how many there are per phase."""

    own: Sequence[Card]
    examples: Sequence[Card]
    phases: Sequence[tuple[str, str, int]]
    phase: str


@dataclass(frozen=True)
class Page:
    """What the page of one instrument shows of its factsheet."""

    sheet: Sheet
    users: Users
    suppliers: Sequence[tuple[str, str]]
    versions: int
    is_usable: bool


def standing(person: Person, organisation: Organisation, instrument: Instrument) -> str:
    """How an organisation stands to it: 'uses', 'interested', 'free', or nothing for
    who can never use it."""
    if organisation.kind not in showing.KINDS or instrument.is_example:
        return ""
    if showing.uses(organisation, instrument):
        return "uses"
    shown = Interest.objects.visible_to(person).running()
    mine = shown.filter(organisation=organisation, instrument=instrument)
    return "interested" if mine.exists() else "free"


def annexes_of(
    instrument: Instrument,
    person: Person,
    organisation: Organisation | None,
    on: datetime.date,
) -> AnnexVersion | None:
    """The annexes about personal data that hold on a day, for who may see them; for an
    organisation those that it did not object to."""
    seen = AnnexVersion.objects.visible_to(person).used_on(on)
    seen = seen.filter(instrument=instrument)
    if organisation is not None and seen.exists():
        held = [version.pk for version in holding(organisation, on)]
        seen = seen.filter(pk__in=held)
    return seen.last()


def book(phase: str, on: datetime.date) -> Book:
    """All instruments by name; of one phase when that is asked and known."""
    used = gemeenten_by_instrument(on)
    sheets = {one.instrument_id: one for one in Factsheet.objects.current()}
    cards = [
        Card(one, sheets.get(one.pk), len(used.get(one.pk, ())))
        for one in Instrument.objects.order_by("name")
    ]
    chosen = phase if phase in Phase.values else ""
    shown = [one for one in cards if not chosen or _phase(one) == chosen]
    counts = [(p.value, str(p.label), _count(cards, p.value)) for p in Phase]
    return Book(
        own=[one for one in shown if not one.instrument.is_example],
        examples=[one for one in shown if one.instrument.is_example],
        phases=[one for one in counts if one[2]],
        phase=chosen,
    )


def page_of(instrument: Instrument, on: datetime.date) -> Page | None:
    """None before the first factsheet."""
    versions = list(Factsheet.objects.published().filter(instrument=instrument))
    if not versions:
        return None
    newest = versions[0]
    terms = instrument.uitvoerders.select_related("organisation")
    return Page(
        sheet=sheet_of(newest),
        users=users_of(gemeenten_by_instrument(on).get(instrument.pk, [])),
        suppliers=suppliers(list(terms.order_by("-starts_on")), on),
        versions=len(versions),
        is_usable=newest.phase in USABLE and not instrument.is_example,
    )


def _phase(card: Card) -> str:
    return card.factsheet.phase if card.factsheet else ""


def _count(cards: Sequence[Card], phase: str) -> int:
    return sum(_phase(one) == phase for one in cards)
