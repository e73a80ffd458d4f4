"""Ask all regions of a network whom they send, by a day; and remind who did not say.

The contactpersonen of all gemeenten of a region are asked: any of them may answer for
the region, since it decides together (seed 003).
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.models import ContactAsk, Network, Person, Region, Role
from membership.regional.board import Row, board, latest_ask
from nvsi import dutch
from nvsi.errors import NotAllowed


@transaction.atomic
def ask_regions(
    network: Network, *, due_on: datetime.date, now: datetime.datetime, by: Person
) -> ContactAsk:
    """Ask every region by e-mail. Raises NotAllowed for who is not of the bureau, or a
    day that is no use; ValidationError for a day that was asked for before."""
    _require_bureau(by)
    today = timezone.localdate(now)
    if due_on <= today:
        raise NotAllowed("Kies een dag na vandaag: de regio's moeten eerst overleggen.")
    rows = board(network, None, on=today)
    if not any(row.people for row in rows):
        raise NotAllowed(
            f"Geen enkele regio van {network} heeft een gemeente met een "
            "contactpersoon. Er is dus niemand om het aan te vragen."
        )
    ask = ContactAsk(network=network, due_on=due_on, asked_at=now, asked_by=by)
    ask.full_clean()
    ask.save()
    _tell("contacts_asked", ask, rows, today)
    history.record(network, "asked regions", by, due_on=str(due_on), regions=len(rows))
    return ask


@transaction.atomic
def remind(network: Network, *, today: datetime.date, by: Person) -> ContactAsk:
    """Write once more to the regions that did not answer, at most once a day.

    Raises NotAllowed when there is nobody to remind, or it was done today.
    """
    _require_bureau(by)
    ask = latest_ask(Network.objects.select_for_update().get(pk=network.pk))
    if ask is None:
        raise NotAllowed("Er is nog niets gevraagd.")
    if today in (timezone.localdate(ask.asked_at), ask.reminded_on):
        raise NotAllowed("Dit is vandaag al gevraagd. Herinner op zijn vroegst morgen.")
    rows = [row for row in board(network, ask, on=today) if not row.is_answered]
    if not any(row.people for row in rows):
        raise NotAllowed("Er is niemand om te herinneren.")
    ask.reminded_on = today
    ask.save(update_fields=["reminded_on"])
    _tell("contacts_reminded", ask, rows, today)
    history.record(network, "reminded regions", by, regions=len(rows))
    return ask


def can_remind(network: Network, *, today: datetime.date) -> bool:
    ask = latest_ask(network)
    if ask is None or today in (timezone.localdate(ask.asked_at), ask.reminded_on):
        return False
    return any(not row.is_answered for row in board(network, ask, on=today))


def contacts_url(network: Network, region: Region) -> str:
    return reverse("region-contacts", args=[network.slug, region.pk])


def _require_bureau(by: Person) -> None:
    if not by.has_role(Role.Name.BUREAU):
        raise NotAllowed(f"{by} kan de regio's niets vragen. Dat doet het bureau.")


def _tell(event: str, ask: ContactAsk, rows: list[Row], today: datetime.date) -> None:
    """Once a day per region and person."""
    for row in rows:
        emails.queue_all(
            event,
            f"{ask.pk}|{row.region.pk}|{today}",
            row.people,
            network=ask.network,
            region=row.region,
            due_on=dutch.day(ask.due_on),
            page=f"{settings.SITE_URL}{contacts_url(ask.network, row.region)}",
        )
    emails.send_soon()
