"""Where the evidence of each instrument stands, and what waits for the bureau."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from contracts.inbesteding.control import requirements
from contracts.inbesteding.gathering import award_for, belonging, facts_on
from contracts.inbesteding.share import years_before
from contracts.inbesteding.shown import Shown, shown
from contracts.inbesteding.sources import Series, all_series
from contracts.inbesteding.words import requirement_said
from contracts.models import Activity, Award, ControlFact, Forecast
from contracts.models.recorded_facts import STANDING
from instruments.models import Instrument
from nvsi.admin.columns import add_url

# A fact that ends within so many days is told.
SOON = datetime.timedelta(days=60)


@dataclass(frozen=True)
class Todo:
    """One thing that is missing, and where it is recorded."""

    what: str
    url: str


@dataclass(frozen=True)
class Card:
    instrument: Instrument
    shown: Shown
    todo: Sequence[Todo]


def cards(*, today: datetime.date) -> list[Card]:
    """A card per instrument, for an award today."""
    return [
        Card(instrument, shown(instrument, today, None), _todo(instrument, today))
        for instrument in Instrument.objects.own().order_by("name")
    ]


def _todo(instrument: Instrument, today: datetime.date) -> list[Todo]:
    return [*_of_instrument(instrument, today), *_of_control(today)]


def all_todo(today: datetime.date) -> Iterator[tuple[str, Todo]]:
    """Of every instrument by its name, and of the control of the association."""
    for instrument in Instrument.objects.own().order_by("name"):
        for one in _of_instrument(instrument, today):
            yield instrument.name, one
    for one in _of_control(today):
        yield "zeggenschap", one


def _of_instrument(instrument: Instrument, today: datetime.date) -> Iterator[Todo]:
    own = all_series().get(instrument.pk, Series())
    yield from _figures(instrument, own, today)
    yield from _award(instrument, today)


def _figures(
    instrument: Instrument, own: Series, today: datetime.date
) -> Iterator[Todo]:
    """The years that are not known, or a forecast where there are no three."""
    first = min(own.figures, default=None)
    for year in years_before(today.year):
        if year in own.figures or (first is not None and year < first):
            continue
        if first is None and year not in own.unsettled:
            continue
        part = " staat niet helemaal in het portaal" if year in own.unsettled else ""
        url = add_url(Activity, instrument=instrument.pk, year=year)
        yield Todo(f"Activiteit {year}{part or ' ontbreekt'}", url)
    is_new = first is None or first > years_before(today.year)[0]
    if is_new and not _has_forecast(instrument, today):
        url = add_url(Forecast, instrument=instrument.pk, award_year=today.year)
        yield Todo("Nog geen drie jaar, en geen prognose", url)


def _has_forecast(instrument: Instrument, today: datetime.date) -> bool:
    return Forecast.objects.filter(
        STANDING, instrument=instrument, award_year=today.year
    ).exists()


def _of_control(today: datetime.date) -> Iterator[Todo]:
    """What of the control is missing, or ends soon."""
    for one in requirements(facts_on(today), belonging(today)):
        if said := requirement_said(one):
            kind = (
                "capital_check" if one.missing and one.kind == "capital" else one.kind
            )
            yield Todo(said, add_url(ControlFact, kind=kind))
    ending = ControlFact.objects.filter(
        STANDING, kind__in=ControlFact.NEEDED, ends_on__range=(today, today + SOON)
    ).order_by("ends_on")
    for fact in ending:
        url = reverse("admin:contracts_controlfact_change", args=[fact.pk])
        yield Todo(
            f"Loopt af op {fact.ends_on:%d-%m-%Y}: {fact.get_kind_display()}", url
        )


def _award(instrument: Instrument, today: datetime.date) -> Iterator[Todo]:
    """Who carries it out without a registered procedure."""
    terms = instrument.uitvoerders.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today
    )
    if terms.exists() and award_for(instrument, today) is None:
        url = add_url(Award, instrument=instrument.pk)
        yield Todo("Hoe de uitvoering is gegund, is niet vastgelegd", url)
