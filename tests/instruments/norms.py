"""Kaders for tests: those of Flexensie, and what one gemeente set beside them."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from instruments.models import Instrument, LocalNorm, Norm, NormVersion
from instruments.norms.setting import set_norm
from membership.models import AlvBesluit, Organisation, Person

SINCE = datetime.date(2018, 1, 1)
DAY = datetime.timedelta(days=1)
# name, kind, value, lowest, highest
NORMS: list[tuple[str, str, str | None, str | None, str | None]] = [
    ("Premie per uur", "euro_per_hour", "2", "1.50", "2.50"),
    ("Aantal keer premie per jaar", "count", "2", "1", "2"),
    ("Verdringingstoets", "yes_no", "1", None, None),
    ("Omvang van een opdracht", "hours", "32", "0", "36"),
    ("Duur van een opdracht", "weeks", "26", "0", "52"),
    ("Begeleiding", "text", None, None, None),
]


def make_alv_besluit() -> AlvBesluit:
    return AlvBesluit.objects.get_or_create(
        reference="ALV-2017-kaders",
        defaults={"subject": "Kaders", "taken_on": datetime.date(2017, 12, 1)},
    )[0]


def make_norms(by: Person, slug: str = "flexensie") -> dict[int, Norm]:
    """All of NORMS since 2018, by number; the first is compared with the hours."""
    instrument = Instrument.objects.get(slug=slug)
    norms = {}
    for number, (name, kind, *bounds) in enumerate(NORMS, start=1):
        norm = Norm.objects.create(
            instrument=instrument,
            number=number,
            name=name,
            kind=kind,
            measures="premie_per_uur" if number == 1 else "",
        )
        value, lowest, highest = (b and Decimal(b) for b in bounds)
        say(norm, value, by=by, lowest=lowest, highest=highest, is_law=number == 2)
        norms[number] = norm
    return norms


def say(norm: Norm, value: Any, *, by: Person, **facts: Any) -> NormVersion:
    """Set it by the decision of the ALV, in 2018 unless told otherwise."""
    usual: dict[str, Any] = {
        "words": "" if value is not None else "Elke week een gesprek.",
        "lowest": None,
        "highest": None,
        "is_law": False,
        "explanation": "Zo houden wij het gelijk.",
        "starts_on": SINCE,
        "decision": None,
        "besluit": make_alv_besluit(),
        "today": timezone.localdate(),
    }
    return set_norm(norm, value=value, by=by, **{**usual, **facts})


def make_local(
    norm: Norm, organisation: Organisation, value: Any, by: Person, **facts: Any
) -> LocalNorm:
    usual = {
        "words": "",
        "starts_on": SINCE,
        "basis": "beleidsregel",
        "basis_on": datetime.date(2017, 11, 1),
    }
    return LocalNorm.objects.create(
        norm=norm,
        organisation=organisation,
        value=value,
        recorded_by=by,
        **{**usual, **facts},
    )


def keep_norms(holder: Organisation, *, bureau: Person) -> dict[str, int]:
    """One of the first replaced tomorrow, and what the holder set beside it."""
    norms = make_norms(bureau)
    tomorrow = timezone.localdate() + DAY
    first = norms[1].versions.get()
    coming = say(norms[1], Decimal("2.25"), by=bureau, starts_on=tomorrow)
    ended = make_local(
        norms[1], holder, Decimal(2), bureau, ends_on=datetime.date(2020, 12, 31)
    )
    local = make_local(
        norms[1],
        holder,
        Decimal(3),
        bureau,
        starts_on=datetime.date(2021, 1, 1),
        reason="Ons college wil meer belonen.",
    )
    return {
        "norm": norms[1].pk,
        "norm_hours": norms[4].pk,
        "norm_text": norms[6].pk,
        "norm_version": first.pk,
        "norm_to_come": coming.pk,
        "norm_in_words": norms[6].versions.get().pk,
        "local_norm": local.pk,
        "local_norm_ended": ended.pk,
    }
