"""A factsheet as it reads: questions with their answers, and two versions compared."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from instruments.models import Factsheet, Uitvoerder
from nvsi.comparing import Line, compare_lines
from nvsi.dutch import day

PERSONAL_DATA = "personal_data"
# The question on the page, for every answer that stands alone. What is asked of a
# gemeente stands together, and who uses it with the map.
QUESTIONS = (
    ("what", "Wat is het, en wat kunt u ermee?"),
    ("developed_by", "Wie heeft het ontwikkeld?"),
    ("costs", "Wat kost het?"),
    ("yields", "Wat levert het op?"),
    ("rights", "Van wie zijn de rechten?"),
    ("legal_frame", "Welke wet- en regelgeving hoort erbij?"),
    (PERSONAL_DATA, "Welke persoonsgegevens zijn nodig?"),
)
ASKED = (("it", "ICT"), ("process", "Werkproces"), ("people", "Mensen"))
ASKED_OF_YOU = "Wat moet u doen om het in te voeren?"
USED_BY = "Wie gebruikt het?"

COMPARED = (
    ("phase", "Fase"),
    ("binding", "Hoe bindend"),
    ("summary", "In één zin"),
    *QUESTIONS[:2],
    ("used_by", USED_BY),
    *((name, f"{ASKED_OF_YOU} {what}") for name, what in ASKED),
    *QUESTIONS[2:],
)


@dataclass(frozen=True)
class Changed:
    """One question of which the answer is another."""

    question: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Answer:
    question: str
    text: str
    name: str = ""

    @property
    def is_about_personal_data(self) -> bool:
        return self.name == PERSONAL_DATA


@dataclass(frozen=True)
class Sheet:
    """What the page shows of a version."""

    factsheet: Factsheet
    before: Sequence[Answer]
    asked: Sequence[Answer]
    after: Sequence[Answer]


def sheet_of(factsheet: Factsheet) -> Sheet:
    answers = [Answer(question, getattr(factsheet, n), n) for n, question in QUESTIONS]
    return Sheet(
        factsheet=factsheet,
        before=answers[:2],
        asked=[Answer(what, getattr(factsheet, name)) for name, what in ASKED],
        after=answers[2:],
    )


def compare(old: Factsheet, new: Factsheet) -> list[Changed]:
    """Every question with another answer, in their order."""
    found = []
    for name, question in COMPARED:
        before, after = _said(old, name), _said(new, name)
        if before != after:
            lines = tuple(compare_lines(before.splitlines(), after.splitlines()))
            found.append(Changed(question, lines))
    return found


def _said(factsheet: Factsheet, name: str) -> str:
    if name in ("phase", "binding"):
        return str(getattr(factsheet, f"get_{name}_display")())
    return str(getattr(factsheet, name))


def suppliers(terms: Sequence[Uitvoerder], on: datetime.date) -> list[tuple[str, str]]:
    """Who carries it out, or did: the name, and from when to when."""
    return [(one.organisation.name, _time(one, on)) for one in terms]


def _time(term: Uitvoerder, on: datetime.date) -> str:
    begins = "sinds" if term.ends_on is None and term.starts_on <= on else "vanaf"
    until = f" tot en met {day(term.ends_on)}" if term.ends_on else ""
    return f"{begins} {day(term.starts_on)}{until}"
