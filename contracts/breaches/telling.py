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
from contracts.breaches.rules import Kind, Outcome, begin
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

    Raises NotAllowed when there is nobody to tell, and as require_sendable does; then
    nobody gets one.
    """
    known = hold(breach, by)
    if not colleges:
        raise NotAllowed("Kies wie u wilt informeren.", field="colleges")
    require_sendable(known, colleges, words)
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


@transaction.atomic
def post_to(
    college: BreachCollege,
    *,
    at: datetime.datetime,
    words: str = "",
    now: datetime.datetime,
    by: Person,
) -> BreachEntry:
    """Its letter went by post, after it was told: nobody there reads it here. The
    letter on paper is not kept.

    Raises NotAllowed before it was told: a letter in the post starts no clock.
    """
    known = hold(college.breach, by)
    told_at = _of(known, college).standing.told_at
    if told_at is None:
        raise NotAllowed(f"Informeer {college.organisation} eerst mondeling.")
    if at < told_at:
        raise NotAllowed("Dit was voordat het college is geïnformeerd.", field="at")
    return add_entry(
        known.breach, Kind.TOLD, college=college, outcome=Outcome.POSTED, at=at,
        words=words, now=now, by=by,
    )  # fmt: skip


def require_sendable(
    known: Known, colleges: Sequence[BreachCollege], words: str
) -> None:
    """Raises NotAllowed, with the names of all, when one is not concerned, when nobody
    there would read it, and when it has this letter already: a colleague was first."""
    found = [_of(known, one) for one in colleges]
    nobody = [o.name for o in found if not announcing.reaches(o.row.organisation)]
    if nobody:
        have, them = ("heeft", "haar") if len(nobody) == 1 else ("hebben", "hen")
        raise NotAllowed(
            f"{begin(nobody)} {have} geen fg, contactpersoon of contact bij een "
            f"datalek. Voeg iemand toe, of informeer {them} mondeling en stuur de "
            "brief per post."
        )
    again = [one.name for one in found if _has_it(known, one, words)]
    if again:
        got = "kreeg" if len(again) == 1 else "kregen"
        raise NotAllowed(
            f"{begin(again)} {got} deze brief al. Is er iets nieuws? Schrijf het in de "
            "toelichting."
        )


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


def _has_it(known: Known, college: OfCollege, words: str) -> bool:
    """Whether nothing was found or done since its last letter, which said the same."""
    last = college.letter
    if last is None or words.strip() not in ("", last.words.strip()):
        return False
    back = [one for one in college.entries if one.kind == Kind.CONCERNED]
    is_same = known.description.at <= last.recorded_at
    return is_same and not any(e.pk > last.pk for e in (*known.measures, *back))


def _of(known: Known, college: BreachCollege) -> OfCollege:
    found = next((o for o in known.colleges if o.row.pk == college.pk), None)
    if found is None or found.standing.is_out:
        raise NotAllowed(f"{college.organisation} is niet betrokken bij dit datalek.")
    return found
