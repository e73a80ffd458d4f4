"""The bureau looks at where the dossiers are, and judges one."""

from membership.admission import dossiers
from membership.admission.steps import Step
from membership.models import Dossier
from tests.browser.conftest import DESKTOP, NARROW, PHONE, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations
from tests.conftest import make_gemeente
from tests.membership.dossiers import VOORHANG, take, take_all

WORDS = "De gemeente zet het instrument al in; er verandert niets aan de uitvoering."


def dossiers_on_their_way(portal: Portal) -> Dossier:
    """Some in every part of the way; gives one that wants to inform the raad only."""
    bureau = portal.story.people["Bureau"]
    names = ("Zandwijk", "Bergen aan Zee", "Oudeveen", "Lage Weide", "Klein Dorp")
    for number, name in enumerate(names):
        gemeente = make_gemeente(f"GM96{number:02}", name)
        dossier = dossiers.open_dossier(gemeente, "lid", by=bureau)
        take_all(dossier, VOORHANG[: 2 * number], by=bureau, bureau=bureau)
    other = make_gemeente("GM9699", "Nieuwland")
    dossier = dossiers.open_dossier(other, "lid", by=bureau)
    take(dossier, Step.WEIGHED, by=bureau, bureau=bureau, outcome="inform",
         words=WORDS, is_far_reaching=False)  # fmt: skip
    return dossier


def test_the_board_the_dossier_and_the_judgement(portal: Portal, shoot: Shoot) -> None:
    dossiers_on_their_way(portal)
    page = portal.login("Bureau")
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/beheer/membership/dossier/bord/")
        shoot(page, "admin-dossier-board")
        assert violations(page, preload=False) == []
        page.get_by_role("link", name="Nieuwland").click()
        shoot(page, "admin-dossier")
        assert violations(page, preload=False) == []
        page.get_by_role("link", name="Route beoordelen").click()
        shoot(page, "admin-dossier-judge")
        assert violations(page, preload=False) == []
    page.set_viewport_size({"width": NARROW, "height": 900})
    assert too_wide(page) == []
    page.get_by_label("Vraag toch de voorhang").check()
    page.get_by_label("Toelichting").fill("Het gaat om deelneming in een vereniging.")
    page.get_by_role("button", name="Route beoordelen").click()
    page.get_by_text("Uw oordeel staat in het dossier.").wait_for()
