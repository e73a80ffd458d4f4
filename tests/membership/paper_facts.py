"""Facts for the papers of a dossier: of each kind of organisation, full and empty."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from membership.admission.steps import Outcome, Procedure, Route, Step
from membership.papers.facts import (
    Belongs,
    DossierFacts,
    Issuer,
    Said,
    Taken,
    Who,
)
from membership.papers.kinds import Kind, of_procedure
from membership.papers.structure import (
    Blank,
    Block,
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Piece,
    Row,
    Signature,
    Table,
    Text,
    ToFill,
)

TODAY = datetime.date(2026, 11, 22)
NVSI = Issuer(
    "Nederlandse Vereniging voor Sociale Innovatie", "Utrecht", "bureau@nvsi.example"
)


def on(month: int, day: int) -> datetime.date:
    return datetime.date(2026, month, day)


NOORDERHAGE = Who(
    kind="gemeente",
    code="GM9003",
    name="Noorderhage",
    short_name="Noorderhage",
    address="Raadhuisplein 1",
    postcode="1234 AB",
    town="Noorderhage",
    contact_name="A. Janssen",
    contact_email="a.janssen@noorderhage.example",
)
WERKSAAM = Who("samenwerkingsverband", "WS", "WerkSaam De Heide", "WerkSaam")
STICHTING = Who("maatschappelijke_organisatie", "ST", "Stichting Aan de Slag", "Slag")
DIENST = Who("publieke_organisatie", "PD", "Dienst Werk Heide", "Dienst Werk")

STEPS = {
    Step.WEIGHED: Taken(
        on(2, 2),
        outcome=Outcome.VOORHANG,
        is_far_reaching=False,
        words="Wij zetten het instrument al in.\r\n\r\nNu willen wij meebeslissen.",
        considerations=(("Geen nieuw instrument", "Het loopt hier sinds 2019."),),
    ),
    Step.PROPOSED: Taken(on(3, 3)),
    Step.DRAFTED: Taken(on(3, 10)),
    Step.SENT: Taken(on(3, 12), until=on(5, 1)),
    Step.HEARD: Taken(on(4, 28), outcome=Outcome.GIVEN),
    Step.ANSWERED: Taken(on(5, 12)),
    Step.DECIDED: Taken(on(5, 19), number="2026/114"),
    Step.APPLIED: Taken(
        on(5, 26), signer_name="M. de Boer", signer_function="burgemeester"
    ),
    Step.CHECKED: Taken(on(6, 1)),
    Step.ADMITTED: Taken(on(6, 9), by="H. Visser"),
}
SAID = (
    Said("wens", "de fractie Lokaal Belang", "Vraag de cliëntenraad.", "Dat doen wij."),
    Said("bedenking", "de fractie Rood", "Wij vrezen verdringing."),
)


def dossier(who: Who = NOORDERHAGE, **changes: object) -> DossierFacts:
    """Of a gemeente that just began, when nothing else is said."""
    empty = DossierFacts(
        today=TODAY,
        number="D2026-0012",
        aim="lid",
        procedure=Procedure.COLLEGE,
        route=Route.VOORHANG,
        who=who,
        issuer=NVSI,
    )
    return replace(empty, **changes)  # type: ignore[arg-type]  # fields by their name


_LIGHT = {
    **{
        step: taken
        for step, taken in STEPS.items()
        if step not in (Step.DRAFTED, Step.SENT, Step.HEARD, Step.ANSWERED)
    },
    Step.JUDGED: Taken(on(2, 9), outcome=Outcome.ACCEPTED),
    Step.INFORMED: Taken(on(5, 21)),
}
_OWN = {step: STEPS[step] for step in (Step.DECIDED, Step.APPLIED, Step.ADMITTED)}
LID = Belongs("lid", on(7, 1), decided_on=on(5, 19))

NOTHING_KNOWN = {
    "gemeente": dossier(Who("gemeente", "GM9003", "Noorderhage", "Noorderhage")),
    "samenwerkingsverband": dossier(WERKSAAM, procedure=Procedure.WGR),
    "stichting": dossier(STICHTING, procedure=Procedure.OWN),
    "participant": dossier(DIENST, aim="participant", procedure=Procedure.PARTICIPANT),
}
ALL_KNOWN = {
    "voorhang": dossier(steps=STEPS, said=SAID, belongs=LID),
    "informing": dossier(steps=_LIGHT, route=Route.INFORM, belongs=LID),
    "samenwerkingsverband": dossier(
        WERKSAAM, procedure=Procedure.WGR, steps=_OWN, belongs=LID
    ),
    "stichting": dossier(STICHTING, procedure=Procedure.OWN, steps=_OWN, belongs=LID),
    "participant": dossier(
        DIENST,
        aim="participant",
        procedure=Procedure.PARTICIPANT,
        steps={step: STEPS[step] for step in (Step.APPLIED, Step.ADMITTED)},
        belongs=Belongs("participant", on(7, 1)),
    ),
}


def every(
    shapes: dict[str, DossierFacts],
) -> list[tuple[Kind, DossierFacts]]:
    """Each paper of each shape."""
    return [
        (kind, facts)
        for facts in shapes.values()
        for kind in of_procedure(facts.procedure)
    ]


def texts_of(paper: Paper) -> Iterator[Text]:
    """All words of a paper, in the order in which they are read."""
    yield (paper.sender,)
    yield from paper.addressee
    yield (paper.title,)
    for _, words in paper.reference:
        yield words
    for block in paper.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Text]:
    match block:
        case Heading(words=words):
            yield (words,)
        case Part(title=title):
            yield (title,)
        case Paragraph(words=pieces):
            yield pieces
        case Listing(items=items):
            yield from items
        case ToFill(what=what):
            yield (Blank(what),)
        case _:
            yield from _of_table(block)


def _of_table(block: Block) -> Iterator[Text]:
    if isinstance(block, Facts):
        yield from _of_rows(block.rows)
    elif isinstance(block, Table):
        yield from ((head,) for head in block.heads)
        yield from (cell for row in block.rows for cell in row)
    else:
        assert isinstance(block, Signature)
        yield from block.lead
        for signer in block.signers:
            yield (signer.above,)
            yield from _of_rows(signer.rows)


def _of_rows(rows: tuple[Row, ...]) -> Iterator[Text]:
    for label, words in rows:
        yield from ((label,), words)


def words_of(paper: Paper) -> str:
    """All words as one text; a blank between square brackets."""
    return "\n".join("".join(map(_plain, words)) for words in texts_of(paper))


def blanks_of(paper: Paper) -> set[str]:
    """What the paper leaves open."""
    return {
        piece.what
        for words in texts_of(paper)
        for piece in words
        if isinstance(piece, Blank)
    }


def _plain(piece: Piece) -> str:
    if isinstance(piece, Blank):
        return f"[{piece.what}]"
    return piece if isinstance(piece, str) else piece.words
