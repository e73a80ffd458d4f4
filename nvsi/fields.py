"""Fields for the floor's own values: of models, and to type a number or a moment in."""

import datetime
import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from nvsi.halfyear import HalfYear


class HalfYearField(models.IntegerField):  # type: ignore[type-arg]
    """A HalfYear, kept as a number that sorts and reads: 20261 is 2026-H1."""

    description = "half-year"

    # For the type checker: what an attribute of this kind takes and gives.
    _pyi_private_set_type: HalfYear  # type: ignore[assignment]
    _pyi_private_get_type: HalfYear  # type: ignore[assignment]
    _pyi_lookup_exact_type: HalfYear  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: object) -> HalfYear | None:
        return None if value is None else HalfYear.from_code(value)

    def to_python(self, value: Any) -> HalfYear | None:
        if value is None or isinstance(value, HalfYear):
            return value
        try:
            if isinstance(value, int) or str(value).isdecimal():
                return HalfYear.from_code(int(value))
        except ValueError:
            pass  # parse says in Dutch that it is none
        try:
            return HalfYear.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> int | None:
        halfyear = self.to_python(value)
        return None if halfyear is None else halfyear.code

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    @property
    def validators(self) -> list[Any]:
        """The range checks of an integer do not fit: a HalfYear checks itself."""
        return []

    def formfield(self, **kwargs: Any) -> Any:
        """A text box: a half-year is typed as it is written, 2026-H1."""
        return forms.CharField(
            label=kwargs.get("label", self.verbose_name),
            required=not self.blank,
            help_text=self.help_text or "Bijvoorbeeld 2026-H1",
            max_length=7,
        )


class DutchDecimalField(forms.DecimalField):
    """A number as the Dutch write it: 1,5, 2.000, 2.000,50, € 2000 or 2000,50."""

    _GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,2})?")

    def __init__(self, **kwargs: Any) -> None:
        usual = {"max_digits": 12, "decimal_places": 2, "localize": True}
        super().__init__(**{**usual, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        """A phone offers digits and a comma."""
        return {**super().widget_attrs(widget), "inputmode": "decimal"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = re.sub(r"\s", "", value).removeprefix("€").removesuffix(",-")
            if self._GROUPED.fullmatch(value):
                value = value.replace(".", "")
        amount: Decimal | None = super().to_python(value)
        return amount


class DayInput(forms.DateInput):
    """A day, as the browser asks it."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"type": "date"})


class DayField(forms.DateField):
    """A day, as browsers send it and as people write it: 2026-03-09 or 09-03-2026.

    A year that somebody mistyped, such as 0026 or 9999, is refused: the day before or
    after it may not exist.
    """

    widget = DayInput
    default_error_messages: ClassVar = {
        "required": "Vul de datum in.",
        "invalid": "Deze dag bestaat niet. Schrijf de dag als 09-03-2026.",
    }
    FIRST_YEAR, LAST_YEAR = 1900, 2199

    def to_python(self, value: Any) -> datetime.date | None:
        day: datetime.date | None = super().to_python(value)
        if day is not None and not self.FIRST_YEAR <= day.year <= self.LAST_YEAR:
            raise ValidationError(
                f"Kies een jaar van {self.FIRST_YEAR} tot en met {self.LAST_YEAR}."
            )
        return day


class MomentInput(forms.DateTimeInput):
    """A day and a time, as the browser asks them."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class MomentField(forms.DateTimeField):
    """A day and a time by the Dutch clock, in one field with one label.

    A year that somebody mistyped, such as 0026, is no moment: the database would keep
    it, and no page could show it.
    """

    widget = MomentInput
    FIRST_YEAR, LAST_YEAR = 2000, 2099

    def to_python(self, value: Any) -> datetime.datetime | None:
        at: datetime.datetime | None = super().to_python(value)
        if at is not None and not self.FIRST_YEAR <= at.year <= self.LAST_YEAR:
            raise ValidationError(
                f"Kies een jaar van {self.FIRST_YEAR} tot en met {self.LAST_YEAR}."
            )
        return at
