"""The decision: as a draft for the raad, and as it is taken. The second on one A4."""

from membership.admission.steps import Outcome, Procedure, Step
from membership.papers.content.passages import (
    NVSI,
    SHORT,
    contact,
    intro,
    reference,
    signing,
)
from membership.papers.facts import DossierFacts
from membership.papers.structure import (
    Blank,
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Signature,
    Signer,
    Text,
    text,
)

_INTEREST = (
    f"deelneming in de {NVSI} ({SHORT}) in het bijzonder aangewezen moet worden geacht "
    "voor de behartiging van het daarmee te dienen openbaar belang: gezamenlijke "
    "zeggenschap over kennis en innovatieve oplossingen in het sociaal domein die met "
    "publiek geld zijn ontwikkeld;"
)
_OWN_INTEREST = (
    f"het lidmaatschap van de {NVSI} ({SHORT}) zeggenschap geeft over kennis en "
    "innovatieve oplossingen in het sociaal domein, en past bij de eigen taak;"
)
_NO_COST = (
    "voor enkel het lidmaatschap geen contributie verschuldigd is, en over het gebruik "
    "van een oplossing afzonderlijk wordt besloten;"
)
_REASONED = "de motivering daarvan in het collegevoorstel staat;"


def draft(facts: DossierFacts) -> list[Block]:
    """The ontwerpbesluit, on a page of its own under what it belongs to."""
    when = facts.day_of(Step.DRAFTED, "datum van de collegevergadering")
    return [
        Part("Ontwerpbesluit tot lidmaatschap van de NVSI"),
        *_opening(facts),
        intro("overwegende dat:"),
        Listing((text(_INTEREST), text(_REASONED), text(_NO_COST))),
        Heading("Besluit (ontwerp)"),
        _points(facts),
        Paragraph(
            text(
                "Dit besluit wordt pas genomen nadat de raad in de gelegenheid is "
                "gesteld zijn wensen en bedenkingen ter kennis van het college te "
                "brengen (artikel 160, tweede lid, van de Gemeentewet)."
            )
        ),
        signed_by(
            facts, text("Als ontwerp vastgesteld in de vergadering van ", when, ".")
        ),
    ]


def approval(facts: DossierFacts) -> Paper:
    """The instemmingsbesluit: the definite decision, on one A4."""
    who = facts.who
    when = facts.day_of(Step.DECIDED, "datum van het besluit")
    by_college = facts.procedure == Procedure.COLLEGE
    interest = text(_INTEREST if by_college else _OWN_INTEREST)
    considered = (interest, *_heard(facts), text(_NO_COST))
    return Paper(
        title="Besluit tot lidmaatschap van de NVSI",
        sender=who.begin,
        sender_lines=(who.board[:1].upper() + who.board[1:],),
        addressee=(),
        reference=reference(
            facts,
            ("Datum besluit", text(when)),
            ("Nummer", text(facts.decision_number())),
        ),
        blocks=(
            *_opening(facts),
            intro("overwegende dat:"),
            Listing(considered),
            Heading("Besluit"),
            _points(facts),
            signed_by(facts, text("Aldus besloten in de vergadering van ", when, ".")),
        ),
        foot=f"Besluit tot lidmaatschap van de NVSI · dossier {facts.number}",
        file_name=f"Instemmingsbesluit {facts.number} {who.short_name}",
        dated=facts.today,
        is_one_page=True,
    )


def _opening(facts: DossierFacts) -> list[Block]:
    """Who decides, after reading what, and on which ground."""
    board = facts.who.whole_board
    opening = [text(f"{board[:1].upper()}{board[1:]},")]
    if facts.procedure == Procedure.COLLEGE:
        read = facts.day_of(Step.PROPOSED, "datum van het collegevoorstel")
        opening += [
            text("gelezen het collegevoorstel van ", read, ";"),
            text(
                "gelet op artikel 160, eerste lid, onder d, en tweede lid, en artikel "
                "171 van de Gemeentewet;"
            ),
        ]
    elif facts.procedure == Procedure.WGR:
        article = Blank("artikel van de gemeenschappelijke regeling over deelneming")
        law = "gelet op de Wet gemeenschappelijke regelingen en op "
        opening.append(text(law, article, ";"))
    else:
        article = Blank("artikel van de eigen statuten over wie hierover besluit")
        opening.append(text("gelet op ", article, ";"))
    return [Paragraph(sentence) for sentence in opening]


def _heard(facts: DossierFacts) -> list[Text]:
    """What happened in the raad, in the words of the law."""
    if facts.procedure != Procedure.COLLEGE:
        return []
    if facts.informs:
        return [
            text(
                "het college de raad niet vooraf een ontwerpbesluit heeft toegezonden, "
                "op de gronden die het in het collegevoorstel heeft gemotiveerd, en de "
                "raad over dit besluit wordt geïnformeerd;"
            )
        ]
    drafted = facts.day_of(Step.DRAFTED, "datum van het ontwerpbesluit")
    sent = facts.day_of(Step.SENT, "datum van toezending")
    return [
        text(
            *("het ontwerpbesluit van ", drafted, " op ", sent),
            " aan de raad is toegezonden, en de raad tot en met ",
            *(facts.last_day(), " gelegenheid had zijn wensen en bedenkingen ter "),
            "kennis van het college te brengen;",
        ),
        _outcome(facts),
    ]


def _outcome(facts: DossierFacts) -> Text:
    heard = facts.steps.get(Step.HEARD)
    if heard is None:
        return text(
            Blank("uitkomst: wensen en bedenkingen gegeven, geen, of termijn voorbij"),
            ";",
        )
    if heard.outcome == Outcome.GIVEN:
        answered = facts.day_of(Step.ANSWERED, "datum van de reactie")
        return text(
            "de raad wensen of bedenkingen heeft gegeven, het college daarop op ",
            answered,
            " heeft gereageerd en ze bij dit besluit heeft betrokken;",
        )
    if heard.outcome == Outcome.NONE:
        return text(
            "de raad geen wensen of bedenkingen ter kennis van het college heeft "
            "gebracht;"
        )
    return text(
        "deze termijn is verstreken zonder dat de raad wensen of bedenkingen ter "
        "kennis van het college heeft gebracht;"
    )


def _points(facts: DossierFacts) -> Listing:
    """What is decided, numbered."""
    who = facts.who
    joins = text(
        f"dat {who.the} als lid toetreedt tot de {NVSI}, vanaf de dag die de NVSI bij "
        "de toelating bepaalt;"
    )
    asked = text("als contactpersoon aan te wijzen: ", contact(facts), ";")
    if facts.procedure != Procedure.COLLEGE:
        sign = text(
            "de aanmelding te laten ondertekenen door ",
            Blank("naam en functie van wie bevoegd is"),
            ".",
        )
        return Listing((joins, asked, sign), is_numbered=True)
    tell = text("dit besluit ter kennis van de raad te brengen.")
    return Listing((joins, signing(), asked, tell), is_numbered=True)


def signed_by(facts: DossierFacts, *lead: Text) -> Signature:
    """A paper of a college is signed by its secretaris and the burgemeester."""
    name = ("Naam", text(Blank("naam")))
    if facts.who.is_gemeente:
        return Signature(
            (Signer("De secretaris", (name,)), Signer("De burgemeester", (name,))), lead
        )
    function = ("Functie", text(Blank("functie")))
    return Signature((Signer(f"Namens {facts.who.board}", (name, function)),), lead)
