"""What was built and accepted is paid to the uitvoerder, in the next file, once."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from billing.checks.books import check_entries
from billing.checks.payments import check_bank, check_payments
from billing.innovatiekas import cover
from billing.ledger import balances
from billing.models import Payment, Period
from billing.paying.dues import open_dues
from billing.paying.payments import export
from instruments.models import Instrument
from instruments.wishes.beside import told_beside
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.billing import kas
from tests.billing.bank_content import came_back, paid, read
from tests.billing.settled import NOW
from tests.contracts.orders import make_order

ORDERS = "1630"


@pytest.fixture
def reference(
    period: Period,
    flexensie: Instrument,
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    bureau: Person,
    bestuur: Person,
) -> str:
    """Of an order of 300 euros, all from the kas, that the bureau accepted."""
    kas.give(flexensie, Decimal(8000), "ALV-KAS", by=bureau, other=bestuur)
    amount = Decimal("300.00")
    voorstel = kas.make_decided(flexensie, heideveld, amount, by=bureau, other=bestuur)
    cover.reserve(voorstel, bestuur)
    order = make_order(voorstel, flexensie_nederland, bestuur)
    cover.spend(voorstel, amount, bureau)
    return order.reference


def findings() -> list[str]:
    checks = (check_bank, check_payments, check_entries)
    return [one for check in checks for one in check() if isinstance(one, str)]


def test_an_accepted_order_is_in_the_next_file_and_paid(
    period: Period, reference: str, bureau: Person, bestuur: Person, backoffice: Person
) -> None:
    with pytest.raises(NotAllowed, match=f"Wie een opdracht aanvaardde.*{reference}"):
        export(period, now=NOW, by=bureau)
    batch = export(period, now=NOW, by=bestuur).batch
    payment = batch.payments.for_orders().get()
    assert (payment.end_to_end_id, payment.amount) == (reference, Decimal("300.00"))
    file = etree.fromstring(bytes(batch.xml))
    said = [node.text for node in file.iterfind(".//{*}Ustrd")]
    assert f"Uitvoeringsopdracht {reference} Flexensie nr {reference}" in said
    assert export(period, now=NOW, by=bestuur).was_exported_before
    client = Client()
    client.force_login(backoffice)
    assert "Betaling onderweg" in client.get("/vergoeding/").content.decode()
    read(paid(payment))
    assert balances(timezone.localdate())[ORDERS] == 0
    page = client.get("/vergoeding/").content.decode().replace("\u00a0", " ")
    assert "Uitvoeringsopdrachten" in page
    assert reference in page
    assert "Betaald op 16 juli 2026" in page
    assert payment.movement
    assert payment.movement.voorstel
    told = [line.text for line in told_beside(payment.movement.voorstel.wens)]
    assert "Aan de uitvoerder betaald: €\u00a0300,00" in told
    assert findings() == []


def test_what_came_back_is_ordered_again_beside_the_fee(
    period: Period, reference: str, bestuur: Person
) -> None:
    batch = export(period, now=NOW, by=bestuur).batch
    payment = batch.payments.for_orders().get()
    read(paid(payment), came_back(payment))
    assert [due.amount for due in open_dues(period)] == [Decimal("300.00")]
    again = export(period, now=NOW, by=bestuur).batch.payments.get()
    assert again.end_to_end_id == f"{reference}-2"
    assert Payment.objects.to_uitvoerder().count() == 1
    assert findings() == []
