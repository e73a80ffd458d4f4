"""Who reported a datalek knows more of it, and adds that in the portal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from contracts.breaches import recording
from contracts.breaches.more_form import MoreForm
from contracts.breaches.pages import CONFLICT, UNPROCESSABLE, known_to, private
from contracts.breaches.reading import Known, fresh
from contracts.breaches.words import said_of
from membership.models import Person
from nvsi.errors import NotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def breach_more(request: HttpRequest, number: str) -> HttpResponse:
    """Who reported it knows more, while it is not closed."""
    assert isinstance(request.user, Person)
    known, by = known_to(request, number), request.user
    if known.is_closed or not recording.reports_on(known.breach, by):
        raise Http404("only who reported it, while it runs")
    said = request.POST if request.method == "POST" else None
    form = MoreForm(said, label_suffix="")
    form.about(known.breach)
    if form.is_valid():
        seen, now = form.cleaned_data["shown"], timezone.now()
        try:
            recording.describe(known.breach, form.found, seen=seen, now=now, by=by)
        except (NotAllowed, ValidationError) as refusal:
            form.refuse(refusal)
            known = fresh(known.breach)
            form.about(known.breach)
        else:
            messages.success(request, "Uw aanvulling is ontvangen.")
            return redirect("breach-detail", known.breach.number)
    return _ask(request, form, known)


def _ask(request: HttpRequest, form: MoreForm, known: Known) -> HttpResponse:
    """The form; with what stands now beside it, when another was first."""
    status = UNPROCESSABLE if form.is_bound else 200
    context = {
        "form": form,
        "breach": known.breach,
        "description": known.description,
        "said": said_of(known) if form.is_overtaken else [],
    }
    return render(
        request,
        "contracts/breach_more.html",
        context,
        status=CONFLICT if form.is_overtaken else status,
    )
