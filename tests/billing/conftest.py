"""Half-years that are on their way to be paid."""

from pathlib import Path

import pytest
from django.test import Client

from billing.models import Payment, Period
from billing.paying.payments import export
from membership.models import Organisation, Person
from tests.billing.settled import (
    ING,
    NOW,
    RABO,
    SMALL,
    USUAL,
    deliver,
    make_member,
    pay_to,
    settle,
)


@pytest.fixture
def rijkhoven(db: None) -> Organisation:
    """A second gemeente with both agreements and a vergoeding of 30%."""
    return make_member("GM9011", "Rijkhoven", RABO)


@pytest.fixture
def period(
    heideveld: Organisation,
    rijkhoven: Organisation,
    flexensie_nederland: Organisation,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> Period:
    """2026-H1, approved by the penningmeester; the uitvoerder has an IBAN.

    Owed are 835.00 to Heideveld, 83.50 to Rijkhoven and 478.50 to the uitvoerder.
    """
    pay_to(flexensie_nederland, ING)
    deliver(tmp_path, [(heideveld, USUAL), (rijkhoven, SMALL)])
    return settle(preparer=bureau, approver=penningmeester)


@pytest.fixture
def ordered(period: Period, bestuur: Person) -> dict[str, Payment]:
    """The payments of that half-year, ordered by the bestuur, per short name."""
    batch = export(period, now=NOW, by=bestuur).batch
    return {p.organisation.short_name: p for p in batch.payments.all()}


@pytest.fixture
def at_bureau(bureau: Person) -> Client:
    client = Client()
    client.force_login(bureau)
    return client
