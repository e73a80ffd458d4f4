"""The fields that follow from who agrees, so that nobody has to type them."""

import datetime
from collections.abc import Iterable

from contracts.kinds import Kind
from instruments.models import Instrument
from membership.models import Organisation
from membership.papers.gathering import the_issuer
from nvsi.dutch import listing


def values_for(
    kind: str,
    organisation: Organisation,
    *,
    instruments: Iterable[Instrument],
    gemeenten: Iterable[Organisation] = (),
    on: datetime.date,
) -> dict[str, str]:
    """Of the parties, the instruments and who carries them out; empty: not known.

    What the offer itself says (kenmerk, days, prices) is for the caller to add.
    """
    issuer, used = the_issuer(), list(instruments)
    values = {
        "organisatie": organisation.formal_name,
        "partij": party_of(organisation),
        "partij_plaats": organisation.town,
        "nvsi": issuer.name,
        "nvsi_plaats": issuer.town,
        "nvsi_kvk": issuer.kvk,
        "gemeenten": _names(gemeenten, organisation),
        "instrumenten": listing([one.name for one in used]) if used else "",
    }
    if kind != Kind.VERWERKERS and used:
        values |= _of_instrument(used[0], on)
    return values


def party_of(organisation: Organisation) -> str:
    """Who concludes: of a gemeente the college, of another its bestuur."""
    if organisation.kind == Organisation.Kind.GEMEENTE:
        return (
            "het college van burgemeester en wethouders van de "
            f"{organisation.formal_name}"
        )
    if organisation.kind == Organisation.Kind.UITVOERDER:
        return organisation.formal_name
    return f"het bestuur van {organisation.formal_name}"


def _of_instrument(instrument: Instrument, on: datetime.date) -> dict[str, str]:
    uitvoerder = instrument.uitvoerder_on(on)
    about = instrument.description.strip().rstrip(".")
    name = instrument.name
    return {
        "instrument": name,
        "product": f"{name}: {about[:1].lower()}{about[1:]}" if about else name,
        "uitvoerder": uitvoerder.formal_name if uitvoerder else "",
    }


def _names(gemeenten: Iterable[Organisation], holder: Organisation) -> str:
    """Only when it is for others than the holder itself."""
    names = [one.name for one in gemeenten if one != holder]
    if not names:
        return ""
    return f"de gemeente{'n' if len(names) > 1 else ''} {listing(names)}"
