"""An agenda as people write it: a point on each line, under it its explanation.

A line that begins with a dash explains the point above it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from membership.models import AgendaItem
from nvsi.errors import NotAllowed

LONGEST_TITLE = 200
MOST = 40


@dataclass(frozen=True)
class Point:
    """One agendapunt; explanation is empty or one line per remark."""

    title: str
    explanation: str = ""


def read(text: str) -> list[Point]:
    """The points in their order. Raises NotAllowed for what is no agenda."""
    points: list[Point] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("-"):
            points = _explained(points, line.lstrip("- "))
        else:
            points.append(Point(line))
    _require(points)
    return points


def written(items: Iterable[AgendaItem]) -> str:
    """The agenda as it would be typed."""
    lines = []
    for item in items:
        lines.append(item.title)
        lines += [f"- {line}" for line in item.explanation.splitlines()]
    return "\n".join(lines)


def _explained(points: list[Point], words: str) -> list[Point]:
    if not points:
        raise NotAllowed(
            "De agenda begint met een onderwerp, niet met een streepje.", field="agenda"
        )
    last = points[-1]
    said = "\n".join(filter(None, [last.explanation, words]))
    return [*points[:-1], Point(last.title, said)]


def _require(points: list[Point]) -> None:
    titles = [point.title.casefold() for point in points]
    if len(set(titles)) < len(titles):
        raise NotAllowed("Elk onderwerp staat er één keer.", field="agenda")
    if len(points) > MOST:
        raise NotAllowed(f"Een agenda heeft ten hoogste {MOST} punten.", field="agenda")
    if any(len(point.title) > LONGEST_TITLE for point in points):
        raise NotAllowed(
            f"Een onderwerp is ten hoogste {LONGEST_TITLE} tekens lang. Zet de rest er "
            "met een streepje onder.",
            field="agenda",
        )
