"""Convene an ALV in time, change it, call it off, and close it.

Source: BW2 art. 41 and 42, domain rule 24. The bestuur convenes; the convocation is a
paper that stays, and every lid is written to.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.assembly import demanding, origins, terms
from membership.assembly.drafting import keep, locked
from membership.assembly.handing_in import answer_all, require_answered
from membership.assembly.presence import presentielijst_of
from membership.assembly.printing import besluitenlijst_of, oproeping_of
from membership.assembly.telling import tell
from membership.models import (
    Assembly,
    AssemblyPaper,
    Beslispunt,
    ConvocationTerm,
    Person,
    Role,
    VoorstelKind,
)
from nvsi.dutch import day, listing
from nvsi.errors import NotAllowed

CHANGEABLE = ("starts_at", "ends_at", "place", "link", "amend_until", "note")


def term_of(assembly: Assembly, today: datetime.date) -> int:
    """Whole days that must lie between convocation and ALV, for what is on its agenda.

    Raises NotAllowed when nobody laid down the usual term.
    """
    rows = ConvocationTerm.objects.active_on(today).values_list("kind", "days")
    kinds = assembly.voorstellen.standing().values_list("kind", flat=True)
    try:
        return terms.days_before(kinds, dict(rows))
    except LookupError:
        raise NotAllowed(
            "Er is geen gewone oproepingstermijn vastgelegd. Leg die eerst vast."
        ) from None


def changes_statuten(assembly: Assembly) -> bool:
    """Whether the convocation must say that a statutenwijziging is proposed."""
    kinds = assembly.voorstellen.standing().values_list("kind", flat=True)
    return VoorstelKind.STATUTENWIJZIGING in kinds


@transaction.atomic
def convene(assembly: Assembly, *, now: datetime.datetime, by: Person) -> int:
    """Call the members together; gives how many people were written to.

    Raises NotAllowed for who is not of the bestuur, when it is too late for the day
    that was chosen, and while a voorstel asks nothing.
    """
    row = _of_bestuur(assembly, by)
    today = timezone.localdate(now)
    _require(row, Assembly.Status.DRAFT)
    require_answered(row, now)
    _require_agenda(row)
    _require_in_time(row, row.on, today)
    row.convened_at, row.convened_by = now, by
    row.status = Assembly.Status.CONVENED
    row.full_clean()
    row.save()
    history.record(row, "draft>convened", by, on=row.on.isoformat())
    statutes = changes_statuten(row)
    paper = oproeping_of(row, today, statutes=statutes)
    kind = AssemblyPaper.Kind.OPROEPING
    keep(row, paper, kind=kind, title=f"Oproeping voor de ALV van {day(row.on)}", by=by)
    return tell("assembly_convened", "convened", row, statutes=statutes)


@transaction.atomic
def change(
    assembly: Assembly,
    *,
    what: str,
    now: datetime.datetime,
    by: Person,
    **facts: Any,
) -> Assembly:
    """Another day, hour or place after the convocation; `what` tells the members.

    Raises NotAllowed for a change without words, and for another day that is too soon,
    is that of another ALV, or comes after members voted or decided: a vote is cast at
    most thirty days before the ALV, and a besluit is of its day.
    """
    row = _of_bestuur(assembly, by)
    _require(row, Assembly.Status.CONVENED)
    if not what.strip():
        raise NotAllowed("Schrijf op wat er verandert.", field="what")
    before = row.on
    for name in CHANGEABLE:
        if name in facts:
            setattr(row, name, facts[name])
    if row.on != before:
        _require_may_move(row, timezone.localdate(now))
    row.sequence += 1
    row.full_clean()
    row.save()
    history.record(row, "changed", by, fields=sorted(facts), what=what)
    demanding.reopen_what_is_unanswered(row, by)
    tell("assembly_changed", f"changed|{row.sequence}", row, what=what)
    return row


@transaction.atomic
def cancel(assembly: Assembly, *, reason: str, by: Person) -> None:
    """It does not take place; who was called is told why. A draft just goes.

    Raises NotAllowed without a reason, while members vote, and once it decided.
    """
    row = _of_bestuur(assembly, by)
    if not reason.strip():
        raise NotAllowed("Geef de reden; de leden lezen die.", field="reason")
    _require_votes_over(row)
    _require_undecided(row)
    row.sequence += 1
    row.save(update_fields=["sequence", "changed_at"])
    was_told = row.is_convened
    history.move(row, Assembly.Status.CANCELLED, by, reason=reason)
    answer_all(row, reason=reason, by=by)
    demanding.reopen_what_is_unanswered(row, by)
    if was_told:
        tell("assembly_cancelled", "cancelled", row, reason=reason)
    for voorstel in row.voorstellen.standing():
        origins.left_the_agenda(voorstel, reason, by)


@transaction.atomic
def close(assembly: Assembly, *, now: datetime.datetime, by: Person) -> AssemblyPaper:
    """The ALV was held: the besluitenlijst and the presentielijst are made and told to
    the members. Gives the besluitenlijst.

    Raises NotAllowed before it began, and while a beslispunt is not decided.
    """
    row = locked(assembly, by)
    _require(row, Assembly.Status.CONVENED)
    if now <= row.starts_at:
        raise NotAllowed(f"De ALV begint op {day(row.on)}.")
    _require_votes_over(row)
    waiting = [f"punt {point.label}" for point in undecided(row)]
    if waiting:
        raise NotAllowed(
            f"Over {listing(waiting)} is nog niet besloten. Breng het in stemming, of "
            "haal het voorstel van de agenda."
        )
    row.status, row.closed_at = Assembly.Status.HELD, now
    row.save(update_fields=["status", "closed_at", "changed_at"])
    history.record(row, "convened>held", by)
    paper = keep(
        row,
        besluitenlijst_of(row, timezone.localdate(now)),
        kind=AssemblyPaper.Kind.BESLUITENLIJST,
        title=f"Besluitenlijst van de ALV van {day(row.on)}",
        by=by,
    )
    keep(
        row,
        presentielijst_of(row, timezone.localdate(now)),
        kind=AssemblyPaper.Kind.PRESENTIELIJST,
        title=f"Presentielijst van de ALV van {day(row.on)}",
        by=by,
    )
    tell("assembly_closed", "closed", row, decided=decided(row))
    return paper


def undecided(assembly: Assembly) -> list[Beslispunt]:
    """What the agenda still asks, in order."""
    points = Beslispunt.objects.filter(
        voorstel__in=assembly.voorstellen.standing(), outcome=""
    )
    return list(points.select_related("voorstel").order_by(*ORDER))


def decided(assembly: Assembly) -> list[Beslispunt]:
    """What was adopted or rejected, in the order of the agenda."""
    points = Beslispunt.objects.filter(voorstel__assembly=assembly)
    found = points.exclude(outcome="").select_related("voorstel", "besluit")
    return list(found.order_by(*ORDER))


ORDER = ("voorstel__position", "voorstel__letter", "number")


def _of_bestuur(assembly: Assembly, by: Person) -> Assembly:
    if not by.has_role(Role.Name.BESTUUR):
        raise NotAllowed("Een ALV roept het bestuur bijeen; ook wijzigen doet het.")
    return locked(assembly, by)


def _require(assembly: Assembly, status: str) -> None:
    if assembly.status != status:
        raise NotAllowed(f"{assembly} is {assembly.get_status_display()}.")


def _require_votes_over(assembly: Assembly) -> None:
    """Nothing ends while members vote: the database refuses that too."""
    if assembly.stemmingen.filter(status__in=["open", "counted"]).exists():
        raise NotAllowed("Er is nog een stemming open. Sluit die eerst.")


def _require_undecided(assembly: Assembly) -> None:
    """What members decided, they decided in this ALV and on its day."""
    if points := [f"punt {point.label}" for point in decided(assembly)]:
        raise NotAllowed(
            f"In deze ALV is al gestemd over {listing(points)}. Haal van de agenda "
            "wat over is, en sluit haar."
        )


def _require_may_move(assembly: Assembly, today: datetime.date) -> None:
    if assembly.on.year != assembly.year:
        raise NotAllowed("Kies een dag in hetzelfde jaar.", field="starts_at")
    _require_votes_over(assembly)
    _require_undecided(assembly)
    _require_day_free(assembly)
    _require_in_time(assembly, assembly.on, today)


def _require_agenda(assembly: Assembly) -> None:
    rows = assembly.voorstellen.standing()
    if not rows.exists():
        raise NotAllowed("Er staat nog geen voorstel op de agenda.")
    if empty := rows.filter(beslispunten__isnull=True).first():
        raise NotAllowed(f"Voorstel {empty} heeft nog geen beslispunt.")
    _require_day_free(assembly)


def _require_day_free(assembly: Assembly) -> None:
    """The kenmerk of a besluit has the day in it."""
    same_day = Assembly.objects.filter(year=assembly.year).told()
    others = same_day.exclude(pk=assembly.pk).exclude(status="cancelled")
    if any(other.on == assembly.on for other in others):
        raise NotAllowed(f"Op {day(assembly.on)} is al een ALV.", field="starts_at")


def _require_in_time(
    assembly: Assembly, on: datetime.date, today: datetime.date
) -> None:
    days = term_of(assembly, today)
    if today > terms.last_day_to_convene(on, days):
        first = terms.first_day_to_hold(today, days)
        raise NotAllowed(
            f"Te laat voor {day(on)}: tussen de oproeping en de ALV liggen ten minste "
            f"{days} dagen. Roept u vandaag op, dan kan de ALV vanaf {day(first)}.",
            field="starts_at",
        )
