"""Half-years: H1 is 1 January to 30 June, H2 is 1 July to 31 December."""

import datetime
import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(20\d\d)-H([12])", re.ASCII)


@dataclass(frozen=True, order=True)
class HalfYear:
    """One half of a calendar year, written 2026-H1 and ordered by time."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2) or not 2000 <= self.year <= 2099:
            raise ValueError(f"no such half-year: {self.year}-H{self.half}")

    @classmethod
    def parse(cls, text: str) -> "HalfYear":
        """Read 2026-H1; raises ValueError with a sentence in Dutch."""
        found = _WRITTEN.fullmatch(text.strip().upper())
        if not found:
            raise ValueError(
                f"'{text[:20]}' is geen halfjaar. Schrijf bijvoorbeeld 2026-H1 "
                "of 2026-H2."
            )
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: datetime.date) -> "HalfYear":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def from_code(cls, code: int) -> "HalfYear":
        """Read the number that the database keeps: 20261 for 2026-H1."""
        return cls(*divmod(code, 10))

    @property
    def code(self) -> int:
        return self.year * 10 + self.half

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> datetime.date:
        return (
            datetime.date(self.year, 6, 30)
            if self.half == 1
            else datetime.date(self.year, 12, 31)
        )

    def next(self) -> "HalfYear":
        return HalfYear(self.year + self.half - 1, 3 - self.half)

    def previous(self) -> "HalfYear":
        return HalfYear(self.year + self.half - 2, 3 - self.half)

    def has_ended(self, today: datetime.date) -> bool:
        return today > self.last_day

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}"
