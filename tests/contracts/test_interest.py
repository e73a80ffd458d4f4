"""Interest in an instrument: who may show it, who hears of it, what follows."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.kinds import Kind, Why
from contracts.models import Gebruiksovereenkomst
from contracts.offering.content import Content
from contracts.offering.rules import require_possible
from instruments.interests import showing
from instruments.models import Instrument, Interest
from membership.models import Email, Organisation, Person
from nvsi.admin.worklist import waiting_for
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_person
from tests.instruments.productenboek import make_example

PAGE, BACK = "/instrumenten/flexensie/belangstelling/", "intrekken/"


def told(event: str) -> list[str]:
    found = Email.objects.filter(event=event).order_by("pk")
    return list(found.values_list("recipient", flat=True))


def waits(person: Person) -> list[str]:
    found = waiting_for(person, timezone.localdate())
    return [one.about for one in found if one.what == "Belangstelling"]


def test_interest_is_shown_answered_and_taken_back(
    client: Client,
    flexensie: Instrument,
    noorderhage: Organisation,
    vreemde: Person,
    bureau: Person,
) -> None:
    client.force_login(vreemde)
    assert client.get("/instrumenten/flexensie/").context["standing"] == "free"
    assert client.post(PAGE, {"words": "BSN 123456782"}).status_code == 422
    response = client.post(PAGE, {"words": "Vanaf mei"}, follow=True)
    assert "Wij hebben uw belangstelling ontvangen." in response.content.decode()
    interest = Interest.objects.get()
    assert client.get("/instrumenten/flexensie/").context["standing"] == "interested"
    assert told("interest_shown") == [bureau.email]
    assert waits(bureau) == [f"{noorderhage} voor Flexensie"]

    with pytest.raises(NotAllowed, match="toonde al"):
        showing.show(flexensie, noorderhage, words="", by=vreemde)
    with pytest.raises(NotAllowed, match="Het bureau"):
        showing.answer(interest, text="Ja.", by=vreemde)

    showing.answer(interest, text="Dat kan.", by=bureau)
    assert told("interest_answered") == [vreemde.email]
    assert waits(bureau) == []
    assert "Dat kan." in client.get(PAGE).content.decode()

    client.post(PAGE + BACK)
    assert told("interest_shown") == [bureau.email] * 2
    assert client.post(PAGE + BACK).status_code == 404
    with pytest.raises(Stale):
        showing.answer(interest, text="Toch niet.", by=bureau)
    assert showing.show(flexensie, noorderhage, words="", by=vreemde).pk


def test_who_uses_it_or_may_not_speak_for_it_shows_no_interest(
    client: Client,
    flexensie: Instrument,
    heideveld: Organisation,
    noorderhage: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    with pytest.raises(NotAllowed, match="gebruikt Flexensie al"):
        showing.show(flexensie, heideveld, words="", by=lezer)
    money = make_person("Financieel", "financieel", noorderhage)
    for person in (money, bureau, lezer):
        with pytest.raises(NotAllowed, match="contactpersoon"):
            showing.show(flexensie, noorderhage, words="", by=person)
    client.force_login(money)
    assert 'name="words"' not in client.get(PAGE).content.decode()
    client.force_login(lezer)
    assert client.get("/instrumenten/flexensie/").context["standing"] == "uses"
    assert "Heideveld gebruikt Flexensie" in client.get(PAGE).content.decode()


def test_the_agreements_start_from_it_filled_in(
    client: Client,
    flexensie: Instrument,
    noorderhage: Organisation,
    vreemde: Person,
    bureau: Person,
) -> None:
    interest = showing.show(flexensie, noorderhage, words="", by=vreemde)
    client.force_login(bureau)
    page = reverse("admin:instruments_interest_change", args=[interest.pk])
    buttons = dict(client.get(page).context["buttons"])
    offer = client.get(buttons["Gebruiksovereenkomst opstellen"])
    filled = offer.context["adminform"].form.initial
    assert filled["kind"] == "gebruiks"
    assert filled["organisation"] == f"{noorderhage.pk}"
    assert filled["instrument"] == f"{flexensie.pk}"
    assert "Verwerkersovereenkomst opstellen" in buttons


def test_nobody_uses_an_example(
    client: Client, heideveld: Organisation, noorderhage: Organisation, vreemde: Person
) -> None:
    example = make_example()
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="voorbeeld"):
        showing.show(example, noorderhage, words="", by=vreemde)
    client.force_login(vreemde)
    for page in ("interest", "inbesteding"):
        assert client.get(reverse(page, args=[example.slug])).status_code == 404
    content = Content(
        kind=Kind.GEBRUIKS,
        why=Why.NEW,
        organisation=heideveld,
        instrument=example,
        gemeenten=(heideveld,),
        starts_on=today,
    )
    with pytest.raises(NotAllowed, match="voorbeeld"):
        require_possible(content, today=today)
    used = Gebruiksovereenkomst.objects.first()
    assert used is not None
    assert used.instrument != example


def test_words_hold_no_bsn(
    flexensie: Instrument, noorderhage: Organisation, vreemde: Person
) -> None:
    with pytest.raises(ValidationError):
        showing.show(flexensie, noorderhage, words="123456782", by=vreemde)
