"""An ALV in a real browser: a volmacht, a vote that fails by one, and its result."""

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone
from django.utils.module_loading import import_string
from playwright.sync_api import Page

from membership.assembly.casting import cast
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.membership.assembly_days import (
    allow_electronic,
    entry,
    given,
    make_day,
    make_members,
    opened,
)


def test_a_statutenwijziging_fails_by_one_vote(portal: Portal, shoot: Shoot) -> None:
    """Of eight votes six are needed; two of the five in favour are cast here."""
    people = portal.story.people
    bureau = people["Bureau"]
    allow_electronic()
    assembly = make_day(bureau, kind="statutenwijziging")
    members = make_members(8)
    for _member, signer in members:
        people[signer.name] = signer
    giver = portal.login("TekentLid2")
    giver.goto(f"/alv/{assembly.pk}/aanwezig/")
    look(giver, shoot, "assembly-attendance")
    giver.goto(f"/alv/{assembly.pk}/volmacht/")
    giver.get_by_label("Wie stemt voor u").select_option(label="gemeente Lid1")
    giver.get_by_role("button", name="Geef de volmacht").click()
    look(giver, shoot, "assembly-proxy")

    vote = opened(assembly, bureau)
    choices = ["pro", "pro", "pro", "contra", "contra", "contra"]
    now = timezone.now()
    for (member, signer), choice in zip(members[2:], choices, strict=True):
        cast(entry(vote, member), choice, factor=given(now), now=now, by=signer)

    voter = portal.login("TekentLid1")
    voter.goto(f"/alv/stemmingen/{vote.pk}/")
    look(voter, shoot, "vote-who")
    confirm(voter)
    voter.reload()
    voter.get_by_label("Voor", exact=True).check()
    look(voter, shoot, "vote-open")
    voter.get_by_role("button", name="Controleer uw stem").click()
    look(voter, shoot, "vote-sure")
    voter.get_by_role("button", name="Breng deze stem uit").click()
    voter.get_by_text("Er is gestemd voor").wait_for()
    look(voter, shoot, "vote-cast")

    desk = portal.login("Bureau")
    desk.goto(f"/beheer/membership/stemming/{vote.pk}/close/")
    desk.get_by_role("button", name="Sluiten en tellen").click()
    desk.get_by_role("link", name="In het portaal").click()
    desk.get_by_text("Verworpen met 5 stemmen voor en 3 tegen").first.wait_for()
    look(desk, shoot, "vote-result")


def confirm(page: Page) -> None:
    """As if the code of an app was given just now."""
    [cookie] = [
        one for one in page.context.cookies()
        if one["name"] == settings.SESSION_COOKIE_NAME
    ]  # fmt: skip
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    session: SessionBase = store(session_key=cookie["value"])
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time()}
    ]
    session.save()
