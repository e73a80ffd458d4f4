"""A gemeente that is dissolved and the ALV: volmachten lapse, and what waits is taken
over by the successor or lapses too."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from membership.assembly import handing_in, initiating, proxies
from membership.models import (
    Assembly,
    AssemblyDemand,
    Email,
    Initiative,
    MemberVoorstel,
    Organisation,
    Person,
    Redivision,
)
from membership.redivision import recording
from membership.redivision.found import decided_items, open_items
from membership.redivision.gone import require_there
from membership.redivision.outcomes import Outcome
from nvsi.errors import NotAllowed
from tests.membership.assembly_days import DAY, make_day, make_members
from tests.membership.redivisions import decide, item
from tests.membership.test_initiatives import begin, hand_in, prepared

pytestmark = pytest.mark.django_db
Member = tuple[Organisation, Person]


def dissolve(
    gemeente: Organisation, successor: Organisation, days: int, by: Person
) -> Redivision:
    """From so many days after today on."""
    return recording.record_redivision(
        gemeente,
        successor=successor,
        starts_on=timezone.localdate() + datetime.timedelta(days=days),
        ground="Stb. 2025, 123",
        by=by,
    )


def give(assembly: Assembly, giver: Member, **to: Any) -> None:
    facts = {"holder": None, "of_member": None, "voorstel": None, **to}
    proxies.give(assembly, giver[0], now=timezone.now(), by=giver[1], **facts)


def sorts(redivision: Redivision) -> list[str]:
    return [one.sort.name for one in open_items(redivision)]


def test_a_volmacht_for_an_alv_after_the_last_day_lapses(bureau: Person) -> None:
    assembly = make_day(bureau, starts_in=30 * DAY)
    old, other, new = make_members(3)
    give(assembly, old, of_member=other[0])
    give(assembly, other, of_member=old[0])
    redivision = dissolve(old[0], new[0], 20, bureau)
    assert sorts(redivision).count("proxy") == 2
    given = item(redivision, "proxy")
    assert given.about == f"van {old[0]} aan {other[0]}, voor {assembly}"
    decide(redivision, "proxy", Outcome.ENDS, by=bureau)
    decide(redivision, "proxy", Outcome.ENDS, by=bureau)
    assert not assembly.proxies.running().exists()
    told = Email.objects.filter(event="proxy_lapsed")
    assert told.filter(recipient=other[1].email).count() == 2
    assert told.filter(recipient=old[1].email).count() == 2
    body = told.latest("pk").body
    assert "\nGemeente Lid1 gaat per" in body
    assert f"op in {new[0]}" in body
    for giver, to in ((old, other), (other, old)):
        with pytest.raises(NotAllowed, match=r"gaat op in .* er op de dag van de ALV"):
            give(assembly, giver, of_member=to[0])
    with pytest.raises(NotAllowed, match=r"^gemeente Lid1 gaat op in Lid3"):
        require_there(old[0], assembly.on)


def test_a_volmacht_for_an_alv_before_that_counts(bureau: Person) -> None:
    assembly = make_day(bureau, starts_in=10 * DAY)
    old, other, new = make_members(3)
    redivision = dissolve(old[0], new[0], 20, bureau)
    give(assembly, old, of_member=other[0])
    assert "proxy" not in sorts(redivision)
    assert assembly.proxies.running().count() == 1


def test_a_voorstel_that_waits_is_taken_over_by_a_lid(bureau: Person) -> None:
    assembly = prepared()
    old, new, _other = make_members(3)
    made = hand_in(assembly, *old)
    redivision = dissolve(old[0], new[0], 20, bureau)
    decide(redivision, "member-voorstel", Outcome.GOES_OVER, by=bureau)
    made.refresh_from_db()
    assert (made.organisation, made.is_waiting) == (new[0], True)
    handing_in.withdraw(made, now=timezone.now(), by=new[1])


def test_without_a_lid_to_take_it_over_a_voorstel_lapses(bureau: Person) -> None:
    assembly = prepared()
    old, new, _other = make_members(3)
    made = hand_in(assembly, *old)
    new[0].memberships.update(ends_on=timezone.localdate() + 10 * DAY)
    redivision = dissolve(old[0], new[0], 20, bureau)
    with pytest.raises(NotAllowed, match="geen lid met een stem"):
        decide(redivision, "member-voorstel", Outcome.GOES_OVER, by=bureau)
    decide(redivision, "member-voorstel", Outcome.ENDS, by=bureau)
    made.refresh_from_db()
    assert made.status == MemberVoorstel.Status.WITHDRAWN


def test_a_voorstel_for_an_alv_before_the_last_day_is_its_own(bureau: Person) -> None:
    assembly = prepared()
    old, new, _other = make_members(3)
    hand_in(assembly, *old)
    redivision = dissolve(old[0], new[0], 50, bureau)
    assert "member-voorstel" not in sorts(redivision)


def test_an_initiative_goes_on_with_the_successor(bureau: Person) -> None:
    old, new, other, *_rest = make_members(31)
    initiative = begin(*old)
    initiating.join(initiative, other[0], now=timezone.now(), by=other[1])
    redivision = dissolve(old[0], new[0], 20, bureau)
    assert "initiative-support" not in sorts(redivision)
    decide(redivision, "initiative", Outcome.GOES_OVER, by=bureau)
    initiative.refresh_from_db()
    today = timezone.localdate()
    assert initiative.organisation == new[0]
    assert initiating.supporters(initiative, today) == [other[0], new[0]]
    initiating.step_out(initiative, new[0], now=timezone.now(), by=new[1])
    assert not Initiative.objects.gathering().exists()


def test_an_initiative_that_is_taken_over_can_be_enough(bureau: Person) -> None:
    """Of thirty members three are a tenth: the gemeente had no vote any more."""
    old, new, *others = make_members(32)
    initiative = begin(*old)
    for one, signer in others[:2]:
        initiating.join(initiative, one, now=timezone.now(), by=signer)
    assert initiative.is_gathering
    yesterday = timezone.localdate() - DAY
    for gone in (old[0], others[-1][0]):
        gone.memberships.update(ends_on=yesterday)
    redivision = dissolve(old[0], new[0], 0, bureau)
    decide(redivision, "initiative", Outcome.GOES_OVER, by=bureau)
    demand = AssemblyDemand.objects.get()
    assert {one.pk for one in demand.organisations.all()} == {
        new[0].pk,
        *(one.pk for one, _signer in others[:2]),
    }


def test_an_initiative_lapses_when_nobody_takes_it_over(bureau: Person) -> None:
    old, new, *_rest = make_members(31)
    initiative = begin(*old)
    begin(*new)
    redivision = dissolve(old[0], new[0], 20, bureau)
    with pytest.raises(NotAllowed, match="zelf een initiatief dat loopt"):
        decide(redivision, "initiative", Outcome.GOES_OVER, by=bureau)
    decide(redivision, "initiative", Outcome.ENDS, by=bureau)
    initiative.refresh_from_db()
    assert initiative.status == Initiative.Status.WITHDRAWN


def test_who_is_dissolved_asks_for_an_alv_no_more(bureau: Person) -> None:
    old, new, other, *_rest = make_members(31)
    initiative = begin(*other)
    initiating.join(initiative, old[0], now=timezone.now(), by=old[1])
    redivision = dissolve(old[0], new[0], 20, bureau)
    assert item(redivision, "initiative-support").about == "Het tarief"
    decide(redivision, "initiative-support", Outcome.ENDS, by=bureau)
    assert initiative.supports.get().organisation == other[0]
    (told,) = decided_items(redivision)
    assert told.label == "Doet mee aan een initiatief"
