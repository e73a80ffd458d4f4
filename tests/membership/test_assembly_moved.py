"""An ALV that is moved or called off: what members voted and decided stays true."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from membership.assembly import amending, attending, closing, convening, demanding
from membership.assembly.casting import cast
from membership.assembly.counting import Counts
from membership.assembly.opening import open_vote
from membership.models import Assembly, AssemblyDemand, Organisation, Person
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.membership.assemblies import NOW
from tests.membership.assembly_days import (
    DAY,
    HOUR,
    allow_electronic,
    entry,
    first_point,
    given,
    make_day,
    make_members,
    opened,
)

pytestmark = pytest.mark.django_db
MEMBER = tuple[Organisation, Person]


@pytest.fixture(autouse=True)
def early_in_the_year() -> Iterator[None]:
    """So that another day is in the same year."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def members(db: None) -> list[MEMBER]:
    allow_electronic()
    return make_members(3)


def move(assembly: Assembly, days: int, by: Person) -> None:
    starts_at = assembly.starts_at + days * DAY
    convening.change(
        assembly, what="Een andere dag.", now=timezone.now(), by=by,
        starts_at=starts_at, ends_at=starts_at + HOUR,
    )  # fmt: skip


def call_off(assembly: Assembly, by: Person) -> None:
    convening.cancel(assembly, reason="Er is geen zaal.", by=by)


def test_it_is_not_moved_while_members_vote(
    members: list[MEMBER], bureau: Person, bestuur: Person
) -> None:
    """Who voted today would have voted more than thirty days before."""
    assembly = make_day(bureau, starts_in=2 * DAY)
    opened(assembly, bureau)
    with pytest.raises(NotAllowed, match="stemming open"):
        move(assembly, 33, bestuur)


def test_it_is_not_moved_to_the_day_of_another(bureau: Person, bestuur: Person) -> None:
    one, two = (make_day(bureau, starts_in=days * DAY) for days in (20, 25))
    with pytest.raises(NotAllowed, match="al een ALV"):
        move(one, 5, bestuur)
    move(one, 6, bestuur)
    one.refresh_from_db()
    assert one.on == two.on + DAY


def test_once_members_decided_it_took_place(
    members: list[MEMBER], bureau: Person, bestuur: Person
) -> None:
    assembly = make_day(bureau)
    vote, now = opened(assembly, bureau), timezone.now()
    for member, speaker in members:
        cast(entry(vote, member), "pro", factor=given(now), now=now, by=speaker)
    closing.close(vote, now=now, by=bureau)
    with pytest.raises(NotAllowed, match=r"al gestemd over punt 1\.1"):
        call_off(assembly, bestuur)
    with pytest.raises(NotAllowed, match=r"al gestemd over punt 1\.1"):
        move(assembly, 25, bestuur)


def answered(member: Organisation, by: Person) -> tuple[AssemblyDemand, Assembly]:
    """A demand of ten days ago, answered by an ALV in five."""
    assembly = make_day(by, starts_in=5 * DAY)
    demand = demanding.record_demand(
        subject="Tarief", organisations=[member], by=by, now=timezone.now(),
        received_on=timezone.localdate() - 10 * DAY,
    )  # fmt: skip
    return demanding.answer_demand(demand, assembly, by=by), assembly


def test_a_demand_is_open_again_when_its_alv_is_called_off(
    members: list[MEMBER], bureau: Person, bestuur: Person
) -> None:
    demand, assembly = answered(members[0][0], bureau)
    call_off(assembly, bestuur)
    assert list(AssemblyDemand.objects.open()) == [demand]


def test_a_demand_is_open_again_when_its_alv_comes_too_late(
    members: list[MEMBER], bureau: Person, bestuur: Person
) -> None:
    demand, assembly = answered(members[0][0], bureau)
    move(assembly, 13, bestuur)
    assert not AssemblyDemand.objects.open().exists(), "on its last day"
    assembly.refresh_from_db()
    move(assembly, 1, bestuur)
    assert list(AssemblyDemand.objects.open()) == [demand]


def test_an_amendement_stays_while_members_vote_on_it(
    members: list[MEMBER], bureau: Person
) -> None:
    """Else who sees the hands could stop the count."""
    (member, speaker), *_ = members
    assembly, now = make_day(bureau), timezone.now()
    comes = attending.announce(
        assembly, member, speaker, mode="room", now=now, by=bureau
    )
    attending.arrive(comes, now=now, by=bureau)
    amendement = amending.record_from_floor(
        first_point(assembly), member, new_text="Anders.", explanation="Beter.",
        now=now, by=bureau,
    )  # fmt: skip
    vote = open_vote(
        first_point(assembly), method="show", amendement=amendement, now=now, by=bureau
    )
    with pytest.raises(NotAllowed, match="stemming open"):
        amending.withdraw(amendement, now=now, by=speaker)
    closing.annul(vote, reason="Verkeerd geteld.", by=bureau)
    assert amending.withdraw(amendement, now=now, by=speaker).status == "ingetrokken"


def test_another_comes_for_who_left(members: list[MEMBER], bureau: Person) -> None:
    (member, speaker), *_ = members
    assembly, now = make_day(bureau), timezone.now()
    colleague = make_person("Collega", "contactpersoon", member)
    comes = attending.announce(
        assembly, member, speaker, mode="room", now=now, by=bureau
    )
    attending.arrive(comes, now=now, by=bureau)
    with pytest.raises(NotAllowed, match="is er al"):
        attending.announce(assembly, member, colleague, mode="room", now=now, by=bureau)
    attending.leave(comes, now=now, by=bureau)
    relieved = attending.announce(
        assembly, member, colleague, mode="room", now=now, by=bureau
    )
    attending.arrive(relieved, now=now, by=bureau)
    assert list(assembly.attendances.present().values_list("person", flat=True)) == [
        colleague.pk
    ]


def test_who_leaves_between_the_count_and_its_check_voted_all_the_same(
    members: list[MEMBER], bureau: Person, bestuur: Person
) -> None:
    assembly, now = make_day(bureau), timezone.now()
    there = [
        attending.announce(assembly, member, person, mode="room", now=now, by=bureau)
        for member, person in members
    ]
    for one in there:
        attending.arrive(one, now=now, by=bureau)
    vote, now = opened(assembly, bureau, method="show"), timezone.now()
    closing.enter_counts(vote, Counts(3, 0), now=now, by=bureau)
    attending.leave(there[0], now=now, by=bureau)
    assert closing.check_counts(vote, Counts(3, 0), now=now, by=bestuur).is_adopted
