"""A list of the admin as a table to write out: its columns and its rows.

What somebody chose and searched is honoured by Django's own list, so a file can hold
nothing that the list does not show to who asks.
"""

import datetime
import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path, label_for_field
from django.contrib.messages import MessageFailure
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst

from nvsi.admin.columns import NOTHING, is_field, label, yes_no
from nvsi.errors import NotAllowed
from nvsi.fields import HalfYearField
from nvsi.money import ZERO
from nvsi.spreadsheet import Cell, Sheet, stream_csv, stream_xlsx

AT_A_TIME = 1000
LONGEST_TITLE = 31
# The rows of an XLSX file, without its header.
MOST_XLSX_ROWS = 1_048_575
# What stands in the address of a list and chooses no rows.
NOT_A_FILTER = ("p", "e", "all", "_facets", "_popup", "_to_field")

_AS_IT_IS = (models.DecimalField, models.IntegerField, models.DateField)

Tell = Callable[[int], None]


@dataclass(frozen=True)
class Written:
    """A column of a file: its head, what it holds of a row, and how wide it is."""

    head: str
    cell: Callable[[Any], Cell]
    width: int


@dataclass(frozen=True)
class Listed:
    """A list as somebody asked for it; `chosen` says its filter and search in words.

    totals are the positions of the columns of euros that a last row adds up.
    """

    title: str
    columns: list[Written]
    rows: QuerySet[Any]
    chosen: str
    totals: tuple[int, ...] = ()

    def count(self, most: int | None = None) -> int:
        """How many rows; no further than one beyond `most`."""
        rows = self.rows.order_by()
        return rows.count() if most is None else rows[: most + 1].count()

    def write(self, path: Path, fmt: str, tell: Tell = lambda _: None) -> int:
        """Write the file, `fmt` xlsx or csv, and give how many rows it has.

        tell hears how many there are after each helping; no more than that is ever in
        memory.
        """
        done = 0
        sums = dict.fromkeys(self.totals, ZERO)

        def cells() -> Iterator[tuple[Cell, ...]]:
            nonlocal done
            for row in self.rows.iterator(chunk_size=AT_A_TIME):
                written = tuple(column.cell(row) for column in self.columns)
                for at in sums:
                    sums[at] += Decimal(str(written[at]))
                yield written
                done += 1
                if done % AT_A_TIME == 0:
                    tell(done)
            if sums:
                yield tuple(
                    "Totaal" if at == 0 else sums.get(at)
                    for at in range(len(self.columns))
                )

        heads = tuple(column.head for column in self.columns)
        widths = tuple(column.width for column in self.columns)
        write = stream_xlsx if fmt == "xlsx" else stream_csv
        write(path, Sheet(self.title[:LONGEST_TITLE], heads, cells(), widths))
        return done


def filter_of(query: QueryDict) -> str:
    """What in the address of a list chooses and orders its rows."""
    kept = query.copy()
    for name in NOT_A_FILTER:
        kept.pop(name, None)
    return kept.urlencode()


def listed(shown: Any, person: Any, query: str) -> Listed:
    """The list of an admin class, for this person, as the query asks for it.

    Raises NotAllowed when he may not see it, or when it cannot be asked so.
    """
    request = HttpRequest()
    request.method, request.user, request.GET = "GET", person, QueryDict(query)
    if not shown.has_view_permission(request):
        raise NotAllowed("U mag deze lijst niet bekijken.")
    try:
        changelist = shown.get_changelist_instance(request)
        return Listed(
            title=capfirst(str(shown.opts.verbose_name_plural)),
            columns=_columns(shown, request),
            rows=changelist.queryset,
            chosen=_chosen(changelist),
            totals=tuple(map(_in_files(shown, request).index, shown.totals)),
        )
    except (IncorrectLookupParameters, MessageFailure, SuspiciousOperation):
        raise NotAllowed("Dit filter past niet (meer) bij deze lijst.") from None


def _chosen(changelist: Any) -> str:
    """halfjaar: 2026-H1; nagekomen: ja; gezocht: bakker"""
    said = []
    for spec in changelist.filter_specs:
        _everything, *choices = spec.choices(changelist)
        said += [f"{spec.title}: {c['display']}" for c in choices if c["selected"]]
    if changelist.query:
        said.append(f"gezocht: {changelist.query}")
    return "; ".join(said)


def _columns(shown: Any, request: HttpRequest) -> list[Written]:
    return [_written(shown, name) for name in _in_files(shown, request)]


def _in_files(shown: Any, request: HttpRequest) -> list[str]:
    names = [str(name) for name in shown.list_columns(request)]
    return [name for name in names if shown.in_files.get(name, name) != ""]


def _written(shown: Any, name: str) -> Written:
    head = _head(shown, name)
    if name in shown.in_files:
        return Written(head, _attribute(shown.in_files[name]), _width(head, 14))
    if hasattr(type(shown), name) or not is_field(shown.model, name):
        return Written(head, _text_of(shown, name), _width(head, 24))
    fields: Any = get_fields_from_path(shown.model, name)
    cell = _attribute("__".join(f.name for f in fields), _reader(fields[-1]))
    return Written(head, cell, _width(head, _usual_width(fields[-1])))


def _head(shown: Any, name: str) -> str:
    """As the list heads it: of a path the name of the field that it leads to."""
    if "__" in name.strip("_") and is_field(shown.model, name):
        return capfirst(str(get_fields_from_path(shown.model, name)[-1].verbose_name))
    return capfirst(str(label_for_field(name, shown.model, shown)))


def _attribute(path: str, read: Callable[[Any], Cell] = lambda value: value) -> Any:
    names = path.split("__")

    def cell(row: Any) -> Cell:
        for name in names:
            row = getattr(row, name, None)
        return None if row is None else read(row)

    return cell


def _text_of(shown: Any, name: str) -> Callable[[Any], Cell]:
    """What a method of the list shows, without its links and colours.

    `__str__` stands for the record itself, as in Django's own list.
    """
    show = str if name == "__str__" else getattr(shown, name, None)

    def cell(row: Any) -> Cell:
        value = show(row) if show else getattr(row, name)
        text = html.unescape(strip_tags(str(value)))
        return None if text == NOTHING else text

    return cell


def _reader(field: Any) -> Callable[[Any], Cell]:
    """A number is a number and a day a day; all else is what the list says."""
    if field.choices:
        return label(field)
    if isinstance(field, models.BooleanField):
        return yes_no
    if isinstance(field, models.DateTimeField):
        return _by_the_dutch_clock
    if isinstance(field, _AS_IT_IS) and not isinstance(field, HalfYearField):
        return lambda value: value
    return str


def _by_the_dutch_clock(at: datetime.datetime) -> datetime.datetime:
    """A spreadsheet knows no zones."""
    return timezone.make_naive(at)


def _usual_width(field: Any) -> int:
    match field:
        case models.DateTimeField():
            return 17
        case models.DateField() | models.DecimalField() | models.IntegerField():
            return 13
        case models.ForeignKey():
            return 28
        case _:
            return min(max(field.max_length or 0, 12), 28)


def _width(head: str, usual: int) -> int:
    return max(len(head) + 3, usual)
