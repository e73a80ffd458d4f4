"""Several people do the same at the same moment: it happens once."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from billing.models import BankLine, Match, Payment, PaymentBatch, Period
from billing.paying.bank import read_bank_statement
from billing.paying.payments import export
from membership.models import Person
from tests.billing.bank_content import bank_statement, paid
from tests.billing.database import at_once, own_database
from tests.billing.settled import NOW


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this module all that is done is really committed."""
    with own_database(django_db_blocker):
        yield


def test_exporters_at_once_give_one_batch(
    period: Period, bureau: Person, bestuur: Person
) -> None:
    outcomes = at_once(
        lambda by: export(Period.objects.get(), now=NOW, by=by),
        [bureau, bestuur, bureau],
    )
    assert sorted(o.was_exported_before for o in outcomes) == [False, True, True]
    assert len({bytes(o.batch.xml) for o in outcomes}) == 1
    assert (PaymentBatch.objects.count(), Payment.objects.count()) == (1, 3)


def test_a_statement_read_by_several_at_once_is_read_once(
    ordered: dict[str, Payment], bureau: Person, bestuur: Person
) -> None:
    content = bank_statement(*map(paid, ordered.values()))
    outcomes = at_once(
        lambda by: read_bank_statement(content, by=by), [bureau, bestuur, bureau]
    )
    assert sorted(o.matched for o in outcomes) == [0, 0, 3]
    assert sorted(o.known for o in outcomes) == [0, 3, 3]
    assert (BankLine.objects.count(), Match.objects.count()) == (3, 3)
