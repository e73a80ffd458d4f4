"""The files of the papers: filled with the facts of today, always to save.

Rows come from `visible_to`; who may not see a dossier, or asks for a paper that its
procedure did not come to, gets 404.
"""

import datetime

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from membership.admission.evidence import DOCX, PDF
from membership.admission.pages import dossier_of
from membership.models import Organisation, Person
from membership.papers.docx import as_docx
from membership.papers.gathering import facts_of, proof_of
from membership.papers.keeping import kept_confirmation
from membership.papers.kinds import Kind, make
from membership.papers.offer import formats_for, may_take
from membership.papers.pdf import as_pdf
from membership.papers.structure import Paper

_CONTENT_TYPES = {"docx": DOCX, "pdf": PDF}
_MAKERS = {"docx": as_docx, "pdf": as_pdf}


@require_safe
@cache_control(private=True, no_store=True)
@login_required
def paper_file(request: HttpRequest, number: str, paper: str, fmt: str) -> HttpResponse:
    """One paper of a dossier."""
    assert isinstance(request.user, Person)
    dossier = dossier_of(request.user, number)
    kind = next(
        (kind for kind in may_take(dossier, request.user) if kind == paper), None
    )
    if kind is None or fmt not in formats_for(kind, request.user):
        raise Http404("no such paper for this person, at this step")
    content = make(kind, facts_of(dossier))
    kept = kind == Kind.CONFIRMATION and fmt == "pdf"
    return _file(content, fmt, kept_confirmation(dossier) if kept else None)


@require_safe
@cache_control(private=True, no_store=True)
@login_required
def membership_proof(request: HttpRequest, code: str) -> HttpResponse:
    """The proof of what an organisation is, on a day: today, or one that was."""
    assert isinstance(request.user, Person)
    organisations = Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(organisations, code=code)
    day = _day(request.GET.get("dag", ""))
    proof = proof_of(organisation, day) if day else None
    if proof is None:
        raise Http404("nothing to prove on that day")
    return _file(proof, "pdf")


def _day(asked: str) -> datetime.date | None:
    """The day that was asked; None for what is no day, or is still to come."""
    today = timezone.localdate()
    try:
        day = parse_date(asked) if asked else today
    except ValueError:
        return None
    return day if day and day <= today else None


def _file(paper: Paper, fmt: str, kept: bytes | None = None) -> HttpResponse:
    content = kept or _MAKERS[fmt](paper)
    response = HttpResponse(content, content_type=_CONTENT_TYPES[fmt])
    disposition = content_disposition_header(True, f"{paper.file_name}.{fmt}")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
