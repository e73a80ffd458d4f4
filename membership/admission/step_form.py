"""What the forms of all steps share: the day, the papers, a draft, and a refusal."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils import timezone

from membership.admission.evidence import MOST_BYTES
from membership.admission.recording import Recorded
from membership.admission.steps import WITH_PAPER, Step
from membership.identifiers import validate_without_bsn
from membership.models import Dossier, DossierStep, Evidence, Person, StepDraft
from nvsi.errors import NotAllowed
from nvsi.fields import DayField

MOST_PAPERS = 5
MEGABYTES = MOST_BYTES // 1_000_000


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


class PapersField(forms.FileField):
    """Some files at once."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            return [super().clean(None)] if self.required else []
        files = [super(PapersField, self).clean(one) for one in data]
        if len(files) > MOST_PAPERS:
            raise ValidationError(f"Voeg hoogstens {MOST_PAPERS} bestanden toe.")
        return files


class Day(DayField):
    """One with its question."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, **kwargs)


class Choice(forms.ChoiceField):
    def __init__(self, label: str, choices: Any, message: str, **kwargs: Any) -> None:
        errors = {"required": message, "invalid_choice": message}
        super().__init__(
            label=label,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages=errors,
            **kwargs,
        )


def text(label: str, *, rows: int = 0, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    kwargs.setdefault("max_length", 5_000 if rows else 200)
    return forms.CharField(
        label=label, widget=widget, validators=[validate_without_bsn], **kwargs
    )


class StepForm(forms.Form):
    """What every step says: when it happened, and the papers of it.

    seen is the step that stood when the form was shown, version the draft.
    """

    template = "membership/_step_fields.html"
    on_label = "Wanneer was dat?"
    papers_label = "Stukken toevoegen"
    has_papers = True

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        dossier: Dossier,
        step: Step,
        by: Person,
        data: QueryDict | None = None,
        files: Any = None,
        *,
        draft: StepDraft | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.dossier, self.step, self.by = dossier, step, by
        self.row = dossier.standing_step(step)
        kept = draft.values if draft else self.said_before(self.row)
        versions = {
            "seen": self.row.pk if self.row else None,
            "version": draft.version if draft else 0,
        }
        super().__init__(
            data, files, initial={**(initial or kept), **versions}, label_suffix=""
        )
        self.fields["on"] = Day(self.on_label)
        self.fields["on"].widget.attrs["max"] = f"{timezone.localdate()}"
        self.add_fields()
        if self.has_papers:
            self._add_papers()

    def add_fields(self) -> None:
        """Those that depend on the dossier."""

    def _add_papers(self) -> None:
        standing = self.dossier.evidence.standing().filter(kind=self.step)
        self.papers_now: list[Evidence] = list(standing.defer("content"))
        if self.papers_now:
            self.fields["without"] = forms.TypedMultipleChoiceField(
                label="Stukken die er al zijn",
                help_text="Vink aan wat u weghaalt of vervangt. Het blijft bewaard als "
                "geschiedenis.",
                choices=[(str(p.pk), p.file_name) for p in self.papers_now],
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["papers"] = PapersField(
            label=self.papers_label,
            help_text=f"PDF, DOCX, ODT, PNG of JPEG, tot {MEGABYTES} MB per bestand.",
            required=self.step in WITH_PAPER and not self.papers_now,
            error_messages={
                "required": "Voeg het stuk toe. Zonder dat stuk kan later niemand "
                "aantonen dat het zo is besloten.",
                "empty": "Dit bestand is leeg. Kies een ander bestand.",
            },
        )

    def said_before(self, row: DossierStep | None) -> dict[str, Any]:
        """The values of a step that was recorded, to be changed."""
        if row is None:
            return {}
        values = {name: getattr(row, name) for name in vars(Recorded(row.on))}
        return {**values, "mandate": row.mandate_id}

    def facts(self) -> Recorded:
        """What this form says of the step, once it is valid."""
        said, known = self.cleaned_data, vars(Recorded(self.cleaned_data["on"]))
        return Recorded(**{n: v for n, v in said.items() if n in known})

    def draft_values(self) -> dict[str, str]:
        """What stands in the fields now, as it was typed."""
        left_out = {"seen", "version", "papers", "without", "understood"}
        return {
            name: str(self[name].data or "")
            for name in self.fields
            if name not in left_out
        }

    def refuse(self, refusal: NotAllowed | ValidationError) -> None:
        """Say it at the field that it is about, or else of the whole."""
        if isinstance(refusal, NotAllowed):
            self._say(refusal.field, str(refusal))
            return
        if self.errors:  # its fields say it already
            return
        by_field = getattr(refusal, "error_dict", {NON_FIELD_ERRORS: [refusal]})
        for name, errors in by_field.items():
            for sentence in ValidationError(errors).messages:
                self._say(name, sentence)

    def _say(self, name: str, sentence: str) -> None:
        self.add_error(name if name in self.fields else None, sentence)
