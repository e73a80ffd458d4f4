"""Pages for an organisation about its membership, and the dossier that leads to it.

Everything comes from `visible_to`; a stranger gets 404. What the bureau wrote for
itself is never on them.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from membership.admission import dossiers, recording, words
from membership.admission.addresses import parse_number
from membership.admission.forms import NoteForm, WithdrawForm
from membership.admission.shown import running_of, way_of
from membership.leaving.shown import leaving_of, may_leave
from membership.models import Dossier, Evidence, HistoryEvent, Note, Person, Role
from membership.papers.offer import offered
from membership.register.timeline import stretch
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
UNPROCESSABLE = 422


@require_safe
@private
@login_required
def membership(request: HttpRequest) -> HttpResponse:
    """What the organisation is to the association, and where it is on the way."""
    assert isinstance(request.user, Person)
    organisation, today = acting_for(request), timezone.localdate()
    if organisation.kind == "uitvoerder":
        raise PermissionDenied("Een uitvoerder wordt geen lid.")
    periods = list(
        organisation.memberships.select_related("dossier").order_by("-starts_on")
    )
    current = organisation.memberships.active_on(today).first()
    ended = Dossier.objects.visible_to(request.user).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "current": stretch(current, today=today) if current else None,
        "is_lid": current is not None and current.kind == "lid",
        "leaving": leaving_of(current, request.user, today),
        "may_leave": may_leave(current),
        "stretches": [stretch(row, today=today) for row in periods],
        "running": running_of(request.user, organisation),
        "ended": ended.exclude(status=Dossier.Status.RUNNING),
    }
    return render(request, "membership/membership.html", context)


@require_safe
@private
@login_required
def dossier_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The way of a dossier: what was done, what is next, and what was said."""
    assert isinstance(request.user, Person)
    dossier = dossier_of(request.user, number)
    return render(request, "membership/dossier_detail.html", _detail(request, dossier))


def _detail(
    request: HttpRequest, dossier: Dossier, note: NoteForm | None = None
) -> dict[str, Any]:
    person = request.user
    assert isinstance(person, Person)
    following = words.now(dossier)
    is_mine = recording.works_on(dossier, person)
    may_act = following is not None and recording.may_work_on(
        dossier, following.step, person
    )
    notes = Note.objects.visible_to(person).filter(dossier=dossier, is_internal=False)
    return {
        "dossier": dossier,
        "title": words.title_of(dossier),
        "state": words.state_of(dossier),
        "now": following,
        "may_act": may_act and following is not None and following.is_ours,
        "is_mine": is_mine,
        "may_withdraw": _may_withdraw(dossier, person),
        "rows": way_of(dossier, person),
        "draft": dossier.drafts.select_related("by").last() if is_mine else None,
        "notes": notes.select_related("by"),
        "note": note or NoteForm(label_suffix=""),
        "reason": _reason_of(dossier),
        "papers": offered(dossier, person),
    }


@login_required
@require_POST
def dossier_note(request: HttpRequest, number: str) -> HttpResponse:
    """Say something to the bureau."""
    assert isinstance(request.user, Person)
    dossier = dossier_of(request.user, number)
    if not recording.works_on(dossier, request.user):
        raise Http404("only who works for the organisation writes here")
    form = NoteForm(request.POST, label_suffix="")
    if not form.is_valid():
        context = _detail(request, dossier, form)
        page = "membership/dossier_detail.html"
        return render(request, page, context, status=UNPROCESSABLE)
    recording.add_note(dossier, form.cleaned_data["text"], by=request.user)
    messages.success(request, "Uw bericht staat in het dossier.")
    return redirect("dossier-detail", number)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def dossier_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The organisation does not go on; asked once more first."""
    assert isinstance(request.user, Person)
    dossier = dossier_of(request.user, number)
    if not _may_withdraw(dossier, request.user):
        raise Http404("not running, or not by this person")
    form = WithdrawForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            dossiers.withdraw(dossier, **form.cleaned_data, by=request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Dossier {number} is ingetrokken.")
        return redirect("dossier-detail", number)
    context = {"dossier": dossier, "form": form, "title": words.title_of(dossier)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "membership/dossier_withdraw.html", context, status=status)


@require_safe
@private
@login_required
def dossier_paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A paper as it was given, always to save and never shown by the browser."""
    assert isinstance(request.user, Person)
    dossier = dossier_of(request.user, number)
    visible = Evidence.objects.visible_to(request.user)
    paper = get_object_or_404(visible, dossier=dossier, pk=pk)
    if paper.is_destroyed:
        raise Http404("its content was destroyed, by decision")
    response = HttpResponse(bytes(paper.content), content_type=paper.media_type)
    disposition = content_disposition_header(True, paper.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def dossier_of(user: Person, number: str) -> Dossier:
    """With its steps, when this person may see it; else 404."""
    year, sequence = parse_number(number)
    return get_object_or_404(
        Dossier.objects.visible_to(user).with_steps().select_related("opened_by"),
        number_year=year,
        number_sequence=sequence,
    )


def _may_withdraw(dossier: Dossier, person: Person) -> bool:
    mine = person.organisations_as(Role.Name.CONTACTPERSOON)
    runs = dossier.status == Dossier.Status.RUNNING
    return runs and dossier.organisation_id in mine


def _reason_of(dossier: Dossier) -> str:
    """Why it ended without a membership, as was said then."""
    event = HistoryEvent.objects.filter(
        subject_type="membership.dossier",
        subject_id=dossier.pk,
        action__in=[Dossier.Status.WITHDRAWN, Dossier.Status.REFUSED],
    ).last()
    return str(event.facts.get("reason", "")) if event else ""
