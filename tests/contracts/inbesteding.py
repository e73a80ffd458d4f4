"""What inbesteding rests on, for tests: three years, the control, and an award."""

import datetime
from decimal import Decimal
from typing import Any

from contracts.inbesteding import recording
from contracts.inbesteding.evidence import freeze
from contracts.models import Activity, Award, ControlFact, Forecast
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.membership.dossiers import paper

SINCE = datetime.date(2018, 1, 1)


def keep_year(
    instrument: Instrument | None, year: int, *, by: Person, **changes: Any
) -> Activity:
    """85% for members, unless said otherwise."""
    facts: dict[str, Any] = {
        "controlling": Decimal("850000.00"),
        "total": Decimal("1000000.00"),
        "source": f"Jaarrekening {year}",
    }
    row = Activity(instrument=instrument, year=year, **{**facts, **changes})
    return recording.record_activity(row, file=paper(name="jaarrekening.pdf"), by=by)


def keep_fact(kind: str, *, by: Person, **changes: Any) -> ControlFact:
    facts = {"summary": f"Vastgesteld: {kind}", "starts_on": SINCE}
    members = changes.pop("members", ())
    row = ControlFact(kind=kind, **{**facts, **changes})
    file = paper(f"%PDF-1.7 {kind}\n%%EOF\n".encode(), f"{kind}.pdf")
    return recording.record_fact(row, members=members, file=file, by=by)


def keep_control(*, by: Person) -> list[ControlFact]:
    """All that the law asks, with an ALV that voted."""
    kinds = ("representation", "influence", "vote", "interests", "capital")
    return [keep_fact(kind, by=by) for kind in kinds]


def keep_award(
    instrument: Instrument, uitvoerder: Organisation, *, by: Person, **changes: Any
) -> Award:
    facts: dict[str, Any] = {
        "subject": "Uitvoering Flexensie",
        "procedure": "social",
        "value": Decimal("4000000.00"),
        "threshold": Decimal("750000.00"),
        "tenderned": "123456",
        "awarded_on": SINCE,
        "starts_on": SINCE,
    }
    row = Award(instrument=instrument, uitvoerder=uitvoerder, **{**facts, **changes})
    return recording.register_award(row, file=None, by=by)


def keep_inbesteding(
    instrument: Instrument, uitvoerder: Organisation, *, by: Person, award_year: int
) -> None:
    """All of it, for an award in a year."""
    for year in range(award_year - 3, award_year):
        keep_year(instrument, year, by=by)
    keep_control(by=by)
    keep_award(instrument, uitvoerder, by=by)


def keep_evidence(
    instrument: Instrument,
    uitvoerder: Organisation,
    lid: Organisation,
    *,
    by: Person,
    on: datetime.date,
) -> dict[str, int]:
    """A record of every kind, and the evidence of a lid; gives their ids by name."""
    forecast = Forecast(
        instrument=instrument,
        award_year=on.year,
        controlling=Decimal(90),
        total=Decimal(100),
        reasoning="Veertig leden tekenden een intentie.",
    )
    recording.record_forecast(forecast, file=None, by=by)
    keep_inbesteding(instrument, uitvoerder, by=by, award_year=on.year)
    some = keep_fact("representation", members=[lid], covers_all=False, by=by)
    ended = recording.end_fact(keep_fact("vote", by=by), ends_on=on, by=by)
    wrong = recording.set_aside(keep_fact("vote", by=by), reason="dubbel", by=by)
    made = freeze(lid, instrument, awarded_on=on, by=by)
    return {
        "activity": Activity.objects.latest("pk").pk,
        "forecast": forecast.pk,
        "fact": some.pk,
        "fact_ended": ended.pk,
        "fact_aside": wrong.pk,
        "represented": some.represented.get().pk,
        "award": Award.objects.latest("pk").pk,
        "inbesteding": made.pk,
    }
