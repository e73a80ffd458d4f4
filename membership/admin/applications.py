"""Who asks to belong: the bureau checks that they do, and lets them in or not."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Case, Value, When
from django.utils.html import format_html

from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.admission import applying
from membership.models import Application, Organisation, Person, Role
from nvsi.admin.columns import NOTHING, link
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
# What waits stands first, what was never confirmed last.
TURN = Case(
    When(status=Application.Status.WAITING, then=Value(0)),
    When(status=Application.Status.UNCONFIRMED, then=Value(2)),
    default=Value(1),
)


class AcceptForm(Sure):
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        label="Organisatie",
        empty_label="Een nieuwe organisatie, met de code hieronder",
    )
    code = forms.CharField(
        label="Code van een nieuwe organisatie",
        max_length=20,
        required=False,
        help_text="Alleen als de organisatie nog niet in de lijst staat.",
    )
    verified_by_means_of = forms.CharField(
        label="Hoe hebt u gecontroleerd dat de aanvrager erbij hoort?",
        max_length=500,
        help_text="Bijvoorbeeld: gebeld met het algemene nummer van de gemeente.",
        error_messages={"required": "Vul in hoe u het hebt gecontroleerd."},
    )

    def about(self, obj: Application) -> None:
        """All but the uitvoerders; the one that was named is chosen."""
        known = Organisation.objects.exclude(kind=Organisation.Kind.UITVOERDER)
        field: Any = self.fields["organisation"]
        field.queryset = known.order_by("name")


class TurnDownForm(Sure):
    reason = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De aanvrager krijgt deze tekst per e-mail.",
        error_messages={"required": "Geef de reden."},
    )


def _accept(application: Application, answers: dict[str, Any], by: Person) -> Done:
    dossier = applying.accept(application, **answers, by=by)
    return Done(f"De aanvraag is aanvaard: {dossier}.", dossier)


def _turn_down(application: Application, answers: dict[str, Any], by: Person) -> Done:
    applying.turn_down(application, **answers, by=by)
    return Done("De aanvraag is afgewezen.", application)


def _facts(application: Application) -> str:
    return format_html(
        "<p>{}, {}, {}. Wil {} worden voor: {}.</p>",
        application.name,
        application.function,
        application.email,
        application.get_aim_display(),
        application.of_whom,
    )


def _waits(application: Application) -> bool:
    return application.status == Application.Status.WAITING


ACCEPT = Verb(
    name="accept",
    label="Aanvaarden",
    roles=BUREAU,
    is_open=_waits,
    act=_accept,
    form=AcceptForm,
    initial=lambda application: {"organisation": application.organisation_id},
    shown=lambda application: (
        _facts(application),
        [
            f"{application.name} wordt contactpersoon, en krijgt een uitnodiging als "
            "er nog geen account is.",
            "Er wordt een dossier geopend. Loopt er al een, dan komt de aanvrager "
            "daarbij.",
            "Controleer dit niet alleen op het e-mailadres: bel bijvoorbeeld het "
            "algemene nummer van de organisatie.",
        ],
    ),
)
TURN_DOWN = Verb(
    name="turn-down",
    label="Afwijzen",
    roles=BUREAU,
    is_open=_waits,
    act=_turn_down,
    form=TurnDownForm,
    shown=lambda application: (
        _facts(application),
        [
            "De aanvrager krijgt de reden per e-mail.",
            "Er wordt geen account gemaakt en geen dossier geopend.",
        ],
    ),
)


class ApplicationAdmin(VerbAdmin):
    verbs = (ACCEPT, TURN_DOWN)
    joined = ("organisation", "dossier__organisation")
    ordering = (TURN.asc(), "applied_at")
    fieldsets = [
        section(None, "of", "aim", "status"),
        section("Aanvrager", "name", "function", "email"),
        section("Wanneer", "applied_at", "confirmed_at"),
        section("Besloten", "opened", "verified_by_means_of", "reason"),
    ]
    list_display = ["of", "aim", "name", "email", "applied_at", "status"]
    list_filter = ["status", "aim", chosen("organisation", "organisatie")]
    search_fields = [
        *("organisation__name", "organisation__code", "other_name"),
        *("name", "email"),
    ]
    search_help_text = "Zoek op organisatie, of op naam of adres van de aanvrager."
    in_files = {"of": "of_whom"}

    @admin.display(description="organisatie")
    def of(self, obj: Application) -> str:
        return obj.of_whom

    @admin.display(description="dossier")
    def opened(self, obj: Application) -> str:
        return link(obj.dossier) if obj.dossier else NOTHING
