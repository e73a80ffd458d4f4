"""What an instrument costs, for everybody.

Public: a tariff is decided by the ALV, and how many people live in a gemeente is known
to all; who thinks of joining may know the price first. Nothing here says whether a
gemeente uses the instrument. So this page does not ask `visible_to`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from instruments.models import Instrument, Tariff
from instruments.pricing.forms import PriceForm, RevenueForm, YearForm
from instruments.pricing.quote import NoPrice, Rates, of_revenue, of_tariff, rates_in
from membership.models import Organisation
from membership.sessions import acting_for

UNPROCESSABLE = 422


@require_safe
def price(request: HttpRequest, slug: str) -> HttpResponse:
    """The way of paying in a year, and the sum for who is filled in."""
    instrument = get_object_or_404(Instrument, slug=slug)
    form = YearForm(request.GET, today=timezone.localdate())
    context: dict[str, Any] = {"instrument": instrument, "form": form}
    if form.is_valid():
        context |= _in_year(request, instrument, form.cleaned_data["jaar"])
    status = UNPROCESSABLE if context["form"].errors else 200
    response = render(request, "instruments/price.html", context, status=status)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _in_year(request: HttpRequest, instrument: Instrument, year: int) -> dict[str, Any]:
    tariffs = Tariff.objects.filter(instrument=instrument).select_related("besluit")
    tariff, rates = tariffs.in_year(year).first(), rates_in(instrument, year)
    if tariff:
        return {"year": year, "tariff": tariff} | _by_tariff(request, tariff, year)
    if rates.asked:
        return {"year": year, "rates": rates} | _by_revenue(request, rates)
    return {"year": year, "later": tariffs.filter(starts_on__year__gt=year).first()}


def _by_tariff(request: HttpRequest, tariff: Tariff, year: int) -> dict[str, Any]:
    by_users = tariff.kind == Tariff.Kind.USERS
    form = PriceForm(
        _with_own(request), today=timezone.localdate(), with_users=by_users
    )
    if not form.is_valid():
        return {"form": form}
    gemeente: Organisation | None = form.cleaned_data["gemeente"]
    if gemeente is None:
        return {"form": form}
    users: int | None = form.cleaned_data.get("gebruikers")
    shown = {"form": form, "gemeente": gemeente}
    try:
        return shown | {"quote": of_tariff(tariff, year, gemeente, users)}
    except NoPrice as why:
        return shown | {"why_not": str(why)}


def _by_revenue(request: HttpRequest, rates: Rates) -> dict[str, Any]:
    form = RevenueForm(request.GET, today=timezone.localdate())
    if not form.is_valid() or form.cleaned_data["omzet"] is None:
        return {"form": form}
    return {"form": form, "quote": of_revenue(rates, form.cleaned_data["omzet"])}


def _with_own(request: HttpRequest) -> QueryDict:
    """For who acts for a gemeente: that one, until another is chosen."""
    if "gemeente" in request.GET or not request.user.is_authenticated:
        return request.GET
    try:
        own = acting_for(request)
    except PermissionDenied:
        return request.GET
    asked = request.GET.copy()
    if own.kind == Organisation.Kind.GEMEENTE:
        asked["gemeente"] = own.code
    return asked
