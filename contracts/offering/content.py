"""What an agreement that is being drawn up says, before anything is kept. Pure."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from contracts.kinds import Kind, Party, Why
from contracts.models.offers import FACT_OF, Fact, Offer
from instruments.models import Instrument
from membership.models import Organisation

# What the bureau fills in and changes while it is a draft.
FIELDS = (
    *("product", "starts_on", "ends_on", "vergoeding_pct", "bureaukosten"),
    *("voorwaarden", "notice_months", "own_model_version", "signs_first"),
)


@dataclass(frozen=True)
class Content:
    """See Offer for what each field means. `goes_on` is the agreement that a
    prolongation or a change is about; `gemeenten` are those of a gebruiksovereenkomst.
    """

    kind: Kind
    organisation: Organisation
    starts_on: datetime.date
    why: Why = Why.NEW
    instrument: Instrument | None = None
    gemeenten: tuple[Organisation, ...] = ()
    ends_on: datetime.date | None = None
    product: str = ""
    vergoeding_pct: Decimal | None = None
    bureaukosten: str = ""
    voorwaarden: str = ""
    notice_months: int = 3
    own_model_version: str = ""
    signs_first: str = Party.ORGANISATION
    goes_on: Fact | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """As an Offer keeps them."""
        return {
            **{name: getattr(self, name) for name in FIELDS},
            "own_model": bool(self.own_model_version),
        }


def content_of(offer: Offer) -> Content:
    """What is kept, in the same shape. One query, for the gemeenten."""
    rows = offer.gemeenten.select_related("gemeente")
    return Content(
        kind=Kind(offer.kind),
        organisation=offer.organisation,
        why=Why(offer.why),
        instrument=offer.instrument,
        gemeenten=tuple(row.gemeente for row in rows),
        goes_on=None
        if offer.concluded_at
        else getattr(offer, FACT_OF[Kind(offer.kind)]),
        **{name: getattr(offer, name) for name in FIELDS},
    )
