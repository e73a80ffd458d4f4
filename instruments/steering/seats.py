"""Who sits in the regiegroep of an instrument."""

import datetime

from django.db.models import QuerySet

from instruments.models import Instrument
from membership.models import Person, Seat


def members_on(instrument: Instrument, day: datetime.date) -> QuerySet[Person]:
    """Who has a seat on a day, and may log in; none while there is no regiegroep."""
    seats = Seat.objects.active_on(day).filter(body__steering__instrument=instrument)
    return Person.objects.filter(is_active=True, pk__in=seats.values("person"))


def is_member(person: Person, instrument: Instrument, day: datetime.date) -> bool:
    """Whether somebody has a seat on a day."""
    return members_on(instrument, day).filter(pk=person.pk).exists()


def leads(person: Person, instrument: Instrument, day: datetime.date) -> bool:
    """Whether somebody is voorzitter or secretaris on a day."""
    seats = Seat.objects.active_on(day).leading()
    mine = seats.filter(body__steering__instrument=instrument, person=person)
    return mine.exists()
