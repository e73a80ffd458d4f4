"""The buttons of an ALV, a voorstel, an amendement and a demand."""

from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from membership.admin.assembly_forms import (
    AnswerForm,
    ChangeForm,
    NewVoorstelForm,
    PaperForm,
    ReasonForm,
    VoorstelForm,
)
from membership.admin.verbs import Done, Verb
from membership.assembly import (
    amending,
    convening,
    demanding,
    drafting,
    origins,
)
from membership.assembly.amounts import typed
from membership.assembly.printing import amounts_in
from membership.assembly.telling import members, readers_of, when
from membership.assembly.terms import first_day_to_hold, last_day_to_convene
from membership.models import (
    Amendement,
    Assembly,
    AssemblyDemand,
    Person,
    Role,
    Voorstel,
)
from nvsi.dutch import counted, day

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
BESTUUR = (Role.Name.BESTUUR,)


def _is_draft(assembly: Assembly) -> bool:
    return assembly.is_draft


def _is_convened(assembly: Assembly) -> bool:
    return assembly.is_convened


def _is_open(assembly: Assembly) -> bool:
    return assembly.is_draft or assembly.is_convened


def has_begun(assembly: Assembly) -> bool:
    return assembly.has_begun_at(timezone.now())


def agenda_told(assembly: Assembly) -> SafeString:
    """When it is, and what is on the agenda."""
    rows = assembly.voorstellen.standing().prefetch_related("beslispunten")
    items = format_html_join("", "<li>{}</li>", ((str(one),) for one in rows))
    return format_html("<p><strong>{}</strong></p><ul>{}</ul>", when(assembly), items)


def term_told(assembly: Assembly) -> str:
    """Until when it can be convened for its day, and which day is possible now."""
    today = timezone.localdate()
    days = convening.term_of(assembly, today)
    last = last_day_to_convene(assembly.on, days)
    if today <= last:
        return f"Oproepen kan tot en met {day(last)} ({days} dagen ervoor)."
    first = first_day_to_hold(today, days)
    return f"Oproepen moest uiterlijk {day(last)}. Vandaag kan het vanaf {day(first)}."


def _add(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    voorstel = drafting.put_on_agenda(assembly, **said, by=by)
    return Done(f"Voorstel {voorstel.label} staat op de agenda.", voorstel)


def _has_more_to_take_in(assembly: Assembly) -> bool:
    return assembly.is_draft and bool(origins.waiting())


def _take_in(assembly: Assembly, _said: dict[str, Any], by: Person) -> Done:
    many = origins.take_in(assembly, by)
    came = counted(many, "voorstel kwam", "voorstellen kwamen")
    return Done(f"{came} op de agenda.", assembly)


def _waiting_told(_assembly: Assembly) -> tuple[SafeString, list[str]]:
    items = format_html_join("", "<li>{}</li>", ((one,) for one in origins.waiting()))
    return format_html("<ul>{}</ul>", items), [
        "Het bestuur gaf akkoord; nu besluit de ALV.",
        "Zij komen achteraan. Wat er niet bij hoort, haalt u daarna van de agenda.",
    ]


def _rewrite(voorstel: Voorstel, said: dict[str, Any], by: Person) -> Done:
    drafting.rewrite(voorstel, **said, by=by)
    return Done("Het voorstel is gewijzigd.", voorstel)


def _withdraw(voorstel: Voorstel, said: dict[str, Any], by: Person) -> Done:
    now = timezone.now()
    drafting.take_off_agenda(voorstel, reason=said["reason"], now=now, by=by)
    return Done(f"Voorstel {voorstel.label} is van de agenda.", voorstel)


def _lay(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    title, voorstel = said["title"], said["voorstel"]
    drafting.lay_on_table(
        assembly, said["papers"], title=title, voorstel=voorstel, by=by
    )
    return Done(f"Het stuk '{title}' ligt erbij.", assembly)


def _convene(assembly: Assembly, _said: dict[str, Any], by: Person) -> Done:
    many = convening.convene(assembly, now=timezone.now(), by=by)
    people = counted(many, "persoon krijgt", "personen krijgen")
    return Done(f"De ALV is bijeengeroepen. {people} een e-mail.", assembly)


def _change(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    convening.change(assembly, **said, now=timezone.now(), by=by)
    return Done("De ALV is gewijzigd; de leden krijgen bericht.", assembly)


def _cancel(assembly: Assembly, said: dict[str, Any], by: Person) -> Done:
    convening.cancel(assembly, reason=said["reason"], by=by)
    return Done("De ALV gaat niet door.", assembly)


def _close(assembly: Assembly, _said: dict[str, Any], by: Person) -> Done:
    convening.close(assembly, now=timezone.now(), by=by)
    return Done("De ALV is gesloten. De leden krijgen de besluitenlijst.", assembly)


def _take_over(amendement: Amendement, _said: dict[str, Any], by: Person) -> Done:
    amending.take_over(amendement, now=timezone.now(), by=by)
    return Done("Het amendement is overgenomen; de leden krijgen bericht.", amendement)


def _answer(demand: AssemblyDemand, said: dict[str, Any], by: Person) -> Done:
    demanding.answer_demand(demand, said["assembly"], by=by)
    return Done("Het verzoek is beantwoord met deze ALV.", demand)


def _end(demand: AssemblyDemand, said: dict[str, Any], by: Person) -> Done:
    now = timezone.now()
    demanding.end_demand(demand, reason=said["reason"], now=now, by=by)
    return Done("Het verzoek is afgedaan.", demand)


def _words(voorstel: Voorstel) -> dict[str, Any]:
    points = voorstel.beslispunten.all()
    return {
        "title": voorstel.title,
        "kind": voorstel.kind,
        "toelichting": voorstel.toelichting,
        "beslispunten": "\n".join(f"{one.number}. {one.text}" for one in points),
        "amounts": typed(amounts_in(voorstel)),
    }


ADD = Verb("add-voorstel", "Voorstel op de agenda", BUREAU, _is_draft, _add,
           lambda assembly: (agenda_told(assembly), []), NewVoorstelForm,
           lambda assembly: {"position": assembly.voorstellen.count() + 1})  # fmt: skip
TAKE_IN = Verb(
    "take-in",
    "Neem op wat wacht",
    BUREAU,
    _has_more_to_take_in,
    _take_in,
    _waiting_told,
)
LAY = Verb("lay-paper", "Stuk toevoegen", BUREAU, _is_open, _lay,
           lambda assembly: ("", [
               "Een stuk dat er ligt, gaat niet meer weg.",
               *(["De leden krijgen bericht dat er een stuk bij is."]
                 if assembly.is_convened else []),
           ]), PaperForm)  # fmt: skip
CONVENE = Verb(
    name="convene",
    label="Bijeenroepen",
    roles=BESTUUR,
    is_open=_is_draft,
    act=_convene,
    shown=lambda assembly: (
        agenda_told(assembly),
        [
            term_told(assembly),
            f"{counted(len(members()), 'lid wordt', 'leden worden')} opgeroepen: "
            f"{counted(len(readers_of(members())), 'e-mail', 'e-mails')}.",
            "De oproeping wordt een PDF die niet meer verandert. De agenda staat vast.",
        ],
    ),
)
CHANGE = Verb(
    name="change-convened",
    label="Dag, plaats of termijn wijzigen",
    roles=BESTUUR,
    is_open=_is_convened,
    act=_change,
    form=ChangeForm,
    initial=lambda assembly: {
        name: getattr(assembly, name)
        for name in ChangeForm.base_fields
        if name != "what"
    },
    shown=lambda _assembly: ("", ["Alle leden krijgen een e-mail met de wijziging."]),
)
CANCEL = Verb("cancel", "Niet laten doorgaan", BESTUUR, _is_open, _cancel,
              lambda assembly: ("", ["De leden krijgen bericht, met de reden."]
                                if assembly.is_convened else []),
              ReasonForm)  # fmt: skip
CLOSE = Verb(
    name="close",
    label="Sluiten en besluitenlijst bekendmaken",
    roles=BUREAU,
    is_open=has_begun,
    act=_close,
    shown=lambda assembly: (
        agenda_told(assembly),
        [
            "De besluitenlijst wordt een PDF die niet meer verandert.",
            "De leden krijgen een e-mail met de uitslag.",
        ],
    ),
)
REWRITE = Verb("rewrite", "Tekst wijzigen", BUREAU,
               lambda voorstel: voorstel.assembly.is_draft, _rewrite,
               lambda _voorstel: ("", []), VoorstelForm, _words)  # fmt: skip
WITHDRAW = Verb(
    name="withdraw",
    label="Van de agenda halen",
    roles=BUREAU,
    is_open=lambda voorstel: not voorstel.is_withdrawn and _is_open(voorstel.assembly),
    act=_withdraw,
    form=ReasonForm,
    shown=lambda voorstel: (
        "",
        ["De leden krijgen bericht, met de reden."]
        if voorstel.assembly.is_convened
        else [],
    ),
)
TAKE_OVER = Verb("take-over", "Overnemen", BESTUUR,
                 lambda one: one.status == Amendement.Status.INGEDIEND
                 and one.beslispunt.voorstel.assembly.is_convened, _take_over,
                 lambda one: (one.new_text, [
                     "De tekst van het beslispunt verandert.",
                     "De leden krijgen bericht.",
                 ]))  # fmt: skip
ANSWER = Verb("answer", "Beantwoorden met een ALV", BUREAU,
              lambda demand: not (demand.assembly_id or demand.ended_at), _answer,
              lambda _demand: ("", []), AnswerForm)  # fmt: skip
END = Verb("end", "Afdoen", BUREAU,
           lambda demand: not (demand.assembly_id or demand.ended_at), _end,
           lambda _demand: ("", [
               "Bijvoorbeeld: het verzoek is ingetrokken, of de leden riepen de ALV "
               "zelf bijeen.",
           ]), ReasonForm)  # fmt: skip
