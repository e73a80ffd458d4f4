"""A regiegroep: its secretaris lets it meet, and a gemeente asks for a seat."""

import datetime
from pathlib import Path

from django.utils import timezone

from instruments.models import Instrument
from tests.billing.figures import keep_limit
from tests.billing.settled import H1
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.conftest import make_person
from tests.instruments.steering import make_regiegroep, make_user
from tests.membership.bodies import (
    make_belonging,
    make_body,
    make_decision,
    make_meeting,
    make_seat,
)

PAGE = "/instrumenten/flexensie/regiegroep/"
DAY = datetime.timedelta(days=1)
AGENDA = "Opening en verslag\nVerbeterwensen\n- welke eerst\n- wie betaalt\nRondvraag"


def test_a_regiegroep_meets_and_grows(
    portal: Portal, shoot: Shoot, tmp_path: Path
) -> None:
    people = portal.story.people
    flexensie = Instrument.objects.get(slug="flexensie")
    gemeente = make_belonging("GM9191", "Zetelstad aan den IJssel")
    people["Sien"] = make_person("Sien", "contactpersoon", gemeente)
    people["Vraagt"] = make_user("GM9192", "Vraagstad", flexensie)[1]
    reader = portal.login("Sien")
    reader.goto(PAGE)
    look(reader, shoot, "regiegroep-none")

    body = make_regiegroep(flexensie)
    make_seat(body, "Vera", gemeente, "voorzitter")
    make_seat(body, person=people["Sien"], organisation=gemeente, function="secretaris")
    bestuur = make_body("bestuur", "BESTUUR", name="Bestuur", task="Bestuurt.")
    make_seat(bestuur, "Bestuurder", function="voorzitter")
    start = timezone.now() - 30 * DAY
    held = make_meeting(body, starts_at=start, ends_at=start + DAY / 12)
    make_decision(body, people["Bureau"], meeting=held, taken_on=start.date())

    reader.reload()
    reader.get_by_role("link", name="Plan een vergadering").click()
    reader.get_by_role("button", name="Zet klaar").click()
    look(reader, shoot, "body-meeting-refused")
    portal.expects(422)
    reader.get_by_label("Dag").fill(f"{timezone.localdate() + 20 * DAY:%Y-%m-%d}")
    reader.get_by_label("Begin").fill("13:30")
    reader.get_by_label("Einde").fill("15:30")
    reader.get_by_label("Plaats").fill("Stadhuis")
    reader.get_by_label("Agenda").fill(AGENDA)
    reader.get_by_role("button", name="Zet klaar").click()
    look(reader, shoot, "body-meeting-new")
    reader.get_by_role("button", name="Verstuur de uitnodiging").click()
    reader.get_by_role("status").get_by_text("2 personen").wait_for()
    reader.get_by_text("Voeg een stuk toe").click()
    memo = tmp_path / "memo.pdf"
    memo.write_bytes(b"%PDF-1.7 memo")
    reader.get_by_label("Bestand (PDF)").set_input_files(memo)
    reader.get_by_label("Titel").fill("Memo over de wensen")
    reader.get_by_label("Bij agendapunt").select_option("2. Verbeterwensen")
    reader.get_by_role("button", name="Voeg toe").click()
    reader.get_by_label("Ik kom", exact=True).check()
    look(reader, shoot, "body-meeting-asked")
    reader.get_by_role("button", name="Verstuur uw antwoord").click()
    reader.get_by_role("status").get_by_text("Uw antwoord is vastgelegd").wait_for()
    look(reader, shoot, "body-meeting")

    asker = portal.login("Vraagt")
    asker.goto(PAGE)
    asker.get_by_role("link", name="Vraag een zetel").click()
    asker.get_by_label("Voor wie").select_option("ContactVraagstad")
    asker.get_by_label("Waarom").fill("Wij denken graag mee.")
    look(asker, shoot, "seat-ask")
    asker.get_by_role("button", name="Vraag deze zetel").click()
    look(asker, shoot, "regiegroep-asked")

    reader.goto(PAGE)
    look(reader, shoot, "regiegroep")
    reader.get_by_role("link", name="Beslis over ContactVraagstad").click()
    reader.get_by_label("De zetel komt er", exact=True).check()
    look(reader, shoot, "seat-decide")
    reader.get_by_role("button", name="Sla het besluit op").click()
    reader.get_by_role("link", name="Beëindig de zetel van ContactVraagstad").wait_for()
    reader.get_by_role("link", name="Leg een besluit vast").click()
    look(reader, shoot, "body-decide")

    keep_limit(flexensie, H1, uren=100, weken=2, kandidaten=2)
    people["A. Jansen"].refresh_from_db()
    heideveld = portal.story.organisations["Heideveld"]
    make_seat(body, person=people["A. Jansen"], organisation=heideveld)
    mine = portal.login("A. Jansen")
    mine.goto("/instrumenten/flexensie/signalen/")
    look(mine, shoot, "signals")
    assert "Bakkerij" in mine.inner_text("main")
    reader.goto("/instrumenten/flexensie/signalen/")
    look(reader, shoot, "signals-of-others")
    assert "Bakkerij" not in reader.inner_text("main")

    reader.goto("/organen/")
    look(reader, shoot, "body-list")
    reader.get_by_role("link", name="Bestuur", exact=True).click()
    look(reader, shoot, "body-closed")
    asker.goto("/organen/")
    asker.goto(PAGE)
    asker.get_by_role("link", name="Stop de zetel").click()
    look(asker, shoot, "seat-leave")
    admin = portal.login("Bureau")
    for name, path in (("seat", f"{body.pk}/seat/"), ("body", f"{body.pk}/change/")):
        admin.goto(f"/beheer/membership/body/{path}")
        shoot(admin, f"admin-{name}")
