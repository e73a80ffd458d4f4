"""Exactly what one organisation gets: each e-mail, and the letter on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from membership.letters.paper import addressee_of, pdf_of
from membership.letters.segments import Target, targets
from membership.letters.sending import as_email
from membership.models import Email, Letter, Person


@dataclass(frozen=True)
class Shown:
    """The organisation at a place in the row of all that get the letter."""

    letter: Letter
    target: Target
    at: int
    of: int

    @property
    def emails(self) -> Sequence[tuple[Person, Email]]:
        organisation = self.target.organisation
        return [
            (person, as_email(self.letter, organisation, person))
            for person in self.target.people
        ]

    @property
    def addressee(self) -> str:
        return addressee_of(self.target.organisation)

    @property
    def before(self) -> int:
        """The place before this one; 0 when this is the first."""
        return self.at - 1

    @property
    def after(self) -> int:
        """The place after this one; 0 when this is the last."""
        return self.at + 1 if self.at < self.of else 0

    def pdf(self) -> bytes:
        return pdf_of(self.letter, self.addressee)


def shown(letter: Letter, at: int) -> Shown | None:
    """The organisation at a place, from 1 on; None where there is none."""
    found = targets(letter)
    if not 1 <= at <= len(found):
        return None
    return Shown(letter, found[at - 1], at, len(found))
