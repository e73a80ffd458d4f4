"""The agreements of an organisation, as it reads them in the portal.

Rows come from `visible_to`; a stranger gets 404. Signing has its own pages, in
contracts.signing.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from contracts.clearing.shown import of_offer
from contracts.kinds import Party
from contracts.models import Clearing, Offer
from contracts.offering import shown
from contracts.offering.answering import decline, may_answer
from contracts.offering.course import moments
from contracts.offering.forms import DeclineForm
from contracts.offering.own_models import can_begin
from contracts.offering.where import paper_waits, stage_on, with_facts
from contracts.offering.words import badge_of, title_of
from contracts.signing.rights import right_of
from instruments.models import Instrument
from membership.models import Organisation, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed, Stale

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
@private
@login_required
def agreement_list(request: HttpRequest) -> HttpResponse:
    """What an organisation agreed with the NVSI, and what waits for it."""
    assert isinstance(request.user, Person)
    organisation, today = acting_for(request), timezone.localdate()
    clearings = Clearing.objects.visible_to(request.user)
    context = {
        "organisation": organisation,
        "seen": shown.overview(request.user, organisation, today=today),
        "instruments": Instrument.objects.own().order_by("name"),
        "clearings": clearings.about(organisation).exists(),
        "may_submit": can_begin(organisation, request.user, today),
    }
    return render(request, "contracts/agreement_list.html", context)


@require_safe
@private
@login_required
def agreement_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One agreement: where it is, what it says in short, and what happened."""
    offer = _offer(request, reference)
    return render(request, "contracts/agreement_detail.html", _around(request, offer))


@require_safe
@private
@login_required
def agreement_document(request: HttpRequest, reference: str) -> HttpResponse:
    """The document as it was offered: the bytes of which the check sum is signed."""
    assert isinstance(request.user, Person)
    offers = Offer.objects.visible_to(request.user)
    offer = get_object_or_404(offers, reference=reference)
    if not offer.document:
        raise Http404(
            "a draft has no document yet, and what had its time none any more"
        )
    response = HttpResponse(bytes(offer.document), content_type="application/pdf")
    disposition = content_disposition_header(True, offer.document_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def agreement_decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Say no, with the reason."""
    by, offer = request.user, _offer(request, reference)
    assert isinstance(by, Person)
    if not may_answer(offer, by):
        raise PermissionDenied("Afwijzen doet een contactpersoon of ondertekenaar.")
    around = _around(request, offer)
    if not around["may_decline"]:
        return _too_late(request, reference, "Dit aanbod wacht niet op uw antwoord.")
    form = DeclineForm(
        request.POST if request.method == "POST" else None, label_suffix=""
    )
    if form.is_valid():
        try:
            decline(offer, **form.cleaned_data, today=timezone.localdate(), by=by)
        except Stale as refusal:
            return _too_late(request, reference, str(refusal))
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "U hebt de overeenkomst afgewezen.")
            return redirect("agreement-detail", reference)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {**around, "form": form}
    return render(request, "contracts/agreement_decline.html", context, status=status)


def _too_late(request: HttpRequest, reference: str, why: str) -> HttpResponse:
    messages.warning(request, why)
    return redirect("agreement-detail", reference)


def _offer(request: HttpRequest, reference: str) -> Offer:
    assert isinstance(request.user, Person)
    visible = Offer.objects.visible_to(request.user).listed()
    return get_object_or_404(with_facts(visible), reference=reference)


def _around(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    by, today = request.user, timezone.localdate()
    assert isinstance(by, Person)
    stage = stage_on(offer, today)
    is_asked = shown.waits_for_them(offer, stage)
    mine = may_answer(offer, by)
    return {
        "offer": offer,
        "organisation": offer.organisation,
        "title": title_of(offer.kind, offer.why, str(offer.instrument or "")),
        "stage": stage,
        "badge": badge_of(stage, is_asked=is_asked),
        "paper_waits": paper_waits(offer),
        "price": shown.price_in_words(offer, today),
        "moments": moments(offer),
        "before": shown.before(offer),
        "is_for_others": offer.organisation.kind
        == Organisation.Kind.SAMENWERKINGSVERBAND,
        "gemeenten": [
            row.gemeente for row in offer.gemeenten.select_related("gemeente")
        ],
        "is_asked": is_asked,
        "is_mine": mine,
        "may_decline": is_asked and mine,
        "may_sign": right_of(by, offer, Party.ORGANISATION, today) is not None,
        "sealed": shown.is_sealed(offer),
        "clearings": of_offer(offer, by, today),
        "today": today,
    }
