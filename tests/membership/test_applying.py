"""Who asks to belong: applied, confirmed by e-mail, and let in by the bureau or not."""

import datetime
import html
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.admission import applying, dossiers
from membership.emails import SECRET_EVENTS
from membership.models import (
    Application,
    Dossier,
    Email,
    HistoryEvent,
    Organisation,
    Person,
)
from nvsi.errors import NotAllowed

pytestmark = pytest.mark.django_db

SAID = {
    "kind": "gemeente",
    "organisation": "noorderhage",
    "aim": "lid",
    "name": "E. de Vries",
    "function": "beleidsadviseur",
    "email": "E.deVries@noorderhage.example",
}


@pytest.fixture(autouse=True)
def nobody_applied_before() -> None:
    cache.clear()


@pytest.fixture
def client(noorderhage: Organisation) -> Client:
    return Client()


def send(client: Client, **changes: str) -> Any:
    said = {**SAID, "key": str(uuid.uuid4()), **changes}
    return client.post(reverse("apply"), said)


def words(response: Any) -> str:
    text = re.sub(r"<[^>]*>", "", response.content.decode())
    return html.unescape(re.sub(r"\s+", " ", text))


def make(organisation: Organisation | None, **changes: Any) -> Application:
    """One that was confirmed."""
    facts: dict[str, Any] = {
        "organisation": organisation,
        "other_name": "",
        "other_kind": "",
        "aim": "lid",
        "name": "E. de Vries",
        "function": "beleidsadviseur",
        "email": "e.devries@noorderhage.example",
        "key": uuid.uuid4(),
    }
    return applying.confirm(applying.apply(**facts | changes))


def test_an_application_is_confirmed_by_the_link_in_the_email(
    client: Client, noorderhage: Organisation, bureau: Person
) -> None:
    assert "noorderhage" in client.get(reverse("apply")).content.decode().lower()
    assert send(client).url == reverse("apply-sent")
    application = Application.objects.get()
    assert application.organisation == noorderhage
    assert application.email == "e.devries@noorderhage.example"
    link = applying.confirm_path(application)
    page = client.get(link)
    assert "Ja, bevestig de aanvraag" in words(page)
    application.refresh_from_db()
    assert application.status == "unconfirmed", "opening the link is not enough"
    for _ in range(2):
        client.post(link)
    application.refresh_from_db()
    assert application.status == "waiting"
    assert "Uw aanvraag is bevestigd" in words(client.get(link))
    told = Email.objects.get(event="application_waiting")
    assert told.recipient == bureau.email
    assert "E. de Vries" not in told.body
    event = HistoryEvent.objects.get(subject_type="membership.application")
    assert event.action == "unconfirmed>waiting"
    assert "Vries" not in event.subject


def test_the_link_is_in_the_email_alone_and_is_not_kept(client: Client) -> None:
    send(client)
    email = Email.objects.get(event="application_confirm")
    assert email.state == Email.State.QUEUED
    assert applying.confirm_path(Application.objects.get()) in email.body
    assert "application_confirm" in SECRET_EVENTS


def test_a_link_that_is_old_or_not_ours_says_so(
    client: Client, time_machine: time_machine.TimeMachineFixture
) -> None:
    send(client)
    link = applying.confirm_path(Application.objects.get())
    late = timezone.now() + applying.LIFETIME + datetime.timedelta(minutes=1)
    time_machine.move_to(late)
    for where in (link, reverse("apply-confirm", args=["1.x.y"])):
        for response in (client.get(where), client.post(where)):
            assert response.status_code == 410
            assert "Deze link werkt niet meer" in words(response)
    assert Application.objects.get().status == "unconfirmed"


def test_a_form_that_is_sent_twice_counts_once(client: Client) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(client, key=key).status_code == 302
    assert Application.objects.count() == 1
    assert Email.objects.filter(event="application_confirm").count() == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"organisation": "Nergenshuizen"}, "Er is geen gemeente met deze naam"),
        ({"organisation": ""}, "Vul de naam van de organisatie in"),
        ({"organisation": "Heideveld"}, "staat al zo in het ledenregister"),
        ({"email": "geen adres"}, "geen e-mailadres"),
        ({"name": ""}, "Vul uw naam in"),
        ({"function": "BSN 123456782"}, "burgerservicenummer"),
        ({"kind": "uitvoerder"}, "uitvoerder"),
    ],
)
def test_what_is_filled_in_wrong_is_told(
    client: Client, heideveld: Organisation, changes: dict[str, str], why: str
) -> None:
    response = send(client, **changes)
    assert response.status_code == 422
    assert why in words(response)
    assert not Application.objects.exists()


def test_the_answer_is_the_same_for_who_is_known_and_who_is_not(
    client: Client, bureau: Person, vreemde: Person
) -> None:
    known, unknown = send(client, email=vreemde.email), send(client)
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    first, second = (
        Email.objects.get(recipient=address).body
        for address in (vreemde.email, SAID["email"].lower())
    )
    link = re.compile(r"/bevestigen/\S+")
    assert link.sub("", first) == link.sub("", second)


def test_too_many_applications_wait_a_while(client: Client) -> None:
    codes = [send(client).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429], "three an hour for one address"
    others = [send(client, email=f"a{n}@b.example").status_code for n in range(8)]
    assert others[-1] == 429, "ten an hour from one place"


def test_another_organisation_is_described(client: Client) -> None:
    said = {"kind": "samenwerkingsverband", "organisation": "WerkSaam Polder"}
    assert send(client, **said).status_code == 302
    application = Application.objects.get()
    assert application.organisation is None
    assert application.of_whom == "WerkSaam Polder"


def test_what_was_never_confirmed_is_removed_after_two_weeks(
    client: Client, noorderhage: Organisation, bureau: Person
) -> None:
    send(client)
    kept = make(noorderhage, email="ander@noorderhage.example")
    now = timezone.now()
    assert applying.tidy(now + datetime.timedelta(days=13)) == 0
    assert applying.tidy(now + datetime.timedelta(days=15)) == 1
    assert Application.objects.get() == kept
    assert not Email.objects.filter(event="application_confirm").exists()


def test_the_bureau_lets_in_and_a_dossier_is_opened(
    noorderhage: Organisation, bureau: Person
) -> None:
    application = make(noorderhage)
    dossier = applying.accept(
        application,
        organisation=noorderhage,
        verified_by_means_of="gebeld met het algemene nummer",
        by=bureau,
    )
    assert (dossier.organisation, dossier.aim) == (noorderhage, "lid")
    person = Person.objects.get(email=application.email)
    assert Dossier.objects.visible_to(person).get() == dossier
    application.refresh_from_db()
    assert application.status == "accepted"
    events = Email.objects.filter(recipient=person.email).values_list(
        "event", flat=True
    )
    assert {"invitation", "application_accepted"} <= set(events)


def test_who_applies_for_a_dossier_that_runs_joins_it(
    noorderhage: Organisation, bureau: Person
) -> None:
    running = dossiers.open_dossier(noorderhage, "lid", by=bureau)
    facts: dict[str, Any] = {
        "organisation": noorderhage,
        "verified_by_means_of": "gebeld",
    }
    assert applying.accept(make(noorderhage), **facts, by=bureau) == running
    other = make(noorderhage, aim="participant", email="p@noorderhage.example")
    with pytest.raises(NotAllowed, match="heeft al een dossier"):
        applying.accept(other, **facts, by=bureau)


def test_a_new_organisation_comes_with_its_application(bureau: Person) -> None:
    application = make(None, other_name="WerkSaam", other_kind="samenwerkingsverband")
    facts: dict[str, Any] = {"organisation": None, "verified_by_means_of": "KvK"}
    for code, why in (("", "geef de code"), ("GM0001", "Een gemeente heeft een CBS")):
        with pytest.raises(NotAllowed, match=why):
            applying.accept(application, **facts, code=code, by=bureau)
    dossier = applying.accept(application, **facts, code="werksaam", by=bureau)
    assert dossier.organisation.kind == "samenwerkingsverband"


def test_not_without_a_check_a_reason_or_the_bureau(
    noorderhage: Organisation, bureau: Person, penningmeester: Person
) -> None:
    application = make(noorderhage)
    facts: dict[str, Any] = {"organisation": noorderhage}
    with pytest.raises(NotAllowed, match="hoe u hebt gecontroleerd"):
        applying.accept(application, **facts, verified_by_means_of=" ", by=bureau)
    with pytest.raises(NotAllowed, match="Dat doet het bureau"):
        applying.accept(
            application, **facts, verified_by_means_of="x", by=penningmeester
        )
    with pytest.raises(NotAllowed, match="Geef de reden"):
        applying.turn_down(application, reason=" ", by=bureau)
    assert not Dossier.objects.exists()


def test_who_is_turned_down_reads_why(
    noorderhage: Organisation, bureau: Person
) -> None:
    application = make(noorderhage)
    applying.turn_down(application, reason="De gemeente kent u niet.", by=bureau)
    email = Email.objects.get(event="application_turned_down")
    assert "De gemeente kent u niet." in email.body
    with pytest.raises(NotAllowed, match="is afgewezen en kan niet aanvaard"):
        applying.accept(
            application,
            organisation=noorderhage,
            verified_by_means_of="gebeld",
            by=bureau,
        )
    assert not Person.objects.filter(email=application.email).exists()


def test_the_buttons_of_the_bureau(
    client: Client, noorderhage: Organisation, bureau: Person
) -> None:
    application = make(noorderhage)
    client.force_login(bureau)
    assert (
        "noorderhage: lid worden" in words(client.get(reverse("admin:index"))).lower()
    )
    accept = reverse("admin:membership_application_accept", args=[application.pk])
    assert "E. de Vries, beleidsadviseur" in words(client.get(accept))
    said = {"organisation": noorderhage.pk, "verified_by_means_of": "gebeld"}
    assert client.post(accept, {"organisation": noorderhage.pk}).status_code == 200
    response = client.post(accept, said, follow=True)
    assert "De aanvraag is aanvaard" in words(response)
    other = make(noorderhage, email="b@noorderhage.example")
    down = reverse("admin:membership_application_turn-down", args=[other.pk])
    response = client.post(down, {"reason": "Dubbel"}, follow=True)
    assert "De aanvraag is afgewezen." in words(response)


def test_the_public_page_says_how_in_and_how_out(client: Client) -> None:
    text = words(client.get(reverse("join")))
    for sentence in (
        "Begin een aanvraag",
        "Weer weg? Zo kan dat",
        "ten minste vier weken",
        "Lid zijn kost niets.",
        "wensen en bedenkingen ter kennis van het college te brengen",
    ):
        assert sentence in text
    login = client.get(reverse("account_login")).content.decode()
    assert f'href="{reverse("leave-info")}"' in login


def test_who_is_logged_in_need_not_type_what_we_know(vreemde: Person) -> None:
    client = Client()
    client.force_login(vreemde)
    text = client.get(reverse("apply")).content.decode()
    assert 'value="Noorderhage"' in text
    assert f'value="{vreemde.email}"' in text
