"""Put an e-mail in the log, and send what waits there.

An event and its e-mails are written in one transaction; the worker sends them after.
Sent at least once: a crash between the mail server's yes and our note repeats one, with
the same Message-ID, by which the receiver's side can tell.
"""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from membership.models import Email, Person

log = structlog.get_logger()

# Minutes after the event at which an e-mail that was refused is tried again: a mail
# server may ask for hours of patience. After the last the bureau sees that it failed.
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
    """Send what waits, each e-mail at most once now; gives how many were tried.

    While the mail server is away all of it waits, and that is no e-mail's fault.
    """
    if not (due := _due(timezone.now())):
        return 0
    try:
        with get_connection() as server:
            return sum(_send(pk, server) for pk in due)
    except OSError as error:
        log.warning("mail_server_away", kind=type(error).__name__)
        return 0


def _due(now: datetime.datetime) -> list[int]:
    waiting = Email.objects.unsent().order_by("id")
    facts = waiting.values_list("pk", "attempts", "queued_at")
    return [
        pk
        for pk, attempts, queued_at in facts
        if now >= queued_at + datetime.timedelta(minutes=TRIES[attempts % len(TRIES)])
    ]


@transaction.atomic
def _send(pk: int, server: Any) -> bool:
    """Send one e-mail, unless it was sent already or another worker is doing it.

    One that cannot be sent, whatever the reason, does not hold up the others.
    """
    waiting = Email.objects.unsent().select_for_update(skip_locked=True)
    email = waiting.filter(pk=pk).first()
    if email is None:
        return False
    email.attempts += 1
    try:
        _message(email, server).send()
    except Exception as error:
        email.error = f"{type(error).__name__}: {error}"[:200]
        if email.attempts >= len(TRIES):
            email.state = Email.State.FAILED
    else:
        email.state, email.sent_at, email.error = Email.State.SENT, timezone.now(), ""
        if email.event in SECRET_EVENTS:
            email.body = "(verzonden; de inhoud bevat een persoonlijke link)"
    email.save()
    return True


def _message(email: Email, server: Any) -> EmailMultiAlternatives:
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMultiAlternatives(
        email.subject,
        email.body,
        to=[email.recipient],
        headers={"Message-ID": f"<{email.key}@{host}>"},
        connection=server,
    )
