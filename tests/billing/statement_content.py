"""Frozen contents of statements as the settlement makes them, in every shape."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from nvsi.money import cents, share

Content = dict[str, Any]
Job = dict[str, Any]

SUMS = (
    *("uren", "bruto_omzet", "premies", "vergoeding", "afdracht_gemeente"),
    *("afdracht_uitvoerder", "uitkering_gemeente", "uitkering_uitvoerder"),
    "bijdrage_nvsi",
)
_SOURCES = {
    "vergoeding": ("Gebruiksovereenkomst Flexensie van 12 maart 2024", "2024-H1"),
    "afdracht_gemeente": ("Besluit van de ALV van 14 december 2023", "2024-H1"),
    "afdracht_uitvoerder": ("Besluit van de ALV van 14 december 2023", "2024-H1"),
}


def job(
    client: str, hours: str, tariff: str = "14.75", premium: str = "2.00", **other: Any
) -> Job:
    """One opdracht with a single line, of one opdrachtgever."""
    revenue = cents(Decimal(hours) * Decimal(tariff))
    premiums = cents(Decimal(hours) * Decimal(premium))
    return {
        "client": client,
        "uren": Decimal(hours),
        "omzet": revenue,
        "premie": premiums,
        "tarief": tariff,
        "premie_per_uur": premium,
        "van": "2026-01-12",
        "tot": "2026-05-10",
        "nagekomen": [],
        "correctie": False,
        **other,
    }


THE_EXAMPLE = [
    job("Bakkerij Köster", "32.00"),
    job("Groen & Zn.", "7.50", "15.05", van="2026-03-09", tot="2026-03-09"),
]


def gemeente(code: str, name: str, jobs: list[Job], pct: str = "30.00") -> Content:
    """The part of one gemeente, with its amounts by the arithmetic of the design."""
    gross = sum((j["omzet"] for j in jobs), Decimal(0))
    premiums = sum((j["premie"] for j in jobs), Decimal(0))
    fee, half = share(gross, Decimal(pct)), share(gross, Decimal(1))
    amounts = {
        "uren": sum((j["uren"] for j in jobs), Decimal(0)),
        "bruto_omzet": gross,
        "premies": premiums,
        "vergoeding": fee,
        "afdracht_gemeente": half,
        "afdracht_uitvoerder": half,
        "uitkering_gemeente": gross - premiums - fee - half,
        "uitkering_uitvoerder": fee - half,
        "bijdrage_nvsi": half + half,
    }
    return {
        "gemeente_code": code,
        "name": name,
        "number": "2026-0147",
        **amounts,
        "rates": [
            {
                "kind": kind,
                "pct": pct if kind == "vergoeding" else "1.00",
                "base": gross,
                "amount": amounts[kind],
                "source": source,
                "since": since,
            }
            for kind, (source, since) in _SOURCES.items()
        ],
        "opdrachtgevers": _clients(jobs),
        "lines": [_line(number, each) for number, each in enumerate(jobs, 1)],
    }


def statement(*parts: Content, **other: Any) -> Content:
    """A statement of these gemeenten; of the worked example when none is given."""
    parts = parts or (gemeente("GM0014", "Groningen", THE_EXAMPLE),)
    content = {
        "kind": "settlement",
        "number": "2026-0147",
        "date": "2026-07-20",
        "refers_to": None,
        "period": "2026-H1",
        "forced": False,
        "instrument": "flexensie",
        "instrument_name": "Flexensie",
        "status": "approved",
        "issuer": {
            "name": "Nederlandse Vereniging voor Sociale Innovatie",
            "town": "Utrecht",
            "email": "bureau@nvsi.example",
            "kvk": "12345678",
            "iban": "NL02ABNA0123456789",
        },
        "organisation": {
            "code": "GM0014",
            "name": "Groningen",
            "kind": "gemeente",
            "iban": "NL91ABNA0417164300",
            "address": ["Postbus 1", "9700 AA Groningen"],
        },
        "uitvoerder": {"name": "Flexensie Nederland b.v."},
        "totals": {key: sum(p[key] for p in parts) for key in SUMS},
        "gemeenten": list(parts),
        **other,
    }
    frozen: Content = json.loads(json.dumps(content, default="{:.2f}".format))
    frozen["fingerprint"] = hashlib.sha256(twin_of(frozen)).hexdigest()
    return frozen


def reversal(of: Content, number: str = "2026-0212") -> Content:
    """The creditafrekening of a statement: all its amounts with the other sign."""
    mirrored: Content = _mirrored(of)
    return mirrored | {
        "kind": "reversal",
        "number": number,
        "date": "2026-09-03",
        "refers_to": of["number"],
    }


def twin_of(content: Content) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()


def _clients(jobs: list[Job]) -> list[Content]:
    names = dict.fromkeys(each["client"] for each in jobs)
    clients = []
    for number, name in enumerate(names, 1):
        own = [each for each in jobs if each["client"] == name]
        sums = {k: sum(each[k] for each in own) for k in ("uren", "omzet", "premie")}
        clients.append(
            {
                "naam": name,
                "kvk": f"{12345678 + number}",
                **sums,
                "opdrachten": [_assignment(jobs.index(each), each) for each in own],
            }
        )
    return clients


def _assignment(index: int, each: Job) -> Content:
    keys = ("van", "tot", "uren", "omzet", "premie", "nagekomen", "correctie")
    return {"opdracht_id": f"OP{44 + index:05}", **{key: each[key] for key in keys}}


def _line(number: int, each: Job) -> Content:
    keys = ("uren", "tarief", "premie_per_uur", "omzet", "premie")
    return {
        "regel_id": f"R{number}",
        "opdracht_id": f"OP{43 + number:05}",
        "datum": each["tot"],
        **{key: each[key] for key in keys},
        "nagekomen": next(iter(each["nagekomen"]), None),
        "corrigeert_regel_id": "R1" if each["correctie"] else None,
    }


def _mirrored(value: Any, key: str = "") -> Any:
    """The same tree, with each amount and each number of hours turned around."""
    if isinstance(value, dict):
        return {k: _mirrored(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_mirrored(v, key) for v in value]
    if key in (*SUMS, "base", "amount", "omzet", "premie"):
        return f"{-Decimal(value):.2f}"
    return value
