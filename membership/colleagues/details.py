"""What we know of somebody himself: kept up by himself, and asked once a year.

The e-mail address is not among it: it says who logs in, and only the bureau changes
it. Whoever saves his details says that they hold.
"""

import datetime

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from membership import emails, history
from membership.models import Person, Role
from nvsi.dutch import short_day

OWN = ("name", "function", "telephone")
# Asked, and no answer since.
UNANSWERED = Q(details_asked_on__isnull=False) & (
    Q(details_confirmed_on=None) | Q(details_confirmed_on__lt=F("details_asked_on"))
)


@transaction.atomic
def change(
    person: Person, *, name: str, function: str, telephone: str, today: datetime.date
) -> Person:
    """Save what somebody says of himself. Raises ValidationError for a BSN in it."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    said = {"name": name, "function": function, "telephone": telephone}
    changed = [field for field in OWN if getattr(held, field) != said[field]]
    for field in changed:
        setattr(held, field, said[field])
    held.details_confirmed_on = today
    held.full_clean(exclude=["password"])
    held.save(update_fields=[*changed, "details_confirmed_on"])
    if changed:
        history.record(held, "changed", held, fields=changed)
    else:
        history.record(held, "details confirmed", held)
    return held


@transaction.atomic
def confirm(person: Person, *, today: datetime.date) -> None:
    """All of it still holds. Twice on a day is once."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.details_confirmed_on != today:
        held.details_confirmed_on = today
        held.save(update_fields=["details_confirmed_on"])
        history.record(held, "details confirmed", held)


def is_asked(person: Person) -> bool:
    """Whether somebody was asked, and did not answer since."""
    asked, confirmed = person.details_asked_on, person.details_confirmed_on
    return asked is not None and (confirmed is None or confirmed < asked)


def due(today: datetime.date) -> QuerySet[Person]:
    """Who has a role and can log in, and said nothing of this for the set period."""
    before = today - datetime.timedelta(days=settings.NVSI_DETAILS_DAYS)
    now = Role.objects.active_on(today).values("person")
    first = Role.objects.filter(person=OuterRef("pk")).order_by("starts_on")
    can_log_in = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(
        last_login__isnull=False
    )
    return (
        Person.objects.filter(can_log_in, is_active=True, pk__in=now)
        .annotate(began=Subquery(first.values("starts_on")[:1]))
        .filter(Q(details_asked_on=None) | Q(details_asked_on__lte=before))
        .filter(
            Q(details_confirmed_on__lte=before)
            | Q(details_confirmed_on=None, began__lte=before)
        )
    )


def unanswered_since(day: datetime.date, today: datetime.date) -> QuerySet[Person]:
    """Who was asked on this day or before, has a role today and did not answer."""
    now = Role.objects.active_on(today).values("person")
    asked = Person.objects.filter(UNANSWERED, details_asked_on__lte=day)
    return asked.filter(is_active=True, pk__in=now)


@transaction.atomic
def ask_who_is_due(today: datetime.date) -> int:
    """Ask by e-mail whether the details still hold; gives of how many."""
    people = list(due(today).select_for_update(of=("self",)))
    page = f"{settings.SITE_URL}{reverse('own-details')}"
    for person in people:
        person.details_asked_on = today
        person.save(update_fields=["details_asked_on"])
        emails.queue("details_asked", f"{today}", person, page=page)
        history.record(person, "details asked", None)
    if people:
        emails.send_soon()
    return len(people)


def known_since(person: Person) -> str:
    """'U bevestigde uw gegevens op 9 mrt 2026.', or nothing."""
    if person.details_confirmed_on is None:
        return ""
    return f"U bevestigde dit het laatst op {short_day(person.details_confirmed_on)}."
