"""What a consultation asks: an answer of each member that gave none yet."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from membership.consultation.running import page_of
from membership.deadlines.asked import WHO_DECIDES, Among, Deadline, Kind
from membership.models import Consultation, Voter


def answers(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of who signs, and of the contactpersoon who knows whom to ask. One query."""
    running = Consultation.objects.open_at(timezone.now())
    voters = Voter.objects.unanswered().filter(consultation__in=running)
    rows = voters.select_related("consultation", "organisation")
    for voter in among.of(rows):
        consultation = voter.consultation
        yield Deadline(
            key=f"consultation|{voter.pk}",
            kind=Kind.CONSULTATION,
            what=f"Geef uw antwoord op de ledenraadpleging: {consultation.question}",
            url=page_of(consultation),
            since=consultation.opens_on,
            who=str(voter.organisation),
            about=consultation,
            roles=WHO_DECIDES,
            organisations=[voter.organisation],
            by=consultation.closes_on,
        )


PROVIDERS = (answers,)
