"""The buttons of a datalek: what each asks, says beforehand, and does."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from contracts.admin.breach_forms import (
    AsideForm,
    AuthorityForm,
    BackForm,
    CloseForm,
    ConcernForm,
    DescribeForm,
    MeasureForm,
    PeopleForm,
    PostForm,
    ProposeForm,
    SpeakForm,
    WhyForm,
    WriteForm,
    fingerprint,
)
from contracts.breaches import bringing_back, closing, in_line, recording, telling
from contracts.breaches.forms import OF_FOUND
from contracts.breaches.reading import read
from contracts.breaches.recording import BUREAU, Found
from contracts.breaches.rules import Stage
from contracts.breaches.tasks import send_letters
from contracts.breaches.words import moment, said_of
from contracts.models.breaches import Breach
from membership.admin.verbs import Done, Verb
from membership.models import Person
from nvsi.bell import ring
from nvsi.dutch import counted
from nvsi.errors import Stale, refused_in_words

Said = dict[str, Any]


def is_running(breach: Breach) -> bool:
    return not read(breach).is_closed


def _is_at(*stages: Stage) -> Callable[[Breach], bool]:
    return lambda breach: read(breach).stage in stages


def _has_concerned(breach: Breach) -> bool:
    return is_running(breach) and bool(read(breach).concerned)


def _has_told(breach: Breach) -> bool:
    told = [one for one in read(breach).concerned if one.standing.told_at]
    return is_running(breach) and bool(told)


def _has_aside(breach: Breach) -> bool:
    return is_running(breach) and any(one.aside for one in read(breach).colleges)


def facts_of(breach: Breach) -> str:
    """What is known of it, to judge by."""
    known = read(breach)
    context = {"breach": breach, "known": known, "said": said_of(known)}
    return render_to_string("admin/contracts/breach/facts.html", context)


def _describe(breach: Breach, said: Said, by: Person) -> Done:
    found = Found(**{name: said[name] for name in OF_FOUND})
    with refused_in_words():
        recording.describe(breach, found, seen=said["shown"], now=timezone.now(), by=by)
    return Done("De beschrijving is aangevuld.", breach)


def _concern(breach: Breach, said: Said, by: Person) -> Done:
    rows = recording.concern(
        breach, colleges=said["colleges"], instruments=said["instruments"],
        now=timezone.now(), by=by,
    )  # fmt: skip
    many = counted(len(rows), "organisatie", "organisaties")
    return Done(f"Vastgelegd: {many} erbij.", breach)


def _write(breach: Breach, said: Said, by: Person) -> Done:
    in_row = in_line.write_to(breach, **said, now=timezone.now(), by=by)
    if in_row:
        ring(send_letters)
        words = f"{in_row} brieven worden nu gemaakt en verstuurd. Hieronder ziet u hoe"
        return Done(f"{words} ver dat is.", breach)
    many = counted(len(said["colleges"]), "organisatie krijgt", "organisaties krijgen")
    return Done(f"{many} een brief in het portaal en een e-mail.", breach)


def _of_college(verb: Callable[..., object], sentence: str) -> Callable[..., Done]:
    """An act on one college, with what was filled in."""

    def act(breach: Breach, said: Said, by: Person) -> Done:
        facts = {**said}
        college = facts.pop("college")
        with refused_in_words():
            verb(college, **facts, now=timezone.now(), by=by)
        return Done(sentence.format(college.organisation), breach)

    return act


def _of_breach(verb: Callable[..., object], sentence: str) -> Callable[..., Done]:
    def act(breach: Breach, said: Said, by: Person) -> Done:
        with refused_in_words():
            verb(breach, **said, now=timezone.now(), by=by)
        return Done(sentence, breach)

    return act


def _close(breach: Breach, said: Said, by: Person) -> Done:
    if said["fingerprint"] != fingerprint(breach):
        raise Stale("Er is intussen iets aan dit datalek toegevoegd.")
    closing.close(breach, now=timezone.now(), by=by)
    return Done("Het datalek is afgesloten.", breach)


def _shown(*sentences: str) -> Callable[[Breach], tuple[str, list[str]]]:
    return lambda breach: (facts_of(breach), list(sentences))


def _proposed_it(breach: Breach, by: Person) -> bool:
    proposal = read(breach).proposal
    return proposal is not None and proposal.by_id == by.pk


def _before_closing(breach: Breach) -> tuple[str, list[str]]:
    missing = read(breach).to_do()
    todo = [f"Nog niet klaar: {one}" for one in missing]
    return facts_of(breach), [
        *todo,
        "Een tweede persoon van het bureau of het bestuur kijkt het na en sluit af.",
        "Dit kan als elk college een brief heeft, en van elk bekend is of de AP een "
        "melding krijgt of dat het college dat zelf besluit.",
    ]


def _to_close(breach: Breach) -> tuple[str, list[str]]:
    proposal = read(breach).proposal
    who = ""
    if proposal:
        who = (
            f"{proposal.by} stelde dit voor op {moment(proposal.at)}, met de uitkomst "
            f"'{proposal.get_outcome_display()}': {proposal.words}"
        )
    return facts_of(breach), [
        who,
        "Daarna kan er niets meer bij, tenzij iemand het heropent.",
        "De colleges lezen in het portaal dat het is afgesloten.",
    ]


WRITE = Verb(
    name="write", label="Colleges informeren", roles=BUREAU, is_open=_has_concerned,
    act=_write, form=WriteForm,
    shown=_shown(
        "Elke organisatie krijgt een brief in het portaal; de fg en de contactpersonen "
        "krijgen ook een e-mail met wat de wet vraagt (artikel 33, derde lid, AVG).",
        "Wie het nu voor het eerst hoort, heeft vanaf dit moment 72 uur voor een "
        "melding aan de AP.",
        "De brief blijft bewaard zoals hij is verstuurd.",
    ),
)  # fmt: skip
SPEAK = Verb(
    name="speak", label="Mondeling geïnformeerd", roles=BUREAU, is_open=_has_concerned,
    act=_of_college(telling.speak_to, "{} is geïnformeerd. Stuur ook de brief."),
    form=SpeakForm,
    shown=_shown(
        "Vanaf dit gesprek heeft het college 72 uur voor een melding aan de AP.",
        "Er gaat geen e-mail. De brief stuurt u daarna.",
    ),
)  # fmt: skip
POST = Verb(
    name="post", label="Brief per post verstuurd", roles=BUREAU, is_open=_has_told,
    act=_of_college(telling.post_to, "De brief aan {} is vastgelegd."), form=PostForm,
    shown=_shown(
        "Voor een organisatie waar niemand in het portaal leest. U informeerde haar al "
        "mondeling, en drukte de brief af die bij haar naam staat.",
        "De brief op papier bewaart u zelf.",
    ),
)  # fmt: skip
AUTHORITY = Verb(
    name="authority", label="Melding aan de AP", roles=BUREAU, is_open=_has_told,
    act=_of_college(recording.decide_authority, "Vastgelegd voor {}."),
    form=AuthorityForm,
    shown=_shown(
        "Een college legt dit ook zelf vast in het portaal. Het laatste besluit telt; "
        "wat eerder is vastgelegd, blijft bewaard.",
    ),
)  # fmt: skip
PEOPLE = Verb(
    name="people", label="Bericht aan betrokkenen", roles=BUREAU, is_open=_has_told,
    act=_of_college(recording.decide_people, "Vastgelegd voor {}."), form=PeopleForm,
    shown=_shown(
        "Bij een waarschijnlijk hoog risico informeert het college de mensen om wie "
        "het gaat (artikel 34 AVG).",
    ),
)  # fmt: skip
DESCRIBE = Verb(
    name="describe", label="Aanvullen", roles=BUREAU, is_open=is_running,
    act=_describe, form=DescribeForm,
    shown=_shown(
        "Dit komt in de plaats van wat er stond; het oude blijft bewaard.",
        "Colleges die al een brief hebben, krijgen de aanvulling pas als u hen opnieuw "
        "informeert.",
    ),
)  # fmt: skip
CONCERN = Verb(
    name="concern", label="Organisaties toevoegen", roles=BUREAU, is_open=is_running,
    act=_concern, form=ConcernForm,
    shown=_shown(
        "Er gaat nog geen bericht uit: dat doet u met 'Colleges informeren'.",
    ),
)  # fmt: skip
ASIDE = Verb(
    name="aside", label="Blijkt niet betrokken", roles=BUREAU, is_open=_has_concerned,
    act=_of_college(recording.set_aside, "{} blijkt niet betrokken."), form=AsideForm,
    shown=_shown(
        "Dat zij is genoemd, blijft staan, met uw reden.",
        "Was zij al geïnformeerd? Dan leest zij dit in het portaal.",
    ),
)  # fmt: skip
BACK = Verb(
    name="back", label="Blijkt toch betrokken", roles=BUREAU, is_open=_has_aside,
    act=_of_college(bringing_back.bring_back, "{} blijkt toch betrokken."),
    form=BackForm,
    shown=_shown(
        "Dat zij eerst niet betrokken leek, blijft staan. Uw reden komt erbij.",
        "Was zij al geïnformeerd? Dan loopt haar termijn vanaf toen. Er gaat nog geen "
        "bericht uit: dat doet u met 'Colleges informeren'.",
    ),
)  # fmt: skip
MEASURE = Verb(
    name="measure", label="Maatregel vastleggen", roles=BUREAU, is_open=is_running,
    act=_of_breach(recording.take_measure, "De maatregel staat erbij."),
    form=MeasureForm,
    shown=_shown("De maatregel staat ook in de volgende brief."),
)  # fmt: skip
PROPOSE = Verb(
    name="propose", label="Afsluiten voorstellen", roles=BUREAU,
    is_open=_is_at(Stage.OPEN),
    act=_of_breach(closing.propose, "Een collega kan het nu afsluiten."),
    form=ProposeForm, shown=_before_closing,
)  # fmt: skip
CLOSE = Verb(
    name="close", label="Afsluiten", roles=BUREAU, is_open=_is_at(Stage.CLOSING),
    act=_close, form=CloseForm, shown=_to_close, is_for_another=_proposed_it,
    why_another="u stelde dit voor. Een collega kijkt het na en sluit af.",
    initial=lambda breach: {"fingerprint": fingerprint(breach)},
)  # fmt: skip
KEEP_OPEN = Verb(
    name="keep-open", label="Niet afsluiten", roles=BUREAU,
    is_open=_is_at(Stage.CLOSING),
    act=_of_breach(closing.keep_open, "Het datalek blijft open."), form=WhyForm,
    shown=_shown("Het voorstel vervalt. Uw reden staat in de tijdlijn."),
)  # fmt: skip
REOPEN = Verb(
    name="reopen", label="Heropenen", roles=BUREAU, is_open=_is_at(Stage.CLOSED),
    act=_of_breach(closing.reopen, "Het datalek is weer open."), form=WhyForm,
    shown=_shown("Daarna kan er weer iets bij. Afsluiten doen opnieuw twee mensen."),
)  # fmt: skip
VERBS = (WRITE, SPEAK, POST, AUTHORITY, PEOPLE, MEASURE, DESCRIBE, CONCERN, ASIDE, BACK,
         PROPOSE, CLOSE, KEEP_OPEN, REOPEN)  # fmt: skip
