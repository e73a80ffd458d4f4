"""A verbeterwens from its first line to what was built, through all bodies."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from instruments.models import CoverCriterion, Instrument, Verbeterwens
from membership.models import AlvBesluit, Membership
from tests.billing import kas
from tests.browser.conftest import PHONE, Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_dossier import fill, press
from tests.browser.test_questions import look
from tests.conftest import make_gemeente, make_person
from tests.instruments.wishes import SINCE, make_voorzitter, make_wish
from tests.membership.logins import code, give_app

BY_HAND = "Leg een besluit van buiten het portaal vast"
REASON = {"words": "Veel gemeenten vragen hierom, en het scheelt elke week tijd."}


@pytest.fixture(autouse=True)
def every_code_counts_once(portal: Portal) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def wens_list(portal: Portal) -> str:
    """A kas with money, a regiegroep, a criterion, and a wens that was declined."""
    flexensie = Instrument.objects.get(slug="flexensie")
    people = portal.story.people
    gemeente = make_gemeente("GM9084", "Wensland")
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)
    people["Vrager"] = make_person("Vrager", "contactpersoon", gemeente)
    people["Voorzitter"] = make_voorzitter(flexensie, gemeente)
    uitvoerder = flexensie.uitvoerder_on(timezone.localdate())
    people["Bouwer"] = make_person("Bouwer", "uitvoerder", uitvoerder)
    people["Bestuurder"] = make_person("Bestuurder", "bestuur")
    give_app(people["Bestuurder"])
    bureau = people["Bureau"]
    amount = Decimal(9000)
    kas.give(flexensie, amount, "ALV-KAS-W", by=bureau, other=people["Bestuur"])
    CoverCriterion.objects.create(text="De dekking is zeker.", starts_on=SINCE)
    make_wish(flexensie, gemeente, bureau, title="Een week in één keer invullen")
    return "/instrumenten/flexensie/verbeterwensen/"


def test_a_wens_goes_through_all_bodies(
    portal: Portal, wens_list: str, shoot: Shoot
) -> None:
    page = portal.login("Vrager")
    page.goto(wens_list)
    look(page, shoot, "wens-list")
    page.get_by_role("link", name="Dien een wens in").click()
    see_while_typing(page, shoot)
    fill(page, title="Uren per week invullen")
    fill(page, problem="Elke dag apart invullen kost kandidaten veel tijd.")
    fill(page, proposal="Eén scherm voor een week.", for_whom="Kandidaten")
    press(page, "Verder")
    expect(page.get_by_role("heading", name="Lijkt uw wens op")).to_be_visible()
    look(page, shoot, "wens-like")
    press(page, "Mijn wens is anders: dien in")
    expect(page.get_by_role("status")).to_contain_text("Uw wens is ingediend")
    look(page, shoot, "wens-new")
    at = page.url
    take(portal, at, "Voorzitter", "Neem in behandeling")
    see_what_is_missing(portal, at, shoot)
    effort = {"hours": "40", "amount": "5000", "feasibility": "well"}
    take(portal, at, "Bouwer", "Valideer de wens", **effort)
    take(portal, at, "Voorzitter", "Geef de wens een plaats", rank="1")
    take(portal, at, "Voorzitter", "Betaal uit de innovatiekas")
    voorstel = {"text": "Een weekscherm.", "amount": "5000", "from_kas": "5000"}
    page = take(portal, at, "Voorzitter", "Leg voor aan het bestuur", **voorstel)
    criterion = CoverCriterion.objects.get()
    page = open_step(portal, at, "Bestuurder", "Geef akkoord")
    look(page, shoot, "wens-agree")
    page.get_by_label("voldaan", exact=True).check()
    finish(page, "Geef akkoord", {f"why_{criterion.pk}": "De ALV vulde de kas."})
    besluit = AlvBesluit.objects.create(
        reference="ALV-2026-W",
        subject="Doorontwikkeling",
        taken_on=timezone.localdate(),
    )
    page = portal.login("Bureau")
    page.goto(at)
    page.get_by_text("Andere stappen met deze wens").click()
    page.get_by_role("link", name=BY_HAND, exact=True).click()
    page.get_by_label("Welk besluit van de ALV?").select_option(str(besluit.pk))
    finish(page, BY_HAND, REASON)
    order_and_build(portal, at, shoot)


def see_while_typing(page: Page, shoot: Shoot) -> None:
    """What looks like it stands under the field, and is supported in another tab."""
    wens = Verbeterwens.objects.get(title="Een week in één keer invullen")
    title, shown = page.get_by_label("Uw wens in één regel"), page.locator("#similar")
    title.press_sequentially("Sneller invul")
    expect(shown.get_by_role("link", name=wens.title)).to_be_visible()
    look(page, shoot, "wens-typing")
    with page.expect_popup() as opened:
        shown.get_by_role("button", name="Ook voor ons").click()
    expect(opened.value.get_by_role("status")).to_contain_text("steunt deze wens nu")
    opened.value.close()
    assert wens.support.get().organisation.name == "Wensland"
    title.fill("Andere kleur")
    expect(shown.get_by_role("link")).to_have_count(0)


def see_what_is_missing(portal: Portal, at: str, shoot: Shoot) -> None:
    """A question with a choice is marked as any other: a bar of four pixels."""
    page = open_step(portal, at, "Bouwer", "Valideer de wens")
    press(page, "Valideer de wens")
    portal.expects(422)
    look(page, shoot, "wens-missing")
    width = "one => getComputedStyle(one).borderInlineStartWidth"
    marked = page.locator(".utrecht-form-field--invalid").all()
    assert len({one.evaluate(width) for one in marked}) == 1


def order_and_build(portal: Portal, at: str, shoot: Shoot) -> None:
    """The order, with a second factor; confirmed, delivered, accepted, reported."""
    page = open_step(portal, at, "Bestuurder", "Geef de opdracht")
    page.wait_for_url(re.compile("/bevestigen/code/"))
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Bevestigen").click()
    day = timezone.localdate() + datetime.timedelta(days=60)
    page.get_by_label("Wanneer moet het klaar zijn?").fill(day.isoformat())
    look(page, shoot, "wens-order")
    finish(page, "Geef de opdracht", {**REASON, "agreed": "Eerst een proef."})
    wens = Verbeterwens.objects.latest("pk")
    voorstel = wens.voorstel
    assert voorstel
    page = portal.login("Bouwer")
    page.goto(f"/opdrachten/{voorstel.opdracht.reference}/")
    look(page, shoot, "order")
    press(page, "Bevestig de opdracht")
    today = timezone.localdate().isoformat()
    take(portal, at, "Bouwer", "Lever op", delivered_on=today)
    paid = {"final_amount": "4200,50", "from_kas": "4200,50"}
    take(portal, at, "Voorzitter", "Aanvaard", **paid)
    take(portal, at, "Voorzitter", "Meld terug")
    page = portal.login("Vrager", PHONE)
    page.goto(at)
    expect(page.get_by_text("Het kostte € 4.200,50")).to_be_visible()
    expect(page.get_by_text("Nu aan zet")).to_have_count(0)
    look(page, shoot, "wens-done")


def take(portal: Portal, at: str, name: str, button: str, **facts: str) -> Page:
    page = open_step(portal, at, name, button)
    finish(page, button, {**REASON, **facts})
    return page


def open_step(portal: Portal, at: str, name: str, button: str) -> Page:
    page = portal.login(name)
    page.goto(at)
    page.get_by_role("link", name=button, exact=True).click()
    return page


def finish(page: Page, button: str, facts: dict[str, str]) -> None:
    fill(page, **{**REASON, **facts})
    press(page, button)
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd")
