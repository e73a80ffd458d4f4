"""Read an order, take its document, and confirm it as uitvoerder."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from contracts.models import Uitvoeringsopdracht
from contracts.orders import verbs
from contracts.orders.running import withdrawal_of
from membership.models import Person, Role
from nvsi.dutch import euro
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def order_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """What was ordered, and how far it is; the uitvoerder confirms it here."""
    assert isinstance(request.user, Person)
    order, by = _order(request, reference), request.user
    is_theirs = order.uitvoerder_id in by.organisations_as(Role.Name.UITVOERDER)
    if request.method == "POST":
        if not is_theirs:
            raise Http404("only the uitvoerder confirms")
        try:
            verbs.confirm(order, by=by)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "De opdracht is bevestigd. U kunt beginnen.")
        return redirect("order-detail", reference)
    voorstel, withdrawn = order.ontwikkelvoorstel, withdrawal_of(order)
    context = {
        "order": order,
        "voorstel": voorstel,
        "wens": voorstel.wens,
        "instrument": order.instrument,
        "amounts": _amounts(order),
        "withdrawn": withdrawn,
        "may_confirm": is_theirs and order.confirmed_at is None and not withdrawn,
        "is_late": not withdrawn and _is_late(order),
    }
    return render(request, "contracts/order_detail.html", context)


@require_safe
@private
@login_required
def order_document(request: HttpRequest, reference: str) -> HttpResponse:
    """The order as it was given."""
    order = _order(request, reference)
    response = HttpResponse(bytes(order.document), content_type="application/pdf")
    name = f"Uitvoeringsopdracht {order.reference}.pdf"
    header = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = header or "attachment"
    return response


def _order(request: HttpRequest, reference: str) -> Uitvoeringsopdracht:
    assert isinstance(request.user, Person)
    rows = Uitvoeringsopdracht.objects.visible_to(request.user).select_related(
        *("instrument", "uitvoerder", "given_by", "confirmed_by", "accepted_by"),
        *("ontwikkelvoorstel__wens__instrument", "ontwikkelvoorstel__besluit"),
    )
    return get_object_or_404(rows, reference=reference)


def _is_late(order: Uitvoeringsopdracht) -> bool:
    return not order.delivered_on and order.deliver_by < timezone.localdate()


def _amounts(order: Uitvoeringsopdracht) -> list[tuple[str, str]]:
    voorstel = order.ontwikkelvoorstel
    rows = [("Bedrag", euro(order.amount))]
    rows.append(("Uit de innovatiekas", euro(voorstel.from_kas)))
    if voorstel.from_others:
        rows.append(("Ander geld", euro(voorstel.from_others)))
    if order.final_amount is not None and order.final_from_kas is not None:
        rows.append(("Eindbedrag", euro(order.final_amount)))
        rows.append(("Daarvan uit de kas", euro(order.final_from_kas)))
    return rows
