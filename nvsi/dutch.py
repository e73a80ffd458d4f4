"""How the Dutch write amounts, hours, dates and half-years; for paper and screen.

Pure words: nothing here rounds. What does not fit its two decimals is refused, since a
cent that is dropped on paper would not show anywhere else.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from nvsi.halfyear import HalfYear

# Amount and sign stay on one line; the minus is the sign of arithmetic, not a hyphen.
_SPACE = "\u00a0"
_MINUS = f"\u2212{_SPACE}"
_PLUS = f"+{_SPACE}"
_SWAP = str.maketrans({",": ".", ".": ","})

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
_SHORT_MONTHS = (
    *("jan", "feb", "mrt", "apr", "mei", "jun"),
    *("jul", "aug", "sep", "okt", "nov", "dec"),
)
_HALVES = ("eerste", "tweede")


def euro(amount: Decimal | str) -> str:
    """€ 1.234,56, or − € 12,00 when below zero."""
    value = Decimal(amount)
    sign = _MINUS if value < 0 else ""
    return f"{sign}€{_SPACE}{_number(abs(value))}"


def signed_euro(amount: Decimal | str) -> str:
    """The amount as a step in a sum: + € 12,00, − € 12,00 or € 0,00."""
    value = Decimal(amount)
    return f"{_PLUS if value > 0 else ''}{euro(value)}"


def hours(worked: Decimal | str) -> str:
    """5.312,50, and −{space}8,00 for hours that were taken back."""
    value = Decimal(worked)
    return f"{_MINUS if value < 0 else ''}{_number(abs(value))}"


def percent(pct: Decimal | str) -> str:
    """30%, 1% or 12,5%: as many decimals as say something."""
    return f"{plain(pct)}%"


def plain(number: Decimal | str) -> str:
    """30, 1 or 12,5: as many decimals as say something."""
    written = f"{Decimal(number):f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.translate(_SWAP)


def day(date: datetime.date) -> str:
    """9 maart 2026."""
    return f"{date.day}{_SPACE}{_MONTHS[date.month - 1]} {date.year}"


def short_day(date: datetime.date) -> str:
    """9 mrt 2026, for a table."""
    return f"{date.day}{_SPACE}{_SHORT_MONTHS[date.month - 1]}{_SPACE}{date.year}"


def span(first: datetime.date, last: datetime.date) -> str:
    """12 jan t/m 10 mei 2026, for a table; a single day when they are the same."""
    if first == last:
        return short_day(last)
    start = short_day(first)
    if first.year == last.year:
        start = start.removesuffix(f"{_SPACE}{first.year}")
    return f"{start} t/m {short_day(last)}"


def half_year(period: HalfYear) -> str:
    """eerste helft van 2026; put 'de' before it in a sentence."""
    return f"{_HALVES[period.half - 1]} helft van {period.year}"


def iban(account: str) -> str:
    """NL91 ABNA 0417 1643 00: groups of four, as on a bank card."""
    packed = account.replace(" ", "")
    return _SPACE.join(packed[i : i + 4] for i in range(0, len(packed), 4))


def listing(words: Sequence[str]) -> str:
    """a, b en c."""
    *most, last = words
    return f"{', '.join(most)} en {last}" if most else last


def counted(count: int, one: str, many: str) -> str:
    """1 opdrachtgever, 14 opdrachtgevers."""
    return f"{count}{_SPACE}{one if count == 1 else many}"


def _number(value: Decimal) -> str:
    written = f"{value:,.2f}"
    if Decimal(written.replace(",", "")) != value:
        raise ValueError(f"more than two decimals: {value}")
    return written.translate(_SWAP)
