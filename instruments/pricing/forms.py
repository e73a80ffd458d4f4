"""What somebody asks of the price page: which gemeente, which year, how much use."""

import datetime
from decimal import Decimal

from django import forms
from django.http import QueryDict

from membership.models import Dissolution, Organisation
from nvsi.fields import DutchDecimalField

YEARS_AHEAD, FIRST_YEAR = 5, 2000
MOST_USERS, MOST_REVENUE = 1_000_000, Decimal(1_000_000_000)


class YearForm(forms.Form):
    """The year first: what else is asked follows from how is paid in it."""

    jaar = forms.IntegerField(
        label="Jaar",
        min_value=FIRST_YEAR,
        error_messages={
            "invalid": "Schrijf het jaar in vier cijfers, bijvoorbeeld 2026.",
            "min_value": f"Kies een jaar vanaf {FIRST_YEAR}.",
        },
    )

    def __init__(self, data: QueryDict, *, today: datetime.date) -> None:
        """The last of each value counts; a year that is left out is this one."""
        asked = data.dict()
        super().__init__({**asked, "jaar": asked.get("jaar") or f"{today.year}"})
        self.latest = today.year + YEARS_AHEAD
        self.fields["jaar"].widget.attrs["max"] = self.latest

    def clean_jaar(self) -> int:
        year: int = self.cleaned_data["jaar"]
        if year > self.latest:
            raise forms.ValidationError(f"Kies een jaar tot en met {self.latest}.")
        return year


class PriceForm(YearForm):
    """By gemeente, and for some ways of paying by number of users."""

    gemeente = forms.ChoiceField(
        label="Gemeente",
        required=False,
        error_messages={"invalid_choice": "Kies een gemeente uit de lijst."},
    )
    gebruikers = forms.IntegerField(
        label="Aantal gebruikers",
        min_value=1,
        max_value=MOST_USERS,
        required=False,
        error_messages={
            "invalid": "Schrijf het aantal gebruikers in cijfers.",
            "min_value": "Er is minstens 1 gebruiker.",
            "max_value": "Zo veel gebruikers kunnen wij niet uitrekenen.",
        },
    )

    def __init__(
        self, data: QueryDict, *, today: datetime.date, with_users: bool
    ) -> None:
        super().__init__(data, today=today)
        gone = Dissolution.objects.by(today).values("organisation")
        found = Organisation.objects.gemeenten().exclude(pk__in=gone)
        names = found.order_by("short_name").values_list("code", "short_name")
        choice = self.fields["gemeente"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Kies een gemeente"), *names]
        if not with_users:
            del self.fields["gebruikers"]

    def clean_gemeente(self) -> Organisation | None:
        return Organisation.objects.filter(code=self.cleaned_data["gemeente"]).first()


class RevenueForm(YearForm):
    """By gross revenue: which gemeente it is makes no difference then."""

    omzet = DutchDecimalField(
        label="Bruto-omzet in dat jaar, in euro's",
        min_value=Decimal(0),
        max_value=MOST_REVENUE,
        required=False,
        error_messages={
            "invalid": "Schrijf de omzet in cijfers, bijvoorbeeld 100.000.",
            "min_value": "De omzet ligt niet onder nul.",
        },
    )
