"""An amendement that a lid makes in the ALV itself: who, when, and what follows."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.assembly import amending, attending, drafting, proxies
from membership.models import (
    Amendement,
    Assembly,
    Email,
    HistoryEvent,
    Organisation,
    Person,
)
from nvsi.errors import NotAllowed
from tests.membership.assembly_days import (
    HOUR,
    allow_electronic,
    first_point,
    make_day,
    make_members,
    opened,
)

pytestmark = pytest.mark.django_db
OTHER = "Stelt de bijdrage vast op 0,9%."
WORDS = {"new_text": OTHER, "explanation": "Er is geld over."}


def come(assembly: Assembly, member: Organisation, who: Person, by: Person) -> None:
    now = timezone.now()
    row = attending.announce(assembly, member, who, mode="room", now=now, by=by)
    attending.arrive(row, now=now, by=by)


def ask(
    assembly: Assembly, member: Organisation, by: Person, **more: Any
) -> Amendement:
    words = {**WORDS, "now": timezone.now(), **more}
    return amending.record_from_floor(first_point(assembly), member, **words, by=by)


def test_a_lid_that_is_there_amends_and_the_bestuur_takes_it_over(
    bureau: Person, bestuur: Person
) -> None:
    assembly = make_day(bureau)
    (member, signer), (away, _signer) = make_members(2)
    come(assembly, member, signer, bureau)
    with pytest.raises(NotAllowed, match="Meld eerst wie er is") as refused:
        ask(assembly, away, bureau)
    assert refused.value.field == "organisation"
    made = ask(assembly, member, bureau)
    assert (made.by, made.is_from_floor) == (signer, True)
    [event] = HistoryEvent.objects.filter(action="handed in from the floor")
    assert event.by == bureau
    told = Email.objects.filter(event="assembly_changed").latest("pk").body
    assert "diende in de vergadering een amendement in op beslispunt 1.1" in told
    amending.take_over(made, now=timezone.now(), by=bestuur)
    assert first_point(assembly).text == OTHER


def test_who_has_the_volmacht_speaks_for_a_lid_that_is_represented(
    bureau: Person,
) -> None:
    assembly = make_day(bureau)
    (giver, giving), (holder, signer) = make_members(2)
    proxies.give(assembly, giver, holder=None, of_member=holder, voorstel=None,
                 now=timezone.now(), by=giving)  # fmt: skip
    with pytest.raises(NotAllowed, match="niet vertegenwoordigd"):
        ask(assembly, giver, bureau)
    come(assembly, holder, signer, bureau)
    assert ask(assembly, giver, bureau).by == signer


def test_only_the_bureau_and_only_during_the_alv(bureau: Person) -> None:
    assembly = make_day(bureau, starts_in=HOUR / 2)
    [(member, signer)] = make_members(1)
    come(assembly, member, signer, bureau)
    with pytest.raises(NotAllowed, match="legt het bureau vast"):
        ask(assembly, member, signer, now=assembly.starts_at)
    with pytest.raises(NotAllowed, match="alleen tijdens de ALV"):
        ask(assembly, member, bureau)
    ask(assembly, member, bureau, now=assembly.starts_at)


def test_not_on_what_is_voted_on_or_left_the_agenda(bureau: Person) -> None:
    allow_electronic()
    assembly = make_day(bureau)
    [(member, signer)] = make_members(1)
    come(assembly, member, signer, bureau)
    opened(assembly, bureau)
    with pytest.raises(NotAllowed, match=r"Over beslispunt 1\.1 wordt al gestemd"):
        ask(assembly, member, bureau)
    second = first_point(assembly).voorstel.beslispunten.get(number=2)
    now = timezone.now()
    amending.record_from_floor(second, member, **WORDS, now=now, by=bureau)
    other = make_day(bureau)
    come(other, member, signer, bureau)
    left = first_point(other).voorstel
    drafting.take_off_agenda(left, reason="Later.", now=now, by=bureau)
    with pytest.raises(NotAllowed, match="is van de agenda"):
        ask(other, member, bureau)


def test_the_bureau_records_it_at_the_beslispunt_in_beheer(
    client: Client, bureau: Person
) -> None:
    assembly = make_day(bureau)
    (member, signer), (away, _signer) = make_members(2)
    point = first_point(assembly)
    page = reverse("admin:membership_beslispunt_amend", args=[point.pk])
    client.force_login(bureau)
    told = client.get(page, follow=True).content.decode()
    assert "Meld eerst bij de ALV wie er is" in told
    come(assembly, member, signer, bureau)
    own = reverse("admin:membership_beslispunt_change", args=[point.pk])
    assert "Amendement uit de zaal" in client.get(own).content.decode()
    form = client.get(page).content.decode()
    assert f"{member}: {signer}" in form
    assert str(away) not in form
    same = {**WORDS, "organisation": member.pk, "new_text": point.text}
    assert "nog gelijk" in client.post(page, same).content.decode()
    done = client.post(page, {**same, **WORDS}, follow=True).content.decode()
    assert "Amendement 1 op beslispunt 1.1 is vastgelegd" in done
    seen = reverse("voorstel-detail", args=[point.voorstel_id])
    assert f"van {member}, in de vergadering" in client.get(seen).content.decode()
