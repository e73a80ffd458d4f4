"""Leaf through a list of any length without counting it all."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core import paginator

if TYPE_CHECKING:
    Paginator = paginator.Paginator[Any]
else:
    Paginator = paginator.Paginator

MOST = 10_000


class CappedPaginator(Paginator):
    """Counts to MOST rows and no further: who needs more searches or filters."""

    @cached_property
    def count(self) -> int:
        return min(self._found, MOST)

    @property
    def is_capped(self) -> bool:
        return self._found > MOST

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: MOST + 1].count())
