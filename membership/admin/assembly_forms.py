"""What is filled in for an ALV, its voorstellen, its papers and its notulen."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from membership.admin.verbs import Sure
from membership.assembly.amounts import Amount, amounts_of
from membership.assembly.demanding import require_a_tenth
from membership.assembly.drafting import next_number
from membership.assembly.writing import beslispunten_of
from membership.consultation.running import entitled
from membership.identifiers import validate_without_bsn
from membership.models import Assembly, Body, Organisation, Voorstel, VoorstelKind
from membership.models.voorstellen import MARKS
from nvsi.admin.forms import CheckedForm
from nvsi.errors import NotAllowed
from nvsi.fields import MomentField

WITHOUT_BSN = [validate_without_bsn]


class AssemblyForm(CheckedForm):
    """A draft; its number in the year is given when it is saved."""

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "De ALV eindigt voordat zij begint.")
        if not (data.get("place") or data.get("link")):
            self.add_error("place", "Vul een plaats of een link in.")
        if starts_at and not self.instance.pk:
            self.instance.year = timezone.localdate(starts_at).year
            self.instance.number = next_number(self.instance.year)
        elif starts_at and timezone.localdate(starts_at).year != self.instance.year:
            self.add_error("starts_at", "Kies een dag in hetzelfde jaar.")
        return data


class VoorstelForm(Sure):
    """A voorstel with its beslispunten, as they are typed."""

    title = forms.CharField(label="Titel", max_length=200, validators=WITHOUT_BSN)
    kind = forms.ChoiceField(
        label="Soort",
        choices=VoorstelKind.choices,
        help_text="De soort bepaalt de oproepingstermijn en de meerderheid.",
    )
    beslispunten = forms.CharField(
        label="De ALV wordt gevraagd in te stemmen met",
        validators=WITHOUT_BSN,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Begin elk beslispunt op een nieuwe regel met 1., 2., enzovoort. "
        "Onderdelen komen eronder, elk met een - ervoor.",
        error_messages={"required": "Vul minstens één beslispunt in."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        validators=WITHOUT_BSN,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=MARKS,
    )

    amounts = forms.CharField(
        label="Bedragen",
        required=False,
        validators=WITHOUT_BSN,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Bij een financieel voorstel: op elke regel waarvoor, een puntkomma "
        "en het bedrag (Beheer; 12.500). Een regel zonder puntkomma begint een groep. "
        "Het portaal telt op.",
    )

    def clean_beslispunten(self) -> list[str]:
        try:
            return beslispunten_of(self.cleaned_data["beslispunten"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_amounts(self) -> list[Amount]:
        try:
            return amounts_of(self.cleaned_data["amounts"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class NewVoorstelForm(VoorstelForm):
    position = forms.IntegerField(label="Agendapunt", min_value=1, max_value=99)
    letter = forms.CharField(
        label="Letter",
        max_length=1,
        required=False,
        help_text="Alleen als een agendapunt uit meer voorstellen bestaat: A, B, C.",
    )
    body = forms.ModelChoiceField(
        label="Ingediend door orgaan",
        queryset=Body.objects.none(),
        required=False,
        empty_label="het bestuur",
    )
    of_member = forms.ModelChoiceField(
        label="Ingediend door lid",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="geen lid",
    )
    field_order = ("position", "letter", "title", "kind", "body", "of_member")

    def about(self, obj: Assembly) -> None:
        today = timezone.localdate()
        members = [one.pk for one in entitled(today)]
        bodies, organisations = self.fields["body"], self.fields["of_member"]
        assert isinstance(bodies, forms.ModelChoiceField)
        assert isinstance(organisations, forms.ModelChoiceField)
        bodies.queryset = Body.objects.on(today).order_by("name")
        organisations.queryset = Organisation.objects.filter(pk__in=members)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["letter"] = said.get("letter", "").upper()
        if said.get("body") and said.get("of_member"):
            self.add_error("of_member", "Kies een orgaan of een lid, niet beide.")
        return said


class PaperForm(Sure):
    title = forms.CharField(label="Titel", max_length=150, validators=WITHOUT_BSN)
    voorstel = forms.ModelChoiceField(
        label="Bij voorstel",
        queryset=Voorstel.objects.none(),
        required=False,
        empty_label="bij de hele vergadering",
    )
    papers = forms.FileField(
        label="Bestand",
        help_text="PDF, Word (DOCX) of Excel (XLSX), ten hoogste 10 MB.",
        error_messages={"required": "Kies een bestand van ten hoogste 10 MB."},
    )

    def about(self, obj: Assembly) -> None:
        field = self.fields["voorstel"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = obj.voorstellen.standing()


class ReasonForm(Sure):
    reason = forms.CharField(
        label="Reden",
        max_length=500,
        validators=WITHOUT_BSN,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De leden lezen dit.",
        error_messages={"required": "Geef de reden."},
    )


class ChangeForm(Sure):
    """What may change after the convocation; the members read why."""

    starts_at = MomentField(label="Begin")
    ends_at = MomentField(label="Einde")
    place = forms.CharField(label="Plaats", max_length=200, required=False)
    link = forms.URLField(label="Link", required=False, assume_scheme="https")
    amend_until = MomentField(label="Amendementen tot", required=False)
    what = forms.CharField(
        label="Wat er verandert",
        max_length=500,
        validators=WITHOUT_BSN,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Staat in de e-mail aan de leden.",
        error_messages={"required": "Schrijf op wat er verandert."},
    )


class NotulenForm(Sure):
    text = forms.CharField(
        label="Notulen",
        validators=WITHOUT_BSN,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=MARKS,
        error_messages={"required": "Schrijf de notulen."},
    )


class AdoptForm(NotulenForm):
    in_assembly = forms.ModelChoiceField(
        label="Vastgesteld in",
        queryset=Assembly.objects.none(),
        empty_label="Kies een latere ALV",
        error_messages={"required": "Kies de ALV die de notulen vaststelde."},
    )
    field_order = ("in_assembly", "text")

    def about(self, obj: Any) -> None:
        later = Assembly.objects.told().exclude(status="cancelled")
        field = self.fields["in_assembly"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = later.filter(starts_at__gt=obj.assembly.starts_at)


class DemandForm(CheckedForm):
    """A demand with the members that made it; checked by its verb when it is saved."""

    organisations = forms.ModelMultipleChoiceField(
        label="Leden die het vragen",
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies de leden die het vragen."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organisations" in self.fields:
            members = [one.pk for one in entitled(timezone.localdate())]
            field = self.fields["organisations"]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = Organisation.objects.filter(pk__in=members)

    def clean(self) -> Any:
        """What stands in the way is said at its field, before anything is written."""
        data = super().clean() or self.cleaned_data
        if data.get("received_on") and data.get("organisations"):
            said = {name: data[name] for name in ("organisations", "received_on")}
            try:
                require_a_tenth(**said, now=timezone.now())
            except NotAllowed as refusal:
                self.add_error(refusal.field, str(refusal))
        return data


class AnswerForm(Sure):
    assembly = forms.ModelChoiceField(
        label="ALV",
        queryset=Assembly.objects.none(),
        empty_label="Kies een ALV",
        error_messages={"required": "Kies de ALV die eraan voldoet."},
    )

    def about(self, obj: Any) -> None:
        told = Assembly.objects.told().exclude(status="cancelled")
        field = self.fields["assembly"]
        assert isinstance(field, forms.ModelChoiceField)
        first = datetime.datetime.combine(obj.received_on, datetime.time())
        field.queryset = told.filter(starts_at__gte=timezone.make_aware(first))
