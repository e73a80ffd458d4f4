"""The bureau draws an agreement up and offers it; a gemeente reads it, and declines."""

import datetime

from django.utils import timezone

from contracts.models import ExistingAgreement, Offer
from membership.models import Organisation
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.browser.test_regions import beheer
from tests.conftest import make_person
from tests.contracts.offers import make_member


def test_a_gemeente_declines_what_the_bureau_offers(
    portal: Portal, shoot: Shoot
) -> None:
    gemeente = make_member("GM9890", "Nieuwland")
    portal.story.people["Nieuw"] = make_person("Nieuw", "contactpersoon", gemeente)
    desk = portal.login("Bureau")
    desk.goto("/beheer/contracts/offer/add/")
    beheer(desk, shoot, "admin-offer-add")
    desk.get_by_label("Soort").select_option("verwerkers")
    desk.locator("#id_starts_on").fill(f"{timezone.localdate():%d-%m-%Y}")
    desk.evaluate(
        "pk => { const at = document.querySelector('#id_organisation');"
        " at.add(new Option('Nieuwland', pk, true, true)); }",
        str(gemeente.pk),
    )
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    offer = Offer.objects.get(organisation=gemeente)
    desk.goto(f"/beheer/contracts/offer/{offer.pk}/change/")
    beheer(desk, shoot, "admin-offer-draft")
    desk.get_by_role("link", name="Aanbieden").click()
    beheer(desk, shoot, "admin-offer-offer")
    desk.get_by_role("button", name="Aanbieden").click()
    desk.get_by_text("is aangeboden aan").wait_for()
    beheer(desk, shoot, "admin-offer-offered")
    desk.goto("/beheer/contracts/offer/")
    beheer(desk, shoot, "admin-offer-list")

    reader = portal.login("Nieuw")
    reader.goto("/overeenkomsten/")
    look(reader, shoot, "agreement-list")
    reader.get_by_role("link", name="Lees en teken").click()
    look(reader, shoot, "agreement-offered")
    reader.get_by_role("link", name="Wijs af").click()
    look(reader, shoot, "agreement-decline")
    reader.get_by_role("button", name="Wijs de overeenkomst af").click()
    reader.get_by_text("Schrijf waarom").first.wait_for()
    portal.expects(422)
    reader.get_by_label("Waarom wijst u").fill("Wij kiezen een ander product.")
    reader.get_by_role("button", name="Wijs de overeenkomst af").click()
    reader.get_by_text("U hebt de overeenkomst afgewezen.").wait_for()
    look(reader, shoot, "agreement-declined")

    holder = portal.login("A. Jansen")
    holder.goto("/overeenkomsten/")
    look(holder, shoot, "agreement-list-held")
    for page in ("gebruiksovereenkomst", "verwerkersovereenkomst"):
        desk.goto(f"/beheer/contracts/{page}/")
        desk.locator("#result_list tbody th a").first.click()
        beheer(desk, shoot, f"admin-{page}")
    ExistingAgreement.objects.create(
        organisation=gemeente,
        instrument=portal.story.flexensie,
        uitvoerder=Organisation.objects.get(code="flexensie"),
        ends_on=datetime.date(2027, 3, 31),
        vergoeding_pct=28,
    )
    desk.goto("/beheer/contracts/existingagreement/bord/")
    beheer(desk, shoot, "admin-takeover-board")
    desk.get_by_role("link", name="Bied 1 overname aan").click()
    beheer(desk, shoot, "admin-takeover-offer")
    desk.goto("/beheer/contracts/offer/kalender/")
    beheer(desk, shoot, "admin-offer-calendar")


def test_the_gemeenten_of_a_samenwerkingsverband_are_found_by_typing(
    portal: Portal, shoot: Shoot
) -> None:
    two = [make_member("GM9891", "Nieuwveld"), make_member("GM9892", "Nieuwzand")]
    desk = portal.login("Bureau")
    desk.goto("/beheer/contracts/offer/add/")
    field = desk.get_by_role("searchbox", name="Gemeenten")
    for gemeente in two:
        field.press_sequentially(gemeente.name)
        desk.get_by_role("option", name=str(gemeente)).wait_for()
        field.press("Enter")
    desk.evaluate("document.querySelector('#offer_form').noValidate = true")
    desk.get_by_role("button", name="Opslaan", exact=True).click()
    desk.get_by_text("Vul de datum in.").wait_for()
    beheer(desk, shoot, "admin-offer-gemeenten")
    chosen = desk.locator("#id_gemeenten").evaluate(
        "field => [...field.selectedOptions].map(one => one.textContent)"
    )
    assert sorted(chosen) == sorted(map(str, two))
