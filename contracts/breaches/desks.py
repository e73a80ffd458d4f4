"""Whom a party named in its annexes to call after a datalek."""

from django.db.models import Q
from django.utils import timezone

from contracts.models.annex_content import BreachContact
from membership.models import Organisation


def desks_of(organisation: Organisation | None) -> list[BreachContact]:
    """As of today, the latest first; None is the NVSI itself."""
    today = timezone.localdate()
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    rows = BreachContact.objects.filter(running, starts_on__lte=today)
    return list(rows.filter(organisation=organisation).order_by("-starts_on", "pk"))
