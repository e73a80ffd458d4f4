"""The pages of verbeterwensen: what is listed, asked and refused."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instruments.models import AlvLimit, Instrument, Verbeterwens
from instruments.wishes import handing_in
from membership.deadlines.asked import asked_of
from membership.models import AlvBesluit, Person
from nvsi.errors import NotAllowed
from tests.conftest import make_gemeente, make_person
from tests.instruments.productenboek import make_example
from tests.instruments.wishes import (
    SINCE,
    add_step,
    bring_to_the_bestuur,
    make_voorzitter,
    make_wish,
)

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


def test_an_example_is_not_steered_and_not_improved(
    client: Client, lezer: Person
) -> None:
    example, place = make_example(), lezer.roles.get().organisation
    assert place
    client.force_login(lezer)
    for name in ("wens-list", "wens-new", "steering-group"):
        assert client.get(reverse(name, args=[example.slug])).status_code == 404
    with pytest.raises(NotAllowed, match="voorbeeld"):
        handing_in.hand_in(example, organisation=place, by=lezer, **WORDS)


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


def test_a_wens_that_is_over_may_be_handed_in_again(
    client: Client, flexensie: Instrument, lezer: Person, voorzitter: Person
) -> None:
    client.force_login(lezer)
    sent = {**WORDS, "seen": "on"}
    for _ in range(2):
        client.post(new_page(flexensie), sent)
    wens = Verbeterwens.objects.get()
    add_step(wens, "declined", voorzitter)
    for _ in range(2):
        told = client.post(new_page(flexensie), sent, follow=True)
    again = Verbeterwens.objects.exclude(pk=wens.pk).get()
    assert f"Uw wens is ingediend: {again.reference}." in told.content.decode()


def text_of(client: Client, page: str) -> str:
    return client.get(page).content.decode().replace("\u00a0", " ")


def test_a_place_in_the_order_is_seen_by_who_gives_one_and_in_the_list(
    client: Client, flexensie: Instrument, lezer: Person, voorzitter: Person
) -> None:
    place = lezer.roles.get().organisation
    assert place
    wensen = [
        make_wish(flexensie, place, lezer, title=title) for title in ("Ene", "Andere")
    ]
    for wens in wensen:
        add_step(wens, "taken_up", voorzitter)
        effort = {"hours": 4, "amount": 500, "feasibility": "well"}
        add_step(wens, "validated", voorzitter, **effort)
    first, second = wensen
    add_step(first, "prioritised", voorzitter, rank=2)
    client.force_login(voorzitter)
    asked = text_of(client, reverse("wens-step", args=[second.pk, "prioritised"]))
    assert f"Er staan al: 2. {first}." in asked
    add_step(second, "prioritised", voorzitter, rank=1)
    page = reverse("wens-list", args=[flexensie.slug])
    shown = client.get(f"{page}?fase=geprioriteerd")
    assert [row.wens for row in shown.context["rows"]] == [second, first]
    assert "plaats 1" in shown.content.decode()
    again = text_of(client, reverse("wens-step", args=[second.pk, "prioritised"]))
    assert f"Er staan al: 2. {first}." in again, "not its own place"


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        (1000, "het bestuur, tot en met € 1.000,00"),
        (1001, "de ALV, boven € 1.000,00"),
    ],
)
def test_a_wens_tells_whether_the_alv_decides_before_the_akkoord(
    client: Client,
    flexensie: Instrument,
    lezer: Person,
    voorzitter: Person,
    amount: int,
    told: str,
) -> None:
    place = lezer.roles.get().organisation
    assert place
    besluit = AlvBesluit.objects.get(reference="ALV-2017-bijdrage")
    AlvLimit.objects.create(
        instrument=flexensie, starts_on=SINCE, amount=1000, besluit=besluit
    )
    client.force_login(lezer)
    wens = make_wish(flexensie, place, lezer)
    page = reverse("wens-detail", args=[wens.pk])
    assert "Komt nog: de ALV, als het meer kost dan € 1.000,00" in text_of(client, page)
    listed = text_of(client, reverse("wens-list", args=[flexensie.slug]))
    assert "Kost het meer dan € 1.000,00, dan besluit de ALV." in listed
    facts = {"from_kas": 0, "other_cover": "Zes gemeenten."}
    bring_to_the_bestuur(wens, voorzitter, amount=amount, **facts)
    shown = text_of(client, page)
    assert told in shown
    assert ("Komt nog: de ALV</p>" in shown) == (amount > 1000)


def test_what_the_bestuur_sent_back_is_not_typed_again(
    client: Client, flexensie: Instrument, lezer: Person, voorzitter: Person
) -> None:
    place = lezer.roles.get().organisation
    assert place
    wens = make_wish(flexensie, place, lezer)
    facts = {"from_kas": 0, "other_cover": "Zes gemeenten."}
    voorstel = bring_to_the_bestuur(wens, voorzitter, **facts)
    add_step(wens, "sent_back", voorzitter, voorstel=voorstel)
    voorstel.ended_at = timezone.now()
    voorstel.save()
    client.force_login(voorzitter)
    shown = text_of(client, reverse("wens-step", args=[wens.pk, "proposed"]))
    assert 'value="5000,00"' in shown
    assert "Zes gemeenten." in shown


def test_nobody_is_asked_to_follow_what_has_ended(
    client: Client, flexensie: Instrument, lezer: Person, voorzitter: Person
) -> None:
    wens = make_wish(flexensie, make_gemeente("GM9333", "Ginds"), lezer)
    client.force_login(lezer)
    page = reverse("wens-detail", args=[wens.pk])
    assert "Volg deze wens" in text_of(client, page)
    add_step(wens, "declined", voorzitter)
    assert "Volg deze wens" not in text_of(client, page)


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
