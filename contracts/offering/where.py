"""Where offers are on their way: the facts for contracts.stages, and the same in SQL.

with_facts reads what the pure function needs, in one query for a whole list; in_stage
is the same rule as a filter. tests hold the two together.
"""

import datetime
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from contracts.kinds import Party
from contracts.models import AgreementNotice, Offer, Scan, Signature
from contracts.models.offers import FACT_OF
from contracts.stages import Facts, Stage, stage_of

_SAME = Q()
for _fact in FACT_OF.values():
    _SAME |= Q(**{_fact: OuterRef(_fact)})


def with_facts(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """With what decides the stage of each."""
    later = Offer.objects.filter(_SAME, concluded_at__gt=OuterRef("concluded_at"))
    first = later.order_by().values("kind").annotate(first=Min("starts_on"))
    notices = AgreementNotice.objects.filter(_SAME)
    signatures = Signature.objects.filter(offer=OuterRef("pk")).order_by("pk")
    scans = Scan.objects.waiting().filter(offer=OuterRef("pk"))
    return rows.annotate(
        fact_ends_on=Coalesce(*(f"{fact}__ends_on" for fact in FACT_OF.values())),
        replaced_on=Subquery(first.values("first")),
        is_given_notice=Exists(notices),
        paper_waits=Exists(scans),
        signed_by=ArraySubquery(signatures.values("party")),
    )


def signed_by(offer: Offer) -> list[str]:
    """Which parties signed, of an offer that came with its facts."""
    return list(getattr(offer, "signed_by", ()))


def paper_waits(offer: Offer) -> bool:
    """Whether it was signed on paper and the bureau is to compare that; of an offer
    that came with its facts."""
    return bool(getattr(offer, "paper_waits", False))


def stage_on(offer: Offer, today: datetime.date) -> Stage:
    """Where an offer is on a day; of one that came without its facts they are read."""
    row: Any = offer if hasattr(offer, "signed_by") else _again(offer)
    facts = Facts(
        is_offered=offer.offered_at is not None,
        starts_on=offer.starts_on,
        answer_by=offer.answer_by,
        is_declined=offer.declined_at is not None,
        is_withdrawn=offer.withdrawn_at is not None,
        is_lapsed=offer.lapsed_at is not None,
        is_concluded=offer.concluded_at is not None,
        is_given_notice=row.is_given_notice,
        fact_ends_on=row.fact_ends_on,
        replaced_on=row.replaced_on,
        signed=row.signed_by,
        paper_waits=row.paper_waits,
    )
    return stage_of(facts, today)


def in_stage(
    rows: QuerySet[Offer], *stages: Stage, today: datetime.date
) -> QuerySet[Offer]:
    """Those that are in one of these stages on a day."""
    found: Any = with_stage(rows, today)
    return cast("QuerySet[Offer]", found.filter(stage__in=stages))


def with_stage(rows: QuerySet[Offer], today: datetime.date) -> QuerySet[Offer]:
    """With the stage itself, as contracts.stages.stage_of would give it."""
    concluded = Case(
        When(fact_ends_on__lt=today, then=Value(Stage.ENDED)),
        When(replaced_on__lte=today, then=Value(Stage.REPLACED)),
        When(starts_on__gt=today, then=Value(Stage.SIGNED)),
        When(is_given_notice=True, then=Value(Stage.GIVEN_NOTICE)),
        default=Value(Stage.IN_FORCE),
    )
    late = Q(answer_by__lt=today, paper_waits=False) & ~Q(
        signed_by__contains=[Party.ORGANISATION]
    )
    stage = Case(
        When(declined_at__isnull=False, then=Value(Stage.DECLINED)),
        When(withdrawn_at__isnull=False, then=Value(Stage.WITHDRAWN)),
        When(concluded_at__isnull=False, then=concluded),
        When(offered_at__isnull=True, then=Value(Stage.DRAFT)),
        When(Q(lapsed_at__isnull=False) | late, then=Value(Stage.LAPSED)),
        When(signed_by__len=len(Party), then=Value(Stage.SIGNED)),
        When(signed_by__len__gt=0, then=Value(Stage.HALF_SIGNED)),
        default=Value(Stage.OFFERED),
        output_field=CharField(),
    )
    return with_facts(rows).annotate(stage=stage)


def _again(offer: Offer) -> Offer:
    rows = with_facts(Offer.objects.order_by().filter(pk=offer.pk))
    return rows.only("pk").get()
