"""Who is put forward to sign: the bureau looks at the ground, and confirms or not."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html

from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.colleagues import signers
from membership.models import Mandate, Person, SignerProposal
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section


class ConfirmForm(Sure):
    ground = forms.ChoiceField(
        label="Waarom mag deze persoon tekenen?",
        choices=SignerProposal.Ground.choices,
        error_messages={"required": "Kies ambt of statuten, of een mandaat."},
    )
    mandate = forms.ModelChoiceField(
        queryset=Mandate.objects.none(),
        required=False,
        label="Mandaat",
        empty_label="Geen: ambt of statuten",
        help_text="Staat het er niet bij? Leg het mandaat dan eerst vast.",
    )

    def about(self, obj: SignerProposal) -> None:
        """The mandates of this organisation that run today."""
        running = Mandate.objects.active_on(timezone.localdate())
        field: Any = self.fields["mandate"]
        field.queryset = running.filter(organisation=obj.organisation_id)


class DeclineForm(Sure):
    reason = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De contactpersoon krijgt deze tekst per e-mail.",
        error_messages={"required": "Geef de reden."},
    )


def _confirm(proposal: SignerProposal, answers: dict[str, Any], by: Person) -> Done:
    role = signers.confirm(proposal, **answers, today=timezone.localdate(), by=by)
    return Done(f"{role.person} is nu {role}.", role)


def _decline(proposal: SignerProposal, answers: dict[str, Any], by: Person) -> Done:
    signers.decline(proposal, **answers, by=by)
    return Done("De voordracht is niet bevestigd.", proposal)


def _facts(proposal: SignerProposal) -> str:
    return format_html(
        "<p>{}, {}, {}. Voorgedragen door {} voor {}.</p>",
        proposal.name,
        proposal.function,
        proposal.email,
        proposal.by,
        proposal.organisation,
    )


def _waits(proposal: SignerProposal) -> bool:
    return proposal.status == SignerProposal.Status.PROPOSED


CONFIRM = Verb(
    name="confirm",
    label="Bevestigen",
    roles=signers.CONFIRMERS,
    is_open=_waits,
    act=_confirm,
    form=ConfirmForm,
    shown=lambda proposal: (
        _facts(proposal),
        [
            f"{proposal.name} wordt ondertekenaar, en krijgt een uitnodiging als er "
            "nog geen account is.",
            "Kijk eerst of het mandaatbesluit er is, of dat deze persoon burgemeester "
            "is of volgens de statuten mag tekenen.",
            "De contactpersoon krijgt een e-mail.",
        ],
    ),
)
DECLINE = Verb(
    name="decline",
    label="Niet bevestigen",
    roles=signers.CONFIRMERS,
    is_open=_waits,
    act=_decline,
    form=DeclineForm,
    shown=lambda proposal: (
        _facts(proposal),
        ["De contactpersoon krijgt de reden per e-mail. Er verandert verder niets."],
    ),
)


class SignerProposalAdmin(VerbAdmin):
    verbs = (CONFIRM, DECLINE)
    joined = ("organisation", "by", "mandate", "decided_by")
    fieldsets = [
        section(None, "organisation", "status"),
        section("Wie", "name", "function", "email"),
        section("Voorgedragen", "by", "at"),
        section("Besloten", "ground", "mandate", "decided_by", "reason"),
    ]
    list_display = ["name", "function", "organisation", "by", "at", "status"]
    list_filter = ["status", chosen("organisation", "organisatie")]
    search_fields = ["name", "email", "organisation__name", "organisation__code"]
    search_help_text = "Zoek op naam, adres of organisatie."
