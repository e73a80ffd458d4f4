"""The buttons of a consultation, and of a member that may answer."""

import hashlib
import json
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from membership.admin.consultation_forms import AuthorisedForm, ReasonForm
from membership.admin.verbs import Done, Seen, Verb
from membership.consultation import answering, running
from membership.letters.body import html_of
from membership.models import Consultation, Person, Role, Voter
from nvsi.dutch import counted, day, listing
from nvsi.errors import Stale

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
Status = Consultation.Status


def is_draft(consultation: Consultation) -> bool:
    return consultation.is_draft


def is_open(consultation: Consultation) -> bool:
    return consultation.is_open_at(timezone.now())


def is_to_publish(consultation: Consultation) -> bool:
    now = timezone.now()
    return consultation.status == Status.OPEN and consultation.is_closed_at(now)


def question_of(consultation: Consultation) -> SafeString:
    """What the members will read."""
    return format_html(
        "<p><strong>{}</strong><br>{}</p>{}",
        consultation.question,
        listing(consultation.options),
        html_of(consultation.explanation),
    )


def result_told(consultation: Consultation) -> SafeString:
    """The counts as they stand; the sentence once no answer can change any more."""
    result = running.outcome(consultation)
    words = ", ".join(
        f"{line.option} {line.count}{f' ({line.pct})' if line.pct else ''}"
        for line in result.lines
    )
    return format_html(
        "<p><strong>{}</strong><br>{}.<br>{} van {} leden antwoordden: {}.</p>",
        "Tussenstand" if is_open(consultation) else result.sentence,
        words,
        result.answered,
        result.voters,
        result.turnout,
    )


def _fingerprint(consultation: Consultation) -> str:
    members = running.entitled(timezone.localdate())
    seen = [
        *(consultation.question, consultation.explanation, consultation.options),
        *(f"{consultation.closes_on}", [member.pk for member in members]),
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def _many() -> str:
    return counted(
        len(running.entitled(timezone.localdate())), "lid mag", "leden mogen"
    )


def _open(consultation: Consultation, answers: dict[str, Any], by: Person) -> Done:
    if answers["fingerprint"] != _fingerprint(consultation):
        raise Stale("De vraag, of wie mag antwoorden, is intussen veranderd.")
    voters = running.open_up(consultation, now=timezone.now(), by=by)
    many = counted(len(voters), "lid", "leden")
    return Done(f"De raadpleging is open voor {many}.", consultation)


def _publish(consultation: Consultation, _answers: dict[str, Any], by: Person) -> Done:
    result = running.publish(consultation, now=timezone.now(), by=by)
    return Done(result.sentence, consultation)


def _call_off(consultation: Consultation, answers: dict[str, Any], by: Person) -> Done:
    running.call_off(consultation, reason=answers["reason"], by=by)
    return Done(
        "De raadpleging is ingetrokken; de leden krijgen bericht.", consultation
    )


def _drop(consultation: Consultation, _answers: dict[str, Any], by: Person) -> Done:
    running.drop(consultation, by=by)
    return Done("De raadpleging is vervallen.", consultation)


def _authorise(voter: Voter, answers: dict[str, Any], by: Person) -> Done:
    person, basis = answers["person"], answers["basis"]
    answering.authorise(voter, person, basis=basis, now=timezone.now(), by=by)
    return Done(f"{person} mag antwoorden voor {voter.organisation}.", voter)


OPEN = Verb(
    name="open",
    label="Openen",
    roles=BUREAU,
    is_open=is_draft,
    act=_open,
    form=Seen,
    initial=lambda consultation: {"fingerprint": _fingerprint(consultation)},
    shown=lambda consultation: (
        question_of(consultation),
        [
            f"{_many()} antwoorden: wie nu lid is en niet is geschorst. Dat ligt "
            "daarna vast.",
            "De contactpersonen en ondertekenaars van die leden krijgen een e-mail.",
            f"Antwoorden kan tot en met {day(consultation.closes_on)}, 23:59 uur. De "
            "vraag, de keuzes en de termijn zijn daarna niet meer te wijzigen.",
        ],
    ),
)
PUBLISH = Verb(
    name="publish",
    label="Uitslag bekendmaken",
    roles=BUREAU,
    is_open=is_to_publish,
    act=_publish,
    shown=lambda consultation: (
        result_told(consultation),
        [
            "De leden lezen de uitslag in het portaal, en krijgen een e-mail.",
            "Wie wat antwoordde, ziet alleen de vereniging.",
        ],
    ),
)
CALL_OFF = Verb(
    name="call-off",
    label="Intrekken",
    roles=BUREAU,
    is_open=lambda consultation: consultation.status == Status.OPEN,
    act=_call_off,
    form=ReasonForm,
    shown=lambda _consultation: (
        "",
        [
            "Antwoorden kan dan niet meer, en er komt geen uitslag.",
            "De antwoorden die er zijn, blijven bewaard.",
        ],
    ),
)
DROP = Verb(
    name="drop",
    label="Laten vervallen",
    roles=BUREAU,
    is_open=is_draft,
    act=_drop,
    shown=lambda _consultation: ("", ["De leden krijgen deze vraag niet."]),
)
AUTHORISE = Verb(
    name="authorise",
    label="Machtigen",
    roles=BUREAU,
    is_open=lambda voter: is_open(voter.consultation),
    act=_authorise,
    form=AuthorisedForm,
    shown=lambda voter: (
        "",
        [
            f"Deze contactpersoon mag voor {voter.organisation} antwoorden, alleen in "
            "deze raadpleging. Een ondertekenaar kan het ook nog.",
            "Doe dit als u van wie tekent op papier of per e-mail hebt dat het mag.",
        ],
    ),
)
