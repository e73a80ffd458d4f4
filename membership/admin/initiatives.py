"""What members bring before the ALV: the bestuur answers a voorstel, and reads who asks
for an ALV."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from membership.admin.recorded import FrozenAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.assembly import handing_in
from membership.identifiers import validate_without_bsn
from membership.letters.body import html_of
from membership.models import Initiative, MemberVoorstel, Person, Role, VoorstelKind
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table

BESTUUR = (Role.Name.BESTUUR,)


class KindForm(Sure):
    kind = forms.ChoiceField(
        label="Soort",
        choices=VoorstelKind.choices,
        help_text="De soort bepaalt de oproepingstermijn en de meerderheid.",
    )


class AnswerForm(Sure):
    answer = forms.CharField(
        label="Waarom niet",
        max_length=2000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Het lid leest dit, en krijgt het in een e-mail.",
        error_messages={"required": "Leg uit waarom niet."},
    )


def _words(row: MemberVoorstel) -> SafeString:
    return format_html(
        "<p><strong>{}</strong>, van {}</p>{}",
        row.title,
        row.organisation,
        html_of(row.beslispunten),
    )


def _take_up(row: MemberVoorstel, said: dict[str, Any], by: Person) -> Done:
    now = timezone.now()
    voorstel = handing_in.take_up(row, kind=said["kind"], now=now, by=by)
    return Done(f"Het voorstel is punt {voorstel.label} van de agenda.", voorstel)


def _refuse(row: MemberVoorstel, said: dict[str, Any], by: Person) -> Done:
    handing_in.refuse(row, answer=said["answer"], now=timezone.now(), by=by)
    return Done("Het lid krijgt uw antwoord.", row)


TAKE_UP = Verb(
    name="take-up",
    label="Op de agenda zetten",
    roles=BESTUUR,
    is_open=lambda row: row.is_waiting,
    act=_take_up,
    form=KindForm,
    shown=lambda row: (
        _words(row),
        [
            f"Het komt na de andere punten op de agenda van {row.assembly}, in de "
            "woorden van het lid.",
            f"{row.organisation} krijgt een e-mail.",
        ],
    ),
)
REFUSE = Verb(
    name="refuse",
    label="Niet op de agenda",
    roles=BESTUUR,
    is_open=lambda row: row.is_waiting,
    act=_refuse,
    form=AnswerForm,
    shown=lambda row: (
        _words(row),
        [
            f"{row.organisation} krijgt een e-mail met uw antwoord.",
            "Het lid kan met een tiende van de leden toch een ALV vragen.",
        ],
    ),
)


class MemberVoorstelAdmin(VerbAdmin):
    verbs = (TAKE_UP, REFUSE)
    joined = ("assembly", "organisation", "by", "voorstel")
    fieldsets = [
        section(None, "assembly", "organisation", "title", "status", "by", "at"),
        section("Wat het lid vraagt", "beslispunten", "toelichting"),
        section("Antwoord", "voorstel", "answer", "settled_at"),
    ]
    list_display = ["title", "organisation", "assembly", "status", "at"]
    list_filter = ["status", chosen("assembly", "ALV")]
    search_fields = ["title", "organisation__name"]
    search_help_text = "Zoek op titel of lid."


class InitiativeAdmin(FrozenAdmin):
    joined = ("organisation", "by", "demand")
    fieldsets = [
        section(None, "subject", "organisation", "status", "by", "at"),
        section("Waarom", "why"),
        section("Wat ermee gebeurde", "ended_at", "demand"),
    ]
    list_display = ["subject", "organisation", "status", "at", "demand"]
    list_filter = ["status"]
    search_fields = ["subject", "organisation__name"]
    search_help_text = "Zoek op onderwerp of lid."

    def beside_the_form(self, request: HttpRequest, obj: Any) -> Any:
        around = super().beside_the_form(request, obj)
        page = reverse("initiative-detail", args=[obj.pk])
        return {**around, "buttons": [("In het portaal", page)]}

    def tables(self, obj: Initiative) -> list[Table]:
        return [
            Table(
                obj.supports.select_related("organisation", "by"),
                ("organisation", "by", "at"),
                title="Wie het vragen",
                nothing="Niemand vraagt het nu.",
            )
        ]


class InitiativeSupportAdmin(FrozenAdmin):
    joined = ("initiative", "organisation", "by")
    fieldsets = [section(None, "initiative", "organisation", "by", "at")]
    list_display = ["organisation", "initiative", "by", "at"]
    list_filter = [chosen("initiative", "initiatief")]
    search_fields = ["organisation__name", "initiative__subject"]
    search_help_text = "Zoek op lid of onderwerp."
