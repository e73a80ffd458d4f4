"""A gemeente becomes lid: three colleagues by their pages, at both widths; and the
lighter route. What the bureau and the bestuur do, is done by the verbs.
"""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from membership.admission import applying, dossiers, recording
from membership.admission.recording import Recorded
from membership.admission.steps import Step
from membership.models import Application, Dossier, Organisation, Person
from tests.browser.conftest import DESKTOP, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.membership.dossiers import PAPER, day_of

OWN = "gemeente Noorderhage"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "besluit van het college.pdf"
    file.write_bytes(PAPER)
    return file


def day(step: Step) -> str:
    return f"{day_of(step)}"


def fill(page: Page, **values: str) -> None:
    """Fields by name: a radio is chosen, a file is given, the rest is typed."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]").first
        kind = field.get_attribute("type")
        if kind == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        elif kind == "checkbox":
            field.check()
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(value)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def open_next(page: Page, number: str, words: str) -> None:
    """From the first page to the dossier, and by its one filled button to the step."""
    page.goto("/")
    page.locator(f".asked a[href='/lidmaatschap/{number}/']").click()
    page.locator(".asked").get_by_role("link", name=words).click()


def taken(page: Page, what: str) -> None:
    page.get_by_role("status").filter(has_text=f"Vastgelegd: {what}.").wait_for()


def begin(portal: Portal, aim: str = "lid") -> Dossier:
    organisation = Organisation.objects.get(code="GM9003")
    by = portal.story.people["Bureau"]
    return dossiers.open_dossier(organisation, aim, by=by)


def colleague(portal: Portal, email: str, shown_as: str) -> None:
    """Somebody who was asked can log in, as after choosing a password."""
    portal.story.people[shown_as] = Person.objects.get(email=email)


def test_somebody_applies_and_confirms_without_a_login(
    portal: Portal, shoot: Shoot
) -> None:
    page = portal.page(portal.visitor())
    page.goto("/inloggen/")
    page.get_by_role("link", name="Lees hoe uw organisatie lid wordt").click()
    look(page, shoot, "join")
    page.get_by_role("link", name="Begin een aanvraag").click()
    look(page, shoot, "apply")
    press(page, "Verstuur de aanvraag")
    page.get_by_role("alert").wait_for()
    look(page, shoot, "apply-refused")
    fill(page, organisation="Waterkant", aim="participant", name="E. de Vries",
         function="beleidsadviseur", email="e.devries@waterkant.example")  # fmt: skip
    press(page, "Verstuur de aanvraag")
    page.get_by_text("staat al zo in het ledenregister").first.wait_for()
    fill(page, organisation="Noorderhage", aim="participant")
    press(page, "Verstuur de aanvraag")
    page.get_by_role("heading", name="Kijk in uw e-mail").wait_for()
    look(page, shoot, "apply-sent")
    application = Application.objects.latest("pk")
    page.goto(applying.confirm_path(application))
    look(page, shoot, "apply-confirm")
    press(page, "Ja, bevestig de aanvraag")
    page.get_by_role("heading", name="Uw aanvraag is bevestigd").wait_for()
    look(page, shoot, "apply-confirmed")
    application.refresh_from_db()
    assert application.status == Application.Status.WAITING
    page.goto("/lid-worden/bevestigen/1.x.y/")
    look(page, shoot, "apply-expired")
    admin = portal.login("Bureau")
    admin.goto("/beheer/")
    link = admin.get_by_role("link", name="Aanvaarden: gemeente Noorderhage")
    link.or_(admin.get_by_role("link", name="Aanvaarden")).first.click()
    shoot(admin, "admin-application-accept")
    portal.expects(422, 410)


def test_the_voorhang_by_three_colleagues(
    portal: Portal, shoot: Shoot, pdf: Path
) -> None:
    dossier = begin(portal)
    number = dossier.number
    bureau, bestuur = portal.story.people["Bureau"], portal.story.people["Bestuur"]
    recording.add_note(dossier, "Welkom. Bel ons gerust.", by=bureau)
    recording.add_note(dossier, "Wethouder twijfelt.", by=bureau, is_internal=True)
    dossiers.make_aspirant(dossier, starts_on=day_of(Step.WEIGHED), by=bureau)

    adviser = portal.login("V. Mulder")
    adviser.goto("/")
    look(adviser, shoot, "home-dossier")
    adviser.goto("/lidmaatschap/")
    look(adviser, shoot, "membership-running")
    open_next(adviser, number, "Leg de afweging vast")
    look(adviser, shoot, "step-weighed")
    press(adviser, "Leg de afweging vast")
    adviser.get_by_role("alert").wait_for()
    look(adviser, shoot, "step-weighed-refused")
    fill(adviser, on=day(Step.WEIGHED), weighs_own_say="on", is_far_reaching="ja",
         why_own_say="Wij bepalen zelf hoeveel mensen wij plaatsen.")  # fmt: skip
    press(adviser, "Bewaar en ga later verder")
    adviser.get_by_text("Bewaard.").wait_for()
    look(adviser, shoot, "dossier-draft")
    open_next(adviser, number, "Leg de afweging vast")
    assert adviser.locator("[name=why_own_say]").input_value().startswith("Wij bepalen")
    look(adviser, shoot, "step-weighed-draft")
    press(adviser, "Leg de afweging vast")
    taken(adviser, "afweging")

    open_next(adviser, number, "Leg het collegevoorstel vast")
    fill(adviser, on=day(Step.PROPOSED))
    press(adviser, "Leg het collegevoorstel vast")
    open_next(adviser, number, "Leg het ontwerpbesluit vast")
    fill(adviser, on=day(Step.WEIGHED))
    press(adviser, "Leg het ontwerpbesluit vast")
    adviser.get_by_role("alert").get_by_text("Voeg het stuk toe").wait_for()
    look(adviser, shoot, "step-drafted-refused")
    fill(adviser, on=day(Step.DRAFTED), papers=str(pdf))
    press(adviser, "Leg het ontwerpbesluit vast")
    taken(adviser, "ontwerpbesluit")
    look(adviser, shoot, "dossier-sent-next")

    adviser.locator(".asked").get_by_role("link", name="Vraag een collega").click()
    look(adviser, shoot, "dossier-ask")
    fill(
        adviser, name="G. Riffier", email="griffie@nvsi.example", words="Weet jij dit?"
    )
    press(adviser, "Vraag deze collega")
    adviser.get_by_text("Gevraagd aan G. Riffier").wait_for()
    look(adviser, shoot, "dossier-asked")

    colleague(portal, "griffie@nvsi.example", "G. Riffier")
    griffier = portal.login("G. Riffier", PHONE)
    griffier.goto(f"/lidmaatschap/{number}/toezending/")
    until = day_of(Step.HEARD).replace(day=1)
    fill(griffier, on=day(Step.SENT), until=f"{until}")
    press(griffier, "Leg de toezending vast")
    taken(griffier, "toezending aan de raad")
    open_next(griffier, number, "Leg de reactie van de raad vast")
    griffier.get_by_role("link", name="Voeg een wens of bedenking toe").click()
    look(griffier, shoot, "wish")
    griffier.set_viewport_size({"width": PHONE, "height": 800})
    fill(griffier, kind="bedenking", by_whom="fractie Water",
         words="Wat kost dit de gemeente op termijn?")  # fmt: skip
    press(griffier, "Voeg toe")
    griffier.get_by_text("Wat kost dit de gemeente").wait_for()
    look(griffier, shoot, "step-heard")
    fill(griffier, on=day(Step.HEARD), outcome="given")
    press(griffier, "Leg de reactie van de raad vast")
    taken(griffier, "wensen en bedenkingen")

    adviser.goto(f"/lidmaatschap/{number}/")
    open_next(adviser, number, "Leg de antwoorden vast")
    look(adviser, shoot, "step-answered")
    adviser.get_by_label("Antwoord op de bedenking").fill("Lid zijn kost niets.")
    fill(adviser, on=day(Step.ANSWERED))
    press(adviser, "Leg de antwoorden vast")
    taken(adviser, "reactie van het college")
    open_next(adviser, number, "Leg het besluit vast")
    look(adviser, shoot, "step-decided")
    fill(adviser, on=day(Step.DECIDED), number="2026/114", papers=str(pdf))
    press(adviser, "Leg het besluit vast")
    taken(adviser, "besluit")
    adviser.locator(".asked").get_by_role("link", name="Vraag een collega").click()
    fill(adviser, name="K. Abinet", email="kabinet@nvsi.example")
    press(adviser, "Vraag deze collega")

    colleague(portal, "kabinet@nvsi.example", "K. Abinet")
    cabinet = portal.login("K. Abinet")
    cabinet.goto(f"/lidmaatschap/{number}/aanmelding/")
    look(cabinet, shoot, "step-applied")
    late = portal.page(cabinet.context)
    late.goto(f"/lidmaatschap/{number}/aanmelding/")
    for page, name in ((cabinet, "M. de Boer"), (late, "M. de Boer-Vos")):
        fill(page, on=day(Step.APPLIED), signer_name=name, papers=str(pdf))
        press(page, "Lever de aanmelding in")
    taken(cabinet, "aanmelding")
    late.get_by_role("heading", name="Een collega was u voor").wait_for()
    look(late, shoot, "dossier-stale")
    look(cabinet, shoot, "dossier-waits-for-the-bureau")
    with cabinet.expect_download() as download:
        cabinet.get_by_role("link", name="besluit_van_het_college.pdf").first.click()
    assert download.value.suggested_filename == "besluit_van_het_college.pdf"
    assert cabinet.get_by_text("Wethouder twijfelt.").count() == 0
    cabinet.goto("/")
    look(cabinet, shoot, "home-dossier-waits")

    dossier = Dossier.objects.with_steps().get(pk=dossier.pk)
    facts = Recorded(on=timezone.localdate())
    recording.record(dossier, Step.CHECKED, facts, by=bureau)
    dossiers.admit(dossier, starts_on=timezone.localdate(), by=bestuur)
    adviser.goto(f"/lidmaatschap/{number}/")
    adviser.get_by_text("Uw organisatie is toegelaten.").wait_for()
    for fold in adviser.locator("main details.figures").all():
        fold.locator("summary").click()
    look(adviser, shoot, "dossier-admitted")
    adviser.goto("/lidmaatschap/")
    look(adviser, shoot, "membership-lid")
    portal.expects(422, 409)


def test_the_lighter_route_is_warned_of_motivated_and_judged(
    portal: Portal, shoot: Shoot
) -> None:
    gemeente = Organisation.objects.create(
        code="GM9044", kind="gemeente", name="Lichtenoord", short_name="Lichtenoord"
    )
    bureau = portal.story.people["Bureau"]
    person = Person.objects.create_user("licht@lichtenoord.example", "L. Icht")
    person.roles.create(
        organisation=gemeente, name="contactpersoon", starts_on=day_of(Step.WEIGHED)
    )
    portal.story.people["L. Icht"] = person
    dossier = dossiers.open_dossier(gemeente, "lid", by=bureau)
    page = portal.login("L. Icht", DESKTOP)
    open_next(page, dossier.number, "Leg de afweging vast")
    fill(page, on=day(Step.WEIGHED), is_far_reaching="nee", outcome="inform")
    press(page, "Leg de afweging vast")
    page.get_by_role("heading", name="Let op: de wet vraagt de voorhang").wait_for()
    look(page, shoot, "step-weighed-warned")
    fill(page, words="Wij zetten het instrument al jaren in.", understood="on")
    press(page, "Leg de afweging vast")
    taken(page, "afweging")
    look(page, shoot, "dossier-judged-next")
    facts = Recorded(on=timezone.localdate(), outcome="refused", words="Toch graag.")
    dossier = Dossier.objects.with_steps().get(pk=dossier.pk)
    recording.record(dossier, Step.JUDGED, facts, by=bureau)
    page.goto(f"/lidmaatschap/{dossier.number}/")
    assert page.get_by_role("link", name="Leg het collegevoorstel vast").is_visible()
    assert page.locator(".step-name", has_text="Ontwerpbesluit").is_visible()
    page.get_by_role("link", name="Intrekken").click()
    look(page, shoot, "dossier-withdraw")
    fill(page, reason="Het college wacht de verkiezingen af.")
    press(page, "Ja, trek het dossier in")
    page.get_by_text("Het college wacht de verkiezingen af.").wait_for()
    look(page, shoot, "dossier-withdrawn")
    page.goto("/lidmaatschap/")
    look(page, shoot, "membership-again")
