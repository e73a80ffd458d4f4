"""Write to the members about an ALV: the convocation, changes, and what came of it."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership import emails
from membership.assembly.calendar_items import calendar_item
from membership.consultation.people import READERS
from membership.models import Assembly, Membership, Organisation, Person, Role
from nvsi.dutch import day


def page_of(assembly: Assembly) -> str:
    """Where members read it."""
    return reverse("assembly-detail", args=[assembly.pk])


def when(assembly: Assembly) -> str:
    """12 juni 2026, 13:00 tot 16:00 uur."""
    starts, ends = map(timezone.localtime, (assembly.starts_at, assembly.ends_at))
    return f"{day(starts.date())}, {starts:%H:%M} tot {ends:%H:%M} uur"


def members() -> list[Organisation]:
    """Who is lid today: all are called, also who has no vote now."""
    today = timezone.localdate()
    rows = Membership.objects.active_on(today).filter(kind=Membership.Kind.LID)
    found = Organisation.objects.filter(pk__in=rows.values("organisation"))
    return list(found.order_by("name", "code"))


def tell(event: str, key: str, assembly: Assembly, **facts: object) -> int:
    """An e-mail to the contactpersonen and ondertekenaars of every lid, with the ALV
    for their calendar; gives how many people. Once per event, key and person."""
    page = f"{settings.SITE_URL}{page_of(assembly)}"
    item = calendar_item(assembly, page)
    readers = readers_of(members())
    for person in readers:
        emails.queue_to_address(
            event,
            f"{assembly.pk}|{key}",
            person.email,
            calendar=item,
            name=person.name,
            assembly=assembly,
            when=when(assembly),
            page=page,
            **facts,
        )
    emails.send_soon()
    return len(readers)


def readers_of(members: list[Organisation]) -> list[Person]:
    """Each person once, also who works for several members. One query."""
    roles = Role.objects.active_on(timezone.localdate()).filter(
        name__in=READERS, organisation__in=members
    )
    people = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
    return list(people.order_by("name", "pk"))
