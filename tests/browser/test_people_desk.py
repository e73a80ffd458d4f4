"""The bureau puts together who is there twice, and decides what is destroyed."""

import datetime

from django.utils import timezone
from playwright.sync_api import Page

from membership.models import Organisation, Person, PersonMerge
from membership.retention.lists import propose
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_regions import beheer
from tests.conftest import make_person


def test_two_records_become_one_and_come_apart(portal: Portal, shoot: Shoot) -> None:
    heideveld = Organisation.objects.get(code="GM9001")
    kept, gone = (
        make_person(name, "contactpersoon", heideveld) for name in ("Tine", "Tina")
    )
    gone.name = kept.name
    gone.save()
    gone.roles.update(name="financieel")
    desk = portal.login("Bureau")
    desk.goto("/beheer/membership/personmerge/")
    beheer(desk, shoot, "admin-merges")
    desk.get_by_role("link", name="Tine:").click()
    beheer(desk, shoot, "admin-compare")
    desk.get_by_role("button", name="Voeg samen").click()
    desk.get_by_text("Samengevoegd: u vindt alles bij").wait_for()
    beheer(desk, shoot, "admin-merge")
    desk.get_by_role("link", name="Ongedaan maken").click()
    desk.get_by_role("button", name="Ongedaan maken").click()
    desk.get_by_text("De samenvoeging is ongedaan gemaakt.").wait_for()
    assert PersonMerge.objects.get().undone_at is not None
    desk.goto(f"/beheer/membership/person/{kept.pk}/change/")
    beheer(desk, shoot, "admin-person")
    desk.get_by_role("link", name="Samenvoegen").click()
    beheer(desk, shoot, "admin-compare-who")


def destroy_the_rest(desk: Page, told: str) -> None:
    desk.get_by_label("Waar u hieronder niets kiest").select_option("destroy")
    desk.get_by_role("button", name="Besluiten").click()
    desk.get_by_text(told).wait_for()


def test_what_had_its_time_is_decided_on_line_by_line(
    portal: Portal, shoot: Shoot
) -> None:
    today = timezone.localdate()
    heideveld = Organisation.objects.get(code="GM9001")
    for name in ("Vroeger", "Eerder"):
        person = make_person(name, "contactpersoon", heideveld)
        person.roles.update(ends_on=today - datetime.timedelta(days=1200))
    made = propose(today)
    assert made is not None
    desk = portal.login("Bureau")
    desk.goto("/beheer/membership/retentionterm/")
    beheer(desk, shoot, "admin-terms")
    desk.goto("/beheer/")
    desk.get_by_role("link", name="Besluiten: 2").click()
    beheer(desk, shoot, "admin-decide")
    desk.get_by_role("combobox", name="Persoon").first.select_option("keep")
    desk.get_by_role("button", name="Besluiten").click()
    desk.get_by_text("Geef de reden.").wait_for()
    desk.get_by_label("reden om langer te bewaren").first.fill("Er loopt een bezwaar.")
    destroy_the_rest(desk, "Iemand anders besluit daarover.")
    beheer(desk, shoot, "admin-proposed")
    other = portal.login("Bestuur")
    other.goto("/beheer/")
    other.get_by_role("link", name="Besluiten: 1").click()
    beheer(other, shoot, "admin-decide-second")
    destroy_the_rest(other, "regel vernietigd")
    beheer(other, shoot, "admin-decided")
    assert Person.objects.filter(email__endswith="@vernietigd.invalid").count() == 1
