"""Which rows go along with a person, and how one goes and comes back.

What somebody is (his roles and zetels, what he was asked or authorised to answer, his
own filters, the seat of a region under his address) goes along. What he did stays in
the name under which he did it: that is history. A volmacht stays as it was written.
An app above this one adds its own to MOVES.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from membership.models import (
    BodyMeetingAnswer,
    Consultation,
    Mandate,
    MovedRow,
    Person,
    PersonMerge,
    RegionalContact,
    Role,
    SavedFilter,
    Seat,
    StepAsk,
    Voter,
)
from nvsi.errors import NotAllowed


@dataclass(frozen=True)
class Move:
    """The rows of a person in one table, by a field and what stands in it."""

    one: str
    many: str
    model: type[models.Model]
    column: str
    value: Callable[[Person], Any]
    only: Q = field(default_factory=Q)

    def rows(self, person: Person) -> "QuerySet[Any]":
        rows = self.model._default_manager.filter(**{self.column: self.value(person)})
        return rows.filter(self.only).order_by("pk")


def _pk(person: Person) -> int:
    return person.pk


MOVES = [
    Move("rol", "rollen", Role, "person_id", _pk),
    Move("zetel", "zetels", Seat, "person_id", _pk),
    Move("mandaat", "mandaten", Mandate, "person_id", _pk),
    Move("vraag om een stap", "vragen om een stap", StepAsk, "person_id", _pk),
    Move("bewaard filter", "bewaarde filters", SavedFilter, "person_id", _pk),
    Move(
        "aanspreekpunt, met de uitnodigingen",
        "aanspreekpunten, met de uitnodigingen",
        RegionalContact,
        "email",
        lambda person: person.email,
    ),
    Move(
        "machtiging voor een raadpleging",
        "machtigingen voor een raadpleging",
        Voter,
        "authorised_id",
        _pk,
        Q(consultation__status=Consultation.Status.OPEN),
    ),
    Move(
        "antwoord op een uitnodiging",
        "antwoorden op uitnodigingen",
        BodyMeetingAnswer,
        "person_id",
        _pk,
        Q(meeting__ends_at__gt=Now()),
    ),
    Move(
        "keer vervanger in een vergadering",
        "keer vervanger in een vergadering",
        BodyMeetingAnswer,
        "vervanger_id",
        _pk,
        Q(meeting__ends_at__gt=Now()),
    ),
]


def move(merge: PersonMerge, what: Move, row: models.Model) -> bool:
    """Give a row to who is kept; False when he has the same already and it stays."""
    before = getattr(row, what.column)
    setattr(row, what.column, what.value(merge.kept))
    try:
        with transaction.atomic():
            row.save(update_fields=[what.column])
    except IntegrityError:
        return False
    row.refresh_from_db()
    MovedRow.objects.create(
        merge=merge,
        label=row._meta.label_lower,
        row_id=row.pk,
        field=what.column,
        before=before,
        became=_as_it_is(row),
    )
    return True


def put_back(moved: MovedRow) -> None:
    """The row as it was. Raises NotAllowed when it is not any more what it became."""
    model = apps.get_model(moved.label)
    rows = model._default_manager.select_for_update(of=("self",))
    row = rows.filter(pk=moved.row_id).first()
    changed = f"Een {model._meta.verbose_name} is na het samenvoegen gewijzigd"
    if row is None or _as_it_is(row) != moved.became:
        what = "" if row is None else f" ({row})"
        raise NotAllowed(f"{changed}{what}. Ongedaan maken kan niet meer.")
    setattr(row, moved.field, moved.before)
    try:
        with transaction.atomic():
            row.save(update_fields=[moved.field])
    except IntegrityError:
        raise NotAllowed(f"{changed} ({row}). Ongedaan maken kan niet meer.") from None


def _as_it_is(row: models.Model) -> dict[str, str]:
    fields = row._meta.concrete_fields
    return {field.attname: str(getattr(row, field.attname)) for field in fields}
