"""Who changed an account does not pay to it first, and who pays sees the change."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from billing.models import Payment, PaymentBatch, Period
from billing.paying.new_accounts import new_accounts
from billing.paying.payments import export
from membership.accounts import record_iban_change
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.billing.settled import ING, NOW, RABO, TODAY, pay_to


def change_iban(organisation: Organisation, iban: str, by: Person) -> None:
    before = organisation.iban
    pay_to(organisation, iban)
    record_iban_change(organisation, before=before, today=TODAY, by=by)


def test_who_changed_an_account_does_not_pay_to_it(
    period: Period, rijkhoven: Organisation, bureau: Person, bestuur: Person
) -> None:
    change_iban(rijkhoven, ING, bureau)
    with pytest.raises(NotAllowed, match="betaalt er niet als eerste naar") as refusal:
        export(period, now=NOW, by=bureau)
    assert "GM9011 NL20 INGB 0001 2345 67" in str(refusal.value).replace("\u00a0", " ")
    assert not PaymentBatch.objects.exists()
    (account,) = export(period, now=NOW, by=bestuur).new_accounts
    assert (account.organisation, account.changed_by) == (rijkhoven, bureau)


def test_the_last_who_changed_it_counts(
    period: Period, rijkhoven: Organisation, bureau: Person, bestuur: Person
) -> None:
    change_iban(rijkhoven, ING, bureau)
    change_iban(rijkhoven, RABO, bestuur)
    assert export(period, now=NOW, by=bureau).batch


def test_the_account_of_the_uitvoerder_counts_as_well(
    period: Period, flexensie_nederland: Organisation, bureau: Person
) -> None:
    change_iban(flexensie_nederland, RABO, bureau)
    with pytest.raises(NotAllowed, match="flexensie NL44"):
        export(period, now=NOW, by=bureau)


def test_an_account_that_was_paid_to_is_an_old_one(
    period: Period, rijkhoven: Organisation, bureau: Person, bestuur: Person
) -> None:
    change_iban(rijkhoven, ING, bureau)
    assert len(new_accounts([rijkhoven])) == 1
    export(period, now=NOW, by=bestuur)
    assert new_accounts([rijkhoven]) == []
    change_iban(rijkhoven, RABO, bureau)
    assert len(new_accounts([rijkhoven])) == 1


def test_an_account_that_nobody_changed_by_hand_is_no_news(
    period: Period, bureau: Person
) -> None:
    assert export(period, now=NOW, by=bureau).new_accounts == []


def test_the_command_names_the_new_account(
    period: Period,
    rijkhoven: Organisation,
    bureau: Person,
    bestuur: Person,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    change_iban(rijkhoven, ING, bureau)
    out = str(tmp_path / "OUT.xml")
    call_command("export_payments", "2026-H1", out, "--by", bestuur.email)
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "let op, nieuw rekeningnummer: GM9011 NL20 INGB 0001 2345 67 (gewijz" in said
    assert f"door {bureau.name} op " in said
    assert Payment.objects.get(organisation=rijkhoven).iban == ING


@pytest.mark.usefixtures("period")
def test_who_pays_sees_the_change_beside_the_account(
    rijkhoven: Organisation, bureau: Person, bestuur: Person
) -> None:
    client = Client()
    client.force_login(bestuur)
    page = reverse("admin:billing_period_export", args=[Period.objects.get().pk])
    assert "nieuwe rekening" not in client.get(page).content.decode()
    change_iban(rijkhoven, ING, bureau)
    assert "gewijzigd door Bureau op" in client.get(page).content.decode()
