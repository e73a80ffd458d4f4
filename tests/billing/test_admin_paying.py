"""The buttons of paying: a file for the bank, what the bank says, and documents."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from billing.models import BankLine, Match, Payment, PaymentBatch, Period, Statement
from membership.models import HistoryEvent, Organisation, Person
from tests.billing.bank_content import bank_statement, debit, paid, read
from tests.billing.settled import NOW, pay_to

pytestmark = pytest.mark.usefixtures("in_july")


@pytest.fixture
def in_july(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(model: str, page: str, *key: int) -> str:
    return reverse(f"admin:billing_{model}_{page}", args=key)


def text_of(client: Client, page: str) -> str:
    return client.get(page).content.decode().replace("\u00a0", " ")


def seen_on(client: Client, page: str) -> dict[str, str]:
    found = re.search(r'name="fingerprint" value="([^"]+)"', text_of(client, page))
    assert found is not None
    return {"fingerprint": found[1]}


def test_the_bureau_makes_the_file_and_downloads_it(
    period: Period, bureau: Person
) -> None:
    client = as_person(bureau)
    page = url("period", "export", period.pk)
    asked = text_of(client, page)
    for words in ("3 betalingen, samen € 1.397,00", "€ 835,00", "€ 478,50"):
        assert words in asked
    assert not PaymentBatch.objects.exists()
    response = client.post(page, seen_on(client, page), follow=True)
    batch = PaymentBatch.objects.get()
    shown = url("paymentbatch", "change", batch.pk)
    assert response.redirect_chain == [(shown, 302)]
    assert "Het betaalbestand is gemaakt" in response.content.decode()
    file = client.post(url("paymentbatch", "download", batch.pk))
    assert file.content == bytes(batch.xml)
    assert file["Content-Disposition"] == (
        'attachment; filename="NVSI-FLEXENSIE-2026-H1-1.xml"'
    )
    assert HistoryEvent.objects.get(action="handed out").by == bureau


def test_a_form_sent_twice_orders_once_and_gives_the_same_file(
    period: Period, bureau: Person
) -> None:
    client = as_person(bureau)
    page = url("period", "export", period.pk)
    seen = seen_on(client, page)
    client.post(page, seen)
    again = client.post(page, seen, follow=True).content.decode()
    assert "Dit is hetzelfde bestand dat Bureau maakte" in again
    assert PaymentBatch.objects.count() == 1
    assert Payment.objects.count() == 3
    assert "Er is niets nieuws te betalen" in text_of(client, page)


def test_what_became_payable_meanwhile_is_looked_at_first(
    period: Period, bureau: Person, penningmeester: Person
) -> None:
    client = as_person(bureau)
    page = url("period", "export", period.pk)
    seen = seen_on(client, page)
    settlement = period.settlements.order_by("pk")[0]
    reverse_page = url("settlement", "reverse", settlement.pk)
    as_person(penningmeester).post(reverse_page, {"reason": "tarief klopte niet"})
    response = client.post(page, seen)
    assert response.status_code == 409
    assert "is veranderd sinds u keek" in response.content.decode()
    assert not PaymentBatch.objects.exists()


def test_who_approved_neither_makes_nor_gets_the_file(
    period: Period, penningmeester: Person, ordered: dict[str, Payment]
) -> None:
    client = as_person(penningmeester)
    page = url("period", "export", period.pk)
    said = client.post(page, seen_on(client, page), follow=True).content.decode()
    assert "Wie de afrekening vaststelde, betaalt haar niet uit" in said
    batch = PaymentBatch.objects.get()
    response = client.post(url("paymentbatch", "download", batch.pk), follow=True)
    assert "betaalt haar niet uit" in response.content.decode()
    assert not HistoryEvent.objects.filter(action="handed out").exists()


def test_a_gemeente_without_iban_is_named_and_left_out(
    period: Period, heideveld: Organisation, bureau: Person
) -> None:
    pay_to(heideveld, "")
    asked = text_of(as_person(bureau), url("period", "export", period.pk))
    assert "2 betalingen, samen € 562,00" in asked
    assert "geen IBAN" in asked


def upload(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("afschrift.xml", content, "application/xml")}


def test_a_bank_statement_is_read_and_leads_to_what_waits(
    ordered: dict[str, Payment], bureau: Person
) -> None:
    client = as_person(bureau)
    page = url("bankstatement", "read")
    entries = (paid(ordered["Heideveld"]), debit("1.00"))
    for known in (False, True):
        response = client.post(page, upload(bank_statement(*entries)), follow=True)
        said = response.content.decode().replace("\u00a0", " ")
        words = "0 nieuwe regels, 0 gekoppeld; 2 al bekend" if known else "2 nieuwe"
        assert words in said
    assert BankLine.objects.unmatched().count() == 1
    assert period_of(ordered).settlements.filter(status="paid").count() == 1


def period_of(payments: dict[str, Payment]) -> Period:
    return payments["Heideveld"].batch.period


def test_a_bank_statement_that_is_none_says_why_and_keeps_nothing(
    period: Period, bureau: Person
) -> None:
    client = as_person(bureau)
    page = url("bankstatement", "read")
    response = client.post(page, upload(b"<html>geen afschrift</html>"))
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not BankLine.objects.exists()
    assert "verplicht" in client.post(page, {}).content.decode()


def test_a_line_is_matched_by_hand_with_what_is_open(
    ordered: dict[str, Payment], bureau: Person
) -> None:
    heideveld = ordered["Heideveld"]
    read(debit("835.00"))
    line = BankLine.objects.unmatched().get()
    client = as_person(bureau)
    page = url("bankline", "match", line.pk)
    asked = text_of(client, page)
    assert f"{heideveld.end_to_end_id}, gemeente Heideveld" in asked
    wrong = {"payments": [ordered["Rijkhoven"].pk]}
    refused = client.post(page, wrong, follow=True).content.decode()
    assert "staat" in refused
    assert not Match.objects.exists()
    said = client.post(page, {"payments": [heideveld.pk]}, follow=True)
    assert "is gekoppeld aan" in said.content.decode()
    assert Match.objects.get().amount == Decimal("835.00")
    twice = client.post(page, {"payments": [heideveld.pk]}, follow=True)
    assert Match.objects.count() == 1
    assert twice.status_code == 200


def test_failed_documents_are_tried_again(
    period: Period, penningmeester: Person, bureau: Person
) -> None:
    for settlement in period.settlements.all():
        Statement.objects.create(
            settlement=settlement, heading={}, state="failed", error="kapot"
        )
    statement = Statement.objects.all()[0]
    page = url("statement", "try-again", statement.pk)
    assert page in text_of(
        as_person(penningmeester), url("statement", "change", statement.pk)
    )
    assert page in text_of(
        as_person(penningmeester), url("period", "change", period.pk)
    )
    assert as_person(bureau).get(page).status_code == 403
    said = as_person(penningmeester).post(page, follow=True).content.decode()
    assert "2\u00a0mislukte documenten staan weer in de wachtrij" in said


def test_the_file_of_another_half_year_is_not_there(
    ordered: dict[str, Payment], bureau: Person, tmp_path: Path
) -> None:
    client = as_person(bureau)
    assert client.post(url("paymentbatch", "download", 999)).status_code == 404
    assert client.get(url("paymentbatch", "download", 999)).status_code == 405
