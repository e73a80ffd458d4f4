"""The annexes as they stand behind an agreement."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.conf import settings

from contracts.annexes.choosing import version_for
from contracts.annexes.contacts import contacts_of
from contracts.annexes.difference import SORTS, said
from contracts.models import AnnexVersion, BreachContact
from contracts.texts.structure import Block, facts, heading, paragraph, table
from instruments.models import Instrument
from membership.models import Organisation
from nvsi.dutch import day
from nvsi.errors import NotAllowed

_NOBODY = (
    "Wie in het portaal van de NVSI als functionaris gegevensbescherming of als "
    "contactpersoon van deze partij staat."
)


def annexes_for(
    organisation: Organisation, instruments: Iterable[Instrument], on: datetime.date
) -> dict[str, Sequence[Block]]:
    """The annexes of all these instruments as they hold on a day, by their name.

    Raises NotAllowed for an instrument that has none.
    """
    versions = [_version(one, on, organisation) for one in instruments]
    return {**_content(versions), "contacten": list(_contacts(organisation, on))}


def blocks_of(version: AnnexVersion) -> Mapping[str, Sequence[Block]]:
    """One version, to look at; without the contacts, which are of no version."""
    return _content([version])


def _version(
    instrument: Instrument, on: datetime.date, organisation: Organisation
) -> AnnexVersion:
    version = version_for(instrument, on, organisation)
    if version is None:
        raise NotAllowed(
            f"Voor {instrument} zijn op {day(on)} geen bijlagen in gebruik. Stel ze "
            "eerst vast, bij Bijlagen."
        )
    return version


def _content(versions: Sequence[AnnexVersion]) -> dict[str, Sequence[Block]]:
    parts = {
        "verwerkingen": _processings,
        "subverwerkers": _subprocessors,
        "maatregelen": _measures,
    }
    return {
        name: [
            block
            for version in versions
            for block in (*_about(version), *make(version))
        ]
        for name, make in parts.items()
    }


def _about(version: AnnexVersion) -> Iterator[Block]:
    since = f", vanaf {day(version.used_from)}" if version.used_from else ""
    yield heading(version.instrument.name)
    yield paragraph(f"Versie {version.number} van deze bijlagen{since}.", "small")


def _processings(version: AnnexVersion) -> Iterator[Block]:
    labels = SORTS["processings"].facts
    for row in version.processings.all():
        yield heading(row.name, 3)
        yield facts((label, said(getattr(row, name))) for name, label in labels.items())


def _subprocessors(version: AnnexVersion) -> Iterator[Block]:
    rows = [
        (row.name, row.country, row.task, day(row.since))
        for row in version.subprocessors.all()
    ]
    if rows:
        yield table(("Naam", "Land", "Wat hij doet", "Sinds"), rows, (30, 15, 37, 18))
    else:
        yield paragraph("Er zijn geen sub-verwerkers.")


def _measures(version: AnnexVersion) -> Iterator[Block]:
    rows = [(row.reference, said(row.what)) for row in version.measures.all()]
    yield table(("BIO2", "Maatregel"), rows, (15, 85))


def _contacts(organisation: Organisation, on: datetime.date) -> Iterator[Block]:
    ours, theirs = contacts_of(None, on), contacts_of(organisation, on)
    name = organisation.formal_name
    yield heading(f"{name[:1].upper()}{name[1:]}")
    yield _called(theirs) if theirs else paragraph(_NOBODY)
    yield heading(settings.NVSI_NAME)
    yield (
        _called(ours)
        if ours
        else facts([("Het bureau van de NVSI", settings.NVSI_EMAIL)])
    )


def _called(rows: Iterable[BreachContact]) -> Block:
    return table(
        ("Wie", "E-mailadres", "Telefoon"),
        [(row.function, row.email, row.telephone) for row in rows],
        (40, 37, 23),
    )
