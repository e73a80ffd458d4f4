"""A voorstel of a regiegroep goes through the ALV by itself, and the wens with it."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from instruments.admin.wishes import waiting_for_an_alv
from instruments.models import Instrument, Verbeterwens
from instruments.wishes import deciding, handing_in, weighing
from instruments.wishes.stages import Stage
from membership.assembly import adopting, amending, convening, drafting, origins
from membership.models import (
    AlvBesluit,
    Assembly,
    Attendance,
    Beslispunt,
    Email,
    Membership,
    Person,
    Voorstel,
)
from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from tests.conftest import make_gemeente, make_person
from tests.instruments.wishes import bring_to_the_bestuur, make_voorzitter, make_wish
from tests.membership.assemblies import make_assembly

SINCE = datetime.date(2020, 1, 1)
COST = Decimal(5000)
SOON = datetime.timedelta(days=60)
OTHER_MONEY = {"from_kas": 0, "other_cover": "Zes gemeenten betalen samen."}


@pytest.fixture
def voorzitter(flexensie: Instrument) -> Person:
    gemeente = make_gemeente("GM9082", "Alvland")
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)
    return make_voorzitter(flexensie, gemeente)


@pytest.fixture
def asker(voorzitter: Person) -> Person:
    seat = voorzitter.seats.get()
    assert seat.organisation
    return make_person("Vraagt", "contactpersoon", seat.organisation)


def wish_at_the_bestuur(
    flexensie: Instrument, asker: Person, voorzitter: Person, **facts: Any
) -> Verbeterwens:
    place = asker.roles.get().organisation
    assert place
    wens = make_wish(flexensie, place, asker)
    handing_in.follow(wens, by=asker)
    bring_to_the_bestuur(wens, voorzitter, **{**OTHER_MONEY, **facts})
    return wens


@pytest.fixture
def wens(flexensie: Instrument, asker: Person, voorzitter: Person) -> Verbeterwens:
    return wish_at_the_bestuur(flexensie, asker, voorzitter)


def draft(days: datetime.timedelta = SOON) -> Assembly:
    return make_assembly(starts_at=timezone.now() + days, title=f"ALV {days.days}")


def agree(wens: Verbeterwens, by: Person) -> None:
    deciding.agree(wens, checks=[], words="Akkoord.", by=by)


def placed(wens: Verbeterwens) -> Voorstel | None:
    voorstel = wens.voorstel
    return voorstel.alv_voorstel if voorstel else None


def point_of(wens: Verbeterwens, by: Person) -> Beslispunt:
    """Of its voorstel, in an ALV that is convened by now."""
    there = placed(wens)
    assert there
    Assembly.objects.filter(pk=there.assembly_id).update(
        status="convened", convened_at=timezone.now(), convened_by=by
    )
    return there.beslispunten.get()


def waiting(person: Person) -> list[str]:
    return [one.what for one in waiting_for_an_alv(person, timezone.localdate())]


def test_it_comes_on_the_first_alv_that_is_prepared_and_goes_on_when_adopted(
    wens: Verbeterwens, bestuur: Person, bureau: Person, client: Client, asker: Person
) -> None:
    draft(2 * SOON)
    first = draft()
    agree(wens, bestuur)
    there = placed(wens)
    assert there
    assert there.assembly == first
    assert (there.kind, there.body) == ("financieel", wens.instrument.steering.body)
    assert [(one.name, one.euros) for one in there.amounts.all()] == [
        ("Uit ander geld", COST)
    ]
    assert "Zes gemeenten betalen samen." in there.toelichting
    point = point_of(wens, bestuur)
    assert f"voor ten hoogste {euro(COST)}." in point.text
    client.force_login(asker)
    page = client.get(reverse("wens-detail", args=[wens.pk])).content.decode()
    assert reverse("voorstel-detail", args=[there.pk]) in page
    page = client.get(reverse("voorstel-detail", args=[there.pk])).content.decode()
    assert reverse("wens-detail", args=[wens.pk]) in page
    client.force_login(bureau)
    url = reverse("admin:membership_voorstel_change", args=[there.pk])
    in_beheer = client.get(url).content.decode()
    assert f"Dit begon als verbeterwens {wens.reference}" in in_beheer
    assert "Uit ander geld" in in_beheer
    besluit = adopting.adopt(point, "Aangenomen met 3 stemmen tegen 2.", bureau)
    assert wens.stage == Stage.DECIDED
    assert wens.last_step
    assert (wens.last_step.besluit, wens.last_step.words) == (
        besluit,
        "Aangenomen met 3 stemmen tegen 2.",
    )
    with pytest.raises(NotAllowed, match="al besloten"):
        adopting.adopt(point, "Nog eens.", bureau)
    assert wens.steps.filter(kind="adopted").count() == 1


def test_without_an_alv_it_waits_until_one_is_made(
    wens: Verbeterwens, bestuur: Person, bureau: Person
) -> None:
    agree(wens, bestuur)
    assert placed(wens) is None
    assert waiting(bureau) == ["Voorstel dat op een ALV wacht"]
    made = draft()
    origins.take_in(made, bureau)
    assert [row.title for row in made.voorstellen.all()] == [
        f"Doorontwikkeling van Flexensie: {wens.title}"
    ]
    assert waiting(bureau) == []
    origins.take_in(draft(), bureau)
    assert Voorstel.objects.count() == 1, "it stands on one agenda"


def test_nobody_changes_the_amount_that_the_regiegroep_proposed(
    wens: Verbeterwens, bestuur: Person, bureau: Person, asker: Person
) -> None:
    """What is adopted is what the kas promises, so the text keeps its amounts."""
    there = _placed_on_a_draft(wens, bestuur)
    words = there.beslispunten.get().text
    facts: dict[str, Any] = {
        "title": there.title,
        "kind": there.kind,
        "toelichting": "Kort.",
    }
    with pytest.raises(NotAllowed, match="Die bedragen staan vast") as refused:
        drafting.rewrite(there, **facts, beslispunten=["Stemt in."], by=bureau)
    assert refused.value.field == "beslispunten"
    drafting.rewrite(there, **facts, beslispunten=[f"{words} Kort."], by=bureau)
    point, now = point_of(wens, bestuur), timezone.now()
    Assembly.objects.update(amend_until=now + SOON / 2)
    member = asker.roles.get().organisation
    assert member
    asked: dict[str, Any] = {"explanation": "Het kan anders.", "now": now, "by": asker}
    cheaper = words.replace(euro(COST), "€ 4.000")
    with pytest.raises(NotAllowed, match="nieuw voorstel") as refused:
        amending.hand_in(point, member, new_text=cheaper, **asked)
    assert refused.value.field == "new_text"
    assert euro(COST) in str(refused.value)
    starts_at = there.assembly.starts_at
    Attendance.objects.create(
        assembly=there.assembly, organisation=member, person=asker, status="came",
        announced_at=now, announced_by=asker, came_at=starts_at,
    )  # fmt: skip
    in_the_room = {**asked, "now": starts_at, "by": bureau}
    with pytest.raises(NotAllowed, match="nieuw voorstel"):
        amending.record_from_floor(point, member, new_text=cheaper, **in_the_room)
    kept = f"{words} Het bestuur meldt elk kwartaal hoe het staat."
    amending.hand_in(point, member, new_text=kept, **asked)
    assert point.amendementen.get().new_text == kept


def _placed_on_a_draft(wens: Verbeterwens, bestuur: Person) -> Voorstel:
    draft()
    agree(wens, bestuur)
    there = placed(wens)
    assert there
    return there


def test_a_rejected_voorstel_stops_the_wens_and_the_regiegroep_hears_it(
    wens: Verbeterwens, bestuur: Person, bureau: Person, voorzitter: Person
) -> None:
    draft()
    agree(wens, bestuur)
    adopting.reject(point_of(wens, bestuur), "Verworpen: 2 voor, 3 tegen.", bureau)
    assert wens.stage == Stage.ENDED
    told = Email.objects.filter(event="wens_step", body__contains="Verworpen: 2 voor")
    assert voorzitter.email in told.values_list("recipient", flat=True)


@pytest.mark.parametrize("cancelled", [False, True])
def test_what_leaves_the_agenda_goes_to_the_next_alv(
    wens: Verbeterwens, bestuur: Person, voorzitter: Person, cancelled: bool
) -> None:
    first = draft()
    agree(wens, bestuur)
    there = placed(wens)
    assert there
    later = draft(2 * SOON)
    if cancelled:
        convening.cancel(first, reason="Te weinig leden.", by=bestuur)
    else:
        drafting.take_off_agenda(
            there, reason="Te weinig leden.", now=timezone.now(), by=bestuur
        )
    moved = placed(wens)
    assert moved
    assert moved.assembly == later
    told = Email.objects.get(event="wens_step", recipient=voorzitter.email)
    assert "Te weinig leden." in told.body
    convening.cancel(later, reason="Ook niet.", by=bestuur)
    assert waiting(bestuur) == ["Voorstel dat op een ALV wacht"]
    assert wens.stage == Stage.ALV


def test_a_wens_that_stops_leaves_the_agenda(
    wens: Verbeterwens, bestuur: Person
) -> None:
    draft()
    agree(wens, bestuur)
    there = placed(wens)
    assert there
    weighing.withdraw(wens, words="Het is al gebouwd.", by=bestuur)
    there.refresh_from_db()
    assert (there.is_withdrawn, there.reason) == (True, "Het is al gebouwd.")
    assert Voorstel.objects.count() == 1


def test_by_hand_only_a_besluit_from_before_the_portal(
    wens: Verbeterwens, bestuur: Person, bureau: Person, client: Client
) -> None:
    draft()
    agree(wens, bestuur)
    today = timezone.localdate()
    old = AlvBesluit.objects.create(reference="A-1", subject="Oud", taken_on=today)
    facts = {"subject": "Anders", "taken_on": today, "text": "Stemt in."}
    other = AlvBesluit.objects.create(reference="A-2", **facts)
    with pytest.raises(NotAllowed, match="staat op de agenda"):
        deciding.adopt(wens, old, words="Toch.", by=bureau)
    client.force_login(bureau)
    page = reverse("wens-step", args=[wens.pk, "adopted"])
    assert client.get(page).status_code == 404
    there = placed(wens)
    assert there
    drafting.take_off_agenda(there, reason="Later.", now=timezone.now(), by=bestuur)
    assert client.get(page).status_code == 200
    with pytest.raises(NotAllowed, match="ander voorstel"):
        deciding.adopt(wens, other, words="Toch.", by=bureau)
    deciding.adopt(wens, old, words="Besloten in de zaal.", by=bureau)
    assert wens.stage == Stage.DECIDED


def test_an_empty_kas_holds_up_the_wens_and_not_the_alv(
    flexensie: Instrument,
    asker: Person,
    voorzitter: Person,
    bestuur: Person,
    bureau: Person,
) -> None:
    """The kas became too empty since the akkoord."""
    facts = {"from_kas": 5000, "other_cover": ""}
    wens = wish_at_the_bestuur(flexensie, asker, voorzitter, **facts)
    draft()
    agree(wens, bestuur)
    besluit = adopting.adopt(point_of(wens, bestuur), "Aangenomen.", bureau)
    assert besluit.beslispunt.outcome == "aangenomen"
    assert wens.stage == Stage.ALV
    assert waiting(bureau) == ["Aangenomen door de ALV, en nog niet verwerkt"]


def test_the_bureau_takes_what_waits_in_on_an_alv_that_was_being_prepared(
    client: Client, wens: Verbeterwens, bestuur: Person, bureau: Person
) -> None:
    late = draft(2 * SOON)
    agree(wens, bestuur)
    there = placed(wens)
    assert there
    assert there.assembly == late
    early = draft()
    drafting.take_off_agenda(there, reason="Eerder.", now=timezone.now(), by=bestuur)
    assert waiting(bureau) == ["Voorstel dat op een ALV wacht"]
    client.force_login(bureau)
    url = reverse("admin:membership_assembly_take-in", args=[early.pk])
    assert str(wens) in client.get(url).content.decode()
    told = client.post(url, follow=True).content.decode()
    assert "1 voorstel kwam op de agenda." in told.replace("\xa0", " ")
    moved = placed(wens)
    assert moved
    assert (moved.assembly, moved.is_withdrawn) == (early, False)
    assert waiting(bureau) == []
    page = reverse("admin:membership_assembly_change", args=[early.pk])
    assert url not in client.get(page).content.decode(), "nothing waits any more"
