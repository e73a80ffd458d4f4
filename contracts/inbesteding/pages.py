"""Whether one's own organisation may give work without a tender, and its evidence.

What stands here of the association is for every organisation that belongs to read; the
evidence itself comes from `visible_to`. An uitvoerder gets 404: it is none of its.
"""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from contracts.inbesteding.evidence import freeze, zip_of
from contracts.inbesteding.forms import AwardDayForm
from contracts.inbesteding.paper import TO_DO
from contracts.inbesteding.shown import shown
from contracts.models import InbestedingEvidence
from contracts.models.awards import READERS
from instruments.models import Instrument
from membership.admission.evidence import PDF
from membership.models import Organisation, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422
ZIP = "application/zip"


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def inbesteding(request: HttpRequest, slug: str) -> HttpResponse:
    """Yes or no for a day of award, and on what it rests; send it to get the evidence.

    The association sees what holds for any member, and makes no evidence.
    """
    organisation = _organisation(request)
    instrument = get_object_or_404(Instrument.objects.own(), slug=slug)
    sent = request.POST if request.method == "POST" else request.GET
    form = AwardDayForm(sent, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, instrument, organisation, form, status=UNPROCESSABLE)
    day: datetime.date = form.cleaned_data["datum"]
    if request.method != "POST":
        return _page(request, instrument, organisation, form, day=day)
    assert isinstance(request.user, Person)
    if organisation is None or not may_make(request.user, organisation):
        raise Http404("only for an organisation of one's own")
    try:
        made = freeze(organisation, instrument, awarded_on=day, by=request.user)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, instrument, organisation, form, day=day, status=CONFLICT)
    messages.success(request, f"Uw bewijsdossier {made.number} is gemaakt.")
    page = reverse("inbesteding", args=[instrument.slug])
    return redirect(f"{page}?datum={day}#dossiers")


def may_make(person: Person, organisation: Organisation) -> bool:
    return organisation.pk in person.organisations_as(*READERS)


def _organisation(request: HttpRequest) -> Organisation | None:
    """For whom somebody asks; None for the association."""
    assert isinstance(request.user, Person)
    if not request.user.organisation_ids:
        if not request.user.is_association:
            raise Http404("no role, or none any more")
        return None
    organisation = acting_for(request)
    if organisation.kind == Organisation.Kind.UITVOERDER:
        raise Http404("an uitvoerder gives no work to the association")
    return organisation


def _page(
    request: HttpRequest,
    instrument: Instrument,
    organisation: Organisation | None,
    form: AwardDayForm,
    *,
    day: datetime.date | None = None,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(request.user, Person)
    context: dict[str, Any] = {
        "instrument": instrument,
        "organisation": organisation,
        "form": form,
        "shown": shown(instrument, day, organisation) if day else None,
        "today": form.today,
        "to_do": TO_DO,
    }
    if organisation is not None:
        evidence = InbestedingEvidence.objects.visible_to(request.user).light()
        context["evidence"] = evidence.filter(
            instrument=instrument, organisation=organisation
        )
        context["may_make"] = may_make(request.user, organisation)
    return render(request, "contracts/inbesteding.html", context, status=status)


@require_safe
@private
@login_required
def evidence_file(request: HttpRequest, number: str, fmt: str) -> HttpResponse:
    """The PDF as it was frozen, or the ZIP with its papers."""
    assert isinstance(request.user, Person)
    _, year, sequence = number.split("-")
    visible = InbestedingEvidence.objects.visible_to(request.user)
    row = get_object_or_404(
        visible, number_year=int(year), number_sequence=int(sequence)
    )
    content = bytes(row.pdf) if fmt == "pdf" else zip_of(row)
    response = HttpResponse(content, content_type=PDF if fmt == "pdf" else ZIP)
    name = f"{row.number} Bewijs voor inbesteding.{fmt}"
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
