"""What is asked of somebody about himself, for the one list of membership.deadlines."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from membership.colleagues.details import UNANSWERED
from membership.deadlines.asked import Among, Deadline, Kind
from membership.models import Person, Role


def details_to_confirm(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Whether his details still hold: of who has a role, until he answers."""
    now = Role.objects.active_on(today).values("person")
    asked = among.sent_to(Person.objects.filter(UNANSWERED, is_active=True))
    for person in asked.filter(pk__in=now).order_by("pk"):
        assert person.details_asked_on is not None
        yield Deadline(
            key=f"details-{person.pk}-{person.details_asked_on}",
            kind=Kind.DETAILS,
            what="Kloppen uw gegevens nog?",
            url=reverse("own-details"),
            since=person.details_asked_on,
            who=person.name,
            about=person,
            email=person.email,
            when="wij vragen dit een keer per jaar",
        )


PROVIDERS = (details_to_confirm,)
