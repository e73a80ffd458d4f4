"""The notulen: written, told as a concept, and adopted by a later ALV."""

import datetime

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.assembly.drafting import keep, locked
from membership.assembly.printing import notulen_of
from membership.assembly.telling import tell
from membership.models import Assembly, AssemblyPaper, Notulen, Person
from nvsi.dutch import day
from nvsi.errors import NotAllowed

Status = Notulen.Status


@transaction.atomic
def write(assembly: Assembly, *, text: str, by: Person) -> Notulen:
    """Begin them, or go on with them. Raises NotAllowed before the ALV was held, and
    once members read the concept."""
    row = locked(assembly, by)
    if not row.is_held:
        raise NotAllowed("Sluit eerst de ALV; daarna komen de notulen.")
    notulen = Notulen.objects.filter(assembly=row).first()
    if notulen and notulen.status != Status.WRITTEN:
        raise NotAllowed("De leden kennen het concept al. Een ALV stelt het vast.")
    notulen = notulen or Notulen(assembly=row, written_by=by)
    notulen.text = text
    notulen.full_clean()
    notulen.save()
    history.record(notulen, "written", by)
    return notulen


@transaction.atomic
def tell_concept(
    notulen: Notulen, *, now: datetime.datetime, by: Person
) -> AssemblyPaper:
    """Make the concept known to the members."""
    assembly = locked(notulen.assembly, by)
    history.move(notulen, Status.CONCEPT, by)
    paper = keep(
        assembly,
        notulen_of(notulen, timezone.localdate(now)),
        kind=AssemblyPaper.Kind.CONCEPT,
        title=f"Conceptnotulen van de ALV van {day(assembly.on)}",
        by=by,
    )
    tell("assembly_minutes", "concept", assembly, adopted_in="")
    return paper


@transaction.atomic
def adopt_notulen(
    notulen: Notulen,
    *,
    in_assembly: Assembly,
    now: datetime.datetime,
    by: Person,
    text: str = "",
) -> AssemblyPaper:
    """A later ALV adopted them; `text` when it changed something first.

    Raises NotAllowed for an ALV that is not later, or did not begin.
    """
    assembly = locked(notulen.assembly, by)
    row = Notulen.objects.select_for_update(of=("self",)).get(pk=notulen.pk)
    if row.status != Status.CONCEPT:
        raise NotAllowed(f"De notulen zijn {row.get_status_display()}.")
    if in_assembly.starts_at <= assembly.starts_at or in_assembly.convened_at is None:
        raise NotAllowed("Kies de latere ALV die de notulen vaststelde.")
    if in_assembly.is_cancelled or now < in_assembly.starts_at:
        raise NotAllowed("Die ALV is nog niet geweest.")
    row.status, row.adopted_in = Status.VASTGESTELD, in_assembly
    row.text = text.strip() or row.text
    row.full_clean()
    row.save()
    history.record(row, "concept>vastgesteld", by, on=in_assembly.on.isoformat())
    paper = keep(
        assembly,
        notulen_of(row, timezone.localdate(now)),
        kind=AssemblyPaper.Kind.NOTULEN,
        title=f"Notulen van de ALV van {day(assembly.on)}",
        by=by,
    )
    tell("assembly_minutes", "adopted", assembly, adopted_in=day(in_assembly.on))
    return paper
