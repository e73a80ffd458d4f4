"""The pages on which an agreement is signed: in the portal, and on paper.

Rows come from `visible_to`; a stranger gets 404. Who may sign sees what he signs, on
which ground and what happens then; who may not sees who can.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from contracts.kinds import Party
from contracts.models.offers import Offer
from contracts.models.signatures import Scan, SealedDocument
from contracts.signing import on_paper, rights, verbs
from contracts.signing.forms import ScanForm, SignForm
from contracts.signing.trail import grouped
from membership import fresh_factor
from membership.models import Person
from membership.second_factor import has_one, page_that_asks
from nvsi.errors import NotAllowed
from nvsi.receiving import was_too_large

private = cache_control(private=True, no_store=True)
TOO_LARGE, UNPROCESSABLE = 413, 422


@require_safe
@private
@login_required
def signing_desk(request: HttpRequest) -> HttpResponse:
    """All that waits for a signature of who looks, and all that he sees waiting."""
    assert isinstance(request.user, Person)
    by, today = request.user, timezone.localdate()
    offers = Offer.objects.visible_to(by).listed().running()
    rows = []
    for offer in offers.filter(offered_at__isnull=False).order_by("answer_by", "pk"):
        turn = verbs.whose_turn(offer)
        right = turn and rights.right_of(by, offer, turn, today)
        rows.append({"offer": offer, "turn": turn, "is_mine": bool(right)})
    context = {
        "mine": [row for row in rows if row["is_mine"]],
        "others": [row for row in rows if not row["is_mine"]],
    }
    return render(request, "contracts/signing_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def agreement_sign(request: HttpRequest, reference: str) -> HttpResponse:
    """Read, and sign: after a second factor that was given just now."""
    offer, by = _offer(request, reference), request.user
    assert isinstance(by, Person)
    around = _around(offer, by)
    may_sign = around["turn"] is not None and around["right"] is not None
    form = _form(request, offer, by, around["turn"]) if may_sign else None
    if request.method == "POST" and form is None:
        messages.error(request, "U kunt dit document nu niet tekenen.")
        return redirect("agreement-sign", reference)
    if form is not None and form.is_valid():
        return _sign(request, offer, form)
    context = {
        **around,
        "form": form,
        "given": fresh_factor.fresh(request),
        "minutes": int(fresh_factor.FRESH.total_seconds() // 60),
        "has_factor": has_one(by),
        "ask_again": _asking(by, reference),
    }
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    return render(request, "contracts/agreement_sign.html", context, status=status)


def _sign(request: HttpRequest, offer: Offer, form: SignForm) -> HttpResponse:
    """Act on a form that is right; whatever is refused is said on the page."""
    by = request.user
    assert isinstance(by, Person)
    given = fresh_factor.fresh(request)
    if given is None:
        messages.warning(request, "Bevestig nog een keer dat u het bent.")
        return redirect(_asking(by, offer.reference))
    try:
        verbs.sign(
            offer,
            Party(form.cleaned_data["party"]),
            seen=form.cleaned_data["seen"],
            factor=given,
            now=timezone.now(),
            by=by,
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "U hebt getekend.")
    return redirect("agreement-sign", offer.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def agreement_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """Print it, sign it by hand, and hand in the scan."""
    offer, by = _offer(request, reference), request.user
    assert isinstance(by, Person)
    if not on_paper.may_hand_in(offer, by):
        raise PermissionDenied("U werkt niet voor deze organisatie.")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    turn = verbs.whose_turn(offer)
    form = ScanForm(
        *posted,
        is_association=by.is_association,
        initial={"party": turn},
        label_suffix="",
    )
    too_large = was_too_large(request)
    if too_large:
        form.add_error("scan", "Dit bestand is te groot. Maak het kleiner dan 10 MB.")
    elif form.is_valid():
        try:
            on_paper.hand_in(
                offer,
                form.party_that_signed,
                form.cleaned_data["scan"],
                today=timezone.localdate(),
                by=by,
            )
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Het getekende exemplaar is toegevoegd.")
            return redirect("agreement-sign", reference)
    context = {**_around(offer, by), "form": form}
    status = TOO_LARGE if too_large else UNPROCESSABLE if form.is_bound else 200
    return render(request, "contracts/agreement_paper.html", context, status=status)


@require_safe
@private
@login_required
def agreement_sealed(request: HttpRequest, reference: str) -> HttpResponse:
    """The document with both signatures, sealed; always to save."""
    assert isinstance(request.user, Person)
    rows = SealedDocument.objects.visible_to(request.user)
    sealed = get_object_or_404(rows, offer__reference=reference)
    if not sealed.content:
        raise Http404("it had its time")
    return _file(bytes(sealed.content), "application/pdf", f"{reference}-getekend.pdf")


@require_safe
@private
@login_required
def agreement_scan(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What was signed on paper, as it was handed in; always to save."""
    assert isinstance(request.user, Person)
    rows = Scan.objects.visible_to(request.user).filter(offer__reference=reference)
    scan = get_object_or_404(rows, pk=pk)
    if scan.is_destroyed:
        raise Http404("it had its time")
    return _file(bytes(scan.content), scan.media_type, scan.file_name)


def _around(offer: Offer, by: Person) -> dict[str, Any]:
    """Where an offer is on its way to two signatures, and what of it is up to `by`."""
    open_now = offer.offered_at is not None and offer.is_running
    turn = verbs.whose_turn(offer) if open_now else None
    right = rights.right_of(by, offer, turn, timezone.localdate()) if turn else None
    signatures = list(offer.signatures.all())
    party = turn or Party.ORGANISATION  # which reads why also after the term
    may_read = on_paper.may_hand_in_for(offer, party, by)
    scans = list(offer.scans.defer("content").filter(party=party))
    came_back = [one for one in scans if one.status == Scan.Status.TURNED_BACK]
    waits = [one for one in scans if one.status == Scan.Status.WAITING]
    return {
        "offer": offer,
        "organisation": offer.organisation,
        "signatures": signatures,
        "mine": next((one for one in signatures if one.person_id == by.pk), None),
        "turn": turn,
        "whom": _whom(offer, turn) if turn else "",
        "right": right,
        "sum": grouped(offer.document_sha256),
        "sealed": SealedDocument.objects.listed().filter(offer=offer).first(),
        "waiting": waits[0] if turn and waits else None,
        "came_back": came_back if may_read else [],
        "may_hand_in": turn is not None and may_read,
    }


def _form(request: HttpRequest, offer: Offer, by: Person, turn: Party) -> SignForm:
    return SignForm(
        request.POST if request.method == "POST" else None,
        initial={"party": turn, "seen": offer.document_sha256},
        who=by.name,
        whom=_whom(offer, turn),
        label_suffix="",
    )


def _whom(offer: Offer, party: Party) -> str:
    return "de NVSI" if party == Party.NVSI else offer.organisation.formal_name


def _asking(by: Person, reference: str) -> str:
    """To the page that asks for a second factor, and from there back here."""
    back = urlencode({"next": reverse("agreement-sign", args=[reference])})
    return f"{reverse(page_that_asks(by))}?{back}"


def _offer(request: HttpRequest, reference: str) -> Offer:
    assert isinstance(request.user, Person)
    rows = Offer.objects.visible_to(request.user).listed()
    offer = get_object_or_404(rows, reference=reference)
    if offer.offered_at is None:
        raise Http404("not offered yet: there is nothing to sign")
    return offer


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
