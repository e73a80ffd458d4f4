"""The bureau writes a letter, looks at it, and a colleague releases it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.admin.letter_waiting import letters_to_release
from membership.letters import writing
from membership.models import Email, Letter, Organisation, Person
from tests.membership.letters import BODY, send, workbook, write


def url(row: Any, page: str = "change") -> str:
    return reverse(f"admin:membership_{row._meta.model_name}_{page}", args=[row.pk])


def form(**changes: Any) -> dict[str, Any]:
    return {
        "subject": "Regionale samenwerking",
        "salutation": "Geacht college en geachte raad,",
        "summary": "Wij vragen u iets.",
        "body": BODY,
        "belongs_on": f"{timezone.localdate():%d-%m-%Y}",
        "membership_kinds": ["lid"],
        "role": "contactpersoon",
        **changes,
    }


@pytest.fixture
def at_bureau(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


def test_writing_tells_who_gets_it_and_whoever_changes_it_wrote_it(
    at_bureau: Client, heideveld: Organisation, lezer: Person, bestuur: Person
) -> None:
    add = reverse("admin:membership_letter_add")
    answer = at_bureau.post(add, form(), follow=True)
    text = answer.content.decode()
    assert "Nu gaat deze brief naar 1\u00a0organisatie, 1\u00a0ontvanger." in text
    letter = Letter.objects.get()
    assert (letter.written_by.name, letter.membership_kinds) == ("Bureau", ["lid"])
    at_bureau.force_login(bestuur)
    at_bureau.post(url(letter), form(membership_kinds=[], role="ondertekenaar"))
    letter.refresh_from_db()
    assert (letter.written_by, letter.membership_kinds) == (bestuur, [])
    assert letter.role == "ondertekenaar"


def test_a_bsn_and_a_province_that_is_none_are_refused(at_bureau: Client) -> None:
    add = reverse("admin:membership_letter_add")
    sent = form(body="Over 111222333.", province="Atlantis")
    text = at_bureau.post(add, sent).content.decode()
    assert "burgerservicenummer" in text
    assert "Atlantis" in text
    assert not Letter.objects.exists()


def test_the_example_is_what_each_receiver_gets(
    at_bureau: Client,
    heideveld: Organisation,
    waterkant: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    letter = write(bureau)
    page = url(letter, "preview")
    first = at_bureau.get(page).content.decode()
    assert "Organisatie 1 van 2" in first
    assert f"({lezer.email})" in first
    assert "Beste Lezer," in first
    second = at_bureau.get(page, {"nr": "2"}).content.decode()
    assert "Hier heeft niemand de rol" in second
    assert at_bureau.get(page, {"nr": "9"}).status_code == 200
    pdf = at_bureau.get(url(letter, "preview-pdf"), {"nr": "2"})
    assert pdf.content.startswith(b"%PDF")
    eml = at_bureau.get(url(letter, "preview-email"))
    assert b"Content-Type: text/html" in eml.content
    assert at_bureau.get(url(letter, "preview-email"), {"nr": "2"}).status_code == 404


def test_the_buttons_take_it_from_draft_to_sent(
    client: Client, heideveld: Organisation, lezer: Person, bureau: Person,
    bestuur: Person,
) -> None:  # fmt: skip
    client.force_login(bureau)
    letter = write(bureau)
    client.post(url(letter, "attach"), {"file": workbook()})
    client.post(url(letter, "test"))
    assert Email.objects.get(event="member_letter").recipient == bureau.email
    client.post(url(letter, "offer"))
    assert 'name="subject"' not in client.get(url(letter)).content.decode()
    waiting = list(letters_to_release(bureau, timezone.localdate()))
    assert waiting == []
    client.force_login(bestuur)
    waiting = list(letters_to_release(bestuur, timezone.localdate()))
    [line] = waiting
    assert line.what == "Brief wacht op vrijgave"
    page = client.get(line.url)
    seen = page.context["form"].initial["fingerprint"]
    answer = client.post(line.url, {"fingerprint": seen}, follow=True)
    letter.refresh_from_db()
    assert letter.released_by == bestuur
    text = answer.content.decode()
    assert f"{letter.number}: 1\u00a0e-mail staat in de wachtrij." in text
    assert "planning.xlsx" in text


def test_a_receiver_that_bounced_is_written_down_and_sent_again(
    at_bureau: Client,
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    letter = send(bureau, bestuur)
    line = letter.receivers.get()
    Email.objects.filter(event="member_letter").update(state=Email.State.SENT)
    today = f"{timezone.localdate():%d-%m-%Y}"
    at_bureau.post(url(line, "bounce"), {"on": today, "words": "550 bestaat niet"})
    lists = reverse("admin:membership_letterreceiver_changelist")
    assert (
        "550 bestaat niet" in at_bureau.get(lists, {"stand": "terug"}).content.decode()
    )
    at_bureau.post(url(line, "again"), {"address": "nieuw@heideveld.example"})
    line.refresh_from_db()
    assert (line.address, line.times) == ("nieuw@heideveld.example", 2)
    assert "niemand om te mailen" in at_bureau.get(lists).content.decode()


def test_a_file_is_taken_out_of_a_draft_only(
    at_bureau: Client, bureau: Person, bestuur: Person, heideveld: Organisation
) -> None:
    letter = write(bureau)
    added = writing.attach(letter, workbook(), by=bureau)
    at_bureau.post(url(added, "detach"))
    assert not letter.attachments.exists()
