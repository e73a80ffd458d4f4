"""How a datalek reads: moments, numbers, and what is not known yet."""

import datetime

from django.conf import settings
from django.utils import timezone

from contracts.annexes.contacts import contacts_of
from contracts.breaches.reading import Known
from contracts.models.breach_facts import BreachDescription
from nvsi.dutch import counted, day

UNKNOWN = "nog niet bekend"


def moment(at: datetime.datetime) -> str:
    """23 november 2026, 14:05 uur: by the Dutch clock."""
    here = timezone.localtime(at)
    return f"{day(here.date())}, {here:%H:%M} uur"


def sentence(words: str) -> str:
    """With a capital and one full stop, also after 'b.v.'; empty stays empty."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""


def about(count: int | None, one: str, many: str) -> str:
    """'ongeveer 12 mensen', or that nobody knows yet."""
    return UNKNOWN if count is None else f"ongeveer {counted(count, one, many)}"


def contact_of(description: BreachDescription) -> str:
    """Where a college can ask more: as recorded, else our desk or bureau."""
    if description.contact:
        return description.contact
    if desk := contacts_of(None, timezone.localdate()).first():
        return f"{desk.function}, {desk.telephone}, {desk.email}"
    return f"bureau van de NVSI, {settings.NVSI_EMAIL}"


def measures_of(known: Known) -> str:
    """A line for what was described, and one for each measure since with its day;
    empty when nothing was done yet."""
    taken = sorted(known.measures, key=lambda entry: entry.at)
    since = (
        sentence(f"{day(timezone.localdate(entry.at))}: {entry.words}")
        for entry in taken
    )
    lines = (sentence(known.description.measures), *since)
    return "\n".join(line for line in lines if line)


def said_of(known: Known) -> list[tuple[str, str]]:
    """What art. 33 lid 3 AVG asks, in its order: a heading with the words."""
    description = known.description
    return [
        ("Wat voor datalek", description.get_nature_display()),
        ("Wat er is gebeurd", description.what),
        ("Van wie zijn de gegevens", description.subjects or UNKNOWN),
        ("Hoeveel mensen", about(description.people_count, "mens", "mensen")),
        ("Welke gegevens", description.data_kinds or UNKNOWN),
        ("Hoeveel gegevens", about(description.records_count, "record", "records")),
        ("Mogelijke gevolgen", description.consequences or UNKNOWN),
        ("Maatregelen", measures_of(known) or UNKNOWN),
        ("Contactpunt", contact_of(description)),
    ]
