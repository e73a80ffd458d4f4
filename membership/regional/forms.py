"""What a region fills in about whom it sends, and a contact about whether he comes."""

from typing import Any

from django import forms

from membership.identifiers import validate_without_bsn
from membership.models import MeetingInvitation, Organisation, RegionalContact
from membership.regional.board import Row, Seat
from membership.regional.contacts import Given, Pair
from nvsi.fields import DayField

PRIMARY, VERVANGER = "primary", "vervanger"
PARTS = (PRIMARY, VERVANGER)


class ContactForm(forms.Form):
    """One person. Left empty with the rest of its level, it is not given yet."""

    use_required_attribute = False

    name = forms.CharField(
        label="Naam", max_length=100, validators=[validate_without_bsn]
    )
    function = forms.CharField(
        label="Functie", max_length=100, validators=[validate_without_bsn]
    )
    organisation = forms.ModelChoiceField(
        label="Gemeente",
        queryset=Organisation.objects.none(),
        empty_label="Kies een gemeente",
    )
    email = forms.EmailField(label="E-mailadres")
    phone = forms.CharField(
        label="Telefoon",
        max_length=20,
        required=False,
        validators=[validate_without_bsn],
    )

    def __init__(self, *args: Any, title: str, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = title
        field: Any = self.fields["organisation"]
        field.queryset = members
        field.label_from_instance = lambda one: one.short_name

    @property
    def given(self) -> Given:
        return Given(**self.cleaned_data)


class DecisionForm(forms.Form):
    """What holds for all of them."""

    use_required_attribute = False

    decided_on = DayField(
        label="Datum van het gezamenlijke besluit",
        help_text="De dag waarop de gemeenten van de regio het samen besloten.",
        error_messages={"required": "Vul in wanneer de regio dit besloot."},
    )


class DuoForm(forms.Form):
    is_duo = forms.BooleanField(
        label="Zij vullen deze plaats samen in, als duo",
        required=False,
        help_text="Beiden worden dan uitgenodigd. Eén blijft het eerste aanspreekpunt.",
    )


class LevelForms:
    """The two people of one level, and whether they are a duo."""

    def __init__(self, seat: Seat, members: Any, data: Any) -> None:
        self.level, self.seat = seat.level, seat
        if not seat.contacts and data is not None and not _says_something(data, self):
            data = None  # given later: nothing of it is wrong
        self.contacts = {
            part: ContactForm(
                data,
                prefix=f"{seat.level}-{part}",
                initial=_initial(contact),
                title=f"{seat.level.label.capitalize()} {noun}",
                members=members,
            )
            for part, noun, contact in (
                (PRIMARY, "aanspreekpunt", seat.primary),
                (VERVANGER, "vervanger", seat.vervanger),
            )
        }
        duo = bool(seat.primary and seat.primary.is_duo)
        self.duo = DuoForm(data, prefix=seat.level, initial={"is_duo": duo})

    @property
    def is_filled(self) -> bool:
        """Empty is fine while nobody sits there."""
        return self.duo.is_bound

    def is_valid(self) -> bool:
        forms_ = (*self.contacts.values(), self.duo)
        return not self.is_filled or all(form.is_valid() for form in forms_)

    @property
    def pair(self) -> Pair:
        return Pair(
            primary=self.contacts[PRIMARY].given,
            vervanger=self.contacts[VERVANGER].given,
            is_duo=self.duo.cleaned_data["is_duo"],
        )

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each with the id of its field, for the list above the form."""
        return [
            (
                form[name].id_for_label,
                f"{form.title}: {form.fields[name].label}. {text}",
            )
            for form in self.contacts.values()
            for name, texts in form.errors.items()
            for text in texts
        ]


class ContactsForm:
    """The whole page: the day of the decision, and both levels."""

    def __init__(self, row: Row, members: Any, data: Any = None) -> None:
        days = [one.decided_on for seat in row.seats for one in seat.contacts]
        initial = {"decided_on": max(days, default=None)}
        self.decision = DecisionForm(data, initial=initial)
        self.levels = [LevelForms(seat, members, data) for seat in row.seats]
        self.is_bound = data is not None
        self.refusals: list[str] = []

    def is_valid(self) -> bool:
        found = [self.decision.is_valid(), *(one.is_valid() for one in self.levels)]
        if all(found) and not self.filled:
            self.refusals.append("Vul minstens één aanspreekpunt met een vervanger in.")
            return False
        return all(found)

    @property
    def filled(self) -> list[LevelForms]:
        return [one for one in self.levels if one.is_filled]

    @property
    def errors(self) -> list[tuple[str, str]]:
        if not self.is_bound:
            return []
        own = [("", text) for text in self.refusals]
        day = self.decision["decided_on"]
        own += [(day.id_for_label, str(text)) for text in day.errors]
        return own + [error for level in self.levels for error in level.errors]


class AnswerForm(forms.Form):
    """Whether somebody comes."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label="Komt u?",
        widget=forms.RadioSelect,
        choices=[
            (MeetingInvitation.Answer.YES, "Ja, ik kom"),
            (MeetingInvitation.Answer.NO, "Nee, ik kom niet"),
            (MeetingInvitation.Answer.VERVANGER, "Mijn vervanger komt"),
        ],
        error_messages={"required": "Kies of u komt."},
    )

    def __init__(self, *args: Any, has_vervanger: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_vervanger:
            field: Any = self.fields["answer"]
            field.choices = field.choices[:2]


def _says_something(data: Any, level: LevelForms) -> bool:
    """Whether anything was filled in for one of its people."""
    start = f"{level.level}-"
    return any(value for name, value in data.items() if name.startswith(start))


def _initial(contact: RegionalContact | None) -> dict[str, Any]:
    if contact is None:
        return {}
    names = ("name", "function", "email", "phone")
    return {
        **{name: getattr(contact, name) for name in names},
        "organisation": contact.organisation_id,
    }
