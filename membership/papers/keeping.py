"""Keep the confirmation as it was made: its bytes, with their check sum.

Every other paper is made when it is asked for, since a gemeente adapts it. This one is
the word of the NVSI itself, so it is frozen together with the admission it tells of.
"""

from membership.admission import evidence
from membership.admission.steps import Step
from membership.models import Dossier, Evidence, Person
from membership.papers.gathering import facts_of
from membership.papers.kinds import Kind, make
from membership.papers.pdf import as_pdf


def keep_confirmation(dossier: Dossier, *, by: Person) -> Evidence:
    """Make and keep the confirmation of a dossier that was just admitted.

    Called in the transaction of the admission: there is no lid without it. The dossier
    must have been read again, with its steps.
    """
    paper = make(Kind.CONFIRMATION, facts_of(dossier))
    made = evidence.own_pdf(as_pdf(paper), f"{paper.file_name}.pdf")
    return evidence.keep(dossier, Step.ADMITTED, made, by=by)


def kept_confirmation(dossier: Dossier) -> bytes | None:
    """The bytes as they were made; None for who came in before they were kept."""
    kept = dossier.evidence.filter(kind=Step.ADMITTED, replaced_at=None)
    paper = kept.order_by("at", "pk").first()
    return bytes(paper.content) if paper else None
