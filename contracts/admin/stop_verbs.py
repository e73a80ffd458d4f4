"""The buttons with which an agreement stops: for a while, or for good."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contracts.kinds import Party
from contracts.models import AgreementNotice, Gebruiksovereenkomst
from contracts.offering.drafting import MADE_BY
from contracts.offering.words import in_force
from contracts.stopping import notices, pausing
from contracts.stopping.open_matters import open_matters
from contracts.stopping.terms import MOST_MONTHS
from membership.admin.verbs import Done, Sure, Verb
from membership.admission.step_form import Choice, Day, text
from membership.models import Person
from nvsi.dutch import day

USUAL_MONTHS = 3


class NoticeForm(Sure):
    given_by = Choice("Wie zegt op?", Party.choices, "Kies wie opzegt.")
    received_on = Day("Ontvangen op")
    notice_months = forms.IntegerField(
        label="Opzegtermijn (maanden)",
        min_value=0,
        max_value=MOST_MONTHS,
        help_text="Zoals in de overeenkomst staat.",
        error_messages={"required": "Vul de termijn in die is afgesproken."},
    )
    reason = text(
        "Reden",
        rows=4,
        required=False,
        max_length=2_000,
        help_text="Verplicht als de NVSI opzegt.",
    )

    def about(self, obj: Any) -> None:
        if not self.is_bound:
            agreed = notices.agreed_months(obj)
            self.initial["notice_months"] = USUAL_MONTHS if agreed is None else agreed
            self.initial["received_on"] = timezone.localdate()


class PauseForm(Sure):
    starts_on = Day("Vanaf")
    reason = text(
        "Reden",
        rows=3,
        min_length=3,
        max_length=2_000,
        error_messages={"required": "Geef de reden."},
    )

    def about(self, obj: Any) -> None:
        if not self.is_bound:
            self.initial["starts_on"] = timezone.localdate()


class ResumeForm(Sure):
    from_day = Day("Weer in gebruik vanaf")

    def about(self, obj: Any) -> None:
        if not self.is_bound:
            self.initial["from_day"] = timezone.localdate()


def _runs(fact: Any) -> bool:
    is_over = fact.ends_on is not None and fact.ends_on < timezone.localdate()
    return not (is_over or hasattr(fact, "notice"))


def _may_pause(fact: Gebruiksovereenkomst) -> bool:
    today = timezone.localdate()
    is_over = fact.ends_on is not None and fact.ends_on < today
    return not is_over and pausing.running_pause(fact, today) is None


def _is_paused(fact: Gebruiksovereenkomst) -> bool:
    return pausing.running_pause(fact, timezone.localdate()) is not None


def _give_notice(fact: Any, said: dict[str, Any], by: Person) -> Done:
    facts = {**said, "given_by": Party(said["given_by"])}
    made: AgreementNotice = notices.give_notice(
        fact, **facts, today=timezone.localdate(), by=by
    )
    return Done(f"Vastgelegd: de laatste dag is {day(made.ends_on)}.", fact)


def _pause(fact: Gebruiksovereenkomst, said: dict[str, Any], by: Person) -> Done:
    made = pausing.pause(fact, **said, today=timezone.localdate(), by=by)
    return Done(f"Gepauzeerd vanaf {day(made.starts_on)}.", fact)


def _resume(fact: Gebruiksovereenkomst, said: dict[str, Any], by: Person) -> Done:
    pausing.resume(fact, **said, today=timezone.localdate(), by=by)
    return Done(f"Weer in gebruik vanaf {day(said['from_day'])}.", fact)


def about(fact: Any) -> SafeString:
    """What it is, and what is still open when it ends."""
    words = format_html(
        "<p><strong>{}</strong><br>Geldt {}.</p>",
        fact,
        in_force(fact.starts_on, fact.ends_on),
    )
    still = open_matters(fact) if isinstance(fact, Gebruiksovereenkomst) else []
    if not still:
        return words
    items = format_html_join("", "<li>{}</li>", ((one,) for one in still))
    return words + format_html("<p>Nog open:</p><ul>{}</ul>", items)


GIVE_NOTICE = Verb(
    name="notice",
    label="Opzegging vastleggen",
    roles=MADE_BY,
    is_open=_runs,
    act=_give_notice,
    form=NoticeForm,
    shown=lambda fact: (
        about(fact),
        [
            "De overeenkomst eindigt na de opzegtermijn, gerekend vanaf de dag van "
            "ontvangst.",
            "Wat tot dan is gewerkt, wordt gewoon afgerekend. Daarna nemen wij geen "
            "uren meer aan.",
            "De organisatie krijgt een e-mail. Namens de NVSI zegt alleen het bestuur "
            "op.",
        ],
    ),
)
PAUSE = Verb(
    name="pause",
    label="Pauzeren",
    roles=MADE_BY,
    is_open=_may_pause,
    act=_pause,
    form=PauseForm,
    shown=lambda fact: (
        about(fact),
        [
            "Uren van die dag en later nemen wij niet aan. Wat eerder is gewerkt, "
            "wordt gewoon afgerekend.",
            "De overeenkomst zelf loopt door. De organisatie krijgt een e-mail.",
        ],
    ),
)
RESUME = Verb(
    name="resume",
    label="Hervatten",
    roles=MADE_BY,
    is_open=_is_paused,
    act=_resume,
    form=ResumeForm,
    shown=lambda fact: (
        about(fact),
        ["Uren van die dag en later nemen wij weer aan."],
    ),
)
