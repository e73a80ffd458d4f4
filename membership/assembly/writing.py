"""Split what is typed into numbered beslispunten, as seed 004 writes them. Pure.

A line that begins with `1.` or `2)` begins a beslispunt; what stands under it, such as
its points a, b and c, belongs to it.
"""

import re

_BEGINS = re.compile(r"^\s{0,1}(\d{1,2})[.)]\s+")
MOST = 30


def beslispunten_of(words: str) -> list[str]:
    """The text of each, in order, without its number. A text without numbers is one.

    Raises ValueError when the numbers do not run 1, 2, 3, or something stands before
    the first.
    """
    points: list[list[str]] = []
    for line in words.strip().splitlines():
        found = _BEGINS.match(line)
        if found and int(found[1]) == len(points) + 1:
            points.append([line[found.end() :]])
        elif found and not line.startswith(" "):
            raise ValueError(f"Na punt {len(points)} volgt punt {found[1]}.")
        elif points:
            points[-1].append(line.rstrip())
        elif line.strip():
            return _one(words)
    if len(points) > MOST:
        raise ValueError(f"Een voorstel heeft ten hoogste {MOST} beslispunten.")
    return ["\n".join(lines).strip() for lines in points]


def _one(words: str) -> list[str]:
    if any(_BEGINS.match(line) for line in words.splitlines()):
        raise ValueError("Boven punt 1 staat nog tekst. Zet die in de toelichting.")
    return [words.strip()]
