"""Data that are used on are not cleared: what was asked about them is called off.

Source: AVG art. 28 lid 3 onder g: clearing is for after the services, not before.
"""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from contracts.clearing import announcing
from contracts.models import (
    Clearing,
    Coverage,
    Gebruiksovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.models.offers import Fact
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person

ONE_DAY = datetime.timedelta(days=1)


def goes_on(
    fact: Verwerkersovereenkomst | Gebruiksovereenkomst, ended_on: datetime.date
) -> bool:
    """Whether it did not end on that day after all, or the same is agreed again from
    the day after, by whoever."""
    if fact.ends_on is None or fact.ends_on > ended_on:
        return True
    if isinstance(fact, Verwerkersovereenkomst):
        rows = fact.organisation.verwerkersovereenkomsten.filter(_runs_after(ended_on))
        return rows.exclude(pk=fact.pk).exists() or _is_used_on(fact, ended_on)
    gemeenten = gemeenten_on(fact, ended_on)
    others = Coverage.objects.filter(
        _runs_after(ended_on), instrument=fact.instrument, gemeente__in=gemeenten
    ).exclude(agreement=fact)
    return gemeenten <= set(others.values_list("gemeente", flat=True))


def gemeenten_on(fact: Gebruiksovereenkomst, ended_on: datetime.date) -> set[int]:
    """Those for which it held until its last day; who left before is asked itself."""
    until = Q(ends_on__isnull=True) | Q(ends_on__gte=ended_on)
    rows = fact.coverages.all()
    found = set(rows.filter(until).values_list("gemeente", flat=True))
    return found or set(rows.values_list("gemeente", flat=True))


def used_under(
    fact: Verwerkersovereenkomst, ended_on: datetime.date
) -> QuerySet[Instrument]:
    """What was used under it, and is not asked under the agreement of use already: of
    its holder, or of this organisation, which left it."""
    used = Coverage.objects.filter(
        Q(gemeente=fact.organisation) | Q(agreement__organisation=fact.organisation),
        starts_on__lte=ended_on,
    )
    asked = Clearing.objects.exclude(gebruiksovereenkomst=None).filter(
        Q(organisation=F("gebruiksovereenkomst__organisation"))
        | Q(organisation=fact.organisation)
    )
    used = used.exclude(agreement__in=asked.values("gebruiksovereenkomst"))
    return Instrument.objects.filter(pk__in=used.values("instrument")).order_by("name")


def call_off(
    fact: Fact, gemeenten: Iterable[Organisation], *, by: Person | None
) -> list[Clearing]:
    """Once an agreement was concluded: nobody clears what is used on under it, by these
    gemeenten or by its holder. What was proven stays; gives what was called off."""
    if not isinstance(fact, Verwerkersovereenkomst | Gebruiksovereenkomst):
        return []
    who = {fact.organisation, *gemeenten}
    keys = {row.pk for row in _no_longer_asked(fact, who)}
    held = Clearing.objects.unproven().listed().select_for_update(of=("self",))
    return [lapse(row, by) for row in held.filter(pk__in=keys).order_by("pk")]


def lapse(row: Clearing, by: Person | None) -> Clearing:
    """Write down that nobody clears it; of a row that is locked."""
    row.called_off_at = timezone.now()
    row.save(update_fields=["called_off_at"])
    history.record(row, "lapsed", by, reason="het gebruik gaat door")
    announcing.it_was_called_off(row)
    return row


def _no_longer_asked(
    fact: Verwerkersovereenkomst | Gebruiksovereenkomst, who: set[Organisation]
) -> Iterator[Clearing]:
    rows = Clearing.objects.unproven().listed()
    yield from rows.filter(**{str(fact._meta.model_name): fact}, organisation__in=who)
    others = rows.filter(
        Q(gebruiksovereenkomst__coverages__gemeente__in=who)
        | Q(verwerkersovereenkomst__organisation__in=who)
    )
    for row in others.distinct():
        if row.agreement != fact and is_used_on(row):
            yield row


def is_used_on(row: Clearing) -> bool:
    """Whether the data of a row are used on after its day; of `listed` rows."""
    if row.organisation_id == row.agreement.organisation_id:
        return goes_on(row.agreement, row.ended_on)
    return uses_on(row.organisation, row.instrument, row.ended_on)


def uses_on(
    gemeente: Organisation, instrument: Instrument | None, ended_on: datetime.date
) -> bool:
    """Whether a gemeente that left an agreement uses the same from the day after."""
    rows = Coverage.objects.filter(_runs_after(ended_on), gemeente=gemeente)
    return rows.filter(instrument=instrument).exists()


def _is_used_on(fact: Verwerkersovereenkomst, ended_on: datetime.date) -> bool:
    """All that was used under it goes on under the agreement of another, which has a
    verwerkersovereenkomst of its own."""
    rows = Coverage.objects.filter(_runs_after(ended_on), gemeente=fact.organisation)
    on = set(
        rows.exclude(agreement__organisation=fact.organisation).values_list(
            "instrument", flat=True
        )
    )
    used = set(used_under(fact, ended_on).values_list("pk", flat=True))
    return bool(on) and used <= on


def _runs_after(ended_on: datetime.date) -> Q:
    after = ended_on + ONE_DAY
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=after)
    return still & Q(starts_on__lte=after)
