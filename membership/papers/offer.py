"""Which papers of a dossier somebody can take now, and which earlier ones."""

from dataclasses import dataclass

from membership.admission.steps import Procedure
from membership.models import Dossier, Person
from membership.papers.kinds import RECIPES, Kind, fitting, of_procedure, reached

FORMATS = ("docx", "pdf")


@dataclass(frozen=True)
class Offered:
    """One paper on the page of a dossier."""

    kind: Kind
    about: str
    formats: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.kind.label


@dataclass(frozen=True)
class Offer:
    """The papers of the next step, and the others that can be taken."""

    now: list[Offered]
    other: list[Offered]


def offered(dossier: Dossier, user: Person) -> Offer:
    """For an organisation what the procedure came to; the association sees all.

    No query, when the dossier came with its steps.
    """
    procedure, where = dossier.procedure, dossier.position
    fits = fitting(procedure, where)
    if dossier.status != Dossier.Status.RUNNING:
        fits = []
    may = may_take(dossier, user)
    return Offer(
        now=[_offered(kind, user) for kind in fits if kind in may],
        other=[_offered(kind, user) for kind in may if kind not in fits],
    )


def may_take(dossier: Dossier, user: Person) -> list[Kind]:
    """The papers of a dossier that this person can have at all."""
    procedure = Procedure(dossier.procedure)
    come = reached(procedure, dossier.position)
    if not user.is_association:
        return come
    return [
        kind
        for kind in of_procedure(procedure)
        if kind in come or kind != Kind.CONFIRMATION
    ]


def formats_for(kind: Kind, user: Person) -> tuple[str, ...]:
    """What the NVSI writes is given to others as it was kept: not to adapt."""
    if kind == Kind.CONFIRMATION and not user.is_association:
        return ("pdf",)
    return FORMATS


def _offered(kind: Kind, user: Person) -> Offered:
    return Offered(kind, RECIPES[kind].about, formats_for(kind, user))
