"""Record what inbesteding rests on, and set aside what was wrong.

By the bureau or the bestuur. What was recorded never changes; the database holds that.
"""

import datetime
from collections.abc import Sequence
from typing import TypeVar

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from contracts.inbesteding.share import years_before
from contracts.inbesteding.sources import all_series, settled_total
from contracts.models import (
    Activity,
    Award,
    ControlFact,
    Forecast,
    KeptPaper,
    Measure,
    Represented,
)
from contracts.models.recorded_facts import RecordedFact
from membership import history
from membership.admission import evidence
from membership.models import Membership, Organisation, Person, Role
from nvsi.dutch import euro
from nvsi.errors import NotAllowed

RECORDERS = (Role.Name.BUREAU.value, Role.Name.BESTUUR.value)
Row = TypeVar("Row", bound=RecordedFact)


def keep_paper(file: "File[bytes]", *, by: Person) -> KeptPaper:
    """Keep a paper as it was given. Raises NotAllowed for what is no paper.

    The same bytes under the same name are one paper, whoever gives them.
    """
    checked = evidence.check(file, evidence.SUFFIXES, field="paper_file")
    same = {"sha256": checked.sha256, "file_name": checked.file_name}
    known = KeptPaper.objects.filter(**same).defer("content").first()
    return known or KeptPaper.objects.create(
        file_name=checked.file_name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        content=checked.content,
        by=by,
    )


@transaction.atomic
def record_activity(
    row: Activity, *, file: "File[bytes] | None", by: Person
) -> Activity:
    """The activity of a year that is over; see require_activity."""
    require_activity(row)
    return _record(row, file, by, year=row.year)


def require_activity(row: Activity) -> None:
    """Raises NotAllowed for a year that is not over, and for less turnover than was
    settled in the portal."""
    if row.year >= timezone.localdate().year:
        raise NotAllowed(f"{row.year} is nog niet voorbij.", field="year")
    settled = settled_total(row.instrument_id, row.year)
    in_euros = row.measure == Measure.TURNOVER
    if in_euros and settled is not None and row.total < settled:
        raise NotAllowed(
            f"Over {row.year} is al {euro(settled)} afgerekend in het portaal. In "
            "totaal kan niet minder zijn.",
            field="total",
        )


@transaction.atomic
def record_forecast(
    row: Forecast, *, file: "File[bytes] | None", by: Person
) -> Forecast:
    """What is expected where three years do not exist; see require_forecast."""
    require_forecast(row)
    return _record(row, file, by, year=row.award_year)


def require_forecast(row: Forecast) -> None:
    """Raises NotAllowed where the three years do exist: then those count."""
    first = min(_known_years(row.instrument_id), default=row.award_year)
    if first <= years_before(row.award_year)[0]:
        raise NotAllowed(
            "Er is al drie jaar activiteit voor een gunning in "
            f"{row.award_year}. Dan telt die, en geen prognose (artikel 2.24a, vijfde "
            "lid, Aanbestedingswet 2012).",
            field="award_year",
        )


def _known_years(instrument_id: int | None) -> set[int]:
    """Of an instrument; of the association those of all together."""
    series = all_series()
    chosen = [
        one
        for of, one in series.items()
        if instrument_id is None or of == instrument_id
    ]
    return {year for one in chosen for year in {*one.figures, *one.unsettled}}


@transaction.atomic
def record_fact(
    row: ControlFact,
    *,
    members: Sequence[Organisation] = (),
    file: "File[bytes] | None",
    by: Person,
) -> ControlFact:
    """A fact about control, with its paper. members are for whom a representation
    holds, where that is not all of them; see require_fact."""
    if file is None:
        raise NotAllowed(
            "Voeg het stuk toe waaruit dit blijkt, zoals een verslag van de ALV.",
            field="paper_file",
        )
    require_fact(row, members)
    row = _record(row, file, by, kind=row.get_kind_display(), starts_on=row.starts_on)
    for one in [] if row.covers_all else members:
        Represented.objects.create(fact=row, organisation=one)
    return row


def require_fact(row: ControlFact, members: Sequence[Organisation]) -> None:
    """Raises NotAllowed for a representation of nobody, and for who is no lid then."""
    if not row.covers_all:
        if not members:
            raise NotAllowed("Kies de leden, of kies alle leden.", field="members")
        for one in members:
            _require_lid(one, row.starts_on, "members")
    if row.organisation is not None:
        _require_lid(row.organisation, row.starts_on, "organisation")


@transaction.atomic
def end_fact(row: ControlFact, *, ends_on: datetime.date, by: Person) -> ControlFact:
    """It holds until and including a day. Raises NotAllowed for one that has an end,
    and ValidationError for a day before it began."""
    _require_recorder(by)
    row = ControlFact.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.ends_on is not None or row.set_aside_at is not None:
        raise NotAllowed("Dit feit heeft al een einde.")
    row.ends_on = ends_on
    row.full_clean()
    row.save(update_fields=["ends_on"])
    history.record(row, "ended", by, ends_on=ends_on.isoformat())
    return row


@transaction.atomic
def register_award(row: Award, *, file: "File[bytes] | None", by: Person) -> Award:
    """How the NVSI gave the work to an uitvoerder; see require_award."""
    require_award(row)
    return _record(row, file, by, starts_on=row.starts_on)


def require_award(row: Award) -> None:
    """Raises NotAllowed when who gets it is no uitvoerder."""
    if row.uitvoerder.kind != Organisation.Kind.UITVOERDER:
        raise NotAllowed(f"{row.uitvoerder} is geen uitvoerder.", field="uitvoerder")


@transaction.atomic
def set_aside(row: RecordedFact, *, reason: str, by: Person) -> RecordedFact:
    """It counts no more, and stays as history. Evidence that was frozen keeps it."""
    _require_recorder(by)
    model = type(row)
    row = model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if row.set_aside_at is not None:
        raise NotAllowed("Dit is al opzij gelegd.")
    row.set_aside_at, row.set_aside_by = timezone.now(), by
    row.set_aside_why = reason
    row.full_clean()
    row.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    history.record(row, "set aside", by, reason=reason)
    return row


def _record(row: Row, file: "File[bytes] | None", by: Person, **facts: object) -> Row:
    """Raises NotAllowed for who may not, and ValidationError for what cannot be."""
    _require_recorder(by)
    row.by = by
    row.paper = keep_paper(file, by=by) if file is not None else None
    row.full_clean()
    row.save()
    said = {name: str(value) for name, value in facts.items()}
    history.record(row, "recorded", by, **said)
    return row


def _require_recorder(by: Person) -> None:
    if not by.has_role(*RECORDERS):
        raise NotAllowed("Dit legt het bureau of het bestuur vast.")


def _require_lid(organisation: Organisation, on: datetime.date, field: str) -> None:
    lid = organisation.memberships.active_on(on).filter(kind=Membership.Kind.LID)
    if not lid.exists():
        raise NotAllowed(f"{organisation} is op {on:%d-%m-%Y} geen lid.", field=field)
