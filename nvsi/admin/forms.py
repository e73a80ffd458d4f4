"""The form of plain reference data: what the database would refuse, it says first."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
else:
    ModelForm = forms.ModelForm


class CheckedForm(ModelForm):
    """Checks every constraint, also those over a field that is not in the form.

    `by` is the person who fills it in.
    """

    by: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> Any:
        data = super().clean()
        if self._ends_before_it_starts():
            # Said here: the database cannot even ask whether such days overlap.
            self.add_error("ends_on", "De einddatum ligt voor de begindatum.")
        return data

    def _ends_before_it_starts(self) -> bool:
        starts_on = self._value("starts_on")
        ends_on = self.cleaned_data.get("ends_on")
        return bool(starts_on and ends_on and ends_on < starts_on)

    def _value(self, name: str) -> Any:
        """What was filled in, or else what the record has."""
        return self.cleaned_data.get(name) or getattr(self.instance, name, None)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook, no stub
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
