"""Which instrument a command is about, and which ones an uitvoerder carries out."""

import datetime
from argparse import ArgumentParser
from typing import Any

from instruments.models import Instrument
from membership.models import Organisation
from nvsi.errors import NotAllowed


def add_instrument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--instrument", default="flexensie", help="korte naam van het instrument"
    )


def instrument_from(options: dict[str, Any]) -> Instrument:
    """Raises NotAllowed for an instrument that is not there."""
    slug = options["instrument"]
    instrument = Instrument.objects.filter(slug=slug.lower()).first()
    if instrument is None:
        known = ", ".join(Instrument.objects.values_list("slug", flat=True))
        raise NotAllowed(f"Instrument '{slug[:30]}' is niet bekend. Bekend: {known}.")
    return instrument


def carried_out_by(uitvoerder: Organisation, day: datetime.date) -> list[Instrument]:
    """The instruments of which this organisation is the uitvoerder on a day."""
    found = Instrument.objects.filter(uitvoerders__organisation=uitvoerder).distinct()
    return [each for each in found if each.uitvoerder_on(day) == uitvoerder]
