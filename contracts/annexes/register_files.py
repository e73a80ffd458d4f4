"""The register of processing as a file: XLSX to work with, PDF to hand over."""

import datetime
from collections.abc import Iterator, Sequence

from django.conf import settings

from contracts.annexes.blocks import blocks_of
from contracts.annexes.difference import said
from contracts.annexes.register import Row, versions_in
from contracts.models import AnnexVersion
from contracts.texts.printing import pdf
from contracts.texts.structure import (
    Block,
    Filled,
    facts,
    heading,
    paragraph,
    part,
    table,
)
from membership.papers.gathering import the_issuer
from nvsi.dutch import day, short_day
from nvsi.spreadsheet import Cell, Sheet, write_xlsx

TITLE = "Register van verwerkingen"
TO_CLEAR = "gegevens nog te wissen"
_CONTROLLERS = (
    *("Verwerkingsverantwoordelijke", "Code", "Adres", "Plaats"),
    *("Functionaris gegevensbescherming", "Overeenkomst met", "Sinds", "Oplossing"),
    *("Bijlagen, versie", "Geëindigd op", "Stand"),
)
_PROCESSINGS = (
    *("Oplossing", "Bijlagen, versie", "Verwerking", "Wat er gebeurt", "Waarvoor"),
    *("Van wie", "Welke gegevens", "Hoe lang bewaard", "Doorgifte buiten de EER"),
)
_SUBPROCESSORS = ("Oplossing", "Bijlagen, versie", "Naam", "Land", "Taak", "Sinds")
_MEASURES = ("Oplossing", "Bijlagen, versie", "BIO2", "Maatregel")


def as_xlsx(rows: Sequence[Row], on: datetime.date) -> bytes:
    """For whom, what, by whom and how protected: a sheet each."""
    versions = versions_in(rows)
    sheets = [
        Sheet("Voor wie", _CONTROLLERS, [_controller(row) for row in rows]),
        Sheet("Verwerkingen", _PROCESSINGS, _processings(versions)),
        Sheet("Sub-verwerkers", _SUBPROCESSORS, _subprocessors(versions)),
        Sheet("Beveiliging", _MEASURES, _measures(versions)),
    ]
    return write_xlsx(sheets, created=on, title=f"{TITLE}, {on}")


def as_pdf(rows: Sequence[Row], on: datetime.date, *, of: str = "") -> bytes:
    """The same to hand over, such as to the Autoriteit Persoonsgegevens."""
    return pdf(
        Filled(
            title=f"{TITLE} van de NVSI als verwerker",
            reference=(
                ("Stand op", day(on)),
                ("Voor", of or "alle verwerkingsverantwoordelijken"),
                ("Grond", "artikel 30, tweede lid, AVG"),
            ),
            blocks=tuple(_blocks(rows)),
            foot=f"{TITLE} · {day(on)}",
            dated=on,
        )
    )


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    issuer = the_issuer()
    yield heading("Verwerker")
    yield facts(
        (
            ("Naam", issuer.name),
            ("Plaats", issuer.town),
            ("Contact", settings.NVSI_EMAIL),
        )
    )
    yield heading("Voor wie")
    if not rows:
        yield paragraph("Op deze dag is er niemand voor wie de NVSI verwerkt.")
        return
    yield table(
        ("Verwerkingsverantwoordelijke", "Overeenkomst met", "Oplossing", "Sinds"),
        [(_college(row), str(row.party), _annexes(row), _time(row)) for row in rows],
        (33, 24, 22, 21),
    )
    for version in versions_in(rows):
        yield part(f"{version.instrument}: bijlagen, versie {version.number}")
        for title, blocks in _titled(version):
            yield heading(title)
            yield from blocks


def _titled(version: AnnexVersion) -> Iterator[tuple[str, Sequence[Block]]]:
    found = blocks_of(version)
    titles = ("Verwerkingen", "Sub-verwerkers", "Beveiliging")
    for title, name in zip(titles, found, strict=True):
        yield (
            title,
            found[name][2:],
        )  # without the name of the instrument and its version


def _college(row: Row) -> str:
    fg = f"; FG: {row.fg}" if row.fg else ""
    return f"college van {row.controller.formal_name}{fg}"


def _annexes(row: Row) -> str:
    number = f", versie {row.version.number}" if row.version else ", zonder bijlagen"
    return f"{row.instrument}{number}"


def _time(row: Row) -> str:
    since = short_day(row.since)
    if row.ended_on is None:
        return since
    return f"{since}; geëindigd op {short_day(row.ended_on)}, {TO_CLEAR}"


def _controller(row: Row) -> tuple[Cell, ...]:
    one = row.controller
    return (
        *(f"college van {one.formal_name}", one.code, one.address),
        *(f"{one.postcode} {one.town}".strip(), row.fg, str(row.party), row.since),
        *(row.instrument, row.version.number if row.version else None),
        *(row.ended_on, TO_CLEAR if row.ended_on else "van kracht"),
    )


def _processings(versions: Sequence[AnnexVersion]) -> list[tuple[Cell, ...]]:
    return [
        (
            *(version.instrument.name, version.number, row.name),
            *(said(row.nature), said(row.purpose), said(row.subjects)),
            *(said(row.data_kinds), said(row.retention), row.transfer),
        )
        for version in versions
        for row in version.processings.all()
    ]


def _subprocessors(versions: Sequence[AnnexVersion]) -> list[tuple[Cell, ...]]:
    return [
        (
            *(version.instrument.name, version.number),
            *(row.name, row.country, row.task, row.since),
        )
        for version in versions
        for row in version.subprocessors.all()
    ]


def _measures(versions: Sequence[AnnexVersion]) -> list[tuple[Cell, ...]]:
    return [
        (version.instrument.name, version.number, row.reference, said(row.what))
        for version in versions
        for row in version.measures.all()
    ]
