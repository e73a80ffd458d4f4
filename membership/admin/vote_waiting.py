"""Which votes wait: to be counted by another, or to be closed after the ALV."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from membership.admin.verbs import page_of, verb_url
from membership.admin.vote_verbs import CHECK
from membership.models import Person, Stemming
from nvsi.admin.worklist import Waiting, on_day


def votes_to_count(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Of who counted, another is asked; what is open after the ALV is to be closed."""
    if not person.has_role(*CHECK.roles):
        return
    rows = Stemming.objects.select_related(
        "assembly", "beslispunt__voorstel", "amendement__beslispunt__voorstel"
    )
    counted = rows.filter(status=Stemming.Status.COUNTED).exclude(counted_by=person)
    for one in counted.order_by("opened_at"):
        since, about = on_day(one.opened_at), f"{one}, {one.assembly}"
        url = verb_url(one, CHECK)
        yield Waiting(since, "Telling te controleren", about, CHECK.label, url)
    over = rows.open().filter(assembly__ends_at__lt=timezone.now())
    for one in over.order_by("opened_at"):
        since, about = on_day(one.opened_at), f"{one}, {one.assembly}"
        yield Waiting(since, "Stemming nog open", about, "Bekijken", page_of(one))
