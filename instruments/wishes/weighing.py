"""What the regiegroep and the uitvoerder do with a wens before it costs anything.

Source: seed 001: wensen are validated and put in order by the regiegroep together with
the leverende partij, and the regiegroep says who pays.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from instruments.models import Verbeterwens, VerbeterwensStep, WensFollower, WensSupport
from instruments.wishes import agenda, cover
from instruments.wishes.stages import Stage, Step
from instruments.wishes.taking import locked, take
from membership.models import Person
from nvsi.errors import NotAllowed


def take_up(wens: Verbeterwens, *, words: str, by: Person) -> VerbeterwensStep:
    """The regiegroep will deal with it."""
    return take(wens, Step.TAKEN_UP, words=words, by=by)


def validate(
    wens: Verbeterwens,
    *,
    hours: int,
    amount: Decimal,
    feasibility: str,
    words: str,
    by: Person,
) -> VerbeterwensStep:
    """What the uitvoerder expects: the effort in hours and euros, and whether it can
    be done. It may say so again until the regiegroep has put it in order."""
    return take(
        wens,
        Step.VALIDATED,
        words=words,
        by=by,
        hours=hours,
        amount=amount,
        feasibility=feasibility,
    )


def prioritise(
    wens: Verbeterwens, *, rank: int, words: str, by: Person
) -> VerbeterwensStep:
    """Its place in the order of the regiegroep, 1 first."""
    return take(wens, Step.PRIORITISED, words=words, by=by, rank=rank)


def finance(
    wens: Verbeterwens, kind: Step, *, words: str, by: Person
) -> VerbeterwensStep:
    """Step.FROM_KAS: the innovatiekas pays; Step.OTHER_MONEY: it is new functionality,
    for which other money must be found."""
    if kind not in (Step.FROM_KAS, Step.OTHER_MONEY):
        raise ValueError(f"{kind} says nothing about money")
    return take(wens, kind, words=words, by=by)


@transaction.atomic
def decline(wens: Verbeterwens, *, words: str, by: Person) -> VerbeterwensStep:
    """It will not be done; words is the answer. A voorstel ends with it."""
    voorstel = wens.voorstel
    step = take(wens, Step.DECLINED, words=words, by=by, voorstel=voorstel)
    wens.voorstellen.filter(ended_at__isnull=True).update(ended_at=timezone.now())
    return step


@transaction.atomic
def withdraw(wens: Verbeterwens, *, words: str, by: Person) -> VerbeterwensStep:
    """Who asked does not want it any more; or, after its akkoord, the bestuur takes
    it back. What the innovatiekas had promised is free again, and it leaves the agenda
    of the ALV. Raises NotAllowed while members vote on it."""
    agenda.hold(wens)
    locked(wens)
    voorstel = wens.voorstel
    step = take(wens, Step.WITHDRAWN, words=words, by=by, voorstel=voorstel)
    if voorstel is not None:
        cover.release(voorstel, by)
        wens.voorstellen.filter(pk=voorstel.pk).update(ended_at=timezone.now())
        agenda.take_off(voorstel, reason=step.words, by=by)
    return step


@transaction.atomic
def merge_into(
    wens: Verbeterwens, other: Verbeterwens, *, words: str, by: Person
) -> VerbeterwensStep:
    """It goes on as a part of another; who follows and supports it goes along. Raises
    NotAllowed for a wens of another instrument, and for one that is over."""
    if other.instrument_id != wens.instrument_id:
        raise NotAllowed("Kies een wens van hetzelfde instrument.")
    _hold_both(wens, other)
    if other.stage in (Stage.ENDED, Stage.DONE):
        raise NotAllowed("Kies een wens die nog loopt.")
    step = take(wens, Step.MERGED, words=words, by=by, merged_into=other)
    theirs = other.followers.values("person")
    WensFollower.objects.bulk_create(
        WensFollower(wens=other, person_id=row.person_id)
        for row in wens.followers.exclude(person__in=theirs)
    )
    support = other.support.filter(ended_at__isnull=True).values("organisation")
    running = wens.support.filter(ended_at__isnull=True)
    WensSupport.objects.bulk_create(
        WensSupport(wens=other, organisation_id=row.organisation_id, by_id=row.by_id)
        for row in running.exclude(organisation__in=support)
    )
    return step


def _hold_both(wens: Verbeterwens, other: Verbeterwens) -> None:
    """In one order, so that two who merge them both ways at once do not wait for each
    other."""
    rows = Verbeterwens.objects.filter(pk__in=[wens.pk, other.pk]).order_by("pk")
    list(rows.select_for_update())


def report(wens: Verbeterwens, *, words: str, by: Person) -> VerbeterwensStep:
    """Tell everybody who asked for it what they can do with it now."""
    return take(wens, Step.REPORTED, words=words, by=by)
