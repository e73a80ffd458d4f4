"""Somebody keeps his own details, and is asked once a year whether they hold."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.admin import waiting
from membership.colleagues import details
from membership.colleagues.addresses import change_address
from membership.colleagues.asked import details_to_confirm
from membership.deadlines.asked import Among
from membership.models import Email, HistoryEvent, Organisation, Person
from membership.tasks import ask_about_details
from nvsi.errors import NotAllowed
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def anna(heideveld: Organisation) -> Person:
    """A contactpersoon who can log in."""
    person = make_person("Anna", "contactpersoon", heideveld)
    person.last_login = timezone.now()
    person.save()
    return person


def asked_of(person: Person, today: datetime.date) -> list[str]:
    among = Among(frozenset(), frozenset({person.email}))
    return [one.what for one in details_to_confirm(among, today)]


def test_somebody_changes_his_details_himself(
    anna: Person, client: Client, today: datetime.date
) -> None:
    client.force_login(anna)
    url = reverse("own-details")
    said = {"name": "Anna Vos", "function": "adviseur", "telephone": "06 12 34 56 78"}
    wrong = client.post(url, {**said, "telephone": "bel maar"})
    assert wrong.status_code == 422
    assert client.post(url, {**said, "name": "BSN 111222333"}).status_code == 422
    assert client.post(url, said).status_code == 302
    anna.refresh_from_db()
    assert (anna.name, anna.function, anna.telephone) == tuple(said.values())
    assert anna.details_confirmed_on == today
    event = HistoryEvent.objects.get(subject_type="membership.person")
    assert (event.by, event.facts) == (anna, {"fields": list(said)})
    client.post(url, said)
    assert HistoryEvent.objects.first().action == "details confirmed"  # type: ignore[union-attr]


def test_who_can_log_in_is_asked_once_a_year(
    anna: Person, vreemde: Person, today: datetime.date, mailoutbox: list[object]
) -> None:
    ask_about_details()
    ask_about_details()
    assert [e.recipient for e in Email.objects.all()] == [anna.email]
    assert asked_of(anna, today) == ["Kloppen uw gegevens nog?"]
    assert details.ask_who_is_due(today + 300 * DAY) == 0
    details.confirm(anna, today=today + 10 * DAY)
    assert asked_of(anna, today) == []
    assert details.ask_who_is_due(today + 370 * DAY) == 0
    assert details.ask_who_is_due(today + 376 * DAY) == 1


def test_one_button_says_that_all_of_it_holds(
    anna: Person, client: Client, today: datetime.date
) -> None:
    client.force_login(anna)
    assert "Ja, alles klopt" not in client.get(reverse("own-details")).content.decode()
    details.ask_who_is_due(today - DAY)
    home = client.get(reverse("home")).content.decode()
    assert "Kloppen uw gegevens nog?" in home
    assert "Ja, alles klopt" in client.get(reverse("own-details")).content.decode()
    assert client.post(reverse("details-confirm"))["Location"] == reverse("home")
    client.post(reverse("details-confirm"))
    assert (
        "Kloppen uw gegevens nog?" not in client.get(reverse("home")).content.decode()
    )
    assert HistoryEvent.objects.filter(action="details confirmed").count() == 1


def test_the_bureau_sees_who_has_not_answered(
    anna: Person, lezer: Person, bureau: Person, client: Client, today: datetime.date
) -> None:
    details.ask_who_is_due(today - 28 * DAY)
    assert list(waiting.unanswered_details(bureau, today - DAY)) == []
    (line,) = waiting.unanswered_details(bureau, today)
    assert line.about == "1\u00a0persoon zonder antwoord"
    client.force_login(bureau)
    found = {}
    for value in ("wacht", "bevestigd", "nooit"):
        page = client.get(
            reverse("admin:membership_person_changelist"), {"gegevens": value}
        )
        found[value] = anna.email in page.content.decode()
    assert found == {"wacht": True, "bevestigd": False, "nooit": False}
    assert line.url.endswith("?gegevens=wacht")


def test_the_bureau_changes_an_address_and_both_are_told(
    anna: Person, bureau: Person, bestuur: Person, lezer: Person
) -> None:
    changed = change_address(anna, email="Anna@Nieuw.example", by=bureau)
    assert changed.email == "anna@nieuw.example"
    told = set(Email.objects.values_list("recipient", flat=True))
    assert told == {"anna@nvsi.example", "anna@nieuw.example"}
    for person, by, email, why in [
        (anna, lezer, "a@b.nl", "wijzigt het bureau"),
        (bureau, bureau, "a@b.nl", "door een ander"),
        (bestuur, bureau, "a@b.nl", "iemand van het bestuur"),
        (anna, bureau, lezer.email, "al van Lezer"),
        (anna, bureau, "geen adres", "geen e-mailadres"),
    ]:
        with pytest.raises(NotAllowed, match=why):
            change_address(person, email=email, by=by)
