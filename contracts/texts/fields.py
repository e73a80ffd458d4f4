"""The facts that a text can name: {veld}, what it means, and an example. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.kinds import Kind

_ALL = tuple(Kind)
_PRICED = (Kind.GEBRUIKS, Kind.UITVOERINGS)


@dataclass(frozen=True)
class Field:
    """`is_optional`: not always known, so it stands in a passage that asks for it."""

    means: str
    example: str
    kinds: tuple[Kind, ...] = _ALL
    is_optional: bool = False


FIELDS: Mapping[str, Field] = {
    "kenmerk": Field("het kenmerk van de overeenkomst", "OVK-2026-0007"),
    "organisatie": Field("de naam zoals op papier", "gemeente Heideveld"),
    "partij": Field(
        "wie de overeenkomst sluit",
        "het college van burgemeester en wethouders van de gemeente Heideveld",
    ),
    "partij_plaats": Field("de plaats van die partij", "Heideveld", is_optional=True),
    "nvsi": Field(
        "de naam van de NVSI", "Nederlandse Vereniging voor Sociale Innovatie"
    ),
    "nvsi_plaats": Field("de plaats van de NVSI", "Utrecht"),
    "nvsi_kvk": Field("het KvK-nummer van de NVSI", "12345678", is_optional=True),
    "ingangsdatum": Field("de eerste dag", "1 januari 2027"),
    "einddatum": Field("de laatste dag", "31 december 2030", is_optional=True),
    "opgesteld": Field("de dag waarop zij is opgesteld", "1 december 2026"),
    "versie": Field("de versie van deze tekst", "versie 1"),
    "gemeenten": Field(
        "de gemeenten van een samenwerkingsverband",
        "de gemeenten Heideveld en Waterkant",
        (Kind.VERWERKERS, Kind.GEBRUIKS),
        is_optional=True,
    ),
    "instrumenten": Field("de instrumenten", "Flexensie", (Kind.VERWERKERS,)),
    "instrument": Field("het instrument", "Flexensie", _PRICED),
    "product": Field(
        "wat wordt gebruikt",
        "Flexensie: tijdelijk werk met behoud van uitkering en een premie per uur",
        _PRICED,
    ),
    "vergoeding": Field("de vergoeding", "30% van de bruto-omzet", _PRICED),
    "bureaukosten": Field(
        "de opslag voor bureaukosten", "1% van de bruto-omzet", (Kind.GEBRUIKS,)
    ),
    "voorwaarden": Field(
        "de versie van de NVSI-voorwaarden",
        "NVSI-voorwaarden innovatieve oplossingen, versie 1",
        (Kind.GEBRUIKS,),
    ),
    "uitvoerder": Field(
        "wie het instrument uitvoert", "Flexensie Nederland b.v.", _PRICED
    ),
    "opzegtermijn": Field("de termijn van opzeggen", "drie maanden", _PRICED),
    "verwerkersovereenkomst": Field(
        "vanaf wanneer de verwerkersovereenkomst geldt",
        "1 januari 2027",
        (Kind.GEBRUIKS,),
    ),
    "oude_overeenkomst": Field(
        "de bestaande overeenkomst die wordt overgenomen",
        "de overeenkomst met Flexensie Nederland b.v. van 1 april 2023, die eindigt "
        "op 31 december 2026",
        (Kind.GEBRUIKS,),
        is_optional=True,
    ),
    "wijzigt": Field(
        "de overeenkomst die wordt verlengd of gewijzigd",
        "de overeenkomst van 1 januari 2024",
        is_optional=True,
    ),
}


def of_kind(kind: str) -> dict[str, Field]:
    """The fields that a text of this kind can name."""
    return {name: one for name, one in FIELDS.items() if kind in one.kinds}


def examples(kind: str, *, with_optional: bool = True) -> dict[str, str]:
    """Something for each field, to look at a text before it is used."""
    return {
        name: one.example
        for name, one in of_kind(kind).items()
        if with_optional or not one.is_optional
    }
