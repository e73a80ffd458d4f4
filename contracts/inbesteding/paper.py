"""The evidence as a paper, from its frozen content alone. Pure."""

import datetime
from typing import Any

from contracts.inbesteding.words import measure_name
from membership.papers.facts import Issuer
from membership.papers.structure import (
    Block,
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Row,
    Strong,
    Table,
    Text,
    text,
)
from nvsi.dutch import day, euro, percent

Content = dict[str, Any]
LAW = (
    "De NVSI rekent en bewaart volgens de artikelen 2.24a en 2.24b van de "
    "Aanbestedingswet 2012: gezamenlijk toezicht door aanbestedende diensten."
)


def paper_of(content: Content, issuer: Issuer) -> Paper:
    """The reliance on one page, then an annex on the share, on control, and on who."""
    name, instrument = content["organisation"]["name"], content["instrument"]["name"]
    number, made_on = content["number"], _day(content["made_on"])
    return Paper(
        title="Bewijs voor inbesteding",
        sender=issuer.name,
        sender_lines=issuer.lines,
        addressee=(text(f"{name[:1].upper()}{name[1:]}"),),
        reference=(
            ("Kenmerk", text(number)),
            ("Gunning op", text(_said(content["awarded_on"]))),
            ("Gemaakt op", text(day(made_on))),
        ),
        blocks=(
            *_conclusion(content),
            Part("Bijlage 1. Het deel van de activiteiten"),
            *_shares(content),
            Part("Bijlage 2. De zeggenschap"),
            *_control(content),
            Part("Bijlage 3. De leden met zeggenschap"),
            *_members(content),
        ),
        foot=f"{number} · {instrument} · gunning op {_said(content['awarded_on'])}",
        file_name=f"{number} Bewijs voor inbesteding",
        dated=made_on,
        is_ours=True,
    )


def _conclusion(content: Content) -> list[Block]:
    organisation, share = content["organisation"], content["shares"][0]
    name, instrument = organisation["name"], content["instrument"]["name"]
    on = _said(content["awarded_on"])
    return [
        Paragraph(
            text(
                f"{name[:1].upper()}{name[1:]} kan zich bij een gunning op {on} voor "
                f"{instrument} ",
                Strong("beroepen op inbesteding"),
                ": de opdracht gaat dan zonder aanbesteding naar de NVSI.",
            ),
            "lead",
        ),
        _say(LAW),
        Facts(
            (
                ("Organisatie", text(name)),
                ("Hoedanigheid", text(f"lid sinds {_said(organisation['since'])}")),
                *_decision(organisation),
                ("Deel voor leden", text(f"{percent(share['pct'])}, meer dan 80%")),
                ("Grondslag", text(_basis(share))),
                ("Zeggenschap", text("aan alle vier de eisen is voldaan")),
            )
        ),
        Heading("Wat u zelf doet"),
        Listing(tuple(text(words) for words in TO_DO)),
        Heading("Wat hier niet onder valt"),
        _say(_separate(content["award"], instrument)),
        *_along(content),
    ]


TO_DO = (
    "Leg in uw inkoopdossier vast dat u zonder aanbesteding gunt, en waarom. Voeg dit "
    "bewijs toe.",
    "Gun op de dag waarvoor dit bewijs is gemaakt. Wordt het een andere dag, of "
    "verandert er iets voor die dag? Maak het bewijs dan opnieuw.",
    "Laat het besluit nemen door wie daarvoor bevoegd is, en volg uw eigen "
    "inkoopbeleid.",
    "Sluit de gebruiksovereenkomst en de verwerkersovereenkomst met de NVSI.",
)


def _decision(organisation: Content) -> list[Row]:
    decided = organisation["decided_on"]
    return [("Collegebesluit", text(_said(decided)))] if decided else []


def _basis(share: Content) -> str:
    measure = measure_name(share["measure"])
    if share["basis"] == "forecast":
        return f"onderbouwde prognose van de {measure}"
    years = [row["year"] for row in share["years"]]
    return f"{measure} over {years[0]} tot en met {years[-1]}"


def _separate(award: dict[str, str] | None, instrument: str) -> str:
    begin = (
        "De NVSI geeft de uitvoering zelf aan een uitvoerder. Die opdracht is een "
        "andere, en valt niet onder de inbesteding van de leden."
    )
    if award is None:
        return (
            f"{begin} Hoe zij voor {instrument} is gegeven, kunt u bij de NVSI "
            "navragen."
        )
    tender = f", TenderNed {award['tenderned']}" if award["tenderned"] else ""
    return (
        f"{begin} '{award['subject']}' is op {_said(award['awarded_on'])} gegund aan "
        f"{award['uitvoerder']} ({award['procedure']}{tender})."
    )


def _along(content: Content) -> list[Block]:
    count = len(content["papers"])
    if not count:
        return []
    many = "het stuk" if count == 1 else f"de {count} stukken"
    return [
        _say(
            f"In het ZIP-bestand bij dit bewijs zit {many} waarop het rust. In dit PDF-"
            "bestand zitten dezelfde gegevens als JSON."
            if count == 1
            else f"In het ZIP-bestand bij dit bewijs zitten {many} waarop het rust. In "
            "dit PDF-bestand zitten dezelfde gegevens als JSON."
        )
    ]


def _shares(content: Content) -> list[Block]:
    blocks: list[Block] = [
        _say(
            "Telt mee als deel: wat is gedaan voor leden die aanbestedende dienst zijn "
            "en op dat moment lid waren. In het totaal telt alles, ook wat is gedaan "
            "voor participanten, aspirant-leden en wie geen lid is. De drie hele jaren "
            "voor het jaar van de gunning worden opgeteld; het deel moet hoger zijn "
            "dan 80%."
        )
    ]
    first, whole = content["shares"]
    is_same = {**first, "of": ""} == {**whole, "of": ""}
    for share in [first] if is_same else [first, whole]:
        blocks += _share(share)
    if is_same:
        blocks.append(
            _say(
                f"De NVSI deed in deze jaren niets naast {first['of']}: het deel van "
                "de hele vereniging is hetzelfde."
            )
        )
    return blocks


def _share(share: Content) -> list[Block]:
    rows = [
        _row(str(one["year"]), one["controlling"], one["total"], one["source"])
        for one in share["years"]
    ]
    if share["basis"] == "forecast":
        rows.append(_row("verwacht", share["controlling"], share["total"], "prognose"))
    else:
        rows.append(_row("samen", share["controlling"], share["total"], ""))
    blocks: list[Block] = [
        Heading(f"{share['of'][:1].upper()}{share['of'][1:]}"),
        Table(
            ("Jaar", "Voor leden", "In totaal", "Bron"),
            tuple(rows),
            (14, 26, 26, 34),
            numbers=(1, 2),
        ),
        Paragraph(text("Dat is ", Strong(percent(share["pct"])), ".")),
    ]
    if share["reasoning"]:
        blocks += [Heading("Onderbouwing van de prognose", 3), _say(share["reasoning"])]
    return blocks


def _row(name: str, part: str, total: str, source: str) -> tuple[Text, ...]:
    return text(name), text(euro(part)), text(euro(total)), text(source)


def _control(content: Content) -> list[Block]:
    blocks: list[Block] = []
    for requirement in content["requirements"]:
        blocks.append(Heading(requirement["asked"]))
        blocks += [_fact(fact) for fact in requirement["facts"]]
    return blocks


def _fact(fact: Content) -> Block:
    until = f" tot en met {_said(fact['ends_on'])}" if fact["ends_on"] else ""
    return Facts(
        (
            ("Feit", text(f"{fact['kind'][:1].upper()}{fact['kind'][1:]}")),
            ("Vastgesteld", text(fact["summary"])),
            ("Geldt", text(f"vanaf {_said(fact['starts_on'])}{until}")),
            (
                "Stuk",
                text(
                    fact["paper"]
                    if fact["goes_along"]
                    else f"{fact['paper']} (bij de NVSI in te zien)"
                ),
            ),
        )
    )


def _members(content: Content) -> list[Block]:
    others = content["not_controlling"]
    words = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (others["lid"], "lid zonder zeggenschap", "leden zonder zeggenschap"),
            (others["aspirant_lid"], "aspirant-lid", "aspirant-leden"),
            (others["participant"], "participant", "participanten"),
        )
        if count
    ]
    blocks: list[Block] = [
        _say(f"Op {_said(content['awarded_on'])}, in {len(content['members'])} namen:"),
        _say(f"{', '.join(content['members'])}."),
    ]
    if words:
        blocks.append(_say(f"Niet in deze lijst: {', '.join(words)}."))
    return blocks


def _say(words: str) -> Paragraph:
    return Paragraph(text(words))


def _day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


def _said(written: str) -> str:
    return day(_day(written))
