"""May a verwerkersovereenkomst end: without it nobody may work (domain rule 31).

That of the gemeente protects its work, or that of the holder of the agreement under
which it works. So of both is asked what else protects the days that follow.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Q

from contracts.models import Coverage, Verwerkersovereenkomst
from nvsi.errors import NotAllowed

ONE_DAY = datetime.timedelta(days=1)


def require_no_use_after(fact: Verwerkersovereenkomst, ends_on: datetime.date) -> None:
    """Raises NotAllowed while its organisation works on under an agreement of its own,
    or as a gemeente under that of a holder without a verwerkersovereenkomst."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)
    own = fact.organisation.gebruiksovereenkomsten.filter(later)
    row = own.select_related("instrument").first()
    if row is not None:
        raise NotAllowed(
            f"De gebruiksovereenkomst voor {row.instrument} loopt dan nog. Zeg eerst "
            "die op: zonder verwerkersovereenkomst kan niet worden gewerkt."
        )
    others = Coverage.objects.filter(later, gemeente=fact.organisation)
    for coverage in others.select_related("instrument", "agreement__organisation"):
        _require_protected(coverage, fact, ends_on)


def _require_protected(
    coverage: Coverage, fact: Verwerkersovereenkomst, ends_on: datetime.date
) -> None:
    holder = coverage.agreement.organisation
    first = max(coverage.starts_on, ends_on + ONE_DAY)
    rows = Verwerkersovereenkomst.objects.filter(
        organisation__in=[holder, fact.organisation]
    ).exclude(pk=fact.pk)
    if not protects(rows, first, coverage.ends_on):
        raise NotAllowed(
            f"{fact.organisation} werkt dan nog met {coverage.instrument} onder de "
            f"overeenkomst van {holder}, en {holder} heeft zelf geen "
            "verwerkersovereenkomst voor die dagen. Laat eerst dat gebruik eindigen, "
            f"of sluit een verwerkersovereenkomst met {holder}."
        )


def protects(
    rows: Iterable[Verwerkersovereenkomst],
    first: datetime.date,
    last: datetime.date | None,
) -> bool:
    """Whether every day from the first to the last (None: for ever) is in one of them.

    They follow each other, or share days."""
    for row in sorted(rows, key=lambda one: one.starts_on):
        if row.starts_on > first:
            return False
        if row.ends_on is None or (last is not None and row.ends_on >= last):
            return True
        first = max(first, row.ends_on + ONE_DAY)
    return False
