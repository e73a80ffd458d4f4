"""What the bureau fills in to draw an agreement up, and around it."""

import datetime
from typing import Any

from django import forms
from django.contrib.admin import site
from django.utils import timezone

from contracts.kinds import OF_AN_EARLIER_ONE, Kind, Why
from contracts.models import Offer, OfferedGemeente
from contracts.offering.content import Content
from contracts.offering.drafting import require_no_other
from contracts.offering.making import TERM
from contracts.offering.rules import require_possible
from membership.admin.verbs import Sure
from membership.admission.step_form import Day, text
from membership.models import Organisation
from nvsi.admin.choosing import SearchSelectMany
from nvsi.admin.forms import CheckedForm
from nvsi.errors import NotAllowed
from nvsi.fields import DutchDecimalField

NEW = [(one.value, one.label) for one in Why if one not in OF_AN_EARLIER_ONE]


class OfferForm(CheckedForm):
    """A new draft, or one that is changed; what cannot be is said here first."""

    gemeenten = forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.gemeenten().order_by("name"),
        required=False,
        label="Gemeenten",
        widget=SearchSelectMany(OfferedGemeente._meta.get_field("gemeente"), site),
        error_messages={"invalid_choice": "Kies alleen gemeenten."},
        help_text="Alleen voor een samenwerkingsverband: voor wie het de overeenkomst "
        "sluit.",
    )

    class Meta:
        model = Offer
        fields = "__all__"
        help_texts = {
            "product": "Wat de organisatie gebruikt. Leeg: de omschrijving van het "
            "instrument.",
            "vergoeding_pct": "Van de bruto-omzet, voor de uitvoerder. Leeg bij een "
            "verwerkersovereenkomst.",
            "bureaukosten": "Bijvoorbeeld: 1% van de bruto-omzet, zoals de ALV die elk "
            "jaar vaststelt.",
            "voorwaarden": "Bijvoorbeeld: NVSI-voorwaarden innovatieve oplossingen, "
            "versie 1.",
            "own_model_version": "Alleen als de gemeente haar eigen model "
            "verwerkersovereenkomst gebruikt: welk, en welke versie.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "why" in self.fields:
            self.fields["why"].choices = NEW  # type: ignore[attr-defined]
        if self.instance.pk:
            rows = self.instance.gemeenten.values_list("gemeente", flat=True)
            self.initial["gemeenten"] = list(rows)

    def clean(self) -> Any:
        data = super().clean()
        if not self.errors:
            try:
                require_possible(self.content(), today=timezone.localdate())
                if self.instance.pk is None:
                    require_no_other(self.content())
            except NotAllowed as refusal:
                at = refusal.field if refusal.field in self.fields else None
                self.add_error(at, str(refusal))
        return data

    def content(self) -> Content:
        """What was filled in, for the verbs; call it on a form without errors."""
        said, row = self.cleaned_data, self.instance

        def value(name: str) -> Any:
            return said[name] if name in said else getattr(row, name)

        organisation = value("organisation")
        chosen = tuple(said.get("gemeenten", ()))
        is_use = value("kind") == Kind.GEBRUIKS
        if is_use and organisation.kind == Organisation.Kind.GEMEENTE:
            chosen = chosen or (organisation,)
        return Content(
            kind=Kind(value("kind")),
            why=Why(value("why")),
            organisation=organisation,
            instrument=value("instrument"),
            gemeenten=chosen,
            starts_on=value("starts_on"),
            ends_on=value("ends_on"),
            product=value("product"),
            vergoeding_pct=value("vergoeding_pct"),
            bureaukosten=value("bureaukosten"),
            voorwaarden=value("voorwaarden"),
            notice_months=value("notice_months"),
            own_model_version=value("own_model_version"),
            signs_first=value("signs_first"),
            goes_on=row.fact if row.pk else None,
        )

    def _post_clean(self) -> None:
        """The verb fills in the rest of a new draft, and checks it then."""
        if self.instance.pk is None:
            self.instance.reference = "concept"
            self.instance.prepared_by = self.by
            self.instance.own_model = bool(self.cleaned_data.get("own_model_version"))
        super()._post_clean()


class AnswerByForm(Sure):
    """Until when the organisation may sign."""

    answer_by = Day(
        "Uiterlijk tekenen op",
        help_text="Daarna vervalt het aanbod vanzelf. U kunt die dag later verzetten.",
    )

    def about(self, obj: Offer) -> None:
        if not self.is_bound:
            self.initial["answer_by"] = obj.answer_by or timezone.localdate() + TERM


class WhyForm(Sure):
    reason = text(
        "Reden",
        rows=4,
        min_length=3,
        max_length=2_000,
        help_text="De organisatie leest deze tekst in het portaal.",
        error_messages={"required": "Geef de reden."},
    )


class OwnModelForm(Sure):
    document = forms.FileField(
        label="Het ingevulde model van de gemeente",
        help_text="PDF, ten hoogste 10 MB.",
        error_messages={
            "required": "Kies het bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )


class GoOnForm(Sure):
    """How an agreement goes on: from when, until when, at which price."""

    starts_on = Day("Vanaf")
    ends_on = Day("Tot en met", required=False, help_text="Leeg: zonder einddatum.")
    vergoeding_pct = DutchDecimalField(
        label="Vergoeding (%)",
        max_digits=5,
        min_value=0,
        max_value=100,
        help_text="Een andere vergoeding gaat in op 1 januari of 1 juli.",
        error_messages={"required": "Vul een percentage in."},
    )

    def about(self, obj: Any) -> None:
        if not hasattr(obj, "terms"):
            del self.fields["vergoeding_pct"]
        if not self.is_bound:
            last = obj.ends_on
            if last is not None:
                self.initial["starts_on"] = last + datetime.timedelta(days=1)
            if hasattr(obj, "terms"):
                terms = obj.terms.order_by("from_halfyear").last()
                self.initial["vergoeding_pct"] = terms and terms.vergoeding_pct
