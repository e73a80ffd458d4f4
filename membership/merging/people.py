"""Put two records of one person together, and apart again.

By the bureau, and for who has a role of the association by the bestuur; never about
oneself. The other record becomes inactive: it cannot log in, and what was done under it
keeps its name.
"""

from django.db import transaction
from django.utils import timezone

from membership import emails, history
from membership.bodies.seating import APART
from membership.merging.candidates import Pair, Somebody, pairs
from membership.merging.moving import MOVES, move, put_back
from membership.models import (
    Assembly,
    DestructionLine,
    Person,
    PersonMerge,
    Proxy,
    Role,
    Seat,
)
from membership.models.retention import Kept
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time

MERGERS = (Role.Name.BUREAU, Role.Name.BESTUUR)
WORK = "merge people"


def candidates() -> list[Pair]:
    """All who may be there twice and can log in: three queries."""
    today = timezone.localdate()
    organisations: dict[int, set[int]] = {}
    roles = Role.objects.active_on(today).exclude(organisation=None)
    for person, organisation in roles.values_list("person", "organisation"):
        assert organisation is not None
        organisations.setdefault(person, set()).add(organisation)
    people = Person.objects.filter(is_active=True)
    return pairs(
        Somebody(pk, name, email, frozenset(organisations.get(pk, ())))
        for pk, name, email in people.values_list("pk", "name", "email")
    )


@transaction.atomic
def merge(kept: Person, gone: Person, *, by: Person) -> PersonMerge:
    """Give `kept` what is of `gone`, who becomes inactive and points to it.

    What `kept` has already stays behind. Raises NotAllowed for who may not, and for two
    who cannot be put together.
    """
    kept, gone = _held(kept, gone)
    if why := objection(kept, gone, by):
        raise NotAllowed(why)
    done = PersonMerge(kept=kept, gone=gone, was_active=gone.is_active, by=by)
    done.full_clean()
    done.save()
    for what in MOVES:
        for row in what.rows(gone):
            move(done, what, row)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    history.record(done, "merged", by, person=gone.pk)
    history.record(kept, "merged", by, person=gone.pk)
    history.record(gone, "merged away", by, person=kept.pk)
    for address in (kept.email, gone.email):
        emails.queue_to_address("people_merged", str(done.pk), address, merge=done)
    emails.send_soon()
    return done


@transaction.atomic
def undo(done: PersonMerge, *, by: Person) -> PersonMerge:
    """Put back exactly what moved. Raises NotAllowed when something changed since."""
    kept, gone = _held(done.kept, done.gone)
    done = PersonMerge.objects.select_for_update(of=("self",)).get(pk=done.pk)
    if why := _may_not(kept, gone, by):
        raise NotAllowed(why)
    if done.undone_at is not None:
        raise NotAllowed("Deze samenvoeging is al ongedaan gemaakt.")
    if gone.is_active or not kept.is_active:
        raise NotAllowed(
            "Na het samenvoegen is een van beiden actief of niet-actief gemaakt. "
            "Ongedaan maken kan niet meer."
        )
    if _is_forgotten(gone):
        raise NotAllowed("De gegevens van deze persoon zijn intussen vernietigd.")
    for moved in done.rows.order_by("-pk"):
        put_back(moved)
    gone.is_active = done.was_active
    gone.save(update_fields=["is_active"])
    done.undone_by, done.undone_at = by, timezone.now()
    done.save(update_fields=["undone_by", "undone_at"])
    history.record(done, "merge undone", by)
    history.record(kept, "merge undone", by, person=gone.pk)
    history.record(gone, "merge undone", by, person=kept.pk)
    return done


def objection(kept: Person, gone: Person, by: Person) -> str | None:
    """Why these two cannot be put together by this person."""
    if kept.pk == gone.pk:
        return "Kies twee verschillende personen."
    if not kept.is_active:
        return f"{kept.name} ({kept.email}) is niet actief en kan dus niet blijven."
    if gone.merged_into.filter(undone_at=None).exists():
        return f"{gone.name} ({gone.email}) is al samengevoegd."
    return _may_not(kept, gone, by) or _stands_apart(kept, gone)


def _may_not(kept: Person, gone: Person, by: Person) -> str | None:
    if not by.has_role(*MERGERS):
        return "Personen samenvoegen doet het bureau."
    if by.pk in (kept.pk, gone.pk):
        return "Uw eigen gegevens laat u door een ander samenvoegen."
    theirs = Role.objects.filter(person__in=(kept, gone), organisation=None)
    if theirs.exists() and not by.has_role(Role.Name.BESTUUR):
        return (
            "Iemand van de vereniging wordt samengevoegd door iemand van het bestuur."
        )
    return None


def _stands_apart(kept: Person, gone: Person) -> str | None:
    """What one person cannot have, or cannot get from another."""
    held = Proxy.objects.running().filter(holder=gone)
    proxy = held.filter(assembly__status=Assembly.Status.CONVENED).first()
    if proxy is not None:
        return (
            f"{gone.name} ({gone.email}) stemt in de {proxy.assembly} voor "
            f"{proxy.organisation}. Laat de volmacht eerst intrekken, en geef haar "
            "opnieuw, of voeg samen na de ALV."
        )
    seats = Seat.objects.filter(person__in=(kept, gone), body__kind__in=APART)
    running = seats.exclude(ends_on__lt=timezone.localdate())
    if len(set(running.values_list("body__kind", flat=True))) > 1:
        return "Bestuur en kascommissie gaan niet samen. Beëindig eerst een zetel."
    return None


def _is_forgotten(person: Person) -> bool:
    lines = DestructionLine.objects.filter(
        kind__in=(Kept.PERSON, Kept.SEAT), row_id=person.pk
    )
    return lines.filter(decision=DestructionLine.Decision.DESTROY).exists()


def _held(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Both, held until this is over, in one order."""
    one_at_a_time(WORK)
    rows = Person.objects.select_for_update(of=("self",)).order_by("pk")
    held = {person.pk: person for person in rows.filter(pk__in=(kept.pk, gone.pk))}
    return held[kept.pk], held[gone.pk]
