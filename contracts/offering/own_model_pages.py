"""The page on which an organisation hands in its own model verwerkersovereenkomst."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from contracts.annexes.contacts import contacts_of, name_contact
from contracts.models import AnnexVersion, SubmittedModel
from contracts.offering.own_model_forms import OwnModelForm
from contracts.offering.own_models import (
    annexes_to_confirm,
    in_the_way,
    may_submit,
    submit,
)
from membership.models import Organisation, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed
from nvsi.receiving import was_too_large

private = cache_control(private=True, no_store=True)
TOO_LARGE, UNPROCESSABLE = 413, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def own_model(request: HttpRequest) -> HttpResponse:
    """Hand in the model; then see where it is, and why it came back."""
    assert isinstance(request.user, Person)
    organisation, today = acting_for(request), timezone.localdate()
    if not may_submit(organisation, request.user):
        raise PermissionDenied("Een contactpersoon of ondertekenaar dient dit in.")
    rows = SubmittedModel.objects.visible_to(request.user).listed()
    last = rows.of(organisation).first()
    annexes = annexes_to_confirm(organisation, today)
    readable = AnnexVersion.objects.visible_to(request.user)
    form = _form(request, organisation, annexes)
    too_large = was_too_large(request)
    if too_large:
        form.add_error("file", "Dit bestand is te groot. Maak het kleiner dan 10 MB.")
    elif form.is_valid() and _submit(request, organisation, form):
        messages.success(request, "Uw model is ingediend. Het bureau vergelijkt het.")
        return redirect("own-model")
    context = {
        "organisation": organisation,
        "form": form,
        "annexes": annexes,
        "readable": set(readable.values_list("pk", flat=True)),
        "last": last,
        "stops": "" if form.is_bound else in_the_way(organisation, today),
        "waits": last is not None and last.status == SubmittedModel.Status.WAITING,
        "came_back": last is not None
        and last.status == SubmittedModel.Status.TURNED_BACK,
    }
    status = TOO_LARGE if too_large else UNPROCESSABLE if form.is_bound else 200
    return render(request, "contracts/own_model.html", context, status=status)


@require_safe
@private
@login_required
def own_model_document(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it was handed in; always to save."""
    assert isinstance(request.user, Person)
    rows = SubmittedModel.objects.visible_to(request.user)
    row = get_object_or_404(rows, pk=pk)
    if row.is_destroyed:
        raise Http404("it had its time")
    response = HttpResponse(bytes(row.content), content_type="application/pdf")
    disposition = content_disposition_header(True, row.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@transaction.atomic
def _hand_in(request: HttpRequest, organisation: Organisation, said: Any) -> None:
    by, today = request.user, timezone.localdate()
    assert isinstance(by, Person)
    facts = said.cleaned_data
    submit(
        organisation,
        facts["file"],
        model_version=facts["model_version"],
        starts_on=facts["starts_on"],
        confirmed=facts["seen"],
        today=today,
        by=by,
    )
    name_contact(organisation, **said.contact(), today=today, by=by)


def _submit(
    request: HttpRequest, organisation: Organisation, form: OwnModelForm
) -> bool:
    """False when it is refused, and the form says why."""
    try:
        _hand_in(request, organisation, form)
    except NotAllowed as refusal:
        form.refuse(refusal)
        return False
    return True


def _form(
    request: HttpRequest, organisation: Organisation, annexes: list[AnnexVersion]
) -> OwnModelForm:
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    today = timezone.localdate()
    known = contacts_of(organisation, today).first()
    contact = model_to_dict(known, ("function", "email", "telephone")) if known else {}
    seen = ",".join(f"{one.pk}" for one in annexes)
    first = {**contact, "starts_on": today, "seen": seen}
    return OwnModelForm(data, files, initial=first, label_suffix="")
