"""Who hears that a statement is there: the contact persons, once."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from billing.models import Settlement, Statement
from billing.statements import documents
from billing.statements.announcing import announce
from contracts.agreements import conclude
from contracts.models import Verwerkersovereenkomst
from instruments.models import Instrument
from membership.models import Email, Organisation, Person, Role
from tests.billing.settled import NOW, SINCE, SMALL, USUAL, deliver, reverse, settle
from tests.conftest import make_gemeente, make_person


@pytest.fixture(autouse=True)
def in_july(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def werkplein(heideveld: Organisation) -> Organisation:
    """A samenwerkingsverband that holds the agreement for Rijkhoven."""
    rijkhoven = make_gemeente("GM9004", "Rijkhoven")
    werkplein = Organisation.objects.create(
        code="werkplein",
        kind="samenwerkingsverband",
        name="Werkplein",
        short_name="Werkplein",
    )
    Verwerkersovereenkomst.objects.create(organisation=werkplein, starts_on=SINCE)
    conclude(
        werkplein,
        Instrument.objects.get(slug="flexensie"),
        gemeenten=[rijkhoven],
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(30),
        by=None,
    )
    make_person("Holder", "contactpersoon", werkplein)
    make_person("Deelnemer", "contactpersoon", rijkhoven)
    make_person("Tekent", "ondertekenaar", rijkhoven)
    return werkplein


def make_all() -> None:
    documents.request(Settlement.objects.filter(statement=None))
    while documents.make_waiting():
        pass


def told() -> dict[str, str]:
    """What each person was told last."""
    emails = Email.objects.filter(event="statement_ready").order_by("pk")
    return {email.recipient.partition("@")[0]: email.body for email in emails}


def test_the_contact_persons_of_holder_and_gemeenten_hear_of_a_statement_once(
    heideveld: Organisation,
    werkplein: Organisation,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    rijkhoven = Organisation.objects.get(code="GM9004")
    Role.objects.create(
        person=lezer, organisation=rijkhoven, name="contactpersoon", starts_on=SINCE
    )
    deliver(tmp_path, [(heideveld, USUAL), (rijkhoven, SMALL)])
    settle(preparer=bureau, approver=penningmeester)
    assert not told()
    make_all()
    assert sorted(told()) == ["deelnemer", "holder", "lezer"]
    number = Settlement.objects.get(organisation=werkplein).number
    assert f"/afrekeningen/{number}/" in told()["holder"]
    assert "Nog geen account?" in told()["holder"]
    assert "/afrekeningen/" not in told()["deelnemer"]
    assert "Werkplein heeft de afrekening. Vraag het daar." in told()["deelnemer"]
    assert "€" not in "".join(told().values())
    assert Email.objects.filter(event="statement_ready").count() == 4
    announce(Statement.objects.all(), today=NOW.date())
    assert Email.objects.filter(event="statement_ready").count() == 4


def test_a_reversal_is_told_as_what_it_is_and_a_role_that_ended_hears_nothing(
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    deliver(tmp_path, [(heideveld, USUAL)])
    settle(preparer=bureau, approver=penningmeester)
    make_all()
    lezer.set_password("een heel lang wachtwoord")
    lezer.save()
    reverse(Settlement.objects.get(), by=penningmeester)
    make_all()
    email = Email.objects.filter(event="statement_ready").latest("pk")
    expected = "De creditafrekening over de eerste helft van 2026 staat klaar"
    assert email.subject == expected
    assert "Nog geen account?" not in email.body
    yesterday = NOW.date() - datetime.timedelta(days=1)
    Role.objects.filter(person=lezer).update(ends_on=yesterday)
    settle(preparer=bureau, approver=penningmeester)
    make_all()
    assert Email.objects.filter(event="statement_ready").count() == 2


def test_a_statement_that_failed_is_not_announced(
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    deliver(tmp_path, [(heideveld, USUAL)])
    settle(preparer=bureau, approver=penningmeester)
    Statement.objects.create(settlement=Settlement.objects.get(), heading={})
    assert documents.make_waiting() == 1
    assert Statement.objects.get().state == "failed"
    assert not told()
