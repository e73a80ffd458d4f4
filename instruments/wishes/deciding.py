"""From the voorstel of the regiegroep to the decision about its money.

Source: seed 001: the regiegroep puts a voorstel with its cover to the bestuur, which
holds it against its criteria; the ALV decides about what costs money, above the limit
that it set for an instrument (AlvLimit; without one, about everything).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from instruments.models import (
    AlvLimit,
    CoverCriterion,
    Ontwikkelvoorstel,
    Verbeterwens,
    VerbeterwensStep,
)
from instruments.wishes import agenda, cover
from instruments.wishes.stages import MONEY, Step
from instruments.wishes.taking import locked, take
from membership.models import AlvBesluit, Person
from nvsi.dutch import day, euro
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time


@dataclass(frozen=True)
class Check:
    """One criterion of the bestuur, and what it found. why is asked when not met."""

    text: str
    met: bool
    why: str = ""


@transaction.atomic
def propose(
    wens: Verbeterwens,
    *,
    text: str,
    amount: Decimal,
    from_kas: Decimal,
    other_cover: str,
    words: str,
    by: Person,
) -> Ontwikkelvoorstel:
    """Put a voorstel with its cover to the bestuur. Amounts in euros.

    Raises NotAllowed when the kas must pay more than is free in it, or nothing though
    the regiegroep said that it pays.
    """
    locked(wens)
    if amount and not from_kas:
        _require_other_money(wens)
    _require_in_kas(wens, from_kas)
    versions = wens.voorstellen.values_list("version", flat=True)
    voorstel = Ontwikkelvoorstel(
        wens=wens,
        version=max(versions, default=0) + 1,
        text=text,
        amount=amount,
        from_kas=from_kas,
        other_cover=other_cover,
        proposed_by=by,
    )
    voorstel.full_clean()
    voorstel.save()
    take(wens, Step.PROPOSED, words=words, by=by, voorstel=voorstel)
    return voorstel


def criteria() -> list[CoverCriterion]:
    """What the bestuur asks of a cover today."""
    return list(CoverCriterion.objects.active_on(timezone.localdate()))


def needs_alv(voorstel: Ontwikkelvoorstel) -> bool:
    """Whether the ALV decides: above the limit of today; the akkoord settles it."""
    if voorstel.agreed_at is not None:
        return voorstel.needs_alv
    instrument, today = voorstel.wens.instrument, timezone.localdate()
    return voorstel.amount > AlvLimit.objects.amount_on(instrument, today)


@transaction.atomic
def agree(
    wens: Verbeterwens, *, checks: Sequence[Check], words: str, by: Person
) -> Ontwikkelvoorstel:
    """The bestuur agrees, having looked at each of its criteria; up to the limit that
    is the decision, and the kas promises its part; above it, it goes to the ALV by
    itself. Somebody else than who proposed."""
    one_at_a_time(agenda.WORK)
    locked(wens)
    voorstel = _running(wens)
    if voorstel.proposed_by_id == by.pk:
        raise NotAllowed("Wie een voorstel voorlegt, geeft niet zelf het akkoord.")
    _require_checked(checks)
    voorstel.criteria = [asdict(check) for check in checks]
    voorstel.needs_alv = needs_alv(voorstel)
    voorstel.agreed_by, voorstel.agreed_at = by, timezone.now()
    voorstel.save(update_fields=["criteria", "agreed_by", "agreed_at", "needs_alv"])
    take(wens, Step.AGREED, words=words, by=by, voorstel=voorstel)
    if voorstel.needs_alv:
        agenda.bring(voorstel, by)
    else:
        cover.reserve(voorstel, by)
    return voorstel


@transaction.atomic
def send_back(wens: Verbeterwens, *, words: str, by: Person) -> VerbeterwensStep:
    """The bestuur asks the regiegroep for another voorstel; words says what differs."""
    locked(wens)
    voorstel = _running(wens)
    step = take(wens, Step.SENT_BACK, words=words, by=by, voorstel=voorstel)
    _end(voorstel)
    return step


@transaction.atomic
def adopt(
    wens: Verbeterwens, besluit: AlvBesluit, *, words: str, by: Person
) -> VerbeterwensStep:
    """The ALV adopted it with this besluit; the kas promises its part.

    Follows by itself on the vote (instruments.wishes.at_the_alv); by hand only for a
    besluit from outside the portal, or when it could not follow. Raises NotAllowed for
    another besluit, for one to come, and while the ALV still decides.
    """
    locked(wens)
    voorstel = _running(wens)
    _require_its_own(voorstel, besluit)
    agreed_on = voorstel.agreed_on
    if besluit.taken_on is None or (agreed_on and besluit.taken_on < agreed_on):
        since = f" van {day(agreed_on)}" if agreed_on else ""
        raise NotAllowed(
            f"Kies een besluit dat de ALV na het akkoord van het bestuur{since} nam.",
            field="besluit",
        )
    _require_taken(besluit)
    step = take(
        wens, Step.ADOPTED, words=words, by=by, voorstel=voorstel, besluit=besluit
    )
    voorstel.besluit = besluit
    voorstel.save(update_fields=["besluit"])
    cover.reserve(voorstel, by)
    return step


@transaction.atomic
def reject(wens: Verbeterwens, *, words: str, by: Person) -> VerbeterwensStep:
    """The ALV did not adopt it. Raises NotAllowed while it still decides, and when it
    did adopt it, also while the wens stands still."""
    locked(wens)
    voorstel = _running(wens)
    _require_not_awaited(voorstel)
    if agenda.adopted_point(voorstel) is not None:
        raise NotAllowed(
            "De ALV nam dit voorstel aan. Gaat het toch niet door? Dan trekt het "
            "bestuur de wens in."
        )
    step = take(wens, Step.REJECTED, words=words, by=by, voorstel=voorstel)
    _end(voorstel)
    return step


def _running(wens: Verbeterwens) -> Ontwikkelvoorstel:
    voorstel = wens.voorstel
    if voorstel is None:
        raise NotAllowed("Voor deze wens loopt geen voorstel.")
    return voorstel


def _require_its_own(voorstel: Ontwikkelvoorstel, besluit: AlvBesluit) -> None:
    _require_not_awaited(voorstel)
    point = agenda.adopted_point(voorstel)
    is_other = bool(besluit.text) if point is None else point.besluit_id != besluit.pk
    if is_other:
        raise NotAllowed("Dit besluit gaat over een ander voorstel.", field="besluit")


def _require_taken(besluit: AlvBesluit) -> None:
    """One with a text was voted on in the portal; another is as it was recorded."""
    taken_on = besluit.taken_on
    if not besluit.text and taken_on and taken_on > timezone.localdate():
        raise NotAllowed(
            f"{besluit.reference} heeft een datum die nog komt: {day(taken_on)}. Leg "
            "het vast als de ALV het besluit heeft genomen.",
            field="besluit",
        )


def _require_not_awaited(voorstel: Ontwikkelvoorstel) -> None:
    if awaited := agenda.awaited_of(voorstel):
        raise NotAllowed(
            f"Het voorstel staat op de agenda van de ALV van {day(awaited.assembly.on)}"
            ". Wat de ALV besluit, komt vanzelf bij de wens."
        )


def _end(voorstel: Ontwikkelvoorstel) -> None:
    voorstel.ended_at = timezone.now()
    voorstel.save(update_fields=["ended_at"])


def _require_checked(checks: Sequence[Check]) -> None:
    if {check.text for check in checks} != {row.text for row in criteria()}:
        raise NotAllowed("Kijk naar elk criterium van het bestuur.")
    if any(not check.met and not check.why.strip() for check in checks):
        raise NotAllowed(
            "Zeg waarom het akkoord er is terwijl niet aan een criterium is voldaan, "
            "of stuur het voorstel terug."
        )


def _require_other_money(wens: Verbeterwens) -> None:
    said = wens.steps.filter(kind__in=MONEY).order_by("-id").first()
    if said is not None and said.kind == Step.FROM_KAS:
        raise NotAllowed(
            "De regiegroep zei dat de innovatiekas betaalt. Vul in hoeveel, of kies "
            "eerst bij de wens: Zoek ander geld.",
            field="from_kas",
        )


def _require_in_kas(wens: Verbeterwens, from_kas: Decimal) -> None:
    there = cover.free(wens.instrument)
    if from_kas and there is None:
        raise NotAllowed("Er is nog geen innovatiekas.", field="from_kas")
    if there is not None and from_kas > there:
        raise NotAllowed(
            f"In de innovatiekas is {euro(there)} vrij. Zoek voor de rest ander geld.",
            field="from_kas",
        )
