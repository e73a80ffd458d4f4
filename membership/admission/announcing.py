"""Tell by e-mail whose turn it is: the organisation, the bureau or the bestuur.

An e-mail says that something happened and where to look; what was written in a dossier
is read there alone. Who did it gets none.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership import emails
from membership.admission import words
from membership.admission.steps import Outcome, Step
from membership.models import Dossier, DossierStep, Note, Person, Role

_ENDED = {
    "admitted": "Uw organisatie is toegelaten. De bevestiging staat in het dossier.",
    "withdrawn": "Het dossier is ingetrokken.",
    "refused": "Uw organisatie is niet toegelaten. De reden staat in het dossier.",
}
_JUDGED = {
    Outcome.ACCEPTED: "Het bureau aanvaardt dat de raad alleen wordt geïnformeerd.",
    Outcome.REFUSED: "Het bureau vraagt toch de voorhang.",
}


def step_was_taken(row: DossierStep) -> None:
    """By the association: tell the organisation; and whoever is next."""
    dossier = Dossier.objects.with_steps().get(pk=row.dossier_id)
    following = words.now(dossier)
    if row.by.is_association:
        sentence = _JUDGED.get(
            Outcome(row.outcome) if row.outcome else Outcome.NONE,
            f"De NVSI heeft de stap ‘{row.get_kind_display()}’ vastgelegd.",
        )
        _tell_organisation(dossier, f"step|{row.pk}", sentence, row.by)
    if following is not None and not following.is_ours:
        sentence = f"De volgende stap is aan u: {following.step.label.lower()}."
        roles = _who_is_next(dossier, following.step)
        _tell_association(dossier, f"step|{row.pk}", sentence, row.by, roles)


def note_was_added(note: Note) -> None:
    """To the other side; what the bureau keeps to itself is told to nobody."""
    if note.is_internal:
        return
    key, sentence = f"note|{note.pk}", f"{note.by.name} schreef een bericht."
    if note.by.is_association:
        _tell_organisation(note.dossier, key, sentence, note.by)
    else:
        _tell_association(note.dossier, key, sentence, note.by, [Role.Name.BUREAU])


def dossier_ended(dossier: Dossier, status: str, by: Person) -> None:
    _tell_organisation(dossier, f"{status}|{dossier.pk}", _ENDED[status], by)


def _who_is_next(dossier: Dossier, step: Step) -> list[str]:
    admits = step == Step.ADMITTED and dossier.aim == Dossier.Aim.LID
    return [Role.Name.BESTUUR if admits else Role.Name.BUREAU]


def _tell_organisation(dossier: Dossier, key: str, sentence: str, by: Person) -> None:
    people = Person.objects.contacts_of([dossier.organisation], on=timezone.localdate())
    page = reverse("dossier-detail", args=[dossier.number])
    _tell("dossier_changed", key, people.exclude(pk=by.pk), dossier, sentence, page)


def _tell_association(
    dossier: Dossier, key: str, sentence: str, by: Person, roles: Iterable[str]
) -> None:
    people = Person.objects.with_role(*roles, on=timezone.localdate())
    page = reverse("admin:membership_dossier_change", args=[dossier.pk])
    _tell("dossier_waiting", key, people.exclude(pk=by.pk), dossier, sentence, page)


def _tell(
    event: str,
    key: str,
    people: Iterable[Person],
    dossier: Dossier,
    sentence: str,
    page: str,
) -> None:
    emails.queue_all(
        event,
        key,
        people,
        dossier=dossier,
        following=words.now(Dossier.objects.with_steps().get(pk=dossier.pk)),
        sentence=sentence,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
