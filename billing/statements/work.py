"""The work behind a statement: per opdrachtgever, per opdracht and per line. Pure.

A pseudonym of a kandidaat is not in it: the receiver can recompute all without.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from billing.models import Line
from nvsi.money import ZERO


def work_as_json(lines: Sequence[Line], *, sign: int = 1) -> dict[str, Any]:
    """Lines sorted by opdrachtgever, opdracht and date, as sums and one by one.

    sign is -1 for a reversal: all hours and amounts turn round.
    """
    return {
        "opdrachtgevers": [
            _opdrachtgever(naam, kvk, list(own), sign)
            for (naam, kvk), own in groupby(
                sorted(lines, key=_by_opdracht),
                key=lambda line: (line.opdrachtgever_naam, line.opdrachtgever_kvk),
            )
        ],
        "lines": [_line(line, sign) for line in lines],
    }


def _by_opdracht(line: Line) -> tuple[str, str, str]:
    return line.opdrachtgever_naam, line.opdrachtgever_kvk, line.opdracht_id


def _opdrachtgever(naam: str, kvk: str, lines: list[Line], sign: int) -> dict[str, Any]:
    return {
        "naam": naam,
        "kvk": kvk,
        **_sums(lines, sign),
        "opdrachten": [
            _opdracht(opdracht, list(own), sign)
            for opdracht, own in groupby(lines, key=lambda line: line.opdracht_id)
        ],
    }


def _opdracht(opdracht: str, lines: list[Line], sign: int) -> dict[str, Any]:
    days = [line.datum for line in lines]
    nagekomen = sorted({str(line.worked_in) for line in lines if _is_nagekomen(line)})
    return {
        "opdracht_id": opdracht,
        "van": min(days).isoformat(),
        "tot": max(days).isoformat(),
        **_sums(lines, sign),
        "nagekomen": nagekomen,
        "correctie": any(line.corrigeert_regel_id for line in lines),
    }


def _sums(lines: list[Line], sign: int) -> dict[str, str]:
    def total(amounts: list[Decimal]) -> str:
        return f"{sign * sum(amounts, ZERO):.2f}"

    return {
        "uren": total([line.uren for line in lines]),
        "omzet": total([line.omzet for line in lines]),
        "premie": total([line.premie for line in lines]),
    }


def _is_nagekomen(line: Line) -> bool:
    """Whether the half-year of the work was closed when the line came."""
    return bool(line.worked_in != line.period.halfyear)


def _line(line: Line, sign: int) -> dict[str, Any]:
    return {
        "regel_id": line.regel_id,
        "opdracht_id": line.opdracht_id,
        "opdrachtgever_kvk": line.opdrachtgever_kvk,
        "datum": line.datum.isoformat(),
        "uren": f"{sign * line.uren:.2f}",
        "tarief": f"{line.tarief:.2f}",
        "premie_per_uur": f"{line.premie_per_uur:.2f}",
        "omzet": f"{sign * line.omzet:.2f}",
        "premie": f"{sign * line.premie:.2f}",
        "nagekomen": str(line.worked_in) if _is_nagekomen(line) else None,
        "corrigeert_regel_id": line.corrigeert_regel_id or None,
    }
