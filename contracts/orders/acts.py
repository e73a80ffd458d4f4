"""The steps of a verbeterwens that are about its order, for the page of that wens."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from contracts.models import Uitvoeringsopdracht
from contracts.orders import forms, running, verbs
from contracts.orders.deadlines import open_orders
from instruments.models import Verbeterwens
from instruments.wishes import ordered
from instruments.wishes.acts import ACTS, Act
from instruments.wishes.beside import Beside, tellers
from instruments.wishes.deadlines import asked_elsewhere
from instruments.wishes.forms import StepForm
from instruments.wishes.stages import Step
from membership import fresh_factor
from membership.deadlines import asked
from membership.models import Person
from membership.second_factor import page_that_asks
from nvsi.dutch import euro


def _with(verb: Callable[..., Model]) -> Callable[..., Model]:
    def do(wens: Verbeterwens, facts: Mapping[str, Any], by: Person) -> Model:
        return verb(wens, by=by, **facts)

    return do


def _ask_again(request: HttpRequest, _wens: Verbeterwens) -> str:
    """The page that asks for a second factor, and from there back here; '' when one was
    given just now."""
    if fresh_factor.fresh(request):
        return ""
    assert isinstance(request.user, Person)
    messages.info(
        request,
        "Een opdracht geeft u met een code uit uw app of met een passkey, van dit "
        "moment. Een herstelcode of uw wachtwoord telt hier niet.",
    )
    back = urlencode({"next": request.path})
    return f"{reverse(page_that_asks(request.user))}?{back}"


def _to_confirm(request: HttpRequest, wens: Verbeterwens) -> str:
    """The page of the order, while the uitvoerder did not confirm it."""
    rows = Uitvoeringsopdracht.objects.filter(ontwikkelvoorstel__wens=wens)
    order = rows.filter(confirmed_at__isnull=True).defer("document").first()
    if order is None:
        return ""
    messages.warning(request, "Bevestig eerst de opdracht. Daarna levert u op.")
    return reverse("order-detail", args=[order.reference])


def _given(request: HttpRequest) -> dict[str, Any]:
    return {"factor": fresh_factor.fresh(request)}


ORDER_ACTS: dict[Step, Act] = {
    Step.ORDERED: Act(
        "Geef de opdracht",
        "Geeft het bestuur opdracht aan de uitvoerder?",
        "De uitvoerder krijgt bericht, en bevestigt de opdracht.",
        forms.GiveForm,
        _with(verbs.give),
        first_to=_ask_again,
        adds=_given,
    ),
    Step.DELIVERED: Act(
        "Lever op",
        "Wat is er opgeleverd?",
        "Daarna kijkt de regiegroep of zij het aanvaardt.",
        forms.DeliverForm,
        _with(verbs.deliver),
        first_to=_to_confirm,
    ),
    Step.RETURNED: Act(
        "Nog niet aanvaarden",
        "Wat moet er nog beter?",
        "De uitvoerder krijgt bericht, en levert opnieuw op.",
        StepForm,
        _with(verbs.send_back),
    ),
    Step.ACCEPTED: Act(
        "Aanvaard",
        "Aanvaardt de regiegroep wat is opgeleverd?",
        "De innovatiekas betaalt haar deel. Wat er niet van nodig was, komt weer vrij.",
        forms.AcceptForm,
        _with(verbs.accept),
    ),
}


def orders_of(wens: Verbeterwens) -> Iterator[Beside]:
    """The order, and what it cost in the end. One query."""
    rows = Uitvoeringsopdracht.objects.filter(ontwikkelvoorstel__wens=wens)
    for order in rows.defer("document"):
        url = reverse("order-detail", args=[order.reference])
        given_on = timezone.localdate(order.given_at)
        said = f"Opdracht {order.reference}: {euro(order.amount)}"
        yield Beside(given_on, said, url)
        if order.accepted_at and order.final_amount is not None:
            on = timezone.localdate(order.accepted_at)
            kas = order.final_from_kas
            part = f", waarvan {euro(kas)} uit de innovatiekas" if kas else ""
            yield Beside(on, f"Het kostte {euro(order.final_amount)}{part}")


def register() -> None:
    """Let the pages of verbeterwensen know of orders."""
    ACTS.update(ORDER_ACTS)
    if orders_of not in tellers:
        tellers.append(orders_of)
        asked.providers.append(open_orders)
        asked_elsewhere.add(Step.DELIVERED)
        ordered.builders.append(running.builder_of)
        ordered.given_to.append(running.ordered_from)
