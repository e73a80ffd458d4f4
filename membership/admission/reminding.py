"""Remind an organisation of the next step of its dossier, now and then."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.admission.recording import lock
from membership.admission.words import now
from membership.models import Dossier, HistoryEvent, Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed

REMINDED = "reminded"
# Who was reminded is left alone for so long.
REST = datetime.timedelta(days=7)


@transaction.atomic
def remind(dossier: Dossier, *, words: str, today: datetime.date, by: Person) -> int:
    """Write to its contactpersonen; gives how many. `words` of the bureau go along.

    Raises NotAllowed for who is not of the bureau, a dossier that ended or waits for
    the association, one that was reminded in the past days, and when there is nobody.
    """
    if not by.has_role(Role.Name.BUREAU, Role.Name.BESTUUR):
        raise NotAllowed("Herinneren doet het bureau.")
    dossier = lock(dossier)
    following = now(dossier)
    if following is None or not following.is_ours:
        raise NotAllowed("Dit dossier wacht op de vereniging, niet op de organisatie.")
    if (last := _last(dossier)) and last > today - REST:
        raise NotAllowed(f"De organisatie is al herinnerd op {day(last)}.")
    people = list(Person.objects.contacts_of([dossier.organisation], on=today))
    if not people:
        raise NotAllowed("De organisatie heeft geen contactpersoon.")
    page = reverse("dossier-detail", args=[dossier.number])
    emails.queue_all(
        "dossier_reminded",
        f"{dossier.pk}|{today}",
        people,
        dossier=dossier,
        following=following,
        words=words,
        page=f"{settings.SITE_URL}{page}",
    )
    history.record(dossier, REMINDED, by)
    emails.send_soon()
    return len(people)


def _last(dossier: Dossier) -> datetime.date | None:
    events = HistoryEvent.objects.filter(
        subject_type="membership.dossier", subject_id=dossier.pk, action=REMINDED
    )
    last = events.order_by("at").last()
    return timezone.localdate(last.at) if last else None
