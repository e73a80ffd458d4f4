"""A lid hands in a voorstel for an ALV that is being prepared, and reads the answer.

Everything comes from `visible_to`; a stranger gets 404.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from membership.assembly import handing_in
from membership.assembly.amending import may_amend
from membership.assembly.forms import MemberVoorstelForm
from membership.assembly.telling import when
from membership.letters.body import html_of
from membership.models import Assembly, MemberVoorstel, Organisation, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def member_voorstel_new(request: HttpRequest, pk: int) -> HttpResponse:
    """For who speaks for a lid, while the ALV is open for voorstellen; else 404."""
    assert isinstance(request.user, Person)
    now, today = timezone.now(), timezone.localdate()
    member = acting_for(request) if request.user.organisation_ids else None
    if member is None or not may_amend(request.user, member, today):
        raise Http404("only who speaks for a lid with a vote")
    open_ones = Assembly.objects.taking_voorstellen_at(now)
    assembly = get_object_or_404(open_ones, pk=pk)
    form = MemberVoorstelForm(request.POST or None, label_suffix="")
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            made = _hand_in(request, assembly, member, form)
            if made is not None:
                return redirect("member-voorstel", made.pk)
            status = CONFLICT
    context = {
        "form": form,
        "assembly": assembly,
        "member": member,
        "when": when(assembly),
    }
    page = "membership/member_voorstel_new.html"
    return render(request, page, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def member_voorstel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in, and what became of it; to withdraw it while it waits."""
    assert isinstance(request.user, Person)
    rows = MemberVoorstel.objects.visible_to(request.user)
    found = rows.select_related("assembly", "organisation", "by", "voorstel")
    row = get_object_or_404(found, pk=pk)
    may = may_amend(request.user, row.organisation, timezone.localdate())
    if request.method == "POST":
        try:
            handing_in.withdraw(row, now=timezone.now(), by=request.user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Het voorstel is ingetrokken.")
        return redirect("member-voorstel", pk)
    context = {
        "handed_in": row,
        "assembly": row.assembly,
        "when": when(row.assembly),
        "points": html_of(row.beslispunten),
        "toelichting": html_of(row.toelichting),
        "may_withdraw": may and row.is_waiting,
    }
    return render(request, "membership/member_voorstel.html", context)


def _hand_in(
    request: HttpRequest,
    assembly: Assembly,
    member: Organisation,
    form: MemberVoorstelForm,
) -> MemberVoorstel | None:
    assert isinstance(request.user, Person)
    try:
        made = handing_in.hand_in(
            assembly,
            member,
            **form.cleaned_data,
            now=timezone.now(),
            by=request.user,
        )
    except NotAllowed as refusal:
        form.add_error(refusal.field or None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        messages.success(request, "Uw voorstel is ingediend bij het bestuur.")
        return made
    return None
