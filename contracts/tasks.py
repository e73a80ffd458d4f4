"""What the worker does for agreements: look in PostgreSQL, call a verb, done."""

from celery import shared_task
from django.utils import timezone

from contracts.clearing import choosing, opening
from contracts.offering import answering
from contracts.signing import completing
from contracts.taking_over import offering


@shared_task
def let_offers_lapse() -> None:
    """Every day: what was not signed in time. Safe to repeat."""
    answering.lapse_what_is_late(today=timezone.localdate())


@shared_task
def clear_what_ended() -> None:
    """Every day: ask about data of what ended, and choose for who did not. Safe to
    repeat."""
    today = timezone.localdate()
    opening.open_what_ended(today)
    choosing.choose_for_who_did_not(today)


@shared_task
def seal_agreements() -> None:
    """Make the document of what both parties signed. Safe to repeat."""
    completing.complete_waiting()


@shared_task
def offer_takeovers() -> None:
    """Offer what was put in line, one by one. Safe to repeat, and by more at once."""
    while offering.work_on_next(today=timezone.localdate()):
        pass
