"""What the bureau records of the ALV by hand: only what was decided, and elsewhere."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.innovatiekas.balance import balance
from instruments.models import Instrument, Verbeterwens
from instruments.wishes import deciding
from instruments.wishes.stages import Stage
from membership.assembly import adopting
from membership.models import AlvBesluit, Person
from nvsi.errors import NotAllowed
from tests.billing import kas
from tests.instruments.test_wishes_at_the_alv import (
    agree,
    asker,
    draft,
    point_of,
    voorzitter,
    wish_at_the_bestuur,
)

__all__ = ["asker", "voorzitter"]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def wens(flexensie: Instrument, asker: Person, voorzitter: Person) -> Verbeterwens:
    """All of it from the kas, in which nothing is."""
    facts = {"from_kas": 5000, "other_cover": ""}
    return wish_at_the_bestuur(flexensie, asker, voorzitter, **facts)


def besluit_on(on: datetime.date) -> AlvBesluit:
    return AlvBesluit.objects.create(reference="A-1", subject="Apps", taken_on=on)


def test_what_the_alv_is_still_to_decide_reserves_nothing(
    wens: Verbeterwens, bestuur: Person, bureau: Person, client: Client
) -> None:
    kas.give(wens.instrument, Decimal(9000), "ALV-KAS-9", by=bureau, other=bestuur)
    agree(wens, bestuur)
    besluit = besluit_on(timezone.localdate() + 70 * DAY)
    client.force_login(bureau)
    page = reverse("wens-step", args=[wens.pk, "adopted"])
    assert str(besluit) not in client.get(page).content.decode()
    client.post(page, {"besluit": besluit.pk, "words": "Straks."})
    assert balance(wens.instrument).reserved == 0
    with pytest.raises(NotAllowed, match="datum die nog komt") as refused:
        deciding.adopt(wens, besluit, words="Straks.", by=bureau)
    assert refused.value.field == "besluit"
    besluit.taken_on = timezone.localdate()
    besluit.save()
    client.post(page, {"besluit": besluit.pk, "words": "Besloten in de zaal."})
    assert balance(wens.instrument).reserved == 5000


def test_what_the_alv_adopted_is_not_recorded_as_rejected(
    wens: Verbeterwens, bestuur: Person, bureau: Person, client: Client
) -> None:
    """The kas is too empty for it, so that the wens stands still."""
    draft()
    agree(wens, bestuur)
    adopting.adopt(point_of(wens, bestuur), "Aangenomen.", bureau)
    client.force_login(bureau)
    rejected = reverse("wens-step", args=[wens.pk, "rejected"])
    page = client.get(reverse("wens-detail", args=[wens.pk])).content.decode()
    assert rejected not in page
    assert reverse("wens-step", args=[wens.pk, "adopted"]) in page
    client.post(rejected, {"words": "Verworpen."})
    with pytest.raises(NotAllowed, match="De ALV nam dit voorstel aan"):
        deciding.reject(wens, words="Verworpen.", by=bureau)
    assert wens.stage == Stage.ALV


def test_what_the_alv_adopted_goes_on_with_that_besluit_alone(
    wens: Verbeterwens, bestuur: Person, bureau: Person, client: Client
) -> None:
    draft()
    agree(wens, bestuur)
    own = adopting.adopt(point_of(wens, bestuur), "Aangenomen.", bureau)
    other = besluit_on(timezone.localdate())
    kas.give(wens.instrument, Decimal(9000), "ALV-KAS-9", by=bureau, other=bestuur)
    with pytest.raises(NotAllowed, match="ander voorstel"):
        deciding.adopt(wens, other, words="Toch.", by=bureau)
    client.force_login(bureau)
    page = reverse("wens-step", args=[wens.pk, "adopted"])
    asked = client.get(page).content.decode()
    assert (str(own) in asked, str(other) in asked) == (True, False)
    client.post(page, {"besluit": own.pk, "words": "De kas is vol genoeg."})
    assert wens.stage == Stage.DECIDED
