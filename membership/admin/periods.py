"""What an organisation was to the association, from when to when, and why."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst

from membership.models import Membership
from membership.register.timeline import Stretch, stretch
from nvsi.admin.columns import link
from nvsi.admin.tables import MOST, Cell, Head, Table


@dataclass(frozen=True)
class Timeline(Table):
    """The memberships of one organisation, the oldest first, in words."""

    fields: tuple[str, ...] = ("kind", "starts_on", "collegebesluit_on")

    @property
    def heads(self) -> list[Head]:
        return [Head(label, "text") for label in ("Wat", "Wanneer", "Rust op")]

    @property
    def rows_shown(self) -> list[list[Cell]]:
        today = timezone.localdate()
        return [self._told(row, stretch(row, today=today)) for row in self.rows[:MOST]]

    def _told(self, row: Membership, told: Stretch) -> list[Cell]:
        texts = link(row, capfirst(told.what)), told.when, told.rests_on
        return [Cell(text, "text") for text in texts]
