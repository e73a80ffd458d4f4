"""Destroy what a line names, after two decided: the database asks for that line.

Of a dossier the papers, messages and drafts go; what was decided on which day stays,
since the membership rests on it. Of a person the name, the address and the ways to log
in go; what he did stays done, by 'persoon 12'.
"""

from collections.abc import Callable

import pgtrigger
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import Case, Q, Value, When

from membership.models import (
    Application,
    Evidence,
    HistoryEvent,
    LetterReceiver,
    MovedRow,
    Note,
    Person,
    RegionalContact,
    SavedFilter,
    Seat,
    SignerProposal,
    StepAsk,
    StepDraft,
    SubmittedNotice,
)
from membership.models.retention import DestructionLine, Kept
from membership.retention.due import (
    DESTROYED,
    NOBODY,
    emails_before,
    exports_before,
)


def _application(line: DestructionLine) -> int:
    return Application.objects.filter(pk=line.row_id).delete()[0]


def _dossier(line: DestructionLine) -> int:
    """The rows of the papers stay, with their check sums, and without their content."""
    papers = Evidence.objects.filter(dossier=line.row_id)
    papers = papers.exclude(file_name=DESTROYED)
    gone = [rows.objects.filter(dossier=line.row_id) for rows in (Note, StepDraft)]
    count = papers.update(content=b"", file_name=DESTROYED)
    StepAsk.objects.filter(dossier=line.row_id).delete()
    return count + sum(rows.delete()[0] for rows in gone)


def _person(line: DestructionLine) -> int:
    """Also in what was tracked of him, and in the titles of the history."""
    nobody = {
        "name": f"persoon {line.row_id}",
        "email": f"persoon-{line.row_id}{NOBODY}",
        "function": "",
        "telephone": "",
    }
    person = Person.objects.get(pk=line.row_id)
    before = person.email
    for field, value in nobody.items():
        setattr(person, field, value)
    person.is_active, person.last_login = False, None
    person.set_unusable_password()
    person.save()
    for model in (Authenticator, UserSession):
        model.objects.filter(user=person).delete()
    SavedFilter.objects.filter(person=person).delete()
    MovedRow.objects.filter(Q(merge__gone=person) | Q(merge__kept=person)).delete()
    said = {field: nobody[field] for field in ("name", "email")}
    SignerProposal.objects.filter(email=before).update(**said)
    LetterReceiver.objects.filter(person=person).update(
        address="", bounce="", bounced_on=None
    )
    tracked = apps.get_model("membership", "PersonEvent")
    with pgtrigger.ignore("membership.PersonEvent:append_only"):
        tracked._default_manager.filter(pgh_obj=person.pk).update(**nobody)
    events = HistoryEvent.objects.filter(subject_type=Person._meta.label_lower)
    events.filter(subject_id=person.pk).update(subject=nobody["name"])
    return 1


def _seated(line: DestructionLine) -> int:
    """That the seat was there stays, and what its body decided."""
    seats = Seat.objects.filter(person=line.row_id)
    events = HistoryEvent.objects.filter(subject_type=Seat._meta.label_lower)
    for pk in seats.values_list("pk", flat=True):
        events.filter(subject_id=pk).update(subject=f"zetel {pk}")
    return _person(line)


def _emails(line: DestructionLine) -> int:
    return emails_before(line.before_on).delete()[0]


def _exports(line: DestructionLine) -> int:
    return exports_before(line.before_on).delete()[0]


def _notice(line: DestructionLine) -> int:
    """That it was handed in, and when, stays: the membership ended by it."""
    rows = SubmittedNotice.objects.filter(pk=line.row_id)
    return rows.update(content=b"", file_name=DESTROYED)


def _proposal(line: DestructionLine) -> int:
    return SignerProposal.objects.filter(pk=line.row_id).update(
        name=f"voordracht {line.row_id}",
        function="",
        email=f"voordracht-{line.row_id}{NOBODY}",
        reason=Case(When(reason="", then=Value("")), default=Value(DESTROYED)),
    )


def _contact(line: DestructionLine) -> int:
    """That the region had one stays, and of which gemeente."""
    rows = RegionalContact.objects.filter(pk=line.row_id)
    return rows.update(name="", function="", email="", phone="")


DESTROY: dict[Kept, Callable[[DestructionLine], int]] = {
    Kept.APPLICATION: _application,
    Kept.DOSSIER: _dossier,
    Kept.FORMER: _dossier,
    Kept.PERSON: _person,
    Kept.SEAT: _seated,
    Kept.EMAIL: _emails,
    Kept.EXPORT: _exports,
    Kept.NOTICE: _notice,
    Kept.PROPOSAL: _proposal,
    Kept.CONTACT: _contact,
}
