"""Two people press at the same moment: one signature counts."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from contracts.kinds import Party
from contracts.models import Offer, SealedDocument, Verwerkersovereenkomst
from contracts.signing.completing import complete, waiting
from membership.models import Organisation, Person
from nvsi.errors import Stale
from tests.billing.database import at_once, own_database
from tests.contracts.signing import make_offer, make_signer, put_name


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this module all that is done is really committed."""
    with own_database(django_db_blocker):
        yield


@pytest.fixture
def offer(waterkant: Organisation, bureau: Person) -> Offer:
    return make_offer(waterkant, bureau)


def test_of_two_who_sign_at_once_one_counts_and_it_is_sealed_once(
    offer: Offer, waterkant: Organisation, bestuur: Person
) -> None:
    def press(by: Person) -> str:
        try:
            return put_name(offer, Party.ORGANISATION, by).name
        except Stale as refusal:
            return f"{refusal}"

    pressed = [make_signer(waterkant, name) for name in ("Anna", "Bert")]
    answers = at_once(press, [*pressed, pressed[0]])
    signed = offer.signatures.get().name
    assert {"Anna", "Bert"} & set(answers) == {signed}
    assert f"{signed} heeft intussen al getekend." in answers
    put_name(offer, Party.NVSI, bestuur)
    assert Verwerkersovereenkomst.objects.count() == 1
    assert SealedDocument.objects.get().offer == offer
    assert not waiting().exists()
    assert at_once(complete, [offer.pk, offer.pk]) == [False, False]
