"""Write down that a membership ends: what still runs is shown first."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html_join

from membership.admin.recorded import FrozenAdmin
from membership.admin.verbs import Done, Sure, Verb
from membership.leaving.notices import give_notice, what_still_runs
from membership.leaving.rules import Ground, last_day
from membership.models import Membership, Person, Role
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.dutch import day

WRONG_DAY = {"invalid": "Vul een datum in, zoals 31-12-2026."}


class NoticeForm(Sure):
    ground = forms.ChoiceField(label="Grond", choices=Ground.choices)
    received_on = forms.DateField(
        label="Ontvangen op",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={**WRONG_DAY, "required": "Vul in wanneer u het ontving."},
    )
    burdened_on = forms.DateField(
        label="Hoorde van het besluit op",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=WRONG_DAY,
        help_text="Alleen bij een besluit dat het lid belast.",
    )
    reason = forms.CharField(
        label="Reden",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De vereniging geeft altijd een reden; een lid hoeft dat niet.",
    )


def _give(membership: Membership, answers: dict[str, Any], by: Person) -> Done:
    facts = {**answers, "ground": Ground(answers["ground"])}
    notice = give_notice(membership, **facts, today=timezone.localdate(), by=by)
    return Done(f"Het lidmaatschap eindigt op {day(notice.ends_on)}.", membership)


def _shown(membership: Membership) -> tuple[str, list[str]]:
    """What still runs, and when a notice of today would end it."""
    running = what_still_runs(membership.organisation)
    items = format_html_join("", "<li>{}</li>", [(one,) for one in running])
    facts = format_html_join(
        "", "<h2>Wat nog loopt</h2><ul>{}</ul>", [(items,)] if running else []
    )
    regular = last_day(timezone.localdate(), Ground.REGULAR)
    return facts, [
        "Een lid zegt op tegen het einde van het boekjaar, met vier weken (BW 2 "
        f"artikel 36). Wat u vandaag ontvangt, geldt tegen {day(regular)}.",
        "Komt de opzegging te laat, dan geldt zij tegen het einde van het boekjaar "
        "daarna.",
        "Meteen kan binnen een maand nadat het lid hoorde van een besluit dat het "
        "belast, of als voortzetten redelijkerwijs niet kan.",
        "Zegt de vereniging op, dan beslist het bestuur en geeft het de reden. Tegen "
        "ontzetting staat beroep open bij de algemene ledenvergadering (BW 2 artikel "
        "35), binnen een maand.",
        "Wat nog loopt, eindigt hierdoor niet vanzelf.",
    ]


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


class NoticeAdmin(FrozenAdmin):
    joined = ("membership__organisation", "by")
    fieldsets = [
        section(None, "membership", "ground", "received_on", "burdened_on"),
        section("Einde", "ends_on", "reason", "by", "at"),
    ]
    list_display = ["membership", "ground", "received_on", "ends_on", "by"]
    list_filter = ["ground", chosen("membership__organisation", "organisatie")]
    search_fields = ["membership__organisation__name", "membership__organisation__code"]
    search_help_text = "Zoek op code of naam van de organisatie."
