"""A gemeente asks whether it may do without a tender, and takes its evidence along."""

import zipfile
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from contracts.inbesteding.share import years_before
from contracts.models import ControlFact, InbestedingEvidence
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.browser.conftest import DESKTOP, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, violations
from tests.browser.test_questions import look
from tests.contracts.inbesteding import keep_award, keep_fact, keep_year
from tests.membership.dossiers import PAPER

PAGE = "/instrumenten/flexensie/inbesteding/"
SAID = {
    "representation": "Elk lid heeft een zetel en een stem in de ALV (statuten).",
    "influence": "De ALV stelt het jaarplan, de begroting en de bijdragen vast.",
    "interests": "De NVSI werkt zonder winst, en alleen voor haar leden.",
}


def record(bureau: Person, flexensie: Instrument, uitvoerder: Organisation) -> None:
    """All but the last thing: that there is no private capital. Of the last of the
    three years the portal knows what was settled."""
    part, whole = Decimal("412350.00"), Decimal("498120.50")
    for year in years_before(timezone.localdate().year)[:-1]:
        source = f"Jaarrekening {year}, blz. 12"
        facts = {"controlling": part, "total": whole, "source": source}
        keep_year(flexensie, year, by=bureau, **facts)
    for kind, summary in SAID.items():
        keep_fact(kind, by=bureau, summary=summary)
    keep_award(flexensie, uitvoerder, by=bureau)


def test_a_gemeente_takes_its_evidence_along(
    portal: Portal, shoot: Shoot, tmp_path: Path
) -> None:
    bureau, flexensie = portal.story.people["Bureau"], portal.story.flexensie
    page = portal.login("A. Jansen")
    page.goto("/overeenkomsten/")
    page.get_by_role("link", name="mag het zonder aanbesteding?").click()
    page.get_by_role("heading", name="Nee, dat kan niet").wait_for()
    look(page, shoot, "inbesteding-no")
    record(bureau, flexensie, Organisation.objects.get(code="flexensie"))

    admin = portal.login("Bureau")
    admin.goto("/beheer/contracts/activity/bord/")
    shoot(admin, "admin-inbesteding-board")
    assert violations(admin, preload=False) == []
    admin.get_by_role("link", name="geen privékapitaal in de NVSI zit").first.click()
    admin.get_by_label("Wat er is vastgesteld").fill("De NVSI heeft geen aandelen.")
    admin.get_by_label("Vanaf").fill("01-01-2018")
    paper = tmp_path / "statuten.pdf"
    paper.write_bytes(PAPER)
    admin.get_by_label("Stuk", exact=True).set_input_files(paper)
    shoot(admin, "admin-inbesteding-fact")
    admin.get_by_role("button", name="Opslaan", exact=True).click()
    admin.wait_for_url("**/controlfact/")
    assert ControlFact.objects.get(kind="capital").by == bureau

    page.reload()
    page.get_by_role("heading", name="Ja, dat kan").wait_for()
    look(page, shoot, "inbesteding-yes")
    page.get_by_role("button", name="Maak het bewijsdossier").click()
    page.get_by_role("status").wait_for()
    look(page, shoot, "inbesteding-made")
    with page.expect_download() as started:
        page.get_by_role("link", name="ZIP met de stukken").click()
    file = tmp_path / "bewijs.zip"
    started.value.save_as(file)
    with zipfile.ZipFile(file) as packed:
        assert len(packed.namelist()) == len(SAID) + 1 + 3
    assert InbestedingEvidence.objects.get().organisation.name == "Heideveld"
    stranger = portal.login("V. Mulder", PHONE)
    stranger.goto(PAGE)
    stranger.get_by_text("is op deze dag geen lid van de NVSI").wait_for()
    stranger.set_viewport_size({"width": DESKTOP, "height": 800})
    assert violations(stranger) == []
