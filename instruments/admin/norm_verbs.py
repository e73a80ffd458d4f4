"""What the bureau and the bestuur do with a kader: set it, or take that back."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from instruments.models import Norm, NormVersion
from instruments.norms.forms import value_field
from instruments.norms.setting import set_norm, take_back
from instruments.norms.values import Said, in_words
from membership.admin.verbs import Done, Sure, Verb
from membership.admission.step_form import Day, text
from membership.models import AlvBesluit, Body, BodyDecision, Person, Role
from nvsi.dutch import day

KEEPERS = (Role.Name.BUREAU.value, Role.Name.BESTUUR.value)
OF_A_BODY, OF_THE_ALV = "orgaan", "alv"


class SayForm(Sure):
    """The value and its room, from when, and the decision that it rests on."""

    starts_on = Day("Vanaf")
    decision = forms.ChoiceField(
        label="Besluit",
        error_messages={"required": "Kies het besluit waarop dit rust."},
    )
    explanation = text(
        "Toelichting",
        rows=3,
        max_length=2_000,
        help_text="Iedereen leest dit. Noem bij een grens van de wet het artikel.",
        error_messages={"required": "Leg het kader uit."},
    )

    def about(self, obj: Norm) -> None:
        """A kader of text has words, any other a value and perhaps room around it."""
        if obj.kind == Norm.Kind.TEXT:
            self.fields["words"] = text(
                "De afspraak",
                rows=3,
                max_length=2_000,
                error_messages={"required": "Schrijf de afspraak op."},
            )
        else:
            self.fields["value"] = value_field(obj.kind, "De afspraak")
            for name, label in (("lowest", "Laagste"), ("highest", "Hoogste")):
                self.fields[name] = value_field(
                    obj.kind,
                    f"{label} die een gemeente zelf mag kiezen",
                    required=False,
                    help_text="Leeg: geen ruimte aan deze kant.",
                )
            self.fields["is_law"] = forms.BooleanField(
                label="Een grens van de wet: daarbuiten kan niemand gaan",
                required=False,
            )
        choices = self.fields["decision"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = decisions_for(obj)
        self.order_fields(["words", "value", "lowest", "highest", "is_law"])


def decisions_for(norm: Norm) -> list[tuple[str, Any]]:
    """Of its own regiegroep and the bestuur, and of the ALV; the last first."""
    who = Q(body__steering__instrument=norm.instrument_id)
    who |= Q(body__kind=Body.Kind.BESTUUR)
    of_bodies = BodyDecision.objects.filter(who, replaced_by__isnull=True)
    of_the_alv = AlvBesluit.objects.all()
    return [
        ("", "Kies een besluit"),
        (
            "Regiegroep of bestuur",
            [(f"{OF_A_BODY}-{one.pk}", str(one)) for one in of_bodies],
        ),
        ("ALV", [(f"{OF_THE_ALV}-{one.pk}", str(one)) for one in of_the_alv]),
    ]


def _say(norm: Norm, said: dict[str, Any], by: Person) -> Done:
    of, _, key = said.pop("decision").partition("-")
    said["decision"] = said["besluit"] = None
    if of == OF_A_BODY:
        said["decision"] = BodyDecision.objects.get(pk=key)
    else:
        said["besluit"] = AlvBesluit.objects.get(pk=key)
    usual = {"value": None, "words": "", "lowest": None, "highest": None}
    facts = {**usual, "is_law": False, **said}
    made = set_norm(norm, **facts, today=timezone.localdate(), by=by)
    return Done(f"Vastgelegd: {in_words(norm.kind, Said.of(made))}.", norm)


def _now(norm: Norm) -> SafeString:
    last = norm.versions.order_by("starts_on").last()
    if last is None:
        return format_html("<p>{} heeft nog geen waarde.</p>", norm)
    said = in_words(norm.kind, Said.of(last))
    return format_html(
        "<p>De laatste waarde: {}, vanaf {}.</p>", said, day(last.starts_on)
    )


def _take_back(version: NormVersion, said: dict[str, Any], by: Person) -> Done:
    norm = version.norm
    take_back(version, today=timezone.localdate(), by=by)
    return Done("Ingetrokken: de waarde ervoor blijft gelden.", norm)


SAY = Verb(
    name="say",
    label="Waarde vaststellen",
    roles=KEEPERS,
    is_open=lambda _norm: True,
    act=_say,
    form=SayForm,
    shown=lambda norm: (
        _now(norm),
        [
            "De waarde staat vanaf die dag op de openbare pagina, met het besluit.",
            "Een waarde die geldt, verandert niet meer. Een nieuwe sluit de vorige af.",
            "Wat gemeenten zelf vastlegden, blijft. Wie er nu buiten valt, wijkt af.",
        ],
    ),
)
TAKE_BACK = Verb(
    name="take-back",
    label="Intrekken",
    roles=KEEPERS,
    is_open=lambda version: version.starts_on > timezone.localdate(),
    act=_take_back,
    shown=lambda version: (
        format_html("<p>{}</p>", version),
        ["Deze waarde gaat niet in. Die ervoor blijft gelden."],
    ),
)
