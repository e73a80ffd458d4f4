"""The facts of a dossier that a paper can say. Pure: nothing here asks the database."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from membership.admission.steps import Procedure, Route, Step
from membership.papers.structure import Blank, Piece, clean
from nvsi.dutch import day


@dataclass(frozen=True)
class Taken:
    """A step that stands. See DossierStep for what each field means; considerations
    are a heading with the words of the gemeente; by is who recorded it."""

    on: datetime.date
    until: datetime.date | None = None
    outcome: str = ""
    number: str = ""
    words: str = ""
    considerations: tuple[tuple[str, str], ...] = ()
    is_far_reaching: bool | None = None
    signer_name: str = ""
    signer_function: str = ""
    mandate: str = ""
    by: str = ""


@dataclass(frozen=True)
class Said:
    """A wens or bedenking, and what the college answers; empty while it did not."""

    kind: str
    by_whom: str
    words: str
    answer: str = ""


@dataclass(frozen=True)
class Belongs:
    """What an organisation is to the NVSI, from when to when, on which decision."""

    kind: str
    since: datetime.date
    until: datetime.date | None = None
    decided_on: datetime.date | None = None


@dataclass(frozen=True)
class Issuer:
    """The NVSI itself, as it stands on its paper."""

    name: str
    town: str
    email: str
    kvk: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        kvk = f"KvK {self.kvk}" if self.kvk else ""
        return tuple(line for line in (self.town, self.email, kvk) if line)


@dataclass(frozen=True)
class Who:
    """The organisation. `name` without what it is: Noorderhage."""

    kind: str
    code: str
    name: str
    short_name: str
    address: str = ""
    postcode: str = ""
    town: str = ""
    contact_name: str = ""
    contact_email: str = ""

    @property
    def is_gemeente(self) -> bool:
        return self.kind == "gemeente"

    @property
    def formal(self) -> str:
        """gemeente Noorderhage; another organisation by its name."""
        name = clean(self.name)
        return f"gemeente {name}" if self.is_gemeente else name

    @property
    def the(self) -> str:
        """As in a sentence: de gemeente Noorderhage."""
        return f"de {self.formal}" if self.is_gemeente else self.formal

    @property
    def begin(self) -> str:
        """At the head of a line: Gemeente Noorderhage."""
        return self.formal[:1].upper() + self.formal[1:]

    @property
    def board(self) -> str:
        """Who decides: het college van burgemeester en wethouders, or het bestuur."""
        if self.is_gemeente:
            return "het college van burgemeester en wethouders"
        return "het bestuur"

    @property
    def whole_board(self) -> str:
        return f"{self.board} van {self.the}"


@dataclass(frozen=True)
class DossierFacts:
    """All that a paper of a dossier may say on a day."""

    today: datetime.date
    number: str
    aim: str
    procedure: Procedure
    route: Route
    who: Who
    issuer: Issuer
    steps: Mapping[Step, Taken] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    belongs: Belongs | None = None

    @property
    def informs(self) -> bool:
        """Whether the gemeente took the lighter route of seed 000."""
        return self.route == Route.INFORM

    def day_of(self, step: Step, what: str) -> Piece:
        """9 maart 2026, or a blank for the day of what."""
        taken = self.steps.get(step)
        return day(taken.on) if taken else Blank(what)

    def last_day(self) -> Piece:
        """Until when the raad can react: the gemeente's own term, there is no other."""
        sent = self.steps.get(Step.SENT)
        if sent and sent.until:
            return day(sent.until)
        return Blank("laatste dag, door de gemeente bepaald")

    def decision_number(self) -> Piece:
        decided = self.steps.get(Step.DECIDED)
        return clean(decided.number if decided else "") or Blank(
            "nummer van het besluit"
        )
