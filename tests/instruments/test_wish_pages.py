"""The pages of verbeterwensen: what is listed, asked and refused."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instruments.models import Instrument, Verbeterwens
from membership.deadlines.asked import asked_of
from membership.models import Person
from tests.conftest import make_gemeente, make_person
from tests.instruments.wishes import add_step, make_voorzitter, make_wish

WORDS = {
    "title": "Uren per week invullen",
    "problem": "Elke dag apart kost tijd.",
    "proposal": "Een scherm voor een week.",
    "for_whom": "Kandidaten",
}


@pytest.fixture
def voorzitter(flexensie: Instrument, lezer: Person) -> Person:
    place = lezer.roles.get().organisation
    assert place
    return make_voorzitter(flexensie, place)


def new_page(instrument: Instrument) -> str:
    return reverse("wens-new", args=[instrument.slug])


def test_the_list_asks_no_more_queries_for_more_wensen(
    client: Client, flexensie: Instrument, lezer: Person, voorzitter: Person
) -> None:
    client.force_login(lezer)
    page = reverse("wens-list", args=[flexensie.slug])
    place = lezer.roles.get().organisation
    assert place

    def count() -> int:
        for number in range(3):
            wens = make_wish(flexensie, place, lezer, title=f"Wens {number}")
            add_step(wens, "taken_up", voorzitter)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    assert count() == count()


def test_a_wens_is_handed_in_once_however_often_it_is_sent(
    client: Client, flexensie: Instrument, lezer: Person
) -> None:
    client.force_login(lezer)
    for _ in range(2):
        answer = client.post(new_page(flexensie), {**WORDS, "seen": "on"})
    assert answer.status_code == 302
    assert Verbeterwens.objects.get().title == WORDS["title"]


def test_wensen_that_look_like_it_are_shown_before(
    client: Client, flexensie: Instrument, lezer: Person
) -> None:
    client.force_login(lezer)
    client.post(new_page(flexensie), WORDS)
    like = {**WORDS, "title": "Weken invullen", "problem": "Andere woorden."}
    shown = client.post(new_page(flexensie), like)
    assert "Lijkt uw wens op een van deze?" in shown.content.decode()
    form = shown.context["form"]
    assert {name: form[name].value() for name in like} == like, "as it was typed"
    assert 'value="Weken invullen"' in shown.content.decode()
    assert Verbeterwens.objects.count() == 1


def test_a_name_keeps_its_capitals_in_what_is_said(
    client: Client, flexensie: Instrument, lezer: Person
) -> None:
    wens = make_wish(flexensie, make_gemeente("GM9331", "Verweg"), lezer)
    client.force_login(lezer)
    told = client.post(reverse("wens-say", args=[wens.pk, "steunen"]), follow=True)
    assert "Gemeente Heideveld steunt deze wens nu." in told.content.decode()


def test_a_wens_that_is_over_asks_for_no_support(
    client: Client, flexensie: Instrument, lezer: Person, voorzitter: Person
) -> None:
    wens = make_wish(flexensie, make_gemeente("GM9332", "Elders"), lezer)
    client.force_login(lezer)
    page = reverse("wens-detail", args=[wens.pk])
    assert "Steun namens Heideveld" in client.get(page).content.decode()
    add_step(wens, "declined", voorzitter)
    shown = client.get(page).content.decode()
    assert "Steun namens Heideveld" not in shown
    assert "Deze wens kostte niets." in shown
    told = client.post(reverse("wens-say", args=[wens.pk, "steunen"]), follow=True)
    assert "Deze wens is afgerond." in told.content.decode()
    assert not wens.support.exists()


def test_the_next_step_is_asked_of_who_takes_it(
    flexensie: Instrument, lezer: Person, voorzitter: Person, backoffice: Person
) -> None:
    today = timezone.localdate()
    place = lezer.roles.get().organisation
    assert place
    wens = make_wish(flexensie, place, lezer)
    [asked] = [one for one in asked_of(voorzitter, today) if one.kind == "wish"]
    assert asked.what.startswith("Neem in behandeling")
    add_step(wens, "taken_up", voorzitter)
    assert not [one for one in asked_of(voorzitter, today) if one.kind == "wish"]
    [asked] = [one for one in asked_of(backoffice, today) if one.kind == "wish"]
    assert asked.what.startswith("Valideer de wens")


def test_a_step_of_another_body_is_not_there(
    client: Client, flexensie: Instrument, lezer: Person, voorzitter: Person
) -> None:
    place = lezer.roles.get().organisation
    assert place
    wens = make_wish(flexensie, place, lezer)
    page = reverse("wens-step", args=[wens.pk, "taken_up"])
    client.force_login(make_person("Ander", "contactpersoon", place))
    assert client.get(page).status_code == 404
    assert client.post(page, {"words": "Wij."}).status_code == 302
    client.force_login(voorzitter)
    assert client.post(page, {"words": ""}).status_code == 422
    assert client.post(page, {"words": "Nuttig."}).status_code == 302
    assert wens.steps.get().by == voorzitter
