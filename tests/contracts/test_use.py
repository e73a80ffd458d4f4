"""A holder pauses the use of an instrument in the portal, and goes on."""

import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.models import Line
from contracts.models import Pause
from membership.models import Email, HistoryEvent, Organisation, Person
from nvsi.dutch import day
from nvsi.refusals import TableRefused
from tests.billing.deliveries import line, take_in
from tests.billing.test_pages import text_of
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
PAGE = reverse("use", args=["flexensie"])
DAY = datetime.timedelta(days=1)


@pytest.fixture
def at_heideveld(client: Client, lezer: Person) -> Client:
    client.force_login(lezer)
    return client


def pause(client: Client, on: datetime.date, reason: str = "Geen werk meer.") -> int:
    said = {"starts_on": on.isoformat(), "reason": reason}
    return client.post(PAGE, said).status_code


def test_a_pause_tells_the_bureau_and_is_undone(
    at_heideveld: Client, heideveld: Organisation, bureau: Person, lezer: Person
) -> None:
    today = timezone.localdate()
    assert pause(at_heideveld, today) == 302
    made = Pause.objects.get()
    assert (made.by, made.starts_on, made.ends_on) == (lezer, today, None)
    told = Email.objects.get(event="use_changed")
    assert told.recipient == bureau.email
    assert "pauzeert het gebruik van Flexensie" in told.body
    shown = at_heideveld.get(PAGE).content.decode()
    assert "Geen werk meer." in shown
    assert "Pauzeer het gebruik" not in shown
    resumed = at_heideveld.post(PAGE, {"from_day": (today + DAY).isoformat()})
    assert resumed.status_code == 302
    made.refresh_from_db()
    assert made.ends_on == today
    assert Email.objects.filter(event="use_changed").count() == 2
    assert [e.action for e in HistoryEvent.objects.filter(by=lezer)] == [
        "resumed",
        "paused",
    ]


def test_a_pause_with_a_last_day_is_told_until_then_and_may_end_sooner(
    at_heideveld: Client,
) -> None:
    today = timezone.localdate()
    last = today + 30 * DAY
    assert pause(at_heideveld, today) == 302
    assert at_heideveld.post(PAGE, {"from_day": f"{last + DAY}"}).status_code == 302
    shown = text_of(at_heideveld, PAGE)
    said = f"vanaf {day(today)} tot en met {day(last)}".replace("\xa0", " ")
    assert f"Gepauzeerd {said}." in shown
    assert "In gebruik" not in shown
    assert f"Gebruik gepauzeerd {said}" in text_of(at_heideveld, "/overeenkomsten/")
    assert at_heideveld.post(PAGE, {"from_day": f"{today + DAY}"}).status_code == 302
    assert Pause.objects.get().ends_on == today


def test_a_pause_to_come_stands_beside_the_agreement(at_heideveld: Client) -> None:
    first = timezone.localdate() + DAY
    assert pause(at_heideveld, first) == 302
    shown = text_of(at_heideveld, "/overeenkomsten/")
    said = f"Gebruik gepauzeerd vanaf {day(first)}".replace("\xa0", " ")
    assert said in shown
    assert "Van kracht" in shown


def test_what_was_worked_before_is_taken_in_and_the_rest_is_refused_with_the_reason(
    at_heideveld: Client, heideveld: Organisation, bureau: Person, tmp_path: Path
) -> None:
    agreement = heideveld.gebruiksovereenkomsten.get()
    Pause.objects.create(
        agreement=agreement,
        starts_on=datetime.date(2026, 3, 10),
        reason="Geen werk meer.",
        by=bureau,
    )
    take_in(tmp_path, [line("R1", datum="2026-03-09")])
    assert Line.objects.count() == 1
    with pytest.raises(TableRefused) as refused:
        take_in(tmp_path, [line("R2", datum="2026-03-10")])
    assert "gepauzeerd" in str(refused.value.errors)
    assert Line.objects.count() == 1


def test_a_pause_in_the_past_or_without_reason_is_refused(at_heideveld: Client) -> None:
    today = timezone.localdate()
    assert pause(at_heideveld, today - DAY) == 422
    assert pause(at_heideveld, today, reason="") == 422
    assert not Pause.objects.exists()


@pytest.mark.parametrize("role", ["financieel", "fg"])
def test_only_who_speaks_for_the_holder_may(
    role: str, client: Client, heideveld: Organisation
) -> None:
    client.force_login(make_person("Ander", role, heideveld))
    assert client.get(PAGE).status_code == 404


def test_the_list_of_agreements_leads_there(at_heideveld: Client) -> None:
    shown = at_heideveld.get(reverse("agreement-list")).content.decode()
    assert f'href="{PAGE}"' in shown
