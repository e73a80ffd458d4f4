"""The buttons of annexes, of what stands in them, and of the answers to them."""

import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contracts.annexes import consenting, laying
from contracts.annexes.choosing import before
from contracts.annexes.difference import asks_yes, differences
from contracts.annexes.parties import concerned
from contracts.models import AnnexVersion, Consent
from membership import history
from membership.admin.verbs import Done, Seen, Sure, Verb
from membership.identifiers import validate_without_bsn
from membership.models import Person, Role
from nvsi.dutch import counted, day
from nvsi.errors import NotAllowed
from nvsi.fields import DayField

WRITERS = (Role.Name.BUREAU.value, Role.Name.BESTUUR.value)
BUREAU = (Role.Name.BUREAU.value,)


def _a_day(label: str, **options: Any) -> DayField:
    return DayField(
        label=label,
        **options,
    )


class NextForm(Sure):
    note = forms.CharField(
        label="Wat wordt er anders?",
        max_length=500,
        validators=[validate_without_bsn],
        help_text="Wat verandert er, en waarom? Dit lezen de colleges.",
        error_messages={"required": "Schrijf op wat er anders wordt."},
    )


class LayForm(Seen):
    answer_by = _a_day("Antwoord uiterlijk op", help_text="Ten minste vier weken.")
    used_from = _a_day("In gebruik vanaf", help_text="Na die laatste dag.")


class ReasonForm(Sure):
    reason = forms.CharField(
        label="Reden",
        max_length=500,
        validators=[validate_without_bsn],
        help_text="Wie gevraagd is, leest dit in een e-mail.",
        error_messages={"required": "Schrijf op waarom."},
    )


class RecordForm(Sure):
    answer = forms.ChoiceField(
        label="Antwoord",
        choices=[("", "Kies"), *Consent.Answer.choices],
        error_messages={"required": "Kies het antwoord."},
    )
    reason = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=2000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    basis = forms.CharField(
        label="Blijkt uit",
        max_length=300,
        validators=[validate_without_bsn],
        help_text="Bijvoorbeeld: brief van het college van 3 maart 2026, kenmerk 12.",
        error_messages={"required": "Schrijf op waar het antwoord uit blijkt."},
    )


def _next(version: AnnexVersion, answers: dict[str, Any], by: Person) -> Done:
    draft = laying.start(version.instrument, note=answers["note"], by=by)
    return Done(f"{draft} is een concept om te wijzigen.", draft)


def _lay(version: AnnexVersion, answers: dict[str, Any], by: Person) -> Done:
    asked = laying.lay_before(
        version,
        used_from=answers["used_from"],
        answer_by=answers["answer_by"],
        seen=answers["fingerprint"],
        now=timezone.now(),
        today=timezone.localdate(),
        by=by,
    )
    told = counted(len(asked), "organisatie is", "organisaties zijn")
    return Done(f"{told} gevraagd.", version)


def _days(version: AnnexVersion) -> dict[str, Any]:
    answer_by = timezone.localdate() + laying.TERM
    return {
        "fingerprint": laying.fingerprint(version),
        "answer_by": answer_by,
        "used_from": answer_by + datetime.timedelta(days=1),
    }


def _about(version: AnnexVersion) -> tuple[SafeString, list[str]]:
    """What changes, and who is asked."""
    earlier = before(version)
    if earlier is None:
        return SafeString(""), [
            "Dit is de eerste versie: zij legt vast wat al is afgesproken. Niemand "
            "wordt gevraagd.",
            "Zij ligt daarna vast.",
        ]
    found = differences(earlier, AnnexVersion.objects.whole().get(pk=version.pk))
    if not found:
        raise NotAllowed("Er is niets anders dan in de vorige versie.")
    names = list(concerned(version.instrument, timezone.localdate()))
    facts = format_html(
        "<p>Wat er anders is dan in versie {}:</p><ul>{}</ul><p>Gevraagd: {}.</p>",
        earlier.number,
        format_html_join(
            "",
            "<li>{} {}: {}</li>",
            ((one.what, one.name, one.how.label) for one in found),
        ),
        counted(len(names), "organisatie", "organisaties"),
    )
    silence = (
        "Wie niet antwoordt, houdt de bijlagen zoals zij zijn: het doel of de soort "
        "gegevens verandert."
        if asks_yes(found)
        else "Wie niet antwoordt, krijgt de wijziging ook. Geldt een eerdere wijziging "
        "niet voor een organisatie, dan ook deze alleen als zij instemt."
    )
    return facts, [
        "Iedereen die de bijlagen leest, krijgt een e-mail en kan in het portaal "
        "antwoorden.",
        silence,
        "De bijlagen liggen daarna vast. U kunt ze intrekken tot ze ingaan.",
    ]


def _withdraw(version: AnnexVersion, answers: dict[str, Any], by: Person) -> Done:
    done = laying.withdraw(
        version,
        reason=answers["reason"],
        now=timezone.now(),
        today=timezone.localdate(),
        by=by,
    )
    return Done(f"{done} is ingetrokken.", done)


def _remove(row: Any, _answers: dict[str, Any], by: Person) -> Done:
    version: AnnexVersion = row.version
    if not version.is_draft:
        raise NotAllowed(f"{version} is voorgelegd en blijft zoals zij is.")
    history.record(version, "removed", by, what=str(row))
    row.delete()
    version.written_by = by
    version.save(update_fields=["written_by", "written_at"])
    return Done("Weggehaald uit het concept.", version)


def _answer(consent: Consent, answers: dict[str, Any], by: Person) -> Done:
    done = consenting.answer(
        consent,
        answers["answer"],
        reason=answers["reason"],
        basis=answers["basis"],
        now=timezone.now(),
        today=timezone.localdate(),
        by=by,
    )
    return Done(f"Het antwoord van {done.organisation} is vastgelegd.", done)


def _can_be_answered(consent: Consent) -> bool:
    last = consenting.last_day(consent, for_bureau=True)
    withdrawn = consent.version.withdrawn_at is not None
    return not withdrawn and last is not None and timezone.localdate() <= last


def _is_coming(version: AnnexVersion) -> bool:
    return (
        version.used_from is not None
        and version.withdrawn_at is None
        and version.used_from > timezone.localdate()
    )


def _stands_last(version: AnnexVersion) -> bool:
    """A next version begins at one that was laid down."""
    return not version.is_draft and version.withdrawn_at is None


def _is_of_a_draft(row: models.Model) -> bool:
    version: AnnexVersion = getattr(row, "version")  # noqa: B009  # any row of a version
    return version.is_draft


NEXT = Verb(
    name="next",
    label="Nieuwe versie maken",
    roles=WRITERS,
    is_open=_stands_last,
    act=_next,
    form=NextForm,
    shown=lambda _version: (
        "",
        ["Er komt een concept met dezelfde inhoud als de laatste versie."],
    ),
)
LAY_BEFORE = Verb(
    name="lay-before",
    label="Voorleggen",
    roles=WRITERS,
    is_open=lambda version: version.is_draft,
    act=_lay,
    form=LayForm,
    initial=_days,
    shown=_about,
    is_for_another=lambda version, by: version.written_by_id == by.pk,
    why_another="u wijzigde deze bijlagen als laatste. Een collega legt ze voor.",
)
WITHDRAW = Verb(
    name="withdraw",
    label="Intrekken",
    roles=WRITERS,
    is_open=_is_coming,
    act=_withdraw,
    form=ReasonForm,
    shown=lambda version: (
        "",
        [
            f"De wijziging gaat niet in op {day(version.used_from)}.",
            "Wie gevraagd is, krijgt een e-mail met de reden.",
        ],
    ),
)
REMOVE = Verb(
    name="remove",
    label="Weghalen",
    roles=WRITERS,
    is_open=_is_of_a_draft,
    act=_remove,
    shown=lambda _row: ("", ["Het staat dan niet meer in het concept."]),
)
ANSWER = Verb(
    name="answer",
    label="Antwoord vastleggen",
    roles=BUREAU,
    is_open=_can_be_answered,
    act=_answer,
    form=RecordForm,
    shown=lambda consent: (
        "",
        [
            f"Doe dit als {consent.organisation} per brief of e-mail antwoordde.",
            "Bij bezwaar geldt de wijziging niet voor deze organisatie.",
        ],
    ),
)
