"""Pages for the uitvoerder: what was delivered, a new file, and how far it is."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from billing.models import Upload
from billing.statements.pages import private
from billing.tasks import work_on_uploads
from billing.uploading import uploads
from billing.uploading import words as upload_words
from billing.uploading.forms import MEGABYTE, UploadForm
from billing.uploading.listing import deliveries
from instruments.models import Instrument
from instruments.selection import carried_out_by
from membership.models import Organisation, Person, Role
from membership.sessions import acting_for
from nvsi.bell import ring
from nvsi.errors import NotAllowed
from nvsi.receiving import was_too_large

TOO_LARGE, CONFLICT = 413, 409
# On the page; the file of refused rows has them all.
ERRORS_SHOWN = 100
EXPIRED = "verlopen"


def delivering(request: HttpRequest) -> Organisation:
    """The uitvoerder for which somebody works now. Raises PermissionDenied."""
    assert isinstance(request.user, Person)
    source = acting_for(request)
    if source.pk not in request.user.organisations_as(Role.Name.UITVOERDER):
        raise PermissionDenied("U levert geen urenregels aan voor deze organisatie.")
    return source


@require_safe
@private
@login_required
def upload_list(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    source = delivering(request)
    page = deliveries(request.user, source, request.GET.get("pagina", ""))
    return render(request, "billing/upload_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@private
def upload_new(request: HttpRequest) -> HttpResponse:
    """Send a file. Whose session ended while sending comes back here, and is told."""
    if not request.user.is_authenticated:
        ended = f"?{EXPIRED}=1" if request.method == "POST" else ""
        return redirect_to_login(f"{reverse('upload-new')}{ended}")
    source, today = delivering(request), timezone.localdate()
    instruments = carried_out_by(source, today)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    too_large = was_too_large(request)
    form = UploadForm(instruments, *posted, was_too_large=too_large)
    if form.is_valid() and (upload := _received(request, form, source)) is not None:
        return redirect("upload-detail", upload.pk)
    context = {
        "form": form,
        "instruments": instruments,
        "most": settings.UPLOAD_MOST_BYTES // MEGABYTE,
        "expired": EXPIRED in request.GET,
    }
    status = TOO_LARGE if too_large else 200
    return render(request, "billing/upload_form.html", context, status=status)


def _received(
    request: HttpRequest, form: UploadForm, source: Organisation
) -> Upload | None:
    """The upload; None when it is refused, and then the form says why."""
    assert isinstance(request.user, Person)
    file: TemporaryUploadedFile = form.cleaned_data["file"]
    instrument: Instrument = form.cleaned_data["instrument"]
    try:
        with transaction.atomic():
            upload = uploads.receive(
                Path(file.temporary_file_path()),
                file_name=file.name or "urenregels",
                instrument=instrument,
                source=source,
                today=timezone.localdate(),
                by=request.user,
            )
            ring(work_on_uploads)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    return upload


@require_safe
@private
@login_required
def upload_detail(request: HttpRequest, pk: int) -> HttpResponse:
    upload = _upload(request, pk)
    assert isinstance(request.user, Person)
    delivers = upload.source_id in request.user.organisations_as("uitvoerder")
    words, tone = upload_words.state_of(upload)
    preview = upload.preview if upload.status != Upload.Status.REFUSED else None
    context = {
        "upload": upload,
        "words": words,
        "tone": tone,
        "delivers": delivers,
        "moving": upload.status in Upload.WAITING,
        "received": upload_words.moment(upload.received_at),
        "steps": upload_words.steps(upload),
        "counts": upload_words.counts(preview) if preview else [],
        "tables": upload_words.tables(preview) if preview else [],
        "errors": list(upload_words.errors(upload, ERRORS_SHOWN)),
        "shown": ERRORS_SHOWN,
        "mended_by": upload.mended_by.visible_to(request.user).first(),
    }
    return render(request, "billing/upload_detail.html", context)


@login_required
@require_POST
def upload_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    upload, seen = _upload(request, pk), request.POST.get("fingerprint", "")
    assert isinstance(request.user, Person)
    try:
        with transaction.atomic():
            uploads.confirm(
                upload, fingerprint=seen, now=timezone.now(), by=request.user
            )
            ring(work_on_uploads)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("upload-detail", pk)


@login_required
@require_POST
def upload_check(request: HttpRequest, pk: int) -> HttpResponse:
    upload = _upload(request, pk)
    assert isinstance(request.user, Person)
    try:
        with transaction.atomic():
            uploads.check_again(upload, by=request.user)
            ring(work_on_uploads)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("upload-detail", pk)


@login_required
@require_POST
def upload_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    upload = _upload(request, pk)
    assert isinstance(request.user, Person)
    try:
        uploads.withdraw(upload, by=request.user)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
        return redirect("upload-detail", pk)
    messages.success(request, f"Het {upload} is ingetrokken. Er is niets verwerkt.")
    return redirect("upload-list")


@require_safe
@private
@login_required
def upload_refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused rows as a file to mend."""
    upload = _upload(request, pk)
    if upload.refused_csv is None:
        raise Http404("no refused rows")
    name = f"geweigerde regels {upload.pk} {Path(upload.file_name).stem}.csv"
    response = HttpResponse(bytes(upload.refused_csv), content_type="text/csv")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _upload(request: HttpRequest, pk: int) -> Upload:
    """Delivered by an uitvoerder of this person; else 404."""
    assert isinstance(request.user, Person)
    return get_object_or_404(
        Upload.objects.visible_to(request.user).select_related(
            "source", "instrument", "received_by", "confirmed_by", "delivery", "mends"
        ),
        pk=pk,
    )
