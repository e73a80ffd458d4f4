"""Where an agreement is on its way from draft to ended: computed, never kept. Pure.

draft > offered > signed by one party > signed by both > in force from its day > ended,
or replaced by a later paper of the same agreement. An offer can also be declined,
withdrawn, or lapse when its term is over before the organisation signed.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import TextChoices

from contracts.kinds import Party


class Stage(TextChoices):
    """The value stands in filters; the label on the screen."""

    DRAFT = "draft", "concept"
    OFFERED = "offered", "aangeboden"
    HALF_SIGNED = "half_signed", "door één partij getekend"
    SIGNED = "signed", "door beide partijen getekend"
    IN_FORCE = "in_force", "van kracht"
    GIVEN_NOTICE = "given_notice", "opgezegd"
    ENDED = "ended", "geëindigd"
    REPLACED = "replaced", "vervangen door een nieuwere versie"
    DECLINED = "declined", "afgewezen"
    WITHDRAWN = "withdrawn", "ingetrokken"
    LAPSED = "lapsed", "vervallen"


# Nothing is to be done about these any more.
OVER = (
    *(Stage.ENDED, Stage.REPLACED),
    *(Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED),
)
# The organisation or the NVSI is still to act.
UNDER_WAY = (Stage.DRAFT, Stage.OFFERED, Stage.HALF_SIGNED)


@dataclass(frozen=True)
class Facts:
    """What decides the stage. fact_ends_on is the last day of what it became;
    replaced_on the day from which a later paper of the same agreement holds.
    paper_waits: signed on paper within the term, and not compared yet."""

    is_offered: bool
    starts_on: datetime.date
    answer_by: datetime.date | None
    is_declined: bool = False
    is_withdrawn: bool = False
    is_lapsed: bool = False
    is_concluded: bool = False
    is_given_notice: bool = False
    fact_ends_on: datetime.date | None = None
    replaced_on: datetime.date | None = None
    signed: Collection[str] = ()
    paper_waits: bool = False


def stage_of(facts: Facts, today: datetime.date) -> Stage:
    """The one place that says where an agreement is on a day."""
    if facts.is_declined:
        return Stage.DECLINED
    if facts.is_withdrawn:
        return Stage.WITHDRAWN
    if facts.is_concluded:
        return _of_a_concluded_one(facts, today)
    if not facts.is_offered:
        return Stage.DRAFT
    if facts.is_lapsed or (_is_past(facts.answer_by, today) and not _has_answer(facts)):
        return Stage.LAPSED
    if len(set(facts.signed)) > 1:
        return Stage.SIGNED
    return Stage.HALF_SIGNED if facts.signed else Stage.OFFERED


def _of_a_concluded_one(facts: Facts, today: datetime.date) -> Stage:
    if _is_past(facts.fact_ends_on, today):
        return Stage.ENDED
    if facts.replaced_on is not None and facts.replaced_on <= today:
        return Stage.REPLACED
    if today < facts.starts_on:
        return Stage.SIGNED
    return Stage.GIVEN_NOTICE if facts.is_given_notice else Stage.IN_FORCE


def _has_answer(facts: Facts) -> bool:
    """An organisation that signed within the term need not wait for us."""
    return facts.paper_waits or Party.ORGANISATION.value in set(facts.signed)


def _is_past(last: datetime.date | None, today: datetime.date) -> bool:
    return last is not None and last < today
