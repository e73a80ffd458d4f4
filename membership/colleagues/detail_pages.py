"""The page on which somebody keeps his own details."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from membership.colleagues import details
from membership.colleagues.forms import DetailsForm
from membership.colleagues.pages import UNPROCESSABLE, private
from membership.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def own_details(request: HttpRequest) -> HttpResponse:
    """My name, function and telephone number."""
    assert isinstance(request.user, Person)
    person = request.user
    known = {field: getattr(person, field) for field in details.OWN}
    form = DetailsForm(request.POST or None, initial=known, label_suffix="")
    if form.is_valid():
        details.change(person, **form.cleaned_data, today=timezone.localdate())
        messages.success(request, "Uw gegevens zijn opgeslagen.")
        return redirect("own-details")
    context = {
        "form": form,
        "is_asked": details.is_asked(person),
        "known_since": details.known_since(person),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "membership/own_details.html", context, status=status)


@private
@login_required
@require_POST
def details_confirm(request: HttpRequest) -> HttpResponse:
    """Yes, all of it still holds."""
    assert isinstance(request.user, Person)
    details.confirm(request.user, today=timezone.localdate())
    messages.success(request, "Dank u wel. Uw gegevens zijn bevestigd.")
    return redirect("home")
