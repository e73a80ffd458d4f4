"""A region says whom it sends, and somebody without a login answers an invitation."""

import datetime

from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page

from membership.models import (
    Meeting,
    MeetingInvitation,
    Network,
    Organisation,
    Person,
    Region,
    RegionalContact,
    RegionMember,
)
from membership.regional import links
from tests.browser.conftest import PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, violations
from tests.browser.test_questions import look

DAY = datetime.timedelta(days=1)


def make_network(portal: Portal) -> Network:
    """The netwerk BW-MO with the region of Heideveld, which the portal has already."""
    network = Network.objects.create(
        name="netwerk BW-MO",
        slug="bw-mo",
        type="bw_mo",
        purpose="Uitwisseling over beschermd wonen en maatschappelijke opvang.",
    )
    region = Region.objects.create(type="bw_mo", code="BW01", name="Midden-Heide")
    for code in ("GM9001", "GM9002"):
        RegionMember.objects.create(
            region=region,
            organisation=Organisation.objects.get(code=code),
            is_centrumgemeente=code == "GM9001",
        )
    return network


def fill(page: Page, part: str, name: str) -> None:
    page.locator(f"#id_{part}-name").fill(name)
    page.locator(f"#id_{part}-function").fill("wethouder zorg")
    page.locator(f"#id_{part}-organisation").select_option(index=1)
    page.locator(f"#id_{part}-email").fill(
        f"{name.rsplit(maxsplit=1)[-1].lower()}@heide.example"
    )


def beheer(page: Page, shoot: Shoot, name: str) -> None:
    for width in (1280, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, name)
        assert violations(page, preload=False) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_region_is_asked_answers_and_comes_to_a_meeting(
    portal: Portal, shoot: Shoot
) -> None:
    page = portal.login("A. Jansen")
    page.goto("/regios/")
    look(page, shoot, "regions-none")
    network = make_network(portal)
    due_on = timezone.localdate() + 21 * DAY

    desk = portal.login("Bureau")
    desk.goto(f"/beheer/membership/network/{network.pk}/change/")
    beheer(desk, shoot, "admin-network-before")
    desk.get_by_role("link", name="Regio's vragen om aanspreekpunten").click()
    desk.get_by_label("Antwoord uiterlijk op").fill(due_on.isoformat())
    beheer(desk, shoot, "admin-network-ask")
    desk.get_by_role("button", name="Regio's vragen om aanspreekpunten").click()
    desk.get_by_text("De regio's zijn gevraagd.").wait_for()

    page.goto("/regios/")
    look(page, shoot, "regions-asked")
    page.get_by_role("link", name="Midden-Heide").click()
    look(page, shoot, "region-form")
    fill(page, "bestuurlijk-primary", "Anna de Wit")
    page.get_by_role("button", name="Aanspreekpunten opslaan").click()
    page.get_by_text("dingen niet goed ingevuld").wait_for()
    look(page, shoot, "region-refused")
    today = timezone.localdate()
    page.locator("#id_decided_on").fill(today.isoformat())
    fill(page, "bestuurlijk-vervanger", "Bram Vos")
    page.locator("#id_bestuurlijk-is_duo").check()
    fill(page, "ambtelijk-primary", "Carla Smit")
    fill(page, "ambtelijk-vervanger", "Dirk Mol")
    page.get_by_role("button", name="Aanspreekpunten opslaan").click()
    page.get_by_text("De aanspreekpunten zijn opgeslagen.").wait_for()
    assert RegionalContact.objects.count() == 4

    invite(network, desk, shoot)
    page.reload()
    look(page, shoot, "region-given")
    page.goto("/regios/")
    look(page, shoot, "regions-answered")
    answer(portal, shoot)

    desk.goto(f"/beheer/membership/meeting/{Meeting.objects.get().pk}/change/")
    beheer(desk, shoot, "admin-meeting")
    desk.goto(f"/beheer/membership/network/{network.pk}/change/")
    beheer(desk, shoot, "admin-network")
    desk.goto(f"/beheer/membership/region/{Region.objects.get(code='BW01').pk}/change/")
    beheer(desk, shoot, "admin-region")
    desk.goto("/beheer/membership/regionalcontact/")
    beheer(desk, shoot, "admin-contacts")
    portal.expects(422)


def invite(network: Network, desk: Page, shoot: Shoot) -> None:
    """The bureau, from the meeting to the e-mails."""
    start = timezone.localtime().replace(hour=10, minute=0) + 30 * DAY
    hour = datetime.timedelta(hours=1)
    meeting = Meeting.objects.create(
        network=network,
        level="bestuurlijk",
        title="Kick-off bestuurlijk netwerk",
        starts_at=start,
        ends_at=start + 5 * hour,
        link="https://vergaderen.example/kick-off",
        place="Online",
        agenda="1. Welkom\n2. Doelen van het netwerk\n3. Stand van het land",
    )
    meeting.groups.create(name="Groep 1", starts_at=start, ends_at=start + 1.5 * hour)
    meeting.groups.create(
        name="Groep 2", starts_at=start + 3 * hour, ends_at=start + 4.5 * hour
    )
    desk.goto(f"/beheer/membership/meeting/{meeting.pk}/change/")
    desk.get_by_role("link", name="Uitnodigen").click()
    beheer(desk, shoot, "admin-meeting-invite")
    desk.get_by_role("button", name="Uitnodigen").click()
    desk.get_by_text("een uitnodiging").wait_for()
    assert meeting.invitations.count() == 2  # a duo


def answer(portal: Portal, shoot: Shoot) -> None:
    """Anna has no login: the link is enough."""
    invitation = MeetingInvitation.objects.with_meeting().get(
        contact__name="Anna de Wit"
    )
    assert not Person.objects.filter(email=invitation.contact.email).exists()
    page = portal.page(portal.visitor())
    page.goto(links.answer_url(invitation).removeprefix(settings.SITE_URL))
    look(page, shoot, "meeting-asked")
    page.get_by_role("button", name="Antwoord versturen").click()
    page.get_by_text("Kies of u komt.").first.wait_for()
    look(page, shoot, "meeting-refused")
    page.get_by_label("Ja, ik kom").check()
    page.get_by_role("button", name="Antwoord versturen").click()
    page.get_by_text("Uw antwoord is opgeslagen.").wait_for()
    look(page, shoot, "meeting-answered")
    with page.expect_download() as download:
        page.get_by_role("link", name="Zet in mijn agenda").click()
    assert download.value.suggested_filename == "bijeenkomst.ics"
