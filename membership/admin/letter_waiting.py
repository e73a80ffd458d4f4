"""Which letters wait for a colleague to release them."""

import datetime
from collections.abc import Iterator

from membership.admin.letter_verbs import RELEASE
from membership.admin.verbs import verb_url
from membership.models import HistoryEvent, Letter, Person
from nvsi.admin.worklist import Waiting, on_day


def letters_to_release(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """For everybody of the association but who wrote it."""
    if not person.has_role(*RELEASE.roles):
        return
    waiting = Letter.objects.filter(status=Letter.Status.OFFERED)
    offered = dict(
        HistoryEvent.objects.filter(
            subject_type=Letter._meta.label_lower,
            subject_id__in=waiting.values("pk"),
            action="draft>offered",
        )
        .order_by("at")
        .values_list("subject_id", "at")
    )
    for one in waiting.exclude(written_by=person).order_by("pk"):
        since = on_day(offered.get(one.pk, one.written_at))
        url = verb_url(one, RELEASE)
        yield Waiting(since, "Brief wacht op vrijgave", str(one), RELEASE.label, url)
