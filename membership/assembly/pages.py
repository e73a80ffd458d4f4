"""Read an ALV: when, where, what is asked, the papers, and what was decided.

Everything comes from `visible_to`; a stranger gets 404.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from membership.assembly.amending import may_amend
from membership.assembly.amounts import overview_of
from membership.assembly.attending import may_announce, said_who_comes
from membership.assembly.calendar_items import calendar_item
from membership.assembly.convening import changes_statuten
from membership.assembly.origins import origins_of
from membership.assembly.pointing import resting_on
from membership.assembly.printing import amounts_in
from membership.assembly.shown import (
    agenda_of,
    has_vote,
    item_of,
    papers_of,
    votes_of,
    votes_to_cast,
)
from membership.assembly.telling import page_of, when
from membership.letters.body import html_of
from membership.models import (
    AlvBesluit,
    Assembly,
    AssemblyPaper,
    Initiative,
    MemberVoorstel,
    Person,
    Voorstel,
)
from membership.models.bodies import belongs
from membership.sessions import acting_for

private = cache_control(private=True, no_store=True)


@require_safe
@private
@login_required
def assembly_list(request: HttpRequest) -> HttpResponse:
    """What comes first, then what was."""
    assert isinstance(request.user, Person)
    _require_belonging(request.user)
    now, today = timezone.now(), timezone.localdate()
    seen = Assembly.objects.visible_to(request.user, on=today).told()
    coming = list(seen.coming_at(now))
    acts = acting_for(request) if request.user.organisation_ids else None
    context = {
        "coming": [(one, when(one)) for one in coming],
        "taking": [
            (one, when(one)) for one in Assembly.objects.taking_voorstellen_at(now)
        ],
        "initiatives": Initiative.objects.visible_to(request.user, on=today)
        .exclude(status=Initiative.Status.WITHDRAWN)
        .select_related("organisation"),
        "handed_in": MemberVoorstel.objects.visible_to(request.user).select_related(
            "assembly", "organisation"
        ),
        "member": acts if has_vote(acts, today) else None,
        "may_hand_in": acts is not None and may_amend(request.user, acts, today),
        "past": seen.exclude(pk__in=[one.pk for one in coming]).order_by("-starts_at"),
    }
    return render(request, "membership/assembly_list.html", context)


@require_safe
@private
@login_required
def assembly_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda with its voorstellen, the papers, and what a lid can do."""
    assert isinstance(request.user, Person)
    now, today = timezone.now(), timezone.localdate()
    assembly = _assembly(request, pk)
    acts = acting_for(request) if request.user.organisation_ids else None
    votes = votes_of(assembly)
    has_a_vote = has_vote(acts, today)
    context = {
        "assembly": assembly,
        "when": when(assembly),
        "note": html_of(assembly.note),
        "is_coming": assembly.is_convened and now < assembly.ends_at,
        "takes_amendements": assembly.takes_amendements_at(now),
        "statutes": changes_statuten(assembly),
        "agenda": agenda_of(assembly, request.user, today),
        "papers": papers_of(assembly, request.user, today),
        "votes": votes,
        "to_cast": votes_to_cast(votes, request.user, today),
        "member": acts
        if acts and has_a_vote and may_announce(request.user, acts)
        else None,
        "has_vote": has_a_vote,
        "comes": acts and said_who_comes(assembly, acts),
        "acts": acts,
    }
    return render(request, "membership/assembly_detail.html", context)


@require_safe
@private
@login_required
def assembly_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """As a file for somebody's own calendar."""
    assembly = _assembly(request, pk)
    item = calendar_item(assembly, f"{settings.SITE_URL}{page_of(assembly)}")
    return _file(item.encode(), "text/calendar; charset=utf-8", "alv.ics")


@require_safe
@private
@login_required
def assembly_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A paper as it was laid on the table, always to save."""
    assert isinstance(request.user, Person)
    papers = AssemblyPaper.objects.visible_to(request.user, on=timezone.localdate())
    row = get_object_or_404(papers, assembly=pk, pk=paper)
    return _file(bytes(row.content), row.media_type, row.file_name)


@require_safe
@private
@login_required
def voorstel_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, why, and which amendementen there are."""
    assert isinstance(request.user, Person)
    now, today = timezone.now(), timezone.localdate()
    seen = Voorstel.objects.visible_to(request.user, on=today)
    voorstel = get_object_or_404(seen.select_related("assembly"), pk=pk)
    acts = request.user.organisation_ids and acting_for(request)
    takes = voorstel.assembly.takes_amendements_at(now) and not voorstel.is_withdrawn
    context = {
        "item": item_of(voorstel, request.user),
        "voorstel": voorstel,
        "assembly": voorstel.assembly,
        "when": when(voorstel.assembly),
        "toelichting": html_of(voorstel.toelichting),
        "amounts": overview_of(amounts_in(voorstel)),
        "origins": origins_of(voorstel, request.user),
        "papers": voorstel.papers.defer("content"),
        "takes_amendements": takes,
        "may_amend": bool(takes and acts and may_amend(request.user, acts, today)),
    }
    return render(request, "membership/voorstel_detail.html", context)


@require_safe
@private
@login_required
def besluit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision of the ALV, and what rests on it."""
    assert isinstance(request.user, Person)
    rows = AlvBesluit.objects.visible_to(request.user, on=timezone.localdate())
    besluit = get_object_or_404(
        rows.select_related("beslispunt__voorstel__assembly"), pk=pk
    )
    point = getattr(besluit, "beslispunt", None)
    context = {
        "besluit": besluit,
        "words": html_of(besluit.text),
        "point": point,
        "voorstel": point.voorstel if point else None,
        "rests": resting_on(besluit, request.user),
    }
    return render(request, "membership/besluit_detail.html", context)


def _assembly(request: HttpRequest, pk: int) -> Assembly:
    assert isinstance(request.user, Person)
    seen = Assembly.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen, pk=pk)


def _require_belonging(person: Person) -> None:
    if not belongs(person, timezone.localdate()):
        raise Http404("only who belongs")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response
