"""Bring a voorstel of a regiegroep before the ALV by itself.

Once the bestuur agreed it comes on the agenda of the first ALV that is being prepared;
without one it waits until one is made, or the bureau takes it in. Beslispunt 1 of it
decides about the wens.
"""

from django.db import transaction
from django.utils import timezone

from instruments.models import Ontwikkelvoorstel, Verbeterwens
from instruments.models.ontwikkelvoorstellen import DECIDES, OntwikkelvoorstelQuerySet
from instruments.steering.groups import regiegroep_of
from membership.assembly import drafting
from membership.assembly.amounts import Amount
from membership.models import Assembly, Beslispunt, Person, Voorstel, VoorstelKind
from nvsi.dutch import day, euro
from nvsi.locks import one_at_a_time

WORK = "voorstellen of regiegroepen for the ALV"


def bring(voorstel: Ontwikkelvoorstel, by: Person) -> Voorstel | None:
    """On the first ALV that is being prepared; None when it must wait for one. What was
    withdrawn, had no quorum, or of which the ALV was cancelled, goes to a later one."""
    before = voorstel.alv_voorstel
    drafts = Assembly.objects.filter(
        status=Assembly.Status.DRAFT, starts_at__gt=timezone.now()
    ).order_by("starts_at")
    if before is not None:
        drafts = drafts.filter(starts_at__gt=before.assembly.starts_at)
    assembly = drafts.select_for_update(of=("self",)).first()
    return None if assembly is None else _put(voorstel, assembly, by)


@transaction.atomic
def take_in(assembly: Assembly, by: Person) -> int:
    """All that wait come on the agenda of an ALV; gives how many."""
    one_at_a_time(WORK)
    if not assembly.is_draft or assembly.starts_at <= timezone.now():
        return 0
    found = Ontwikkelvoorstel.objects.waiting_for_an_alv().order_by("agreed_at", "pk")
    rows = list(found.select_for_update(of=("self",)))
    for row in rows:
        _put(row, assembly, by)
    return len(rows)


def take_off(voorstel: Ontwikkelvoorstel, *, reason: str, by: Person) -> None:
    """The wens stops: the ALV is not asked any more. Raises NotAllowed while members
    vote on it."""
    if awaited := awaited_of(voorstel):
        now = timezone.now()
        drafting.take_off_agenda(awaited, reason=reason, now=now, by=by)


def place_of(voorstel: Ontwikkelvoorstel) -> Voorstel | None:
    """Where it stands before the ALV: None when that was withdrawn or cancelled, and
    when there was no quorum."""
    there = voorstel.alv_voorstel
    if there is None or there.is_withdrawn or there.assembly.is_cancelled:
        return None
    points = there.beslispunten.filter(number=DECIDES)
    if points.filter(outcome=Beslispunt.Outcome.GEEN).exists():
        return None
    return there


def adopted_without_besluit() -> OntwikkelvoorstelQuerySet:
    """What the ALV adopted while the wens could not go on."""
    return Ontwikkelvoorstel.objects.before_the_alv().filter(
        alv_voorstel__beslispunten__number=DECIDES,
        alv_voorstel__beslispunten__outcome=Beslispunt.Outcome.AANGENOMEN,
    )


def awaited_of(voorstel: Ontwikkelvoorstel | None) -> Voorstel | None:
    """The voorstel of the ALV on which this one waits; None when it stands nowhere, or
    was decided."""
    if voorstel is None or voorstel.besluit_id is not None:
        return None
    there = place_of(voorstel)
    if there is None or _decided(there):
        return None
    return there


def adopted_point(voorstel: Ontwikkelvoorstel) -> Beslispunt | None:
    """The beslispunt by which the ALV adopted it, also while the wens stands still."""
    if voorstel.alv_voorstel is None:
        return None
    points = voorstel.alv_voorstel.beslispunten.filter(number=DECIDES)
    return points.filter(outcome=Beslispunt.Outcome.AANGENOMEN).first()


def hold(wens: Verbeterwens) -> None:
    """Hold the ALV on whose agenda it stands, before the wens itself."""
    voorstel = wens.voorstel
    if voorstel is not None and (there := place_of(voorstel)):
        Assembly.objects.select_for_update().get(pk=there.assembly_id)


def _put(voorstel: Ontwikkelvoorstel, assembly: Assembly, by: Person) -> Voorstel:
    wens = voorstel.wens
    places = assembly.voorstellen.values_list("position", flat=True)
    made = drafting.put_on_agenda(
        assembly,
        position=max(places, default=0) + 1,
        title=f"Doorontwikkeling van {wens.instrument}: {wens.title}"[:200],
        kind=VoorstelKind.FINANCIEEL,
        toelichting=toelichting_of(voorstel),
        beslispunten=[beslispunt_of(voorstel)],
        amounts=amounts_of(voorstel),
        body=regiegroep_of(wens.instrument),
        by=by,
    )
    voorstel.alv_voorstel = made
    voorstel.save(update_fields=["alv_voorstel"])
    return made


def toelichting_of(voorstel: Ontwikkelvoorstel) -> str:
    """What members read: the problem, what comes, what it costs, and what the bestuur
    found of its cover."""
    wens = voorstel.wens
    cost = [f"Het kost ten hoogste {euro(voorstel.amount)}."]
    if voorstel.from_kas:
        cost.append(f"Uit de innovatiekas komt {euro(voorstel.from_kas)}.")
    if voorstel.other_cover:
        cost.append(f"De andere dekking: {voorstel.other_cover}")
    parts = [
        f"Dit voorstel komt van de regiegroep van {wens.instrument}. Het begon als "
        f"verbeterwens {wens.reference} van {wens.organisation}.",
        f"## Het probleem\n\n{wens.problem}",
        f"## Wat er komt\n\n{voorstel.text}",
        f"## Wat het kost\n\n{' '.join(cost)}",
        f"## Het oordeel van het bestuur\n\n{_judgement(voorstel)}",
    ]
    return "\n\n".join(parts)


def beslispunt_of(voorstel: Ontwikkelvoorstel) -> str:
    """As it is put to the vote."""
    wens = voorstel.wens
    kas = ""
    if voorstel.from_kas:
        part = euro(voorstel.from_kas)
        kas = f", waarvan {part} uit de innovatiekas van {wens.instrument}"
    return (
        f"Stemt in met het voorstel '{wens.title}' ({wens.reference}) van de "
        f"regiegroep, voor ten hoogste {euro(voorstel.amount)}{kas}."
    )


def amounts_of(voorstel: Ontwikkelvoorstel) -> list[Amount]:
    """Who pays what, in euros; nothing is no line."""
    lines = [
        ("Uit de innovatiekas", voorstel.from_kas),
        ("Uit ander geld", voorstel.from_others),
    ]
    return [Amount("", name, euros) for name, euros in lines if euros]


def _judgement(voorstel: Ontwikkelvoorstel) -> str:
    agreed = f" op {day(voorstel.agreed_on)}" if voorstel.agreed_on else ""
    said = [f"Het bestuur gaf{agreed} akkoord."]
    for check in voorstel.criteria:
        found = "Voldaan" if check["met"] else "Niet voldaan"
        why = f" ({check['why']})" if check["why"] else ""
        said.append(f"- {found}: {check['text']}{why}")
    return "\n".join([said[0], "", *said[1:]]).strip()


def _decided(there: Voorstel) -> bool:
    points = there.beslispunten.filter(number=DECIDES)
    return points.exclude(outcome=Beslispunt.Outcome.OPEN).exists()
