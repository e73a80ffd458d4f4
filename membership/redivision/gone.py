"""Which gemeenten are not there any more, and into which they went."""

import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from membership.models import Dissolution, Organisation
from nvsi.dutch import short_day
from nvsi.errors import NotAllowed


def dissolution_of(organisation: Organisation) -> Dissolution | None:
    """By which herindeling a gemeente was, or will be, dissolved."""
    rows = Dissolution.objects.standing().filter(organisation=organisation)
    return rows.select_related("organisation", "redivision__successor").first()


def gone_into(dissolution: Dissolution | None) -> str:
    """'opgegaan in Voorne aan Zee (GM1992) per 1 jan 2023'; empty for who is there."""
    if dissolution is None:
        return ""
    redivision = dissolution.redivision
    successor = redivision.successor
    return _words(successor.name, successor.code, redivision.starts_on)


def went_into(organisation: str) -> Subquery:
    """The facts of the same for a row of which this field is the organisation: to
    annotate a list with, and to tell by `told`."""
    rows = Dissolution.objects.standing().filter(organisation=OuterRef(organisation))
    facts = JSONObject(
        name=F("redivision__successor__name"),
        code=F("redivision__successor__code"),
        starts_on=F("redivision__starts_on"),
    )
    return Subquery(rows.values(facts=facts)[:1])


def told(facts: dict[str, Any] | None) -> str:
    """What went_into found, in words; empty for who is there."""
    if facts is None:
        return ""
    on = datetime.date.fromisoformat(facts["starts_on"])
    return _words(facts["name"], facts["code"], on)


def require_there(organisation: Organisation, on: datetime.date) -> None:
    """Raises NotAllowed for a gemeente that is not there any more on a day."""
    found = dissolution_of(organisation)
    if found and found.redivision.starts_on <= on:
        goes = gone_into(found)
        is_gone = found.redivision.starts_on <= timezone.localdate()
        words = f"is {goes}" if is_gone else goes
        raise NotAllowed(f"{organisation} {words}. Kies die gemeente.")


def _words(name: str, code: str, on: datetime.date) -> str:
    goes = "opgegaan in" if on <= timezone.localdate() else "gaat op in"
    return f"{goes} {name} ({code}) per {short_day(on)}"
