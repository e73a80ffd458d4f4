"""Hand in a verbeterwens, stand behind one, follow it, and talk about it.

Whoever belongs may: lid, aspirant-lid and participant (seed 001: wensen come from
members and participants). An organisation supports a wens once.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from instruments.models import (
    Instrument,
    Verbeterwens,
    WensFollower,
    WensRemark,
    WensSupport,
)
from instruments.wishes import announcing
from instruments.wishes.stages import OVER
from instruments.wishes.who import speaks_for
from membership import history
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time

NOT_YOURS = (
    "Alleen een lid, een aspirant-lid of een participant kan dit doen, door de "
    "contactpersoon of ondertekenaar."
)


@transaction.atomic
def hand_in(
    instrument: Instrument,
    *,
    title: str,
    problem: str,
    proposal: str,
    for_whom: str,
    organisation: Organisation,
    by: Person,
) -> Verbeterwens:
    """The first step of the road. Who hands it in supports and follows it.

    The same words of the same organisation are the same wens, sent twice; unless that
    one is over.
    """
    today = timezone.localdate()
    if instrument.is_example:
        raise NotAllowed(f"{instrument} is een voorbeeld, en niet te verbeteren.")
    if not speaks_for(by, organisation, today):
        raise NotAllowed(NOT_YOURS)
    one_at_a_time(f"verbeterwens {instrument.pk}")
    same = {"title": title, "problem": problem, "proposal": proposal}
    sent = instrument.verbeterwensen.filter(organisation=organisation, **same)
    if (known := sent.with_standing().not_at(*OVER).first()) is not None:
        return known
    highest = instrument.verbeterwensen.aggregate(last=Max("number"))["last"]
    wens = Verbeterwens(
        instrument=instrument,
        number=(highest or 0) + 1,
        title=title,
        problem=problem,
        proposal=proposal,
        for_whom=for_whom,
        organisation=organisation,
        by=by,
    )
    wens.full_clean()
    wens.save()
    WensSupport.objects.create(wens=wens, organisation=organisation, by=by)
    follow(wens, by=by)
    history.record(wens, "handed in", by)
    announcing.was_handed_in(wens)
    return wens


@transaction.atomic
def support(wens: Verbeterwens, *, organisation: Organisation, by: Person) -> None:
    """An organisation wants it too. Who says so follows it from now on. Raises
    NotAllowed once the wens is over."""
    if is_over(wens):
        raise NotAllowed("Deze wens is afgerond. Dien een nieuwe wens in.")
    if not speaks_for(by, organisation, timezone.localdate()):
        raise NotAllowed(NOT_YOURS)
    _, is_new = WensSupport.objects.get_or_create(
        wens=wens, organisation=organisation, ended_at=None, defaults={"by": by}
    )
    if is_new:
        follow(wens, by=by)
        history.record(wens, "added", by, what="steun", organisation=f"{organisation}")


def is_over(wens: Verbeterwens) -> bool:
    """Whether it was built, declined or went into another."""
    last = wens.last_step
    return last is not None and last.kind in OVER


@transaction.atomic
def end_support(wens: Verbeterwens, *, organisation: Organisation, by: Person) -> None:
    if not speaks_for(by, organisation, timezone.localdate()):
        raise NotAllowed(NOT_YOURS)
    running = wens.support.filter(organisation=organisation, ended_at__isnull=True)
    if running.update(ended_at=timezone.now()):
        facts = {"what": "steun", "organisation": str(organisation)}
        history.record(wens, "withdrawn", by, **facts)


def follow(wens: Verbeterwens, *, by: Person) -> None:
    """An e-mail at every step from now on."""
    WensFollower.objects.get_or_create(wens=wens, person=by)


def stop_following(wens: Verbeterwens, *, by: Person) -> None:
    WensFollower.objects.filter(wens=wens, person=by).delete()


@transaction.atomic
def remark(
    wens: Verbeterwens, text: str, *, organisation: Organisation | None, by: Person
) -> WensRemark:
    """What somebody says about it; organisation is empty for the association."""
    if not Verbeterwens.objects.visible_to(by).filter(pk=wens.pk).exists():
        raise NotAllowed(NOT_YOURS)
    row = WensRemark(wens=wens, text=text.strip(), organisation=organisation, by=by)
    row.full_clean()
    row.save()
    history.record(wens, "added", by, what="opmerking")
    return row
