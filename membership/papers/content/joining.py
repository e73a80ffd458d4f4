"""What an organisation signs: the three bijlagen of seed 001, and the intention.

The bijlagen have exactly the fields of the seed, and stay on one A4.
"""

from membership.admission.steps import Procedure, Step
from membership.papers.content.passages import NVSI, SHORT, intro, reference, say
from membership.papers.facts import DossierFacts
from membership.papers.structure import (
    Blank,
    Block,
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Piece,
    Row,
    Signature,
    Signer,
    Strong,
    known,
    text,
)

# What an organisation is called in "verklaart dat de ...".
_KINDS = {
    "gemeente": "gemeente",
    "samenwerkingsverband": "samenwerkingsverband",
    "publieke_organisatie": "publieke organisatie",
    "maatschappelijke_organisatie": "maatschappelijke organisatie",
}
_NEUTER = {"samenwerkingsverband"}


def application(facts: DossierFacts) -> Paper:
    """Bijlage 1 of a gemeente as lid, 2 of a participant, 3 of another as lid."""
    what = _KINDS.get(facts.who.kind, "organisatie")
    if facts.procedure == Procedure.PARTICIPANT:
        title = "Aanmelding als participant van de NVSI"
        opening = _declares(facts, f"als participant toetreedt tot de {NVSI}.")
    elif facts.procedure == Procedure.COLLEGE:
        title, opening = "Aanmelding gemeente als lid van de NVSI", _college(facts)
    else:
        title = f"Aanmelding {what} als lid van de NVSI"
        opening = _declares(facts, f"als lid toetreedt tot de {NVSI}.")
    whose = "gemeente" if facts.who.is_gemeente else "organisatie"
    return Paper(
        title=title,
        sender=facts.who.begin,
        sender_lines=(),
        addressee=(text(f"Aan het bestuur van de {NVSI}"),),
        reference=reference(facts),
        blocks=(
            *opening,
            Heading(f"Gegevens contactpersoon {whose} voor NVSI"),
            _contact(facts),
            _signed(facts),
            *_who_may_sign(facts),
        ),
        foot=_foot(facts, title),
        file_name=f"Aanmelding {facts.number} {facts.who.short_name}",
        dated=facts.today,
        is_one_page=True,
    )


def _who_may_sign(facts: DossierFacts) -> list[Block]:
    if facts.procedure != Procedure.COLLEGE:
        return []
    note = (
        "De burgemeester tekent, of degene aan wie hij dit heeft opgedragen (artikel "
        "171 van de Gemeentewet). Dat mandaat staat dan in het mandaatregister van het "
        "portaal."
    )
    return [Paragraph(text(note), "small")]


def _foot(facts: DossierFacts, title: str) -> str:
    return f"{title} · dossier {facts.number}"


def _college(facts: DossierFacts) -> list[Block]:
    signer = text(_signer(facts))
    return [
        say("De ondergetekende,"),
        Paragraph(
            text(f"het college van burgemeester en wethouders van {facts.who.formal},")
        ),
        intro("te dezen rechtsgeldig vertegenwoordigd door:"),
        Facts((("Naam en functie", signer),), is_form=True),
        say(
            "hierna te noemen: “het College”, heeft besloten dat de gemeente als lid "
            f"toetreedt tot de {NVSI}."
        ),
    ]


def _signer(facts: DossierFacts) -> Piece:
    """Who signed, once that is recorded; with the mandate on which he did."""
    applied = facts.steps.get(Step.APPLIED)
    if applied is None or not applied.signer_name:
        return Blank("naam en functie van wie tekent")
    mandate = f" ({applied.mandate})" if applied.mandate else ""
    return f"{applied.signer_name}, {applied.signer_function}{mandate}"


def _declares(facts: DossierFacts, joins: str) -> list[Block]:
    what = _KINDS.get(facts.who.kind, "organisatie")
    article = "het" if facts.who.kind in _NEUTER else "de"
    return [
        say(f"De ondergetekende verklaart dat {article} {what}:"),
        Paragraph(text(Strong(facts.who.name)), "lead"),
        say(joins),
    ]


def _contact(facts: DossierFacts) -> Facts:
    """Name, function and so on of the contactpersoon: the fields of the seed."""
    who = facts.who
    place = f"{who.postcode} {who.town}".strip()
    rows: tuple[tuple[str, str], ...] = (
        ("Naam", who.contact_name),
        ("Functie", ""),
        ("E-mailadres", who.contact_email),
        ("Telefoon", ""),
        ("Adres", who.address),
        ("Postcode en plaats", place),
    )
    return Facts(
        tuple((name, text(known(value, name.lower()))) for name, value in rows),
        is_form=True,
    )


def _signed(facts: DossierFacts) -> Signature:
    applied = facts.steps.get(Step.APPLIED)
    name = applied.signer_name if applied else ""
    function = applied.signer_function if applied else ""
    on: Piece = facts.day_of(Step.APPLIED, "datum")
    of_college = facts.procedure == Procedure.COLLEGE
    above = "Het College" if of_college else "Namens de organisatie"
    rows: tuple[Row, ...] = (
        ("Naam", text(known(name, "naam"))),
        ("Functie", text(known(function, "functie"))),
        ("Plaats", text(Blank("plaats"))),
        ("Datum", text(on)),
    )
    return Signature((Signer(above, rows),))


def intention(facts: DossierFacts) -> Paper:
    """The intentieverklaring of who wants to be aspirant-lid until the decision."""
    who = facts.who
    title = "Intentieverklaring aspirant-lid"
    begun = Step.WEIGHED in facts.steps or Step.PROPOSED in facts.steps
    does = "heeft de procedure in gang gezet" if begun else "heeft het voornemen"
    return Paper(
        title=title,
        sender=who.begin,
        sender_lines=(),
        addressee=(text(f"Aan het bestuur van de {NVSI}"),),
        reference=reference(facts),
        blocks=(
            Paragraph(
                text(
                    f"{who.the[:1].upper()}{who.the[1:]} {does} om lid te worden van "
                    f"de {NVSI} ({SHORT}), en vraagt om tot dat besluit aspirant-lid "
                    "te zijn.",
                ),
                "lead",
            ),
            Heading("Wat dit betekent"),
            Listing(_terms(facts)),
            Heading("Verwachte planning"),
            _expected(facts),
            _intends(),
        ),
        foot=_foot(facts, title),
        file_name=f"Intentieverklaring {facts.number} {who.short_name}",
        dated=facts.today,
        is_one_page=True,
    )


def _terms(facts: DossierFacts) -> tuple[tuple[Piece, ...], ...]:
    not_yet = "Deze verklaring is geen besluit om lid te worden"
    if facts.procedure == Procedure.COLLEGE:
        not_yet += (
            ", en loopt niet vooruit op het besluit van het college of op de wensen en "
            "bedenkingen van de raad (artikel 160, tweede lid, van de Gemeentewet)"
        )
    return (
        text(f"{not_yet}."),
        text("Een aspirant-lid heeft geen stem in de algemene ledenvergadering."),
        text(
            "Overeenkomsten kunnen worden voorbereid. Een contract dat al loopt, kan "
            "op de NVSI overgaan voordat het lidmaatschap is afgerond."
        ),
        text(
            "Het aspirant-lidmaatschap eindigt bij de toelating als lid, bij het "
            "besluit om geen lid te worden of niet toe te laten, of zodra "
            f"{facts.who.the} laat weten niet verder te gaan."
        ),
    )


def _expected(facts: DossierFacts) -> Facts:
    drafted = facts.day_of(Step.DRAFTED, "maand en jaar")
    decided = facts.day_of(Step.DECIDED, "maand en jaar")
    rows: list[Row] = [("Definitief besluit", text(decided))]
    if facts.procedure == Procedure.COLLEGE and not facts.informs:
        rows.insert(0, ("Ontwerpbesluit", text(drafted)))
        rows.insert(1, ("Raad reageert tot en met", text(facts.last_day())))
    return Facts(tuple(rows), is_form=True)


def _intends() -> Signature:
    names = ("Naam", "Functie", "Plaats", "Datum")
    rows = tuple((name, text(Blank(name.lower()))) for name in names)
    return Signature((Signer("Namens de organisatie", rows),))
