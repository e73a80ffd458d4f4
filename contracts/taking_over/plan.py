"""Of each existing agreement: the plan, what is missing for it, and until when.

Source: seed 002: prolonged on the NVSI from the day after it ends, by who is lid or
aspirant-lid by then.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from contracts.kinds import Kind, Party, Why
from contracts.models import ExistingAgreement, Offer
from contracts.offering.content import Content
from contracts.offering.rules import belongs, require_covered
from instruments.models import ContributionRate
from membership.models import Organisation
from membership.models.deadlines import ReminderRule
from nvsi.dutch import percent
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear

# How long before it lapses the bureau is warned, unless it set another number of days.
DAYS = 90
MEMBERSHIP = "lidmaatschap of aspirant-lidmaatschap"
VOORWAARDEN = "NVSI-voorwaarden innovatieve oplossingen, versie 1"


@dataclass(frozen=True)
class Planned:
    """One agreement on the board: missing is what still has to happen, in order."""

    row: ExistingAgreement
    missing: tuple[str, ...]
    is_late: bool

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def belongs(self) -> bool:
        """Or at least is on the way; nothing is offered to who is not."""
        return MEMBERSHIP not in self.missing

    @property
    def answer(self) -> str:
        """How the last offer came to nothing: 'afgewezen: ...'; empty while it runs."""
        offer = self.row.offer
        if offer is None or not may_be_offered(self.row):
            return ""
        if offer.lapsed_at:
            return "niet op tijd getekend"
        verb = "afgewezen" if offer.declined_at else "ingetrokken"
        return f"{verb}: {offer.reason}"


@dataclass(frozen=True)
class Month:
    """All that expires in one month."""

    first: datetime.date
    rows: Sequence[Planned]

    @property
    def name(self) -> str:
        """2027-03, as it stands in an address."""
        return f"{self.first:%Y-%m}"

    @property
    def ready_count(self) -> int:
        return sum(one.is_ready for one in self.rows)

    @property
    def to_offer_count(self) -> int:
        return sum(may_be_offered(one.row) and one.belongs for one in self.rows)


def warning_days() -> int:
    """From the reminder of agreements that end, which the bureau sets."""
    rule = ReminderRule.objects.filter(kind="agreement").first()
    return DAYS if rule is None or rule.days_before is None else rule.days_before


def board(rows: Iterable[ExistingAgreement], today: datetime.date) -> list[Month]:
    """By the month in which they expire, the first one first."""
    warning = datetime.timedelta(days=warning_days())
    planned = [
        plan(row, today, warning) for row in sorted(rows, key=lambda one: one.ends_on)
    ]
    by_month = groupby(planned, key=lambda one: one.row.ends_on.replace(day=1))
    return [Month(first, list(found)) for first, found in by_month]


def plan(
    row: ExistingAgreement, today: datetime.date, warning: datetime.timedelta
) -> Planned:
    missing = tuple(missing_for(row, today))
    return Planned(row, missing, bool(missing) and row.ends_on <= today + warning)


def missing_for(row: ExistingAgreement, today: datetime.date) -> Iterable[str]:
    """What must still happen before the day after it ends, in the order of doing it."""
    content = content_of(row)
    strange = [one for one in _who(row) if not belongs(one, today)]
    if strange:
        yield MEMBERSHIP
    if not _is_covered(content):
        on_its_way = running_verwerkers(row)
        paper = "verwerkersovereenkomst"
        yield _hands(on_its_way, paper) if on_its_way else paper
    if may_be_offered(row):
        yield "aanbod"
    elif row.offer is not None and not row.offer.concluded_at:
        yield _hands(row.offer, "gebruiksovereenkomst")


def _hands(offer: Offer, paper: str) -> str:
    """Who must still sign which paper."""
    signed = set(offer.signatures.values_list("party", flat=True))
    if not signed:
        return f"handtekeningen onder de {paper}"
    who = "de NVSI" if Party.ORGANISATION in signed else "de organisatie"
    return f"handtekening van {who} onder de {paper}"


def may_be_offered(row: ExistingAgreement) -> bool:
    """Nothing was offered, or it came to nothing."""
    offer = row.offer
    return offer is None or not (offer.is_running or offer.concluded_at)


def content_of(row: ExistingAgreement) -> Content:
    """The gebruiksovereenkomst by which it goes on, at the price that it has."""
    gemeenten = tuple(row.gemeenten.all()) or (row.organisation,)
    return Content(
        kind=Kind.GEBRUIKS,
        why=Why.TAKEOVER,
        organisation=row.organisation,
        instrument=row.instrument,
        gemeenten=gemeenten,
        starts_on=row.follows_on,
        vergoeding_pct=row.vergoeding_pct,
        bureaukosten=bureaukosten(row),
        voorwaarden=VOORWAARDEN,
    )


def bureaukosten(row: ExistingAgreement) -> str:
    """What the ALV set for the half-year in which it begins."""
    rate = (
        ContributionRate.objects.filter(
            instrument=row.instrument, from_halfyear__lte=HalfYear.of(row.follows_on)
        )
        .order_by("-from_halfyear")
        .first()
    )
    if rate is None:
        return "zoals de algemene ledenvergadering elk jaar vaststelt"
    pct = percent(rate.gemeente_pct)
    return f"{pct} van de bruto-omzet, zoals de algemene ledenvergadering vaststelt"


def _who(row: ExistingAgreement) -> list[Organisation]:
    """Who must belong: the holder, or all for whom it holds."""
    if row.organisation.kind == Organisation.Kind.SAMENWERKINGSVERBAND:
        return list(row.gemeenten.all())
    return [row.organisation]


def _is_covered(content: Content) -> bool:
    try:
        require_covered(content)
    except NotAllowed:
        return False
    return True


def running_verwerkers(row: ExistingAgreement) -> Offer | None:
    """The offer of a verwerkersovereenkomst that is on its way already."""
    running = Offer.objects.running().listed().filter(organisation=row.organisation)
    return running.filter(kind=Kind.VERWERKERS).first()
