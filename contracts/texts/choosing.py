"""Which text an agreement is drawn up with on a day."""

import datetime

from contracts.kinds import Kind
from contracts.models import TextVersion
from instruments.models import Instrument
from nvsi.dutch import day
from nvsi.errors import NotAllowed


def text_for(
    kind: str, instrument: Instrument | None, on: datetime.date
) -> TextVersion:
    """The version in use on a day: of the instrument itself, or else the one of all.

    Raises NotAllowed when there is none.
    """
    versions = TextVersion.objects.used_on(on).filter(kind=kind)
    found = versions.filter(instrument=instrument).last() if instrument else None
    found = found or versions.filter(instrument=None).last()
    if found is None:
        raise NotAllowed(
            f"Er is op {day(on)} geen tekst in gebruik voor een {Kind(kind).label}. "
            "Stel eerst een tekst vast."
        )
    return found
