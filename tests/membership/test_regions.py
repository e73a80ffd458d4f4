"""Which gemeente is in which region, over time, and which is the centre."""

import datetime
from collections.abc import Callable
from typing import cast

import psycopg2
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from membership.models import HistoryEvent, Organisation, Person, RegionMember
from membership.regional.centre import choose_centrumgemeente
from nvsi.errors import NotAllowed
from tests.membership.regional import join, make_region

TODAY = datetime.date(2026, 3, 9)
YESTERDAY = datetime.date(2026, 3, 8)
AMR = "arbeidsmarktregio"


def refused(make: Callable[[], object]) -> str:
    """The name of the constraint that stands in the way."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    return str(cast("psycopg2.Error", caught.value.__cause__).diag.constraint_name)


def test_a_gemeente_that_left_a_region_may_come_back(heideveld: Organisation) -> None:
    region = make_region("B1")
    join(region, heideveld, ends_on=YESTERDAY)
    join(region, heideveld, starts_on=TODAY)
    assert list(region.organisations_on(YESTERDAY)) == [heideveld]
    assert region.members.active_on(TODAY).get().starts_on == TODAY
    assert refused(lambda: join(region, heideveld, YESTERDAY, YESTERDAY)) == (
        "an_organisation_is_in_a_region_once"
    )


def test_a_gemeente_is_in_one_arbeidsmarktregio_on_a_day(
    heideveld: Organisation,
) -> None:
    one = make_region("AM91", type_=AMR)
    other = make_region("AM92", type_=AMR)
    join(one, heideveld, ends_on=YESTERDAY)
    join(other, heideveld, starts_on=TODAY)
    guard = "a_gemeente_is_in_one_arbeidsmarktregio"
    assert refused(lambda: join(make_region("AM93", type_=AMR), heideveld)) == guard
    assert refused(lambda: join(one, heideveld, starts_on=TODAY)) == guard


def test_a_gemeente_may_be_in_regions_of_other_types(heideveld: Organisation) -> None:
    for code, type_ in [
        ("AM91", AMR),
        ("B1", "bw_mo"),
        ("B2", "bw_mo"),
        ("O", "other"),
    ]:
        make_region(code, heideveld, type_=type_)
    assert heideveld.region_members.active_on(TODAY).count() == 4


def test_the_form_says_that_a_gemeente_is_in_another_arbeidsmarktregio(
    bureau: Person, heideveld: Organisation, client: Client
) -> None:
    make_region("AM91", heideveld, type_=AMR)
    other = make_region("AM92", type_=AMR)
    client.force_login(bureau)
    url = reverse("admin:membership_regionmember_add")
    form = {"region": str(other.pk), "organisation": str(heideveld.pk)}
    answer = client.post(url, {**form, "starts_on": "09-03-2026"})
    assert "is in die tijd al in arbeidsmarktregio De Heide" in answer.content.decode()
    assert RegionMember.objects.count() == 1


def test_the_centrumgemeente_is_one_of_the_region_and_one_at_a_time(
    bureau: Person, heideveld: Organisation, waterkant: Organisation
) -> None:
    region = make_region("B1", heideveld, waterkant)
    assert region.centrumgemeente_on(TODAY) is None
    choose_centrumgemeente(region, heideveld, on=YESTERDAY, by=bureau)
    choose_centrumgemeente(region, waterkant, on=TODAY, by=bureau)
    assert region.centrumgemeente_on(YESTERDAY) == heideveld
    assert region.centrumgemeente_on(TODAY) == waterkant
    assert refused(
        lambda: region.members.filter(starts_on=TODAY).update(is_centrumgemeente=True)
    ) == ("a_region_has_one_centrumgemeente_at_a_time")
    event = HistoryEvent.objects.filter(action="centrumgemeente chosen").first()
    assert event is not None
    assert event.facts == {"before": "GM9001", "after": "GM9002"}
    choose_centrumgemeente(region, None, on=TODAY, by=bureau)
    assert region.centrumgemeente_on(TODAY) is None


def test_nobody_else_chooses_and_nobody_else_is_chosen(
    bureau: Person, lezer: Person, heideveld: Organisation, waterkant: Organisation
) -> None:
    region = make_region("B1", heideveld)
    with pytest.raises(NotAllowed, match="Dat doet het bureau"):
        choose_centrumgemeente(region, heideveld, on=TODAY, by=lezer)
    with pytest.raises(NotAllowed, match="is niet in de regio"):
        choose_centrumgemeente(region, waterkant, on=TODAY, by=bureau)


def test_who_it_was_stays_known_when_it_left(
    bureau: Person, heideveld: Organisation, waterkant: Organisation
) -> None:
    region = make_region("B1", waterkant)
    member = join(region, heideveld)
    choose_centrumgemeente(region, heideveld, on=YESTERDAY, by=bureau)
    RegionMember.objects.filter(pk=member.pk).update(ends_on=YESTERDAY)
    choose_centrumgemeente(region, waterkant, on=TODAY, by=bureau)
    assert region.centrumgemeente_on(YESTERDAY) == heideveld
    assert region.centrumgemeente_on(TODAY) == waterkant


def test_the_bureau_chooses_it_with_a_button(
    bureau: Person, heideveld: Organisation, noorderhage: Organisation, client: Client
) -> None:
    region = make_region("B1", heideveld)
    client.force_login(bureau)
    url = reverse("admin:membership_region_centre", args=[region.pk])
    page = client.get(url).content.decode()
    assert "Heideveld" in page
    assert "Noorderhage" not in page
    client.post(url, {"organisation": str(heideveld.pk)})
    shown = client.get(reverse("admin:membership_region_change", args=[region.pk]))
    assert "gemeente Heideveld" in shown.content.decode()
    assert region.centrumgemeente_on(TODAY) == heideveld
