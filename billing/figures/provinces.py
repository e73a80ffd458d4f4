"""Where the gemeenten of an instrument are: a tile per province, with its number. Pure.

The tiles stand where their province lies on a map, in a grid of our own making; a table
beneath has the same with the names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from membership.models import Organisation
from nvsi.dutch import counted

COLUMNS, ROWS, TILE, GAP = 4, 4, 84, 4
# In the middle of which column and row a province stands, and its name in two lines.
PLACES = {
    "Friesland": (2, 0, "Friesland", ""),
    "Groningen": (3, 0, "Groningen", ""),
    "Noord-Holland": (1, 1, "Noord-", "Holland"),
    "Flevoland": (2, 1, "Flevoland", ""),
    "Drenthe": (3, 1, "Drenthe", ""),
    "Zuid-Holland": (0, 2, "Zuid-", "Holland"),
    "Utrecht": (1, 2, "Utrecht", ""),
    "Gelderland": (2, 2, "Gelderland", ""),
    "Overijssel": (3, 2, "Overijssel", ""),
    "Zeeland": (0, 3, "Zeeland", ""),
    "Noord-Brabant": (1, 3, "Noord-", "Brabant"),
    "Limburg": (2, 3, "Limburg", ""),
}
OTHER_NAMES = {"Fryslân": "Friesland"}
UNKNOWN = "Provincie niet bekend"
# From how many gemeenten on a tile is darker.
SHADES = (1, 3, 6)


@dataclass(frozen=True)
class Tile:
    """A province on the map; shade 0 is nobody, 3 the most."""

    first: str
    second: str
    count: int
    shade: int
    x: str
    y: int

    @property
    def told(self) -> str:
        return counted(self.count, "gemeente", "gemeenten")


@dataclass(frozen=True)
class Users:
    """Who uses an instrument: by province as tiles, and by name."""

    count: int
    tiles: Sequence[Tile]
    provinces: Sequence[tuple[str, Sequence[str]]]
    height: int = ROWS * TILE


def users_of(gemeenten: Sequence[Organisation]) -> Users:
    """A gemeente without a known province is in the table, and not on the map."""
    named: dict[str, list[str]] = {}
    for gemeente in gemeenten:
        province = OTHER_NAMES.get(gemeente.province, gemeente.province)
        at = province if province in PLACES else UNKNOWN
        named.setdefault(at, []).append(gemeente.short_name)
    tiles = [_tile(province, len(named.get(province, ()))) for province in PLACES]
    known = sorted(name for name in named if name != UNKNOWN)
    rest = [UNKNOWN] if UNKNOWN in named else []
    return Users(
        len(gemeenten), tiles, [(name, named[name]) for name in (*known, *rest)]
    )


def _tile(province: str, count: int) -> Tile:
    column, row, first, second = PLACES[province]
    shade = sum(count >= least for least in SHADES)
    return Tile(first, second, count, shade, f"{column * 100 // COLUMNS}%", row * TILE)
