"""Put an e-mail in the log, and send what waits there.

An event and its e-mails are written in one transaction; the worker sends them after.
Sent at least once: a crash between the mail server's yes and our note repeats one.
"""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from membership.models import Email, Person

# Minutes after the event at which an e-mail is tried again: a mail server may be away
# for hours. After the last the bureau sees that it failed.
TRIES = (0, 1, 5, 30, 120, 720)
SECRET_EVENTS = {"invitation", "password_reset"}


def queue(event: str, key: str, to: Person, **context: Any) -> Email:
    """Write the e-mail of an event to one person, once per key."""
    context = {"person": to, "site_url": settings.SITE_URL, **context}
    subject, _, body = render_to_string(f"emails/{event}.txt", context).partition("\n")
    key = hashlib.sha256(f"{event}|{key}|{to.pk}".encode()).hexdigest()
    email, _ = Email.objects.get_or_create(
        key=key,
        defaults={
            "event": event,
            "recipient": to.email,
            "subject": subject.strip(),
            "body": body.strip() + "\n",
        },
    )
    return email


def queue_all(event: str, key: str, people: Iterable[Person], **context: Any) -> None:
    for person in people:
        queue(event, key, person, **context)


def send_waiting() -> int:
    """Send what waits, each e-mail at most once now; gives how many were tried."""
    now = timezone.now()
    waiting = Email.objects.unsent().order_by("id")
    facts = waiting.values_list("pk", "attempts", "queued_at")
    return sum(
        _send(pk)
        for pk, attempts, queued_at in list(facts)
        if now >= queued_at + datetime.timedelta(minutes=TRIES[attempts])
    )


@transaction.atomic
def _send(pk: int) -> bool:
    """Send one e-mail, unless it was sent already or another worker is doing it."""
    waiting = Email.objects.unsent().select_for_update(skip_locked=True)
    email = waiting.filter(pk=pk).first()
    if email is None:
        return False
    email.attempts += 1
    try:
        EmailMultiAlternatives(email.subject, email.body, to=[email.recipient]).send()
    except OSError as error:
        email.error = f"{type(error).__name__}: {error}"[:200]
        if email.attempts >= len(TRIES):
            email.state = Email.State.FAILED
    else:
        email.state, email.sent_at, email.error = Email.State.SENT, timezone.now(), ""
        if email.event in SECRET_EVENTS:
            email.body = "(verzonden; de inhoud bevat een persoonlijke link)"
    email.save()
    return True
