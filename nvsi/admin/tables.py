"""Rows that belong to a record, shown under it: its lines, its postings, its payments.

Not an inline: nothing can be filled in, so there is no form per row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.text import capfirst

from nvsi.admin.columns import column, link

MOST = 50


@dataclass(frozen=True)
class Head:
    """The label of a column, and its CSS class."""

    label: str
    name: str


@dataclass(frozen=True)
class Cell:
    text: str
    name: str


@dataclass(frozen=True)
class Table:
    """The first rows, with the columns of their fields.

    all_at is where all of them are listed, add_at where one is added.
    """

    rows: QuerySet[Any]
    fields: tuple[str, ...]
    all_at: str = ""
    add_at: str = ""
    title: str = ""
    nothing: str = "Nog geen."

    @property
    def name(self) -> str:
        return self.title or capfirst(str(self._model._meta.verbose_name_plural))

    @property
    def heads(self) -> list[Head]:
        """`__str__` stands for the record itself."""
        return [
            Head(capfirst(self._label(field)), self._css(field))
            for field in self.fields
        ]

    @property
    def rows_shown(self) -> list[list[Cell]]:
        """The cells of each row; the first is the link to the row's own page."""
        return [self._cells(row) for row in self.rows[:MOST]]

    def _cells(self, row: Model) -> list[Cell]:
        first, *others = self.fields
        return [
            Cell(link(row, self._show(first)(row)), self._css(first)),
            *(Cell(self._show(name)(row), self._css(name)) for name in others),
        ]

    @property
    def _model(self) -> type[Model]:
        return self.rows.model

    def _show(self, field: str) -> Callable[[Any], str]:
        if field == "__str__":
            return str
        return column(self._model, field, linked=field != self.fields[0])

    def _label(self, field: str) -> str:
        if field == "__str__":
            return str(self._model._meta.verbose_name)
        return str(getattr(self._show(field), "short_description", field))

    def _css(self, field: str) -> str:
        name = getattr(self._show(field), "__name__", "")
        return "number" if name.startswith("number-") else "text"
