"""A moment that is filled in about a datalek, by the Dutch clock."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from contracts.breaches.rules import AVG_SINCE

_FORMAT = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeField):
    """A day and a time by the Dutch clock, in the past, since the AVG applies.

    Of an hour that comes twice in the night when the clock goes back, the first is
    meant: nobody gets more time than there is.
    """

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            input_formats=[_FORMAT, f"{_FORMAT}:%S", "%d-%m-%Y %H:%M"],
            widget=forms.DateTimeInput(
                format=_FORMAT, attrs={"type": "datetime-local"}
            ),
            error_messages={
                "required": "Vul de dag en de tijd in.",
                "invalid": "Schrijf de dag en de tijd als 09-03-2026 14:05.",
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> datetime.datetime | None:
        try:
            at: datetime.datetime | None = super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone" or not error.params:
                raise
            return _at_the_change(error.params["datetime"])
        return at

    def clean(self, value: Any) -> datetime.datetime | None:
        at: datetime.datetime | None = super().clean(value)
        if at is None:
            return None
        if timezone.localdate(at) < AVG_SINCE:
            raise ValidationError("De regels over datalekken gelden vanaf 25 mei 2018.")
        if at > timezone.now():
            raise ValidationError("Dit moment ligt in de toekomst.")
        return at


def _at_the_change(shown: datetime.datetime) -> datetime.datetime:
    """What a clock on the wall showed, in the night in which it changed."""
    first = shown.replace(tzinfo=timezone.get_current_timezone(), fold=0)
    at = first.astimezone(datetime.UTC)
    if timezone.localtime(at).replace(tzinfo=None) != shown:
        raise ValidationError(
            f"De tijd {shown:%H:%M} bestond die nacht niet: de klok ging een uur "
            "vooruit. Vul een uur later in."
        )
    return at
