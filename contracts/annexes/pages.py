"""What happens with personal data for an organisation: read it, and answer a change.

Rows come from `visible_to`; a stranger gets 404.
"""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from contracts.annexes import shown
from contracts.annexes.consenting import answer
from contracts.annexes.contacts import contacts_of, name_contact
from contracts.annexes.forms import AnswerForm, ContactForm
from contracts.annexes.register import register_on
from contracts.annexes.register_files import as_pdf, as_xlsx
from contracts.models import AnnexVersion, Consent
from contracts.models.annexes import ASKED, READERS
from membership.admission.evidence import PDF, XLSX
from membership.models import Organisation, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
@private
@login_required
def annex_list(request: HttpRequest) -> HttpResponse:
    """What holds now for the organisation, what is asked, and what it answered."""
    organisation, today = _own(request, *ASKED), timezone.localdate()
    context = {
        "organisation": organisation,
        "contacts": contacts_of(organisation, today),
        **shown.in_register(organisation, today),
        **shown.asked_of(organisation, today),
    }
    return render(request, "contracts/annex_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def annex_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what is different, all of it, and the answer to it."""
    assert isinstance(request.user, Person)
    version = _version(request, pk)
    consent = _consent(request, version)
    if request.method != "POST":
        return _shown(request, version, consent)
    if consent is None:
        raise Http404("only who was asked answers")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, version, consent, form, UNPROCESSABLE)
    today = timezone.localdate()
    try:
        answer(
            consent,
            form.cleaned_data["answer"],
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            today=today,
            by=request.user,
        )
    except NotAllowed as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _shown(request, version, consent, form, CONFLICT)
    messages.success(request, "Uw antwoord is opgeslagen. Het bureau kan het zien.")
    return redirect("annex-detail", pk=version.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def breach_contact(request: HttpRequest) -> HttpResponse:
    """Whom the NVSI calls after a datalek: named by who reads the annexes."""
    assert isinstance(request.user, Person)
    organisation, today = _own(request), timezone.localdate()
    known = contacts_of(organisation, today).first()
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial=model_to_dict(known) if known else {},
    )
    if form.is_valid():
        name_contact(organisation, **form.cleaned_data, today=today, by=request.user)
        messages.success(request, "Opgeslagen. Dit geldt vanaf nu.")
        return redirect("annex-list")
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"organisation": organisation, "form": form, "known": known}
    return render(request, "contracts/breach_contact.html", context, status=status)


@require_safe
@private
@login_required
def processing_register(request: HttpRequest, fmt: str) -> HttpResponse:
    """The register of processing, as far as it is about one's own organisation."""
    organisation, today = _own(request), timezone.localdate()
    rows = register_on(today, of=organisation)
    if fmt == "xlsx":
        return _file(as_xlsx(rows, today), XLSX, fmt, today)
    return _file(as_pdf(rows, today, of=str(organisation)), PDF, fmt, today)


def _own(request: HttpRequest, *roles: str) -> Organisation:
    """For which somebody acts, when he reads its annexes."""
    assert isinstance(request.user, Person)
    organisation = acting_for(request)
    if organisation.pk not in request.user.organisations_as(*(roles or READERS)):
        raise PermissionDenied(
            "Dit is voor de contactpersoon, een ondertekenaar of de functionaris "
            "gegevensbescherming."
        )
    return organisation


def _version(request: HttpRequest, pk: int) -> AnnexVersion:
    assert isinstance(request.user, Person)
    versions = AnnexVersion.objects.visible_to(request.user).whole()
    return get_object_or_404(versions, pk=pk)


def _consent(request: HttpRequest, version: AnnexVersion) -> Consent | None:
    """Of the organisation for which somebody acts, when it was asked."""
    assert isinstance(request.user, Person)
    if not request.user.organisation_ids:
        return None
    rows = Consent.objects.visible_to(request.user).select_related(
        "answered_by", "organisation", "version__instrument"
    )
    return rows.filter(version=version, organisation=acting_for(request)).first()


def _shown(
    request: HttpRequest,
    version: AnnexVersion,
    consent: Consent | None,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(request.user, Person)
    today = timezone.localdate()
    context: dict[str, Any] = {
        **shown.of_version(version, today, consent.organisation if consent else None),
        **shown.of_consent(consent, request.user, today),
        "form": form or AnswerForm(initial=shown.answered(consent)),
    }
    return render(request, "contracts/annex_detail.html", context, status=status)


def _file(
    content: bytes, media_type: str, fmt: str, day: datetime.date
) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    name = f"verwerkingsregister-{day}.{fmt}"
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
