"""The innovatiekas: empty, with one movement, and with many; and what leads to it."""

from decimal import Decimal

from billing.innovatiekas import cover
from membership.models import Membership, Organisation
from nvsi.halfyear import HalfYear
from tests.billing.kas import give, make_decided, make_share, order
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.conftest import make_person
from tests.contracts.orders import make_order

PAGE = "/instrumenten/flexensie/innovatiekas/"
MANY = 12


def test_the_kas_empty_with_one_movement_and_with_many(
    portal: Portal, shoot: Shoot
) -> None:
    flexensie, people = portal.story.flexensie, portal.story.people
    heideveld = portal.story.organisations["Heideveld"]
    bureau, bestuur = people["Bureau"], people["Bestuur"]
    if not Membership.objects.filter(organisation=heideveld).exists():
        since = HalfYear(2018, 1).first_day
        Membership.objects.create(organisation=heideveld, kind="lid", starts_on=since)
    page = portal.login("A. Jansen")
    page.goto(PAGE)
    page.get_by_text("Er is nog geen geld in de innovatiekas").wait_for()
    look(page, shoot, "kas-empty")

    both = {"by": bureau, "other": bestuur}
    give(flexensie, Decimal("12500.50"), "ALV-KAS-BEGIN", **both)
    page.reload()
    page.get_by_text("Er is nog niets gereserveerd of besteed").wait_for()
    look(page, shoot, "kas-one")

    for number in range(MANY):
        give(flexensie, Decimal(1000), f"ALV-{number}", **both)
    amounts = [Decimal(4000), Decimal("2500.25"), Decimal(1)]
    voorstellen = [make_decided(flexensie, heideveld, a, **both) for a in amounts]
    for voorstel in voorstellen:
        cover.reserve(voorstel, bestuur)
    cover.spend(order(voorstellen[0], bestuur), Decimal("3800.10"), bureau)
    cover.release(voorstellen[2], bestuur)
    make_share(flexensie, HalfYear(2030, 1))
    page.reload()
    page.get_by_text("Betaald, € 199,90 weer vrij").wait_for()
    page.get_by_text("Toon ook wat eerder was").click()
    page.get_by_role("link", name="ALV-KAS-BEGIN").wait_for()
    look(page, shoot, "kas-many")


def test_a_statement_leads_to_the_besluit_and_the_uitvoerder_sees_its_order(
    portal: Portal, shoot: Shoot
) -> None:
    flexensie, people = portal.story.flexensie, portal.story.people
    heideveld = portal.story.organisations["Heideveld"]
    number = portal.story.number_of("Heideveld", "2025-H2")
    page = portal.login("A. Jansen")
    page.goto(f"/afrekeningen/{number}/")
    page.get_by_role("heading", name="Waarom u een bijdrage betaalt").wait_for()
    look(page, shoot, "statement-grounds")
    both = {"by": people["Bureau"], "other": people["Bestuur"]}
    give(flexensie, Decimal(5000), "ALV-KAS-ORDER", **both)
    voorstel = make_decided(flexensie, heideveld, Decimal(900), **both)
    cover.reserve(voorstel, people["Bestuur"])
    uitvoerder = Organisation.objects.get(code="flexensie")
    people["Backoffice"] = make_person("Backoffice", "uitvoerder", uitvoerder)
    made = make_order(voorstel, uitvoerder, people["Bestuur"])
    cover.spend(voorstel, Decimal(900), people["Bureau"])
    mine = portal.login("Backoffice")
    mine.goto("/vergoeding/")
    mine.get_by_text(made.reference).wait_for()
    look(mine, shoot, "fee-list-order")
