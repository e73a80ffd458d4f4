"""Pages of a region, and of who has the link of an invitation."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.models import (
    Meeting,
    MeetingInvitation,
    Network,
    Organisation,
    Person,
    Region,
    RegionalContact,
)
from membership.regional import links, meetings
from tests.conftest import make_person
from tests.membership.regional import (
    make_network,
    make_network_story,
    make_region,
)

PARTS = ("primary", "vervanger")


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


@pytest.fixture
def region(heideveld: Organisation, waterkant: Organisation) -> Region:
    return make_region("B1", heideveld, waterkant)


@pytest.fixture
def at_heideveld(client: Client, lezer: Person) -> Client:
    client.force_login(lezer)
    return client


def page(network: Network, region: Region) -> str:
    return reverse("region-contacts", args=[network.slug, region.pk])


def filled(
    organisation: Organisation, level: str = "bestuurlijk", **changes: str
) -> dict[str, str]:
    """What a form sends for one level, Anna with Bram."""
    form = {"decided_on": "2026-03-01"}
    for part, name in zip(PARTS, ("Anna", "Bram"), strict=True):
        form |= {
            f"{level}-{part}-name": name,
            f"{level}-{part}-function": "wethouder",
            f"{level}-{part}-organisation": str(organisation.pk),
            f"{level}-{part}-email": f"{name.lower()}@gemeente.example",
            f"{level}-{part}-phone": "",
        }
    return form | changes


def names() -> list[str]:
    rows = RegionalContact.objects.order_by("level", "-is_primary")
    return list(rows.values_list("name", flat=True))


def test_one_level_is_given_now_and_the_other_later(
    at_heideveld: Client, network: Network, region: Region, heideveld: Organisation
) -> None:
    url = page(network, region)
    answer = at_heideveld.post(url, filled(heideveld), follow=True)
    assert "De aanspreekpunten zijn opgeslagen." in answer.content.decode()
    assert names() == ["Anna", "Bram"]
    both = filled(heideveld) | filled(heideveld, "ambtelijk")
    at_heideveld.post(url, both)
    assert names() == ["Anna", "Bram", "Anna", "Bram"]


def test_a_colleague_sees_what_was_given_and_by_whom(
    at_heideveld: Client,
    network: Network,
    region: Region,
    heideveld: Organisation,
    waterkant: Organisation,
) -> None:
    at_heideveld.post(page(network, region), filled(heideveld))
    colleague = Client()
    colleague.force_login(make_person("Collega", "contactpersoon", waterkant))
    shown = colleague.get(page(network, region)).content.decode()
    assert 'value="anna@gemeente.example"' in shown
    assert "Doorgegeven door Lezer op" in shown
    colleague.post(
        page(network, region),
        filled(heideveld, **{"bestuurlijk-primary-name": "Anna de Wit"}),
    )
    assert names() == ["Anna de Wit", "Bram"]


def test_what_is_wrong_is_said_with_the_name_of_the_part_and_nothing_is_kept(
    at_heideveld: Client, network: Network, region: Region, heideveld: Organisation
) -> None:
    wrong = filled(heideveld, **{"bestuurlijk-vervanger-email": "bram"})
    answer = at_heideveld.post(page(network, region), wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Bestuurlijk vervanger: E-mailadres." in text
    assert 'href="#id_bestuurlijk-vervanger-email"' in text
    assert 'value="Anna"' in text
    assert names() == []


def test_an_empty_form_asks_for_at_least_one(
    at_heideveld: Client, network: Network, region: Region
) -> None:
    answer = at_heideveld.post(page(network, region), {"decided_on": "2026-03-01"})
    assert "Vul minstens één aanspreekpunt" in answer.content.decode()


def test_a_level_that_was_given_is_not_emptied(
    at_heideveld: Client, network: Network, region: Region, heideveld: Organisation
) -> None:
    at_heideveld.post(page(network, region), filled(heideveld))
    answer = at_heideveld.post(page(network, region), filled(heideveld, "ambtelijk"))
    assert answer.status_code == 422
    assert names() == ["Anna", "Bram"]


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"decided_on": "2099-01-01"}, 409, "niet in de toekomst"),
        ({"decided_on": ""}, 422, "wanneer de regio dit besloot"),
        ({"bestuurlijk-vervanger-email": "anna@gemeente.example"}, 409, "dezelfde"),
        ({"bestuurlijk-primary-phone": "123456782"}, 422, "(BSN)"),
    ],
)
def test_what_the_verb_refuses_stands_above_the_form(
    changes: dict[str, str],
    status: int,
    words: str,
    at_heideveld: Client,
    network: Network,
    region: Region,
    heideveld: Organisation,
) -> None:
    answer = at_heideveld.post(page(network, region), filled(heideveld, **changes))
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert names() == []


def test_a_gemeente_outside_the_region_cannot_be_chosen(
    at_heideveld: Client, network: Network, region: Region, noorderhage: Organisation
) -> None:
    answer = at_heideveld.post(page(network, region), filled(noorderhage))
    assert answer.status_code == 422
    assert names() == []


def test_a_stranger_finds_no_region_and_another_network_neither(
    at_heideveld: Client,
    network: Network,
    region: Region,
    vreemde: Person,
    heideveld: Organisation,
) -> None:
    other = make_region("AM91", heideveld, type_="arbeidsmarktregio")
    assert at_heideveld.get(page(network, other)).status_code == 404
    stranger = Client()
    stranger.force_login(vreemde)
    for ask in (stranger.get, stranger.post):
        assert ask(page(network, region)).status_code == 404
    shown = stranger.get(reverse("region-list")).content.decode()
    assert "De Heide" not in shown
    assert "geen netwerk waar een regio van u aan meedoet" in shown


def test_the_rest_of_the_association_looks_and_the_bureau_gives(
    network: Network,
    region: Region,
    heideveld: Organisation,
    bureau: Person,
    bestuur: Person,
    client: Client,
) -> None:
    client.force_login(bestuur)
    assert "Wie het nu zijn" in client.get(page(network, region)).content.decode()
    assert client.post(page(network, region), filled(heideveld)).status_code == 404
    client.force_login(bureau)
    assert client.post(page(network, region), filled(heideveld)).status_code == 302
    assert names() == ["Anna", "Bram"]


def test_the_list_says_what_is_asked_of_a_region(
    at_heideveld: Client, region: Region, heideveld: Organisation, bureau: Person
) -> None:
    make_network_story(region, heideveld, bureau)
    shown = at_heideveld.get(reverse("region-list")).content.decode()
    assert "Wacht op uw regio" in shown
    assert "Uiterlijk" in shown
    assert "Anna" in shown


@pytest.fixture
def invitation(
    region: Region, heideveld: Organisation, lezer: Person, bureau: Person
) -> MeetingInvitation:
    """Of Anna, who has no login."""
    return make_network_story(region, heideveld, bureau).invitations.get()


def answer_url(invitation: MeetingInvitation, page: str = "answer") -> str:
    return reverse(f"meeting-{page}", args=[links.token_of(invitation)])


def test_somebody_without_a_login_answers_by_the_link(
    invitation: MeetingInvitation, client: Client
) -> None:
    shown = client.get(answer_url(invitation)).content.decode()
    assert "Kick-off" in shown
    assert "groep 1" in shown
    answer = client.post(answer_url(invitation), {"answer": "yes"}, follow=True)
    assert "Uw antwoord is opgeslagen." in answer.content.decode()
    invitation.refresh_from_db()
    assert invitation.answer == "yes"


def test_the_vervanger_can_be_sent_and_has_nobody_behind_him(
    invitation: MeetingInvitation, client: Client
) -> None:
    client.post(answer_url(invitation), {"answer": "vervanger"})
    theirs = MeetingInvitation.objects.get(contact__name="Bram")
    assert "Mijn vervanger komt" not in client.get(answer_url(theirs)).content.decode()
    wrong = client.post(answer_url(theirs), {"answer": "vervanger"})
    assert wrong.status_code == 422
    assert client.post(answer_url(theirs), {}).status_code == 422


def test_a_vervanger_who_left_meanwhile_is_told_of(
    invitation: MeetingInvitation, client: Client
) -> None:
    """The choice is gone the moment that nobody is behind it."""
    today = timezone.localdate()
    RegionalContact.objects.filter(name="Bram").update(ends_on=today)
    answer = client.post(answer_url(invitation), {"answer": "vervanger"})
    assert answer.status_code == 422
    assert not MeetingInvitation.objects.filter(contact__name="Bram").exists()


def test_a_link_shows_its_own_meeting_and_a_wrong_one_nothing(
    invitation: MeetingInvitation, client: Client
) -> None:
    shown = client.get(answer_url(invitation)).content.decode()
    assert "Bram" in shown  # his vervanger, who would come in his place
    assert "bram@" not in shown
    for name in ("meeting-answer", "meeting-calendar"):
        assert client.get(reverse(name, args=["1.x"])).status_code == 404


def test_the_item_for_the_calendar_is_there_without_a_login(
    invitation: MeetingInvitation, client: Client
) -> None:
    answer = client.get(answer_url(invitation, "calendar"))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.content.startswith(b"BEGIN:VCALENDAR")


def test_what_is_called_off_says_so_and_takes_no_answer(
    invitation: MeetingInvitation, bureau: Person, client: Client
) -> None:
    meetings.cancel(invitation.meeting, now=timezone.now(), by=bureau)
    shown = client.get(answer_url(invitation)).content.decode()
    assert "gaat niet door" in shown
    assert "Antwoord versturen" not in shown
    assert client.post(answer_url(invitation), {"answer": "yes"}).status_code == 409
    assert b"STATUS:CANCELLED" in client.get(answer_url(invitation, "calendar")).content


def test_who_has_a_login_answers_from_the_page_of_his_region(
    invitation: MeetingInvitation, at_heideveld: Client, lezer: Person, region: Region
) -> None:
    url = page(invitation.meeting.network, region)
    shown = at_heideveld.get(url).content.decode()
    assert "Uitgenodigd: Anna" in shown
    assert answer_url(invitation) not in shown
    RegionalContact.objects.filter(name="Anna").update(email=lezer.email)
    assert answer_url(invitation) in at_heideveld.get(url).content.decode()
    Meeting.objects.filter(pk=invitation.meeting_id).update(status="cancelled")
    assert "gaat niet door" in at_heideveld.get(url).content.decode()
