"""The buttons of a letter, of its files and of its receivers."""

from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from membership.admin.letter_forms import AgainForm, AttachForm, BounceForm
from membership.admin.verbs import Done, Seen, Verb
from membership.letters import sending, writing
from membership.letters.segments import counts, targets, told
from membership.models import (
    Email,
    Letter,
    LetterAttachment,
    LetterReceiver,
    Person,
    Role,
)
from nvsi.dutch import counted

ANYBODY = Role.OF_THE_ASSOCIATION
Status = Letter.Status
MOST_NAMED = 10


def is_draft(letter: Letter) -> bool:
    return letter.status == Status.DRAFT


def _is_waiting(letter: Letter) -> bool:
    return letter.status == Status.OFFERED


def _is_not_final(letter: Letter) -> bool:
    return is_draft(letter) or _is_waiting(letter)


def about_receivers(letter: Letter) -> SafeString:
    """The segment in words, how many that are now, and who cannot be mailed."""
    found = targets(letter)
    words = format_html(
        "<p><strong>{}</strong><br>Aan {}; aan wie de rol {} heeft.</p>",
        counts(found),
        told(letter),
        Role.Name(letter.role).label,
    )
    nobody = [str(target.organisation) for target in found if not target.people]
    if not nobody:
        return words
    more = f" en nog {len(nobody) - MOST_NAMED}" if len(nobody) > MOST_NAMED else ""
    names = format_html_join(", ", "{}", ((name,) for name in nobody[:MOST_NAMED]))
    return words + format_html("<p>Zonder iemand om te mailen: {}{}.</p>", names, more)


def _attach(letter: Letter, answers: dict[str, Any], by: Person) -> Done:
    added = writing.attach(letter, answers["file"], by=by)
    return Done(f"{added} is nu een bijlage.", letter)


def _offer(letter: Letter, _answers: dict[str, Any], by: Person) -> Done:
    writing.offer(letter, by=by)
    return Done("De brief wacht op een collega die hem vrijgeeft.", letter)


def _take_back(letter: Letter, _answers: dict[str, Any], by: Person) -> Done:
    writing.take_back(letter, by=by)
    return Done("De brief is weer een concept.", letter)


def _drop(letter: Letter, _answers: dict[str, Any], by: Person) -> Done:
    writing.drop(letter, by=by)
    return Done("De brief is vervallen.", letter)


def _test(letter: Letter, _answers: dict[str, Any], by: Person) -> Done:
    email = sending.send_test(letter, now=timezone.now(), by=by)
    return Done(f"De proef gaat naar {email.recipient}.", letter)


def _release(letter: Letter, answers: dict[str, Any], by: Person) -> Done:
    seen = answers["fingerprint"]
    lines = sending.release(letter, seen=seen, now=timezone.now(), by=by)
    sent = sum(line.email_id is not None for line in lines)
    letter.refresh_from_db()
    mails = counted(sent, "e-mail staat", "e-mails staan")
    return Done(f"{letter.number}: {mails} in de wachtrij.", letter)


def _correct(letter: Letter, _answers: dict[str, Any], by: Person) -> Done:
    fresh = writing.correct(letter, by=by)
    return Done(f"Dit is het concept dat {letter.number} verbetert.", fresh)


def _detach(attachment: LetterAttachment, _answers: dict[str, Any], by: Person) -> Done:
    letter = writing.detach(attachment, by=by)
    return Done("De bijlage is weggehaald.", letter)


def _again(line: LetterReceiver, answers: dict[str, Any], by: Person) -> Done:
    sending.send_again(line, address=answers["address"], by=by)
    return Done("De brief staat weer in de wachtrij.", line)


def _bounced(line: LetterReceiver, answers: dict[str, Any], by: Person) -> Done:
    sending.record_bounce(line, on=answers["on"], words=answers["words"], by=by)
    return Done("Dat de e-mail terugkwam, staat nu bij deze ontvanger.", line)


def is_reached(line: LetterReceiver) -> bool:
    """Whether an e-mail is on its way or there, as far as anybody knows."""
    failed = line.email is not None and line.email.state == Email.State.FAILED
    return bool(line.address) and line.bounced_on is None and not failed


ATTACH = Verb(
    name="attach",
    label="Bijlage toevoegen",
    roles=ANYBODY,
    is_open=is_draft,
    act=_attach,
    form=AttachForm,
    shown=lambda _letter: (
        "",
        [
            "De ontvangers halen de bijlage in het portaal op, na inloggen.",
            "De bijlage gaat niet met de e-mail mee.",
        ],
    ),
)
OFFER = Verb(
    name="offer",
    label="Aanbieden voor vrijgave",
    roles=ANYBODY,
    is_open=is_draft,
    act=_offer,
    shown=lambda letter: (
        about_receivers(letter),
        [
            "Een collega leest de brief en geeft hem vrij; dat kan niet wie hem "
            "schreef.",
            "Er gaat nog niets uit. U kunt de brief terughalen om iets te wijzigen.",
        ],
    ),
)
TAKE_BACK = Verb(
    name="take-back",
    label="Terug naar concept",
    roles=ANYBODY,
    is_open=_is_waiting,
    act=_take_back,
    shown=lambda _letter: ("", ["De brief is daarna weer te wijzigen."]),
)
RELEASE = Verb(
    name="release",
    label="Vrijgeven en versturen",
    roles=ANYBODY,
    is_open=_is_waiting,
    act=_release,
    form=Seen,
    initial=lambda letter: {"fingerprint": sending.fingerprint(letter)},
    shown=lambda letter: (
        about_receivers(letter),
        [
            "De brief krijgt een nummer, en elke ontvanger een e-mail. Bekijk daarom "
            "eerst het voorbeeld.",
            "Daarna is de brief niet meer te wijzigen. Een fout verbetert u met een "
            "nieuwe brief.",
        ],
    ),
)
TEST = Verb(
    name="test",
    label="Proef naar mijzelf",
    roles=ANYBODY,
    is_open=_is_not_final,
    act=_test,
    shown=lambda _letter: (
        "",
        ["U krijgt de e-mail zoals de eerste ontvanger hem zou krijgen."],
    ),
)
CORRECT = Verb(
    name="correct",
    label="Verbeteren met een nieuwe brief",
    roles=ANYBODY,
    is_open=lambda letter: letter.is_sent,
    act=_correct,
    shown=lambda letter: (
        "",
        [
            f"Er komt een concept met dezelfde woorden, dat zegt dat het "
            f"{letter.number} verbetert. De bijlagen voegt u opnieuw toe.",
            "De verzonden brief blijft staan, met een verwijzing naar de nieuwe.",
        ],
    ),
)
DROP = Verb(
    name="drop",
    label="Laten vervallen",
    roles=ANYBODY,
    is_open=is_draft,
    act=_drop,
    shown=lambda _letter: ("", ["De brief gaat niet uit. U kunt hem nog lezen."]),
)
DETACH = Verb(
    name="detach",
    label="Weghalen",
    roles=ANYBODY,
    is_open=lambda attachment: is_draft(attachment.letter),
    act=_detach,
    shown=lambda _attachment: ("", ["De bijlage gaat uit het concept."]),
)
AGAIN = Verb(
    name="again",
    label="Opnieuw versturen",
    roles=ANYBODY,
    is_open=lambda line: not is_reached(line),
    act=_again,
    form=AgainForm,
    shown=lambda _line: (
        "",
        [
            "De e-mail gaat nog een keer uit, naar dit adres.",
            "Klopt het adres van de persoon ook niet? Wijzig dat bij Personen; "
            "daarmee logt hij in.",
        ],
    ),
)
BOUNCE = Verb(
    name="bounce",
    label="Teruggekomen",
    roles=ANYBODY,
    is_open=lambda line: line.email is not None and is_reached(line),
    act=_bounced,
    form=BounceForm,
    initial=lambda _line: {"on": timezone.localdate()},
    shown=lambda _line: (
        "",
        [
            "Doe dit als het bureau een bericht kreeg dat de e-mail niet aankwam.",
            "Daarna kunt u de brief naar een ander adres sturen.",
        ],
    ),
)
