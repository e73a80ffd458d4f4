"""Whose an order is while it runs, and that it stops when the bestuur takes it back."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contracts.models import Uitvoeringsopdracht
from contracts.orders import verbs
from instruments.models import Uitvoerder, Verbeterwens
from instruments.wishes import weighing
from instruments.wishes.stages import Stage
from membership.deadlines.asked import asked_of
from membership.models import Email, Organisation, Person, Role
from nvsi.dutch import day as as_day
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.contracts.orders import make_decided, make_order
from tests.contracts.test_orders import Road, deliver, give, road, stage_now

__all__ = ["road"]


@pytest.fixture
def newcomer(road: Road) -> Person:
    """Of who carries out the instrument from today on, in place of who did."""
    today = timezone.localdate()
    Uitvoerder.objects.update(ends_on=today - datetime.timedelta(days=1))
    other = Organisation.objects.create(
        code="anders", kind="uitvoerder", name="Anders BV", short_name="Anders"
    )
    Uitvoerder.objects.create(
        instrument=road.wens.instrument, organisation=other, starts_on=today
    )
    return make_person("Nieuwe", "uitvoerder", other)


@pytest.fixture
def order(road: Road) -> Uitvoeringsopdracht:
    return give(road)


@pytest.fixture
def confirmed(order: Uitvoeringsopdracht, road: Road) -> Uitvoeringsopdracht:
    """With its uitvoerder, before the instrument goes to another."""
    verbs.confirm(order, by=road.uitvoerder)
    return order


def asked(person: Person) -> list[str]:
    return [one.what for one in asked_of(person, timezone.localdate()) if one.asks]


def test_who_took_an_order_on_delivers_it_also_when_another_carries_out(
    confirmed: Uitvoeringsopdracht, road: Road, newcomer: Person, client: Client
) -> None:
    client.force_login(road.uitvoerder)
    wens = reverse("wens-detail", args=[road.wens.pk])
    step = reverse("wens-step", args=[road.wens.pk, "delivered"])
    assert step in client.get(wens).content.decode()
    assert client.get(step).status_code == 200
    client.force_login(newcomer)
    assert step not in client.get(wens).content.decode()
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="uitvoerder"):
        verbs.deliver(road.wens, delivered_on=today, words="Wij.", by=newcomer)
    deliver(road)
    assert stage_now(road) == Stage.DELIVERED
    Email.objects.all().delete()
    verbs.send_back(road.wens, words="De knop ontbreekt.", by=road.voorzitter)
    told = Email.objects.filter(event="wens_waiting")
    assert told.get().recipient == road.uitvoerder.email


def test_who_has_an_order_reads_its_wens_and_no_other(
    confirmed: Uitvoeringsopdracht,
    road: Road,
    newcomer: Person,
    bureau: Person,
    client: Client,
) -> None:
    instrument, gemeente = road.wens.instrument, road.wens.organisation
    other = make_decided(instrument, gemeente, bureau, road.bestuur)
    place = newcomer.roles.get().organisation
    assert place
    make_order(other, place, road.bestuur)
    assert list(Verbeterwens.objects.visible_to(road.uitvoerder)) == [road.wens]
    assert Verbeterwens.objects.visible_to(newcomer).count() == 2
    client.force_login(road.uitvoerder)
    listed = reverse("wens-list", args=[instrument.slug])
    with CaptureQueriesContext(connection) as before:
        page = client.get(listed).content.decode()
    assert (road.wens.reference in page, other.wens.reference in page) == (True, False)
    make_order(
        make_decided(instrument, gemeente, bureau, road.bestuur),
        confirmed.uitvoerder,
        road.bestuur,
    )
    with CaptureQueriesContext(connection) as after:
        client.get(listed)
    assert len(after) == len(before)


def test_who_carried_out_and_has_no_order_reads_nothing_any_more(
    road: Road, newcomer: Person, client: Client
) -> None:
    client.force_login(road.uitvoerder)
    assert not Verbeterwens.objects.visible_to(road.uitvoerder).exists()
    page = reverse("wens-list", args=[road.wens.instrument.slug])
    assert client.get(page).status_code == 404


def test_an_order_that_was_taken_back_is_not_confirmed(
    order: Uitvoeringsopdracht, road: Road, client: Client
) -> None:
    confirm = f"Bevestig de opdracht {order.reference}"
    assert confirm in asked(road.uitvoerder)
    weighing.withdraw(road.wens, words="Het is al gebouwd.", by=road.bestuur)
    assert confirm not in asked(road.uitvoerder)
    told = Email.objects.get(event="wens_step", recipient=road.uitvoerder.email)
    assert "Het is al gebouwd." in told.body
    with pytest.raises(NotAllowed, match="Deze opdracht is ingetrokken"):
        verbs.confirm(order, by=road.uitvoerder)
    client.force_login(road.uitvoerder)
    page = reverse("order-detail", args=[order.reference])
    said = client.post(page, follow=True).content.decode()
    assert "Deze opdracht is ingetrokken." in said
    assert "U kunt beginnen" not in said
    assert "Bevestig de opdracht" not in said
    order.refresh_from_db()
    assert order.confirmed_at is None


def test_an_order_that_was_taken_back_says_when_and_why_and_is_never_late(
    road: Road, flexensie_nederland: Organisation, client: Client
) -> None:
    facts = {
        "deliver_by": timezone.localdate() - datetime.timedelta(days=1),
        "confirmed_by": road.uitvoerder,
        "confirmed_at": timezone.now(),
    }
    late = make_order(road.voorstel, flexensie_nederland, road.bestuur, **facts)
    client.force_login(road.uitvoerder)
    page = reverse("order-detail", args=[late.reference])
    assert "De afgesproken dag is voorbij." in client.get(page).content.decode()
    weighing.withdraw(road.wens, words="Het is al gebouwd.", by=road.bestuur)
    said = client.get(page).content.decode()
    today = as_day(timezone.localdate()).replace("\xa0", " ")
    assert f"Het bestuur trok deze opdracht in op {today}." in said
    assert "Het is al gebouwd." in said
    assert ">ingetrokken<" in said
    assert "De afgesproken dag is voorbij." not in said
    assert not [one for one in asked(road.uitvoerder) if one.startswith("Lever op")]


def test_who_gave_an_order_does_not_confirm_it(
    order: Uitvoeringsopdracht, road: Road
) -> None:
    Role.objects.create(
        person=road.bestuur, name="uitvoerder", organisation=order.uitvoerder,
        starts_on=timezone.localdate(),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="bevestigt haar niet zelf"):
        verbs.confirm(order, by=Person.objects.get(pk=road.bestuur.pk))


def test_what_is_paid_was_promised_by_somebody(
    confirmed: Uitvoeringsopdracht, road: Road
) -> None:
    """The innovatiekas promised all of it; the uitvoerder is not sent to others."""
    deliver(road)
    with pytest.raises(NotAllowed, match="Uit ander geld komt ten hoogste"):
        verbs.accept(
            road.wens, final_amount=Decimal(4000), from_kas=Decimal(1000),
            words="Goed.", by=road.voorzitter,
        )  # fmt: skip
