"""The buttons of inbesteding: end a fact, and set aside what was wrong."""

from typing import Any

from contracts.admin.inbesteding_forms import AsideForm, EndForm
from contracts.inbesteding import recording
from contracts.models import ControlFact
from contracts.models.recorded_facts import RecordedFact
from membership.admin.verbs import Done, Verb
from membership.models import Person
from nvsi.dutch import day
from nvsi.errors import refused_in_words


def _stands(row: RecordedFact) -> bool:
    return row.set_aside_at is None


def _runs(row: ControlFact) -> bool:
    return _stands(row) and row.ends_on is None


def _end(row: ControlFact, answers: dict[str, Any], by: Person) -> Done:
    with refused_in_words():
        row = recording.end_fact(row, ends_on=answers["ends_on"], by=by)
    assert row.ends_on
    return Done(f"Het feit geldt tot en met {day(row.ends_on)}.", row)


def _set_aside(row: RecordedFact, answers: dict[str, Any], by: Person) -> Done:
    row = recording.set_aside(row, reason=answers["reason"], by=by)
    return Done("Opzij gelegd. Het telt niet meer mee.", row)


END = Verb(
    name="end",
    label="Beëindigen",
    roles=recording.RECORDERS,
    is_open=_runs,
    act=_end,
    form=EndForm,
    shown=lambda row: (
        row.summary,
        [
            "Op een dag na de laatste dag telt dit feit niet meer mee.",
            "Wat al in een bewijsdossier staat, blijft daar staan.",
        ],
    ),
)
SET_ASIDE = Verb(
    name="set-aside",
    label="Opzij leggen",
    roles=recording.RECORDERS,
    is_open=_stands,
    act=_set_aside,
    form=AsideForm,
    shown=lambda _row: (
        "",
        [
            "Het telt niet meer mee, voor geen enkele dag. Het blijft hier te zien.",
            "Leg daarna vast wat wel klopt.",
            "Wat al in een bewijsdossier staat, blijft daar staan.",
        ],
    ),
)
