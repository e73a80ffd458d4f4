"""What is asked of the page of inbesteding: the day of the award."""

import datetime

from django import forms
from django.http import QueryDict

from contracts.inbesteding.evidence import require_day
from nvsi.errors import NotAllowed
from nvsi.fields import DayField


class AwardDayForm(forms.Form):
    """Left out: today."""

    datum = DayField(
        label="Dag van de gunning",
        required=False,
        error_messages={
            "invalid": "Deze dag bestaat niet. Schrijf de dag als 2026-03-09 of "
            "09-03-2026."
        },
    )

    def __init__(self, data: QueryDict, *, today: datetime.date) -> None:
        """The last of each value counts; a day that is left out is filled in."""
        asked = data.dict()
        super().__init__({"datum": asked.get("datum") or f"{today}"})
        self.today = today
        self.fields["datum"].widget.attrs["max"] = f"{today.year}-12-31"

    def clean_datum(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["datum"]
        try:
            require_day(day, self.today)
        except NotAllowed as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return day
