"""Several people promise or spend the same money of a kas at the same moment."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from pytest_django import DjangoDbBlocker

from billing.checks.kas import check_kas
from billing.innovatiekas import cover
from billing.innovatiekas.balance import balance
from billing.models import KasMovement
from instruments.models import Instrument, Ontwikkelvoorstel
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.billing.database import at_once, own_database
from tests.billing.kas import give, make_decided, order


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this module all that is done is really committed."""
    with own_database(django_db_blocker):
        yield


def test_a_kas_gives_each_euro_once(
    flexensie: Instrument, heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    """100 is there; of three voorstellen of 60 one gets it, and pays with it once."""
    give(flexensie, Decimal(100), "ALV-1", by=bureau, other=bestuur)
    voorstellen = [
        make_decided(flexensie, heideveld, Decimal(60), by=bureau, other=bestuur)
        for _ in range(3)
    ]

    def reserve(voorstel: Ontwikkelvoorstel) -> str:
        try:
            cover.reserve(voorstel, bestuur)
        except NotAllowed as refusal:
            return str(refusal)
        return ""

    refused = [said for said in at_once(reserve, voorstellen) if said]
    assert len(refused) == 2
    assert all("40,00 vrij" in said for said in refused)
    promised = KasMovement.objects.get(kind="reserve").voorstel
    assert promised is not None
    order(promised, bestuur)

    def spend(amount: Decimal) -> bool:
        try:
            cover.spend(Ontwikkelvoorstel.objects.get(pk=promised.pk), amount, bestuur)
        except NotAllowed:
            return False
        return True

    assert sorted(at_once(spend, [Decimal(50), Decimal(50)])) == [False, True]
    after = balance(flexensie)
    assert (after.free, after.reserved, after.spent) == tuple(map(Decimal, (50, 0, 50)))
    assert [one for one in check_kas() if isinstance(one, str)] == []
