"""Kaders: set by a decision, an own one beside them, and who may do that."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from instruments.models import Instrument, LocalNorm, Norm, NormVersion
from instruments.norms.own import follow_again, record_own
from instruments.norms.setting import take_back
from membership.models import HistoryEvent, Organisation, Person
from nvsi.dutch import day as as_day
from nvsi.errors import NotAllowed
from tests.instruments.norms import DAY, SINCE, make_norms, say
from tests.instruments.steering import make_regiegroep
from tests.membership.bodies import make_body, make_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def norms(bureau: Person) -> dict[int, Norm]:
    return make_norms(bureau)


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


def own(norm: Norm, organisation: Organisation, value: Any, **facts: Any) -> LocalNorm:
    usual = {
        "words": "",
        "reason": "",
        "basis": "verordening",
        "basis_on": SINCE,
        "link": "",
        "starts_on": timezone.localdate(),
        "today": timezone.localdate(),
    }
    amount = None if value is None else Decimal(value)
    return record_own(norm, organisation, value=amount, **{**usual, **facts})


def test_a_new_value_ends_the_old_one_the_day_before(
    norms: dict[int, Norm], bureau: Person, today: datetime.date
) -> None:
    coming = say(norms[1], Decimal("2.10"), by=bureau, starts_on=today + DAY)
    first = norms[1].versions.earliest("starts_on")
    assert (first.value, first.ends_on) == (Decimal("2.00"), today)
    assert (coming.lowest, coming.highest) == (Decimal("2.10"), Decimal("2.10"))
    event = HistoryEvent.objects.filter(action="norm set").latest("pk")
    assert event.facts["besluit"] == "ALV-2017-kaders"


def test_what_is_to_begin_is_taken_back_and_the_old_one_goes_on(
    norms: dict[int, Norm], bureau: Person, today: datetime.date
) -> None:
    coming = say(norms[1], Decimal("2.10"), by=bureau, starts_on=today + DAY)
    with pytest.raises(NotAllowed, match="staat al een waarde klaar"):
        say(norms[1], Decimal("2.20"), by=bureau, starts_on=today + 2 * DAY)
    take_back(coming, today=today, by=bureau)
    assert norms[1].versions.get().ends_on is None
    with pytest.raises(NotAllowed, match="geldt al"):
        take_back(norms[1].versions.get(), today=today, by=bureau)


@pytest.mark.parametrize(
    ("value", "facts", "why"),
    [
        ("2.10", {"starts_on": SINCE + DAY}, "op zijn vroegst vandaag"),
        ("2.10", {"besluit": None}, "Kies het besluit"),
        ("2.10", {"lowest": Decimal(3)}, "meer dan de afspraak"),
        ("2.10", {"highest": Decimal(1)}, "minder dan de afspraak"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    norms: dict[int, Norm], bureau: Person, value: str, facts: Any, why: str
) -> None:
    later = {"starts_on": timezone.localdate() + DAY, **facts}
    with pytest.raises(NotAllowed, match=why):
        say(norms[1], Decimal(value), by=bureau, **later)
    assert NormVersion.objects.filter(norm=norms[1]).count() == 1


def test_a_regiegroep_decides_about_its_own_instrument(
    norms: dict[int, Norm], flexensie: Instrument, bureau: Person, today: datetime.date
) -> None:
    theirs = make_decision(make_regiegroep(flexensie), bureau, taken_on=today)
    other = make_decision(make_body("regiegroep", "RG-ANDERS"), bureau)
    facts = {"besluit": None, "starts_on": today + DAY}
    with pytest.raises(NotAllowed, match="de regiegroep van het instrument"):
        say(norms[1], Decimal(3), by=bureau, decision=other, **facts)
    made = say(norms[1], Decimal(3), by=bureau, decision=theirs, **facts)
    assert made.rests_on == theirs


def test_a_value_does_not_begin_before_its_decision(
    norms: dict[int, Norm], bureau: Person
) -> None:
    new = Norm.objects.create(
        instrument=norms[1].instrument, number=9, name="Nieuw", kind="count"
    )
    with pytest.raises(NotAllowed, match="eerder kan de waarde niet ingaan"):
        say(new, Decimal(1), by=bureau, starts_on=datetime.date(2017, 11, 30))


def test_a_gemeente_stays_within_the_room_or_says_why(
    norms: dict[int, Norm], heideveld: Organisation, lezer: Person
) -> None:
    within = own(norms[1], heideveld, "2.40", reason="Overbodig.", by=lezer)
    assert within.reason == ""
    with pytest.raises(NotAllowed, match="Geef de reden") as refused:
        own(norms[4], heideveld, "38", by=lezer)
    assert refused.value.field == "reason"
    deviates = own(norms[4], heideveld, "38", reason="Wij zijn klein.", by=lezer)
    assert deviates.reason == "Wij zijn klein."


def test_nobody_goes_outside_a_bound_of_the_law(
    norms: dict[int, Norm], heideveld: Organisation, lezer: Person
) -> None:
    with pytest.raises(NotAllowed, match="grens van de wet"):
        own(norms[2], heideveld, "3", reason="Wij willen meer.", by=lezer)
    assert own(norms[2], heideveld, "1", by=lezer).value == 1


def test_an_own_value_is_also_held_beside_what_is_to_begin(
    norms: dict[int, Norm],
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
    today: datetime.date,
) -> None:
    tomorrow = today + DAY
    say(norms[1], Decimal("2.60"), by=bureau, starts_on=tomorrow)
    say(norms[4], Decimal(30), by=bureau, starts_on=tomorrow, is_law=True)
    with pytest.raises(NotAllowed, match=f"wijkt vanaf {as_day(tomorrow)} af"):
        own(norms[1], heideveld, "2.40", by=lezer)
    kept = own(norms[1], heideveld, "2.40", reason="Wij zijn klein.", by=lezer)
    assert kept.reason == "Wij zijn klein."
    with pytest.raises(NotAllowed, match=f"vanaf {as_day(tomorrow)} een grens"):
        own(norms[4], heideveld, "32", reason="Wij zijn klein.", by=lezer)
    assert own(norms[4], heideveld, "30", by=lezer).reason == ""


def test_an_own_value_is_replaced_and_left_again(
    norms: dict[int, Norm], heideveld: Organisation, lezer: Person, today: datetime.date
) -> None:
    first = own(norms[1], heideveld, "1.75", starts_on=SINCE, by=lezer)
    own(norms[1], heideveld, "1.80", starts_on=today + DAY, by=lezer)
    first.refresh_from_db()
    assert first.ends_on == today
    with pytest.raises(NotAllowed, match="klaar"):
        own(norms[1], heideveld, "1.90", starts_on=today + 2 * DAY, by=lezer)
    follow_again(norms[1], heideveld, from_day=today + DAY, today=today, by=lezer)
    assert heideveld.local_norms.get() == first
    with pytest.raises(NotAllowed, match="volgt het gezamenlijke kader al"):
        follow_again(norms[1], heideveld, from_day=today + DAY, today=today, by=lezer)


def test_only_its_own_people_record_what_a_gemeente_does(
    norms: dict[int, Norm],
    heideveld: Organisation,
    vreemde: Person,
    bureau: Person,
    backoffice: Person,
) -> None:
    for by in (vreemde, bureau, backoffice):
        with pytest.raises(NotAllowed, match="contactpersoon of ondertekenaar"):
            own(norms[1], heideveld, "2", by=by)


def test_only_the_bureau_and_the_bestuur_set_a_kader(
    norms: dict[int, Norm], lezer: Person, penningmeester: Person, bestuur: Person
) -> None:
    on = timezone.localdate() + DAY
    for by in (lezer, penningmeester):
        with pytest.raises(NotAllowed, match="het bureau of het bestuur"):
            say(norms[1], Decimal(2), by=by, starts_on=on)
    assert say(norms[1], Decimal(2), by=bestuur, starts_on=on).starts_on == on


def test_own_values_are_for_who_belongs(
    norms: dict[int, Norm],
    heideveld: Organisation,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
) -> None:
    row = own(norms[1], heideveld, "2", by=lezer)
    for user in (lezer, bureau):
        assert LocalNorm.objects.visible_to(user).get() == row
    assert not LocalNorm.objects.visible_to(vreemde).exists()
