"""Without a quorum the ALV decided nothing about a wens: a later one is asked."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from instruments.models import Ontwikkelvoorstel, Verbeterwens
from instruments.wishes.stages import Stage
from membership.assembly import closing, convening, opening, origins
from membership.assembly.counting import Counts
from membership.models import Assembly, Beslispunt, Person, VotingRule
from tests.instruments.test_wishes_at_the_alv import (
    SOON,
    agree,
    asker,
    draft,
    point_of,
    voorzitter,
    wens,
)
from tests.membership.assembly_days import DAY, HOUR, make_members

__all__ = ["asker", "voorzitter", "wens"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def unheard(wens: Verbeterwens, bestuur: Person, bureau: Person) -> Beslispunt:
    """Put to the vote where nobody came."""
    VotingRule.objects.filter(kind="financieel").update(
        quorum_numerator=1, quorum_denominator=2
    )
    first = draft()
    agree(wens, bestuur)
    point = point_of(wens, bestuur)
    now = timezone.now()
    Assembly.objects.filter(pk=first.pk).update(
        convened_at=now - 40 * DAY, starts_at=now - HOUR
    )
    make_members(3)
    vote = opening.open_vote(point, method="show", now=now, by=bureau)
    closing.enter_counts(vote, Counts(0, 0), now=now, by=bureau)
    closing.check_counts(vote, Counts(0, 0), now=now, by=bestuur)
    point.refresh_from_db()
    return point


def test_it_waits_for_a_later_alv(
    unheard: Beslispunt, wens: Verbeterwens, bestuur: Person, bureau: Person
) -> None:
    assert (unheard.outcome, unheard.besluit) == ("geen", None)
    assert wens.stage != Stage.ENDED
    [waits] = Ontwikkelvoorstel.objects.waiting_for_an_alv()
    assert waits.wens == wens
    assembly = unheard.voorstel.assembly
    convening.close(assembly, now=timezone.now(), by=bureau)
    later = draft(2 * SOON)
    assert origins.take_in(later, bureau) == 1
    waits.refresh_from_db()
    assert waits.alv_voorstel is not None
    assert waits.alv_voorstel.assembly == later
    assert not Ontwikkelvoorstel.objects.waiting_for_an_alv().exists()


def test_members_read_that_nothing_was_decided(
    unheard: Beslispunt, client: Client, bestuur: Person
) -> None:
    client.force_login(bestuur)
    page = client.get(reverse("voorstel-detail", args=[unheard.voorstel_id]))
    words = page.content.decode()
    assert "Geen besluit" in words
    assert "Verworpen" not in words
