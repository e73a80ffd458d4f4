"""Put an e-mail in the log, and send what waits there.

Each event has one text, in templates/emails; the HTML is made of it when it is sent.
An event and its e-mails are written in one transaction; the worker sends them after.
Sent at least once: a crash between the mail server's yes and our note repeats one, with
the same Message-ID, by which the receiver's side can tell.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template import Context, engines
from django.utils import timezone

from membership import history
from membership.email_html import html_of
from membership.models import Email, Person
from nvsi.errors import NotAllowed

log = structlog.get_logger()

# Minutes after the event at which an e-mail that was refused is tried again: a mail
# server may ask for hours of patience. After the last the bureau sees that it failed.
TRIES = (0, 1, 5, 30, 120, 720)
# What has a personal link in it: nobody reads it in the log, and it is not kept there.
SECRET_EVENTS = {"application_confirm", "invitation", "password_reset"}
LONGEST_SUBJECT = 200
GONE = "(De inhoud had een persoonlijke link en is niet bewaard.)"


def queue(
    event: str, key: str, to: Person, *, calendar: str = "", **context: Any
) -> Email:
    """Write the e-mail of an event to one person, once per key, with what he can put in
    his calendar when there is such an item (iCalendar, with its METHOD)."""
    facts = {"person": to, **context}
    return _write(event, f"{key}|{to.pk}", to.email, facts, calendar)


def queue_to_address(
    event: str, key: str, address: str, *, calendar: str = "", **context: Any
) -> Email:
    """The same to somebody who is no person of the portal."""
    return _write(event, f"{key}|{address}", address, context, calendar)


def _write(
    event: str, key: str, address: str, facts: dict[str, Any], calendar: str = ""
) -> Email:
    key = hashlib.sha256(f"{event}|{key}".encode()).hexdigest()
    made = draft(event, address, **facts)
    email, _ = Email.objects.get_or_create(
        key=key,
        defaults={
            "event": event,
            "recipient": address,
            "subject": made.subject,
            "body": made.body,
            "calendar": calendar,
        },
    )
    return email


def draft(event: str, address: str, **facts: Any) -> Email:
    """The e-mail of an event, not kept: to look at before it is sent."""
    subject, _, body = _text(event, facts).partition("\n")
    return Email(
        event=event,
        recipient=address,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        body=body.strip() + "\n",
    )


def as_file(email: Email) -> bytes:
    """The e-mail as a mail program opens it: text and HTML (message/rfc822)."""
    return bytes(_message(email, None).message().as_bytes())


def _text(event: str, facts: dict[str, Any]) -> str:
    """What is written for an event, with names as they are: it is no HTML."""
    context = {
        "site_url": settings.SITE_URL,
        "nvsi_name": settings.NVSI_NAME,
        "nvsi_email": settings.NVSI_EMAIL,
        **facts,
    }
    template: Any = engines["django"].get_template(f"emails/{event}.txt")
    text: str = template.template.render(Context(context, autoescape=False))
    return text


def queue_all(event: str, key: str, people: Iterable[Person], **context: Any) -> None:
    for person in people:
        queue(event, key, person, **context)


def send_soon() -> None:
    """After the commit: at once where there is no worker, else by the next sweep."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        transaction.on_commit(send_waiting)


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
    if email.state != Email.State.QUEUED and email.event in SECRET_EVENTS:
        email.body = GONE
    email.save()
    return True


def _message(email: Email, server: Any) -> EmailMultiAlternatives:
    host = urlsplit(settings.SITE_URL).hostname
    message = EmailMultiAlternatives(
        email.subject,
        email.body,
        to=[email.recipient],
        headers={
            "Message-ID": f"<{email.key}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=server,
    )
    message.attach_alternative(html_of(email.subject, email.body), "text/html")
    if email.calendar:
        _add_calendar(message, email.calendar)
    return message


def _add_calendar(message: EmailMultiAlternatives, calendar: str) -> None:
    """As a part that mail programs show as an invitation, and as a file for others."""
    found = re.search(r"^METHOD:(\w+)", calendar, re.MULTILINE)
    method = found[1] if found else "PUBLISH"
    message.attach_alternative(calendar, f"text/calendar; method={method}")
    message.attach("bijeenkomst.ics", calendar.encode(), "application/ics")


def can_be_sent_again(email: Email) -> bool:
    """Whether it failed for good, and still has what it said."""
    return email.state == Email.State.FAILED and email.event not in SECRET_EVENTS


@transaction.atomic
def send_again(email: Email, *, by: Person) -> Email:
    """Put an e-mail that failed in line once more, with as many tries as a new one.

    Raises NotAllowed for one that did not fail, or whose personal link is gone.
    """
    email = Email.objects.select_for_update().get(pk=email.pk)
    if not by.is_association:
        raise NotAllowed(f"{by} mag geen e-mails opnieuw versturen.")
    if email.event in SECRET_EVENTS:
        raise NotAllowed(
            "Een e-mail met een persoonlijke link gaat niet opnieuw. Stuur een nieuwe "
            "uitnodiging, of laat de persoon een nieuw wachtwoord aanvragen."
        )
    if email.state != Email.State.FAILED:
        raise NotAllowed(f"{email} is niet mislukt.")
    email.state, email.attempts, email.error = Email.State.QUEUED, 0, ""
    email.queued_at = timezone.now()  # from here on the tries are counted
    email.save(update_fields=["state", "attempts", "error", "queued_at"])
    history.record(email, "sent again", by)
    return email
