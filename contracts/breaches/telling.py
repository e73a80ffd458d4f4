"""Tell colleges of a datalek: with a letter, or first by word of mouth.

A letter goes out in the portal and by e-mail, and is kept as it was sent. The first
time that a college is told, its own 72 hours begin. More than a few letters are put in
line: the worker prints and sends them one by one (contracts.breaches.in_line).
"""

import datetime
import hashlib
from collections.abc import Sequence

from django.db import transaction

from contracts.breaches import announcing
from contracts.breaches.letter import letter
from contracts.breaches.reading import Known, OfCollege
from contracts.breaches.recording import add_entry, hold
from contracts.breaches.rules import Kind, Outcome
from contracts.models.breach_facts import BreachCollege, BreachEntry
from contracts.models.breaches import Breach
from membership.models import Person
from membership.papers.pdf import as_pdf
from nvsi.errors import NotAllowed


@transaction.atomic
def write_to(
    breach: Breach,
    colleges: Sequence[BreachCollege],
    *,
    words: str = "",
    now: datetime.datetime,
    by: Person,
) -> list[BreachEntry]:
    """Send each its letter, now. A second letter is an addition (art. 33 lid 4).

    Raises NotAllowed when there is nobody to tell, or one is not concerned any more.
    """
    known = hold(breach, by)
    if not colleges:
        raise NotAllowed("Kies wie u wilt informeren.", field="colleges")
    return [send(known, one, words=words, now=now, by=by) for one in colleges]


@transaction.atomic
def speak_to(
    college: BreachCollege,
    *,
    at: datetime.datetime,
    who: str,
    words: str = "",
    now: datetime.datetime,
    by: Person,
) -> BreachEntry:
    """It was told by phone or in person; the letter follows. Raises NotAllowed for a
    moment before the discovery, and without whom was spoken to."""
    known = hold(college.breach, by)
    _of(known, college)
    if not who.strip():
        raise NotAllowed("Vul in wie u hebt gesproken.", field="who")
    return add_entry(
        known.breach, Kind.TOLD, college=college, outcome=Outcome.SPOKEN, at=at,
        who=who, words=words, now=now, by=by,
    )  # fmt: skip


def send(
    known: Known,
    row: BreachCollege,
    *,
    words: str,
    now: datetime.datetime,
    by: Person,
) -> BreachEntry:
    """One letter of a datalek that is held: printed, kept and told by e-mail."""
    college = _of(known, row)
    # To the minute, as people write what they decided after it.
    at = max(now.replace(second=0, microsecond=0), known.breach.discovered_at)
    paper = letter(known, college, words=words, now=at)
    content = as_pdf(paper)
    entry = add_entry(
        known.breach, Kind.TOLD, college=college.row, outcome=Outcome.WRITTEN, at=at,
        words=words, file_name=f"{paper.file_name}.pdf", content=content,
        sha256=hashlib.sha256(content).hexdigest(), now=now, by=by,
    )  # fmt: skip
    until = college.standing.until or announcing.until(at)
    announcing.was_told(known, entry, until=until)
    return entry


def _of(known: Known, college: BreachCollege) -> OfCollege:
    found = next((o for o in known.colleges if o.row.pk == college.pk), None)
    if found is None or found.standing.is_out:
        raise NotAllowed(f"{college.organisation} is niet betrokken bij dit datalek.")
    return found
