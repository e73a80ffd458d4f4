"""Limits of signals, for tests."""

from billing.models import SignalLimit
from instruments.models import Instrument
from nvsi.halfyear import HalfYear


def keep_limit(
    instrument: Instrument,
    from_halfyear: HalfYear,
    *,
    uren: int = 200,
    weken: int = 13,
    kandidaten: int = 5,
) -> SignalLimit:
    return SignalLimit.objects.create(
        instrument=instrument,
        from_halfyear=from_halfyear,
        opdracht_uren=uren,
        opdracht_weken=weken,
        opdrachtgever_kandidaten=kandidaten,
        source="Besluit van de regiegroep",
    )
