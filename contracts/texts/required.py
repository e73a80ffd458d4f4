"""What an agreement must settle before its text may be used, item by item. Pure.

An article says by `@regelt` which items it settles. Source: AVG art. 28 lid 2-4 and 9,
art. 33 lid 2; seed 001 for the gebruiksovereenkomst; domain 6.1 and rules 32-33. By
art. 28 lid 4 the uitvoerder, as sub-verwerker, takes on the same duties.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.kinds import Kind


@dataclass(frozen=True)
class Item:
    """Something that must be settled: `key` stands in the text behind @regelt."""

    key: str
    what: str
    source: str

    def __str__(self) -> str:
        return f"{self.what} ({self.source})"


PROCESSOR = (
    Item("onderwerp", "het onderwerp van de verwerking", "AVG art. 28 lid 3"),
    Item("duur", "de duur van de verwerking", "AVG art. 28 lid 3"),
    Item("aard-en-doel", "de aard en het doel van de verwerking", "AVG art. 28 lid 3"),
    Item("persoonsgegevens", "het soort persoonsgegevens", "AVG art. 28 lid 3"),
    Item("betrokkenen", "de categorieën van betrokkenen", "AVG art. 28 lid 3"),
    Item(
        "rechten-en-plichten",
        "de rechten en plichten van de verwerkingsverantwoordelijke",
        "AVG art. 28 lid 3",
    ),
    Item(
        "instructies",
        "alleen verwerken op schriftelijke instructies",
        "AVG art. 28 lid 3 onder a",
    ),
    Item(
        "doorgifte",
        "doorgifte buiten de EER alleen op instructie",
        "AVG art. 28 lid 3 onder a",
    ),
    Item("geheimhouding", "geheimhouding door iedereen die verwerkt",
         "AVG art. 28 lid 3 onder b"),
    Item("beveiliging", "de maatregelen van art. 32", "AVG art. 28 lid 3 onder c"),
    Item(
        "subverwerkers",
        "sub-verwerkers alleen met voorafgaande schriftelijke toestemming",
        "AVG art. 28 lid 2 en lid 3 onder d",
    ),
    Item(
        "bezwaar",
        "een wijziging van sub-verwerkers wordt gemeld, en er kan bezwaar tegen worden "
        "gemaakt",
        "AVG art. 28 lid 2",
    ),
    Item("doorleggen", "dezelfde plichten voor een sub-verwerker",
         "AVG art. 28 lid 4"),
    Item("aansprakelijkheid", "volledig aansprakelijk voor een sub-verwerker",
         "AVG art. 28 lid 4"),
    Item("betrokkenen-rechten", "hulp bij verzoeken van betrokkenen",
         "AVG art. 28 lid 3 onder e"),
    Item("bijstand", "hulp bij de plichten van art. 32 tot en met 36",
         "AVG art. 28 lid 3 onder f"),
    Item("datalekken", "een datalek melden zonder onredelijke vertraging",
         "AVG art. 33 lid 2"),
    Item("einde", "wissen of teruggeven na afloop, naar keuze",
         "AVG art. 28 lid 3 onder g"),
    Item("controle", "bewijs geven, en audits mogelijk maken",
         "AVG art. 28 lid 3 onder h"),
    Item("waarschuwing", "waarschuwen als een instructie in strijd is met de AVG",
         "AVG art. 28 lid 3, slot"),
    Item("schriftelijk", "schriftelijk, ook elektronisch", "AVG art. 28 lid 9"),
)  # fmt: skip
USE = (
    Item(
        "product",
        "het product: welke innovatieve oplossing",
        "voorwaarden NVSI, onder a",
    ),
    Item(
        "ingangsdatum",
        "de ingangsdatum van het gebruik",
        "voorwaarden NVSI, onder b",
    ),
    Item("vergoeding", "de te betalen vergoeding", "voorwaarden NVSI, onder c"),
    Item("bureaukosten", "de opslag voor bureaukosten", "voorwaarden NVSI, onder c"),
    Item(
        "voorwaarden",
        "de NVSI-voorwaarden, met hun versie",
        "voorwaarden NVSI, onder d",
    ),
)
_SAME = (
    Item("vergoeding", "de vergoeding van de uitvoerder", "uitvoeringsovereenkomst"),
    Item("product", "wat de uitvoerder uitvoert", "uitvoeringsovereenkomst"),
)

REQUIRED: Mapping[str, tuple[Item, ...]] = {
    Kind.VERWERKERS: PROCESSOR,
    Kind.GEBRUIKS: USE,
    Kind.UITVOERINGS: PROCESSOR + _SAME,
}

# What the bureau records as data, and stands behind the agreement.
ANNEXES: Mapping[str, str] = {
    "verwerkingen": "welke gegevens, van wie en waarvoor",
    "subverwerkers": "sub-verwerkers",
    "maatregelen": "beveiligingsmaatregelen",
    "contacten": "wie bij een datalek wordt gebeld",
}
NEEDED_ANNEXES: Mapping[str, tuple[str, ...]] = {
    Kind.VERWERKERS: tuple(ANNEXES),
    Kind.GEBRUIKS: (),
    Kind.UITVOERINGS: tuple(ANNEXES),
}
