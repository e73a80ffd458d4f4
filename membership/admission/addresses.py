"""What stands in the addresses of a dossier: its number, and a step by its name."""

import re
from typing import ClassVar

from membership.admission.steps import Step

NUMBER = re.compile(r"D(\d{4})-(\d{4,})")


def parse_number(number: str) -> tuple[int, int]:
    """Year and sequence of D2026-0012. Raises ValueError."""
    found = NUMBER.fullmatch(number)
    if found is None:
        raise ValueError(number)
    return int(found[1]), int(found[2])


class DossierNumber:
    """D2026-0012, as it is written."""

    regex = r"D\d{4}-\d{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StepName:
    """A step by its Dutch name."""

    NAMES: ClassVar[dict[Step, str]] = {
        Step.WEIGHED: "afweging",
        Step.JUDGED: "oordeel",
        Step.PROPOSED: "collegevoorstel",
        Step.DRAFTED: "ontwerpbesluit",
        Step.SENT: "toezending",
        Step.HEARD: "wensen-en-bedenkingen",
        Step.ANSWERED: "reactie",
        Step.DECIDED: "besluit",
        Step.INFORMED: "informeren",
        Step.APPLIED: "aanmelding",
        Step.CHECKED: "controle",
        Step.ADMITTED: "toelating",
    }
    regex = "|".join(NAMES.values())

    def to_python(self, value: str) -> Step:
        return next(step for step, name in self.NAMES.items() if name == value)

    def to_url(self, value: str) -> str:
        return self.NAMES[Step(value)]
