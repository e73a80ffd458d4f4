"""Write down that a membership ends: what still runs is shown first."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.identifiers import validate_without_bsn
from membership.leaving import appeals
from membership.leaving.notices import give_notice, what_still_runs
from membership.leaving.rules import Ground, appeal_until, fits, last_day
from membership.models import (
    AlvBesluit,
    Appeal,
    Membership,
    Notice,
    Organisation,
    Person,
    Role,
)
from nvsi.admin.columns import NOTHING
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.dutch import day
from nvsi.errors import NotAllowed, refused_in_words
from nvsi.fields import DayField

BESTUUR = (Role.Name.BESTUUR,)


class NoticeForm(Sure):
    ground = forms.ChoiceField(label="Grond", choices=Ground.choices)
    received_on = DayField(
        label="Ontvangen op",
        help_text="Zegt de vereniging op: de dag waarop het lid de brief kreeg.",
    )
    burdened_on = DayField(
        label="Hoorde van het besluit op",
        required=False,
        help_text="Alleen bij een besluit dat het lid belast.",
    )
    reason = forms.CharField(
        label="Reden",
        required=False,
        min_length=3,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De vereniging geeft altijd een reden; een lid hoeft dat niet.",
    )

    def about(self, obj: Membership) -> None:
        """The grounds on which such a membership can end."""
        field: Any = self.fields["ground"]
        field.choices = [(g.value, g.label) for g in Ground if fits(g, obj.kind)]


class AppealForm(Sure):
    received_on = DayField(label="Beroep ontvangen op")


class DecisionForm(Sure):
    outcome = forms.ChoiceField(
        label="Uitkomst",
        choices=Appeal.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies de uitkomst."},
    )
    decided_on = DayField(label="Beslist op")
    besluit = forms.ModelChoiceField(
        queryset=AlvBesluit.objects.all(),
        label="ALV-besluit",
        empty_label="Kies het besluit",
        error_messages={"required": "Kies het besluit van de ledenvergadering."},
    )


def _give(membership: Membership, answers: dict[str, Any], by: Person) -> Done:
    facts = {**answers, "ground": Ground(answers["ground"])}
    with refused_in_words():
        notice = give_notice(membership, **facts, today=timezone.localdate(), by=by)
    return Done(f"Het lidmaatschap eindigt op {day(notice.ends_on)}.", membership)


def _appeal(notice: Notice, answers: dict[str, Any], by: Person) -> Done:
    appeals.appeal(notice, **answers, by=by)
    return Done("Het beroep is vastgelegd.", notice)


def _decide(notice: Notice, answers: dict[str, Any], by: Person) -> Done:
    if not hasattr(notice, "appeal"):
        raise NotAllowed("Er is geen beroep.")
    today = timezone.localdate()
    with refused_in_words():
        row = appeals.decide(notice.appeal, **answers, today=today, by=by)
    return Done(f"Beslist: {row.get_outcome_display()}.", notice)


def running_list(organisation: Organisation) -> str:
    """What still runs with an organisation, under a heading; empty for nothing."""
    running = what_still_runs(organisation)
    if not running:
        return ""
    items = format_html_join("", "<li>{}</li>", [(one,) for one in running])
    return format_html("<h2>Wat nog loopt</h2><ul>{}</ul>", items)


def _shown(membership: Membership) -> tuple[str, list[str]]:
    """What still runs, and when a notice of today would end it."""
    regular = last_day(timezone.localdate(), Ground.REGULAR)
    if not fits(Ground.REGULAR, membership.kind):
        what = [f"{membership} eindigt op de dag waarop u de opzegging ontving."]
    else:
        what = [
            "Een lid zegt op tegen het einde van het boekjaar, met vier weken (BW 2 "
            f"artikel 36). Wat u vandaag ontvangt, geldt tegen {day(regular)}.",
            "Komt de opzegging te laat, dan geldt zij tegen het einde van het boekjaar "
            "daarna.",
            "Meteen kan binnen een maand nadat het lid hoorde van een besluit dat het "
            "belast, of als voortzetten redelijkerwijs niet kan.",
            "Zegt de vereniging op, dan beslist het bestuur en geeft het de reden. Het "
            "lid kan binnen een maand in beroep bij de algemene ledenvergadering. Bij "
            "ontzetting is het zo lang geschorst, en eindigt het lidmaatschap als er "
            "geen beroep komt (BW 2 artikel 35).",
        ]
    what.append("De organisatie krijgt hierover een e-mail.")
    what.append("Wat nog loopt, eindigt hierdoor niet vanzelf.")
    return running_list(membership.organisation), what


NOTICE = Verb(
    name="notice",
    label="Opzegging vastleggen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=lambda membership: membership.ends_on is None,
    act=_give,
    form=NoticeForm,
    initial=lambda _: {"received_on": timezone.localdate(), "ground": Ground.REGULAR},
    shown=_shown,
)
APPEAL = Verb(
    name="appeal",
    label="Beroep vastleggen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=appeals.may_appeal,
    act=_appeal,
    form=AppealForm,
    initial=lambda _: {"received_on": timezone.localdate()},
    shown=lambda notice: (
        "",
        [
            f"Beroep kan tot en met {day(appeal_until(notice.received_on))}.",
            "Bij ontzetting blijft het lid geschorst tot de ledenvergadering beslist; "
            "het lidmaatschap eindigt zo lang niet.",
        ],
    ),
)
DECIDE = Verb(
    name="decide",
    label="Uitkomst van het beroep",
    roles=BESTUUR,
    is_open=lambda notice: hasattr(notice, "appeal") and not notice.appeal.outcome,
    act=_decide,
    form=DecisionForm,
    initial=lambda _: {"decided_on": timezone.localdate()},
    shown=lambda _notice: (
        "",
        [
            "Gegrond: het lidmaatschap gaat door alsof er niet was opgezegd.",
            "Ongegrond: bij ontzetting eindigt het lidmaatschap op de dag van de "
            "beslissing.",
            "De uitkomst staat daarna vast. De organisatie krijgt een e-mail.",
        ],
    ),
)


class NoticeAdmin(VerbAdmin):
    verbs = (APPEAL, DECIDE)
    joined = ("membership__organisation", "by")
    fieldsets = [
        section(None, "membership", "ground", "received_on", "burdened_on"),
        section("Einde", "ends_on", "reason", "told_appeal", "by", "at"),
    ]
    list_display = ["membership", "ground", "received_on", "ends_on", "by"]
    list_filter = ["ground", chosen("membership__organisation", "organisatie")]
    search_fields = ["membership__organisation__name", "membership__organisation__code"]
    search_help_text = "Zoek op code of naam van de organisatie."

    @admin.display(description="beroep")
    def told_appeal(self, obj: Notice) -> str:
        """When the member appealed, and what the ALV decided."""
        found: Appeal | None = getattr(obj, "appeal", None)
        if found is None:
            return NOTHING
        received = f"ontvangen op {day(found.received_on)}"
        if found.decided_on is None:
            return f"{received}, nog niet beslist"
        said = found.get_outcome_display()
        return f"{received}; {said} ({found.besluit}, {day(found.decided_on)})"
