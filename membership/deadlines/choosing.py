"""Choose from the list of what is asked: by kind, by day, and by a word. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from membership.deadlines.asked import Deadline

SOON = datetime.timedelta(days=14)


class When(TextChoices):
    LATE = "te-laat", "de dag is voorbij"
    SOON = "binnenkort", "binnen twee weken"
    DATED = "met-dag", "met een dag"
    UNDATED = "zonder-dag", "zonder dag"


class Whom(TextChoices):
    ORGANISATIONS = "organisaties", "organisaties en regio's"
    ASSOCIATION = "vereniging", "de vereniging zelf"


@dataclass(frozen=True)
class Choice:
    """What somebody looks for; what is empty chooses nothing."""

    kind: str = ""
    when: str = ""
    whom: str = ""
    word: str = ""


def choose(
    found: Iterable[Deadline], choice: Choice, today: datetime.date
) -> list[Deadline]:
    """Those that answer to all that was chosen, in the same order."""
    return [one for one in found if _fits(one, choice, today)]


def _fits(deadline: Deadline, choice: Choice, today: datetime.date) -> bool:
    return (
        choice.kind in ("", deadline.kind)
        and _fits_when(deadline, choice.when, today)
        and choice.whom in ("", _whom(deadline))
        and choice.word.strip().casefold() in _words(deadline)
    )


def _fits_when(deadline: Deadline, when: str, today: datetime.date) -> bool:
    match when:
        case When.LATE:
            return deadline.is_late(today)
        case When.SOON:
            return deadline.by is not None and today <= deadline.by <= today + SOON
        case When.DATED:
            return deadline.by is not None
        case When.UNDATED:
            return deadline.by is None
    return True


def _whom(deadline: Deadline) -> str:
    return Whom.ASSOCIATION if deadline.is_of_association else Whom.ORGANISATIONS


def _words(deadline: Deadline) -> str:
    """What can be searched: what, whom, and the organisations by code and name."""
    of = [f"{one.code} {one.name} {one.short_name}" for one in deadline.organisations]
    about = str(deadline.about)
    return " ".join([deadline.what, deadline.who, about, *of]).casefold()
