"""All that the evidence tells, as plain data: frozen, and printed from nothing else."""

import datetime
import hashlib
import json
from typing import Any

from contracts.inbesteding.control import Assessment, Belongs, Fact, Requirement
from contracts.inbesteding.share import Share
from contracts.inbesteding.words import ASKED
from contracts.models import Award, ControlFact
from instruments.models import Instrument

FORMAT = "inbesteding/1"
_LABELS = dict(ControlFact.Kind.choices)
# What differs each time that it is made, while it rests on the same.
_OF_THE_MOMENT = ("number", "made_on")


def content_of(
    found: Assessment,
    member: Belongs,
    instrument: Instrument,
    *,
    award: Award | None,
    number: str,
    made_on: datetime.date,
) -> dict[str, Any]:
    """JSON of what the paper shows; amounts as text, days as 2026-03-09."""
    facts = [fact for one in found.requirements for fact in one.facts]
    outside = [one for one in found.everyone if not one.controls]
    return {
        "format": FORMAT,
        "number": number,
        "made_on": made_on.isoformat(),
        "awarded_on": found.awarded_on.isoformat(),
        "instrument": {"slug": instrument.slug, "name": instrument.name},
        "organisation": _member(member),
        "shares": [
            _share(found.share, instrument.name),
            _share(found.whole, "de NVSI als geheel"),
        ],
        "requirements": [_requirement(one) for one in found.requirements],
        "members": [one.name for one in found.controlling],
        "not_controlling": {
            what: sum(1 for one in outside if one.as_what == what)
            for what in ("lid", "aspirant_lid", "participant")
        },
        "award": _award(award),
        "papers": _papers(facts),
    }


def fingerprint_of(content: dict[str, Any]) -> str:
    """The same for what rests on the same."""
    rest = {key: said for key, said in content.items() if key not in _OF_THE_MOMENT}
    return hashlib.sha256(as_json(rest)).hexdigest()


def as_json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _member(member: Belongs) -> dict[str, Any]:
    return {
        "name": member.name,
        "kind": member.kind,
        "as_what": member.as_what,
        "since": _day(member.since),
        "decided_on": _day(member.decided_on),
    }


def _share(share: Share, of: str) -> dict[str, Any]:
    return {
        "of": of,
        "basis": share.basis.value if share.basis else "",
        "measure": share.measure,
        "years": [
            {
                "year": year,
                "controlling": f"{figure.controlling}",
                "total": f"{figure.total}",
                "source": figure.source,
            }
            for year, figure in sorted(share.figures.items())
        ],
        "controlling": f"{share.controlling}",
        "total": f"{share.total}",
        "pct": f"{share.pct}",
        "reasoning": share.reasoning,
    }


def _requirement(requirement: Requirement) -> dict[str, Any]:
    return {
        "asked": ASKED[requirement.kind],
        "facts": [
            {
                "kind": _LABELS[fact.kind],
                "summary": fact.summary,
                "starts_on": _day(fact.starts_on),
                "ends_on": _day(fact.ends_on),
                "paper": fact.paper_name,
                "goes_along": fact.goes_along,
            }
            for fact in requirement.facts
        ],
    }


def _award(award: Award | None) -> dict[str, str] | None:
    if award is None:
        return None
    return {
        "subject": award.subject,
        "uitvoerder": str(award.uitvoerder),
        "procedure": award.get_procedure_display(),
        "tenderned": award.tenderned,
        "awarded_on": award.awarded_on.isoformat(),
    }


def _papers(facts: list[Fact]) -> list[int]:
    """The keys of what goes into the ZIP, each once, in a fixed order."""
    return sorted({fact.paper for fact in facts if fact.paper and fact.goes_along})


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
