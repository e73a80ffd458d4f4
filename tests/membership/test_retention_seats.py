"""Who sat in a body keeps his name for the term of that, and then it goes too."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from membership import history
from membership.models import HistoryEvent, Organisation, Person, Seat
from membership.retention.lists import propose
from tests.conftest import make_person
from tests.membership.bodies import make_body, make_seat
from tests.membership.test_retention import destroy

pytestmark = pytest.mark.django_db

YEAR = datetime.timedelta(days=366)


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def seat(waterkant: Organisation, today: datetime.date) -> Seat:
    """Of Anna, whose last role ended nine years ago, and whose seat ended eight."""
    anna = make_person("Anna", "contactpersoon", waterkant)
    anna.roles.update(starts_on=today - 12 * YEAR, ends_on=today - 9 * YEAR)
    seat = make_seat(
        make_body(starts_on=today - 12 * YEAR),
        organisation=waterkant,
        person=anna,
        starts_on=today - 12 * YEAR,
        ends_on=today - 8 * YEAR,
    )
    history.record(seat, "seated", None)
    return seat


@pytest.mark.parametrize("years", [None, 3], ids=["still sits", "left lately"])
def test_a_name_stays_as_long_as_the_term_of_a_seat(
    seat: Seat, years: int | None, today: datetime.date
) -> None:
    seat.ends_on = None if years is None else today - years * YEAR
    seat.save()
    assert propose(today) is None


def test_whose_seat_is_long_ago_is_forgotten_and_the_seat_stays(
    seat: Seat, bureau: Person, today: datetime.date
) -> None:
    made = propose(today)
    assert made is not None
    assert [(line.kind, line.ended_on) for line in made.lines.all()] == [
        ("seat", today - 8 * YEAR)
    ]
    assert destroy(made, bureau) == {"destroy": 1}
    assert str(Seat.objects.get().person) == f"persoon {seat.person_id}"
    assert HistoryEvent.objects.get(action="seated").subject == f"zetel {seat.pk}"
    assert propose(today) is None


def test_the_history_of_a_seat_stands_while_nobody_decided(seat: Seat) -> None:
    events = HistoryEvent.objects.filter(action="seated")
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        events.update(subject=f"zetel {seat.pk}")
