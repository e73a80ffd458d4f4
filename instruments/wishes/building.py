"""From the order to what was built. The order itself is an agreement, in a higher app,
whose verbs call these inside their own transaction."""

from decimal import Decimal

from django.db import transaction

from instruments.models import Ontwikkelvoorstel, VerbeterwensStep
from instruments.wishes import cover
from instruments.wishes.stages import Step
from instruments.wishes.taking import locked, take
from membership.models import Person
from nvsi.errors import NotAllowed


@transaction.atomic
def was_ordered(
    voorstel: Ontwikkelvoorstel, *, words: str, by: Person
) -> VerbeterwensStep:
    """The bestuur gave the order. Raises NotAllowed without a decision."""
    wens = voorstel.wens
    locked(wens)
    voorstel.refresh_from_db()
    if not voorstel.is_decided:
        raise NotAllowed("Zonder besluit komt er geen opdracht.")
    return take(wens, Step.ORDERED, words=words, by=by, voorstel=voorstel)


def was_delivered(
    voorstel: Ontwikkelvoorstel, *, words: str, by: Person
) -> VerbeterwensStep:
    """The uitvoerder says that it is there."""
    return take(voorstel.wens, Step.DELIVERED, words=words, by=by, voorstel=voorstel)


def was_returned(
    voorstel: Ontwikkelvoorstel, *, words: str, by: Person
) -> VerbeterwensStep:
    """The regiegroep does not accept it yet; words says what must be better."""
    return take(voorstel.wens, Step.RETURNED, words=words, by=by, voorstel=voorstel)


@transaction.atomic
def was_accepted(
    voorstel: Ontwikkelvoorstel, *, from_kas: Decimal, words: str, by: Person
) -> VerbeterwensStep:
    """The regiegroep accepts it. from_kas (euros) is what the innovatiekas pays in the
    end; what is left of its promise is free again."""
    wens = voorstel.wens
    locked(wens)
    step = take(wens, Step.ACCEPTED, words=words, by=by, voorstel=voorstel)
    cover.spend(voorstel, from_kas, by)
    return step
