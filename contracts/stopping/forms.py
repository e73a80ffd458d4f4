"""What a holder fills in to pause the use of an instrument, and to go on."""

import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from membership.admission.step_form import Day, text
from nvsi.errors import NotAllowed


class UseForm(forms.Form):
    """A day from which on something changes; today until somebody says otherwise."""

    use_required_attribute = False
    day = ""

    def __init__(self, data: QueryDict | None = None, *, today: datetime.date) -> None:
        super().__init__(data, label_suffix="", initial={self.day: today})

    def refuse(self, refusal: NotAllowed) -> None:
        """Show a refusal of the verb at its field."""
        field: Any = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))


class PauseForm(UseForm):
    day = "starts_on"

    starts_on = Day(
        "Vanaf welke dag?",
        help_text="Uren van die dag en later nemen wij niet aan.",
    )
    reason = text(
        "Waarom pauzeert u?",
        rows=3,
        min_length=3,
        max_length=2_000,
        help_text="Het bureau en uw collega's lezen dit. Noem geen personen.",
        error_messages={"required": "Schrijf waarom u pauzeert."},
    )


class ResumeForm(UseForm):
    day = "from_day"

    from_day = Day(
        "Vanaf welke dag gaat u door?",
        help_text="Uren van die dag en later nemen wij weer aan.",
    )
