"""The use of one instrument by an organisation: pause it, and go on (domain rule 10).

Who speaks for the holder may do it at any moment, without cost; the verb is that of the
bureau. Rows come from `visible_to`, so a stranger gets 404.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from contracts.models import Gebruiksovereenkomst
from contracts.stopping import pausing
from contracts.stopping.forms import PauseForm, ResumeForm
from membership.models import Person
from membership.sessions import acting_for
from nvsi.dutch import day
from nvsi.errors import NotAllowed

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@login_required
def use(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the use stands, what it did before, and the one thing to do now."""
    agreement = _agreement(request, slug)
    today = timezone.localdate()
    running = pausing.running_pause(agreement, today)
    asked = ResumeForm if running else PauseForm
    form = asked(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        try:
            said = _act(request, agreement, form.cleaned_data)
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, said)
            return redirect("use", slug)
    context = {
        "agreement": agreement,
        "organisation": agreement.organisation,
        "running": running,
        "pauses": agreement.pauses.select_related("by").order_by("-starts_on"),
        "form": form,
        "today": today,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "contracts/use.html", context, status=status)


def _act(
    request: HttpRequest, agreement: Gebruiksovereenkomst, said: dict[str, Any]
) -> str:
    by, today = request.user, timezone.localdate()
    assert isinstance(by, Person)
    if "reason" in said:
        made = pausing.pause(agreement, **said, today=today, by=by)
        return f"Het gebruik is gepauzeerd vanaf {day(made.starts_on)}."
    pausing.resume(agreement, **said, today=today, by=by)
    return f"Het gebruik gaat door vanaf {day(said['from_day'])}."


def _agreement(request: HttpRequest, slug: str) -> Gebruiksovereenkomst:
    """Of the organisation for which somebody acts: in force, or to come."""
    assert isinstance(request.user, Person)
    rows = Gebruiksovereenkomst.objects.visible_to(request.user)
    mine = rows.filter(organisation=acting_for(request), instrument__slug=slug)
    found = (
        mine.still_on(timezone.localdate())
        .select_related("organisation", "instrument")
        .order_by("starts_on")
        .first()
    )
    if found is None:
        raise Http404("no agreement to use it, or not for this person")
    return found
