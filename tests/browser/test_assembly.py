"""An ALV in the portal: convened, read, amended, held, and what was decided."""

import datetime

from django.utils import timezone

from membership.assembly import convening, drafting, minutes
from membership.assembly.adopting import adopt, reject
from membership.models import Assembly, Notulen, Person
from tests.browser.conftest import Portal
from tests.browser.test_contactpersoon import Shoot
from tests.browser.test_questions import look
from tests.browser.test_regions import beheer
from tests.membership.assemblies import HOURS, make_assembly

DAY = datetime.timedelta(days=1)
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
WHY = "De bijdrage betaalt het werk.\n\n## Wat verandert er\n\nNiets."
POINTS = [
    "De bijdrage voor 2027 vast te stellen op 1%.",
    "Het bestuur opdracht te geven:\n\n- elk halfjaar verslag te doen;\n- in juni met "
    "een nieuw voorstel te komen.",
]


def test_an_alv_is_convened_amended_and_held(portal: Portal, shoot: Shoot) -> None:
    bureau = portal.story.people["Bureau"]
    reader, desk = portal.login("A. Jansen"), portal.login("Bestuur")
    reader.goto("/alv/")
    look(reader, shoot, "alv-none")
    starts_at = NOON + 40 * DAY
    assembly = make_assembly(
        starts_at=starts_at,
        title="Algemene ledenvergadering",
        amend_until=starts_at - 7 * DAY,
        note="U bent welkom vanaf half twaalf. Er is lunch.",
    )
    drafting.put_on_agenda(
        assembly, position=7, letter="A", title="Bijdrage 2027", kind="financieel",
        toelichting=WHY, beslispunten=POINTS, by=bureau,
    )  # fmt: skip
    drafting.put_on_agenda(
        assembly, position=7, letter="B", title="Elektronisch stemmen",
        kind="statutenwijziging", toelichting=WHY, beslispunten=POINTS[:1], by=bureau,
    )  # fmt: skip
    page = f"/beheer/membership/assembly/{assembly.pk}"
    desk.goto(f"{page}/change/")
    beheer(desk, shoot, "admin-alv")
    desk.get_by_role("link", name="Voorstel op de agenda").click()
    beheer(desk, shoot, "admin-alv-voorstel")
    desk.goto(f"{page}/convene/")
    beheer(desk, shoot, "admin-alv-convene")
    desk.get_by_role("button", name="Bijeenroepen").click()
    desk.get_by_text("De ALV is bijeengeroepen").wait_for()

    reader.goto("/alv/")
    look(reader, shoot, "alv-list")
    reader.get_by_role("link", name="Algemene ledenvergadering").last.click()
    look(reader, shoot, "alv-detail")
    reader.get_by_role("link", name="Bijdrage 2027").click()
    reader.get_by_role("link", name="Dien een amendement in").first.click()
    look(reader, shoot, "alv-amendement")
    reader.get_by_label("De tekst zoals u die wilt").fill("De bijdrage op 0,9%.")
    reader.get_by_role("button", name="Dien het amendement in").click()
    reader.get_by_text("Leg uit waarom u dit vraagt").first.wait_for()
    look(reader, shoot, "alv-amendement-error")
    portal.expects(422)
    reader.get_by_label("Waarom").fill("Het kan goedkoper.")
    reader.get_by_role("button", name="Dien het amendement in").click()
    reader.get_by_text("Uw amendement is ingediend").wait_for()
    look(reader, shoot, "alv-voorstel")
    desk.goto(f"/alv/voorstellen/{assembly.voorstellen.earliest('pk').pk}/")
    desk.get_by_role("button", name="Neem dit amendement over").click()
    desk.get_by_text("Het amendement is overgenomen").wait_for()
    _hold(Assembly.objects.get(pk=assembly.pk), bureau)
    reader.goto(f"/alv/{assembly.pk}/")
    look(reader, shoot, "alv-held")
    reader.get_by_role("link", name="Bijdrage 2027").click()
    look(reader, shoot, "alv-voorstel-decided")
    reader.get_by_role("link", name="ALV-20").first.click()
    look(reader, shoot, "alv-besluit")
    notulen = Notulen.objects.get()
    desk.goto(f"/beheer/membership/notulen/{notulen.pk}/adopt/")
    beheer(desk, shoot, "admin-alv-notulen")


def _hold(assembly: Assembly, bureau: Person) -> None:
    """At its end: one point adopted, the others rejected, and the notulen told."""
    after = assembly.starts_at + HOURS
    first, *rest = convening.undecided(assembly)
    adopt(first, "Aangenomen met 3 stemmen voor en 1 tegen.", bureau)
    for point in rest:
        reject(point, "Verworpen met 1 stem voor en 3 tegen.", bureau)
    convening.close(assembly, now=after, by=bureau)
    notulen = minutes.write(assembly, text="Geopend om 12:00 uur.", by=bureau)
    minutes.tell_concept(notulen, now=after, by=bureau)
