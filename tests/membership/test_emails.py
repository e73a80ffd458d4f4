"""E-mails as they leave: text and HTML of one text, to a real mail server."""

import datetime
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message

import pytest
import time_machine
from django.conf import settings as live
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from membership import emails
from membership.email_html import Part, Piece, html_of, parts_of
from membership.emails import GONE, TRIES, send_again, send_waiting
from membership.invitations import invite
from membership.models import Email, HistoryEvent, Person
from nvsi.errors import NotAllowed
from tests.faults import mail_server
from tests.faults.mail_server import MailServer

LINK = f"{live.SITE_URL}/uitnodiging/x/"


@pytest.fixture
def smtp(settings: Settings) -> Iterator[MailServer]:
    with mail_server.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        yield server


def tell(person: Person, what: str = "Er is iets gewijzigd.") -> Email:
    return emails.queue("login_changed", what, person, what=what, at=timezone.now())


def content(message: Message) -> dict[str, str]:
    """The text and the HTML of a message that arrived."""
    found = {}
    for part in message.walk():
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            found[part.get_content_type()] = payload.decode()
    return found


def fail(email: Email) -> Email:
    """Try as often as it is tried, each time too late for nobody."""
    for minutes in TRIES:
        later = email.queued_at + datetime.timedelta(minutes=minutes, seconds=1)
        with time_machine.travel(later):
            send_waiting()
    email.refresh_from_db()
    return email


def test_a_message_has_the_same_words_as_text_and_as_html(
    smtp: MailServer, bureau: Person
) -> None:
    bureau.name = "Noor <b>'t Hooft</b> & Zn."
    email = tell(bureau)
    assert send_waiting() == 1
    (message,) = smtp.received
    assert message.get_content_type() == "multipart/alternative"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["To"] == bureau.email
    found = content(message)
    assert list(found) == ["text/plain", "text/html"]
    assert found["text/plain"].replace("\r\n", "\n") == email.body
    assert "Beste Noor <b>'t Hooft</b> & Zn.," in found["text/plain"]
    assert (
        "Beste Noor &lt;b&gt;&#x27;t Hooft&lt;/b&gt; &amp; Zn.," in (found["text/html"])
    )
    assert "{{" not in found["text/html"]
    assert 'href="http://localhost:8000/wachtwoord/vergeten/"' in found["text/html"]


def test_a_name_brings_in_no_header_and_no_link(
    smtp: MailServer, bureau: Person
) -> None:
    bureau.name = "Noor\r\nBcc: x@boef.example\n\nKlik hier:\nhttps://boef.example/"
    emails.queue("question_asked", "1", bureau, by=bureau, page=LINK)
    email = tell(bureau)
    Email.objects.filter(pk=email.pk).update(subject="Goed\r\nBcc: x@boef.example")
    assert send_waiting() == 2
    email.refresh_from_db()
    assert (email.state, email.error[:14]) == ("queued", "BadHeaderError")
    (message,) = smtp.received
    assert message["Bcc"] is None
    assert "boef.example" not in str(make_header(decode_header(message["Subject"])))
    assert 'href="https://boef.example' not in content(message)["text/html"]


@pytest.mark.parametrize("address", ["a@b.example\nBcc: c@d.example", "geen adres"])
def test_an_address_with_more_in_it_gets_nothing(
    smtp: MailServer, bureau: Person, address: str
) -> None:
    email = tell(bureau)
    Email.objects.filter(pk=email.pk).update(recipient=address)
    send_waiting()
    assert all("d.example" not in str(message) for message in smtp.received)


class Odd:
    """Something with a name that is not one line, and too long."""

    def __str__(self) -> str:
        return "afrekening\n" + "x" * 300


@pytest.mark.parametrize("odd", [Odd(), "x" * 300])
def test_a_subject_is_one_line_of_bounded_length(bureau: Person, odd: object) -> None:
    email = emails.queue("question_answered", "1", bureau, settlement=odd)
    assert email.subject.startswith("Antwoord op uw vraag over ")
    assert "\n" not in email.subject
    assert len(email.subject) <= 200


def test_what_fails_is_tried_for_half_a_day_and_then_sent_again_by_a_person(
    smtp: MailServer, bureau: Person, lezer: Person
) -> None:
    smtp.refused.add(bureau.email)
    email = fail(tell(bureau))
    assert (email.state, email.attempts) == ("failed", len(TRIES))
    assert "451" in email.error
    with pytest.raises(NotAllowed):
        send_again(email, by=lezer)
    smtp.refused.clear()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3)):
        send_again(email, by=bureau)
        with pytest.raises(NotAllowed, match="niet mislukt"):
            send_again(email, by=bureau)
        assert send_waiting() == 1
    email.refresh_from_db()
    assert (email.state, email.attempts, email.error) == ("sent", 1, "")
    (event,) = HistoryEvent.objects.filter(subject_type="membership.email")
    assert (event.action, event.by) == ("sent again", bureau)


def test_a_personal_link_is_kept_neither_when_it_was_sent_nor_when_it_failed(
    smtp: MailServer, bureau: Person, penningmeester: Person
) -> None:
    smtp.refused.add(penningmeester.email)
    sent = invite(bureau, bureau.roles.get(), by=None)
    failed = invite(penningmeester, penningmeester.roles.get(), by=None)
    assert sent is not None
    assert failed is not None
    assert "/uitnodiging/" in sent.body
    fail(failed)
    sent.refresh_from_db()
    assert (sent.state, failed.state) == ("sent", "failed")
    assert sent.body == failed.body == GONE
    assert "/uitnodiging/" in content(smtp.received[0])["text/html"]
    with pytest.raises(NotAllowed, match="nieuwe uitnodiging"):
        send_again(failed, by=bureau)


def test_the_bureau_sends_what_failed_again_with_a_button(
    bureau: Person, lezer: Person
) -> None:
    email = tell(lezer)
    client = Client()
    client.force_login(bureau)
    page = reverse("admin:membership_email_change", args=[email.pk])
    button = reverse("admin:membership_email_again", args=[email.pk])
    assert button not in client.get(page).content.decode()
    Email.objects.update(state="failed", attempts=len(TRIES), error="451 later")
    listed = client.get(reverse("admin:membership_email_changelist") + "?state=failed")
    assert email.subject in listed.content.decode()
    assert button in client.get(page).content.decode()
    assert "451 later" in client.get(button).content.decode()
    assert "weer in de wachtrij" in client.post(button, follow=True).content.decode()
    email.refresh_from_db()
    assert email.state == "queued"
    again = client.post(button, follow=True).content.decode()
    assert "is niet mislukt" in again


def test_a_text_becomes_paragraphs_lists_headings_and_buttons() -> None:
    body = (
        f"Beste Noor,\n\nWat nu?\nDit.\n\n- een\n- twee\n\nBekijk het:\n{LINK}\n\n"
        f"{LINK}\n\nMail {live.NVSI_EMAIL}, of ga naar ({LINK}).\n"
    )
    assert parts_of(body) == [
        Part(lines=[[Piece("Beste Noor,")]]),
        Part(heading="Wat nu?", lines=[[Piece("Dit.")]]),
        Part(items=[[Piece("een")], [Piece("twee")]]),
        Part(label="Bekijk het", url=LINK),
        Part(label="Open het portaal", url=LINK),
        Part(
            lines=[
                [
                    Piece("Mail "),
                    Piece(live.NVSI_EMAIL, f"mailto:{live.NVSI_EMAIL}"),
                    Piece(", of ga naar ("),
                    Piece(LINK, LINK),
                    Piece(")."),
                ]
            ]
        ),
    ]


def test_only_the_portal_itself_becomes_a_link() -> None:
    page = html_of("Onderwerp", "Ga:\nhttps://boef.example/\n\njavascript:alert(1)\n")
    assert "href" not in page.split("<body")[1]
    other = html_of("Onderwerp", f"Ga:\n{live.SITE_URL}.boef.example/\n")
    assert "href" not in other.split("<body")[1]
