"""A contactpersoon arranges who does what, and the bureau confirms who may sign."""

from django.utils import timezone

from membership.colleagues import details
from membership.models import Person, Role, SignerProposal
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.browser.test_regions import beheer


def test_colleagues_are_invited_put_forward_and_take_over(
    portal: Portal, shoot: Shoot
) -> None:
    page = portal.login("A. Jansen")
    domain = Person.objects.get(name="A. Jansen").email.rpartition("@")[2]
    page.goto("/mensen/")
    look(page, shoot, "people")
    page.get_by_role("link", name="Collega uitnodigen").click()
    page.get_by_role("button", name="Uitnodigen").click()
    page.get_by_text("dingen niet goed ingevuld").wait_for()
    look(page, shoot, "people-invite-refused")
    page.get_by_label("Naam van uw collega").fill("F. Geld")
    page.get_by_label("Werk-e-mailadres").fill(f"f.geld@{domain}")
    page.get_by_label("financieel: ziet").check()
    page.get_by_role("button", name="Uitnodigen").click()
    page.get_by_text("F. Geld is nu financieel.").wait_for()

    page.get_by_role("link", name="Ondertekenaar voordragen").click()
    look(page, shoot, "people-propose")
    page.get_by_label("Naam van uw collega").fill("B. de Burger")
    page.get_by_label("Functie").fill("burgemeester")
    page.get_by_label("Werk-e-mailadres").fill(f"burgemeester@{domain}")
    page.get_by_role("button", name="Voordragen").click()
    page.get_by_text("B. de Burger is voorgedragen.").wait_for()
    look(page, shoot, "people-proposed")

    desk = portal.login("Bureau")
    proposal = SignerProposal.objects.get()
    desk.goto("/beheer/")
    desk.get_by_text("Ondertekenaar voorgedragen").wait_for()
    desk.goto(f"/beheer/membership/signerproposal/{proposal.pk}/confirm/")
    beheer(desk, shoot, "admin-signer-confirm")
    desk.get_by_label("Waarom mag deze persoon tekenen?").select_option("office")
    desk.get_by_role("button", name="Bevestigen").click()
    desk.get_by_text("B. de Burger is nu ondertekenaar").wait_for()
    desk.goto(f"/beheer/membership/signerproposal/{proposal.pk}/change/")
    beheer(desk, shoot, "admin-signer")

    own = Role.objects.get(person__name="A. Jansen", organisation__code="GM9001")
    details.ask_who_is_due(timezone.localdate())
    page.goto("/")
    look(page, shoot, "home-details-asked")
    page.goto("/account/gegevens/")
    look(page, shoot, "own-details")
    page.get_by_role("button", name="Ja, alles klopt").click()
    page.get_by_text("Uw gegevens zijn bevestigd.").wait_for()

    page.goto(f"/mensen/rol/{own.pk}/stoppen/")
    look(page, shoot, "people-leave")
    page.goto(f"/mensen/rol/{own.pk}/overdragen/")
    look(page, shoot, "people-hand-over")
    page.get_by_label("Naam van uw collega").fill("N. Nieuw")
    page.get_by_label("Werk-e-mailadres").fill(f"n.nieuw@{domain}")
    page.get_by_label("Vanaf welke dag?").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Draag mijn rol over").click()
    page.get_by_text("N. Nieuw is contactpersoon vanaf").wait_for()
    assert Role.objects.get(person__name="N. Nieuw").ends_on is None
    portal.expects(422)
