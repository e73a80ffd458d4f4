"""What becomes of a verbeterwens by what happens in the ALV: a Bringer for membership
(membership.assembly.origins)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from instruments.models import Ontwikkelvoorstel, Verbeterwens
from instruments.models.ontwikkelvoorstellen import DECIDES
from instruments.wishes import agenda, announcing, deciding
from membership.assembly.amounts import named_in
from membership.assembly.origins import Origin
from membership.models import Assembly, Beslispunt, Person, Voorstel
from nvsi.dutch import euro
from nvsi.errors import NotAllowed

log = structlog.get_logger()


def waiting() -> list[str]:
    rows = Ontwikkelvoorstel.objects.waiting_for_an_alv().order_by("agreed_at", "pk")
    return [str(row.wens) for row in rows.select_related("wens__instrument")]


def take_in(assembly: Assembly, by: Person) -> int:
    return agenda.take_in(assembly, by)


def was_decided(point: Beslispunt, by: Person) -> None:
    """The wens goes on, or stops; without a quorum it goes to a later ALV. When it
    cannot go on, as when the innovatiekas has become too empty, the decision stands,
    and the work list of the bureau shows the wens."""
    voorstel = _running(point.voorstel) if point.number == DECIDES else None
    if voorstel is None:
        return
    if point.outcome == Beslispunt.Outcome.GEEN:
        left_the_agenda(point.voorstel, point.sentence, by)
        return
    wens = voorstel.wens
    try:
        with transaction.atomic():
            if point.besluit is None:
                deciding.reject(wens, words=point.sentence, by=by)
            else:
                deciding.adopt(wens, point.besluit, words=point.sentence, by=by)
    except (NotAllowed, ValidationError) as refusal:
        log.warning("wens_stands_still", wens=wens.pk, kind=type(refusal).__name__)


def left_the_agenda(voorstel: Voorstel, reason: str, by: Person) -> None:
    """To the next ALV, when one is being prepared. Who follows and the regiegroep are
    told."""
    ours = _running(voorstel)
    if ours is None:
        return
    following = agenda.bring(ours, by)
    announcing.left_the_agenda(ours.wens, voorstel, following, reason=reason, by=by)


def refusal_of(voorstel: Voorstel, number: int, words: str) -> str:
    """What the innovatiekas promises and the uitvoerder may spend is what was proposed:
    a beslispunt with other amounts could not be carried out."""
    ours = _running(voorstel) if number == DECIDES else None
    if ours is None:
        return ""
    fixed = named_in(agenda.beslispunt_of(ours))
    if named_in(words) == fixed:
        return ""
    return (
        f"Dit punt gaat over wat de regiegroep voorstelde: {_listed(fixed)}. Die "
        "bedragen staan vast, en de tekst noemt ze. Voor een ander bedrag is een nieuw "
        "voorstel van de regiegroep nodig."
    )


def _listed(amounts: Iterable[Decimal]) -> str:
    return " en ".join(euro(one) for one in sorted(amounts, reverse=True))


def origin_of(voorstel: Voorstel, person: Person) -> Iterator[Origin]:
    ours = Ontwikkelvoorstel.objects.filter(alv_voorstel=voorstel).values("wens")
    rows = Verbeterwens.objects.visible_to(person).filter(pk__in=ours)
    for wens in rows.select_related("instrument"):
        yield Origin(
            f"Dit begon als verbeterwens {wens.reference}",
            reverse("wens-detail", args=[wens.pk]),
        )


def _running(voorstel: Voorstel) -> Ontwikkelvoorstel | None:
    """What waits for the ALV by this voorstel, and was not stopped meanwhile."""
    rows = Ontwikkelvoorstel.objects.before_the_alv().filter(alv_voorstel=voorstel)
    return rows.select_related("wens__instrument", "wens__organisation").first()
