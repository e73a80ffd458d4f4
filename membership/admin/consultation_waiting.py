"""Which consultations close today, and of which the result is not made known yet."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from membership.admin.consultation_verbs import PUBLISH
from membership.admin.verbs import page_of, verb_url
from membership.models import Consultation, Person
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import counted


def consultations_to_end(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """For who may make a result known."""
    if not person.has_role(*PUBLISH.roles):
        return
    now = timezone.now()
    for one in Consultation.objects.unpublished_at(now).order_by("closes_at"):
        closed = on_day(one.closes_at) if one.closes_at else today
        url = verb_url(one, PUBLISH)
        yield Waiting(closed, "Raadpleging gesloten", one.question, PUBLISH.label, url)
    for one in Consultation.objects.open_at(now).filter(closes_on=today):
        missing = counted(one.voters.unanswered().count(), "lid", "leden")
        about = f"{one.question} ({missing} zonder antwoord)"
        yield Waiting(
            today, "Raadpleging sluit vandaag", about, "Bekijken", page_of(one)
        )
