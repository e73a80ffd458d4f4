"""What is filled in for inbesteding: a fact once, with its paper."""

from typing import Any

from django import forms
from django.contrib.admin import site
from django.core.exceptions import ValidationError

from contracts.inbesteding import recording
from contracts.models import Represented
from membership.admin.verbs import Sure
from membership.admission import evidence
from membership.identifiers import validate_without_bsn
from membership.models import Membership, Organisation
from nvsi.admin.choosing import SearchSelectMany
from nvsi.admin.forms import CheckedForm
from nvsi.errors import NotAllowed
from nvsi.fields import DayField


def paper_field(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label="Stuk",
        required=required,
        help_text="PDF, Word (DOCX), ODT, PNG of JPEG, ten hoogste 10 MB.",
        error_messages={
            "required": "Voeg het stuk toe.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )


class WithPaperForm(CheckedForm):
    """A record whose paper is given with it; looking back it is a link.

    What its verb would refuse is said beside the field; nothing typed is lost then.
    """

    paper_file = paper_field(required=False)

    def _post_clean(self) -> None:
        """The paper is kept when the record is; until then it cannot be judged."""
        super(CheckedForm, self)._post_clean()  # type: ignore[misc]  # no stub
        if self.errors:
            return
        try:
            self.instance.validate_constraints(exclude={"paper"})
            self._check_paper()
            self.requires(self.instance)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
        except NotAllowed as refusal:
            at = refusal.field if refusal.field in self.fields else None
            self.add_error(at, str(refusal))

    def requires(self, row: Any) -> None:
        """Raises NotAllowed for what the verb refuses."""

    def _check_paper(self) -> None:
        file = self.cleaned_data.get("paper_file")
        if file:
            evidence.check(file, evidence.SUFFIXES, field="paper_file")
            file.seek(0)


class ActivityForm(WithPaperForm):
    def requires(self, row: Any) -> None:
        recording.require_activity(row)


class ForecastForm(WithPaperForm):
    def requires(self, row: Any) -> None:
        recording.require_forecast(row)


class ControlFactForm(WithPaperForm):
    paper_file = paper_field(required=True)
    members = forms.ModelMultipleChoiceField(
        label="Leden",
        queryset=Organisation.objects.none(),
        required=False,
        widget=SearchSelectMany(Represented._meta.get_field("organisation"), site),
        error_messages={"invalid_choice": "Kies alleen leden."},
        help_text="Alleen bij een vertegenwoordiging die niet voor alle leden geldt.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "members" in self.fields:
            field = self.fields["members"]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            lids = Membership.objects.filter(kind=Membership.Kind.LID)
            field.queryset = Organisation.objects.filter(
                pk__in=lids.values("organisation")
            ).order_by("name")

    def requires(self, row: Any) -> None:
        recording.require_fact(row, list(self.cleaned_data.get("members") or []))


class AwardForm(WithPaperForm):
    def requires(self, row: Any) -> None:
        recording.require_award(row)


class EndForm(Sure):
    ends_on = DayField(
        label="Tot en met",
        error_messages={
            "required": "Vul de laatste dag in.",
        },
    )


class AsideForm(Sure):
    reason = forms.CharField(
        label="Reden",
        max_length=300,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Geef de reden."},
    )
