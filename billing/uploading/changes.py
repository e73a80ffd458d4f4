"""What is different between two previews of one file, in Dutch sentences. Pure."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from nvsi.dutch import counted, euro, half_year, hours, listing, percent
from nvsi.halfyear import HalfYear

Json = dict[str, Any]
MOST = 20


def changes(before: Json, after: Json) -> list[str]:
    """The first twenty; empty when the previews are equal."""
    found = [*_counts(before, after), *_halfyears(before, after)]
    more = len(found) - MOST
    return found if more <= 0 else [*found[:MOST], f"En nog {more} verschillen."]


def _counts(before: Json, after: Json) -> Iterator[str]:
    for key, label in (
        ("new", "Nieuwe regels"),
        ("known", "Regels die al bekend zijn"),
        ("late", "Nagekomen regels"),
        ("corrections", "Correcties"),
    ):
        if before[key] != after[key]:
            yield f"{label}: eerst {before[key]}, nu {after[key]}."
    if before["uren"] != after["uren"]:
        yield f"Uren: eerst {hours(before['uren'])}, nu {hours(after['uren'])}."
    if before["omzet"] != after["omzet"]:
        yield f"Omzet: eerst {euro(before['omzet'])}, nu {euro(after['omzet'])}."


def _halfyears(before: Json, after: Json) -> Iterator[str]:
    old = {each["halfyear"]: each for each in before["halfyears"]}
    new = {each["halfyear"]: each for each in after["halfyears"]}
    for name in sorted(old.keys() | new.keys()):
        words = half_year(HalfYear.parse(name))
        if name not in new:
            yield f"Er komt niets meer in de {words}."
        elif name not in old:
            lines = sum(g["lines"] for g in new[name]["gemeenten"])
            yield f"Nu {counted(lines, 'regel', 'regels')} in de {words}."
        else:
            yield from _gemeenten(words, old[name], new[name])


def _gemeenten(words: str, before: Json, after: Json) -> Iterator[str]:
    old = {each["code"]: each for each in before["gemeenten"]}
    new = {each["code"]: each for each in after["gemeenten"]}
    for code in sorted(old.keys() | new.keys()):
        if code in old and code in new:
            yield from _gemeente(words, old[code], new[code])
        elif code in new:
            yield f"{new[code]['name']} is erbij in de {words}."
        else:
            yield f"{old[code]['name']} is weg uit de {words}."
    if before["before"] != after["before"]:
        yield (
            f"Al aangeleverd over de {words}: eerst {euro(before['before'])}, nu "
            f"{euro(after['before'])}."
        )


def _gemeente(words: str, before: Json, after: Json) -> Iterator[str]:
    name = after["name"]
    if before["omzet"] != after["omzet"]:
        yield (
            f"{name}, {words}: omzet eerst {euro(before['omzet'])}, nu "
            f"{euro(after['omzet'])}."
        )
    if before["vergoeding_pct"] != after["vergoeding_pct"]:
        yield (
            f"{name}: uw vergoeding was {_percents(before)}, en is nu "
            f"{_percents(after)}."
        )


def _percents(gemeente: Json) -> str:
    written = [percent(Decimal(pct)) for pct in gemeente["vergoeding_pct"]]
    return listing(written) if written else "niet bekend"
