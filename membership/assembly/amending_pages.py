"""Hand in an amendement for a lid, withdraw it, or take it over."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from membership.assembly import amending
from membership.assembly.forms import AmendementForm
from membership.models import Amendement, Beslispunt, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def amendement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the lid for which somebody acts. 404 for who does not speak for a lid."""
    assert isinstance(request.user, Person)
    now, today = timezone.now(), timezone.localdate()
    seen = Beslispunt.objects.visible_to(request.user, on=today)
    point = get_object_or_404(seen.select_related("voorstel__assembly"), pk=pk)
    member = acting_for(request) if request.user.organisation_ids else None
    if member is None or not amending.may_amend(request.user, member, today):
        raise Http404("only who speaks for a lid with a vote")
    form = AmendementForm(point, request.POST or None, initial={"new_text": point.text})
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                amending.hand_in(
                    point, member, **form.cleaned_data, now=now, by=request.user
                )
            except NotAllowed as refusal:
                form.add_error(refusal.field or None, str(refusal))
                status = CONFLICT
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(
                    request, "Uw amendement is ingediend. De leden krijgen bericht."
                )
                return redirect("voorstel-detail", point.voorstel_id)
    is_open = point.voorstel.assembly.takes_amendements_at(now)
    context = {"form": form, "point": point, "member": member, "is_open": is_open}
    return render(request, "membership/amendement_new.html", context, status=status)


@private
@login_required
@require_POST
def amendement_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, amending.withdraw, "Het amendement is ingetrokken.")


@private
@login_required
@require_POST
def amendement_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    said = "Het amendement is overgenomen. De leden krijgen bericht."
    return _act(request, pk, amending.take_over, said)


def _act(
    request: HttpRequest, pk: int, verb: Callable[..., Any], said: str
) -> HttpResponse:
    assert isinstance(request.user, Person)
    seen = Amendement.objects.visible_to(request.user, on=timezone.localdate())
    row = get_object_or_404(seen.select_related("beslispunt"), pk=pk)
    try:
        verb(row, now=timezone.now(), by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("voorstel-detail", row.beslispunt.voorstel_id)
