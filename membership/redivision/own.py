"""What a gemeente has of this app when it is dissolved, and what becomes of it."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from membership import history
from membership.admission import dossiers
from membership.bodies import seating
from membership.models import (
    Dossier,
    Mandate,
    Membership,
    Region,
    RegionalContact,
    RegionMember,
    Role,
    Seat,
)
from membership.people import objection
from membership.redivision.outcomes import Outcome
from membership.redivision.sorts import Move, Sort
from nvsi.dutch import short_day
from nvsi.errors import NotAllowed


def going_on(rows: QuerySet[Any], day: datetime.date) -> QuerySet[Any]:
    """Those that have not ended before a day."""
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _since(row: Any) -> str:
    since = f"sinds {short_day(row.starts_on)}" if row.starts_on else "van oudsher"
    return f"{since}, tot en met {short_day(row.ends_on)}" if row.ends_on else since


def _end(row: Any, move: Move) -> None:
    """On the day before; what began later ends on its first day."""
    row.ends_on = max(move.last_day, row.starts_on or move.last_day)
    row.save(update_fields=["ends_on"])
    history.record(row, "ended", move.by, ends_on=f"{row.ends_on}")


def _end_and_ask(row: Membership, move: Move) -> None:
    """The successor gets a dossier: a membership never passes by itself (rule 38)."""
    _end(row, move)
    aim = "participant" if row.kind == Membership.Kind.PARTICIPANT else "lid"
    dossiers.open_dossier(move.successor, aim, by=move.by)


def _withdraw(row: Dossier, move: Move) -> None:
    why = move.reason or f"Herindeling: {move.gemeente} gaat op in {move.successor}."
    dossiers.withdraw(row, reason=why, by=move.by)


def _withdraw_and_ask(row: Dossier, move: Move) -> None:
    _withdraw(row, move)
    dossiers.open_dossier(move.successor, row.aim, by=move.by)


def _end_role(row: Role, move: Move) -> None:
    if why := objection(row.name, row.person.email, move.by):
        raise NotAllowed(why)
    _end(row, move)


def _hand_role(row: Role, move: Move) -> None:
    """The same person and role at the successor, unless he has it there already."""
    _end_role(row, move)
    there = row.person.roles.filter(name=row.name, organisation=move.successor)
    if going_on(there, move.first_day).exists():
        return
    new = Role(
        person=row.person,
        organisation=move.successor,
        name=row.name,
        starts_on=move.first_day,
    )
    new.full_clean()
    new.save()
    history.record(new, "given", move.by, person=row.person_id)


def _hand_place(row: RegionMember, move: Move) -> None:
    """The successor in the same region; the mark of centrumgemeente goes along."""
    theirs = going_on(move.successor.region_members.all(), move.first_day)
    other = theirs.filter(region__type=row.region.type).exclude(region=row.region)
    one_at_a_time = row.region.type == Region.Type.ARBEIDSMARKTREGIO
    if one_at_a_time and (known := other.select_related("region").first()):
        raise NotAllowed(
            f"{move.successor} is dan al in arbeidsmarktregio {known.region}. Kies "
            "'eindigt'."
        )
    _end(row, move)
    if theirs.filter(region=row.region).exists():
        return
    new = RegionMember(
        region=row.region,
        organisation=move.successor,
        is_centrumgemeente=row.is_centrumgemeente,
        starts_on=move.first_day,
    )
    new.full_clean()
    new.save()
    history.record(new, "added", move.by)


def _hand_contact(row: RegionalContact, move: Move) -> None:
    """The same person speaks for the region, now of the successor."""
    if row.starts_on < move.first_day:
        _end(row, move)
        row.pk, row.ends_on, row.starts_on = None, None, move.first_day
        row._state.adding = True
    row.organisation = move.successor
    row.given_by, row.given_at = move.by, timezone.now()
    row.full_clean()
    row.save()
    history.record(row.region, "contacts given", move.by, network=str(row.network))


def _leave_seat(row: Seat, move: Move) -> datetime.date:
    """The seat ends on the day before, told as any that ends; gives its last day."""
    why = move.reason or f"Herindeling: {move.gemeente} gaat op in {move.successor}."
    last = max(move.last_day, row.starts_on)
    seating.end_seat(row, ends_on=last, reason=why[:200], by=move.by)
    return last


def _end_seat(row: Seat, move: Move) -> None:
    _leave_seat(row, move)


def _hand_seat(row: Seat, move: Move) -> None:
    """The same person and function, now for the successor, where he needs a role."""
    last = _leave_seat(row, move)
    seating.seat(
        row.body,
        row.person,
        organisation=move.successor,
        function=row.function,
        starts_on=last + datetime.timedelta(days=1),
        ends_on=row.ends_on,
        by=move.by,
    )


OVER, ENDS = Outcome.GOES_OVER, Outcome.ENDS
ASKED = Outcome.ASKED
SORTS = [
    Sort(
        name="membership",
        label="Lidmaatschap",
        model=Membership,
        find=lambda gemeente, day: going_on(gemeente.memberships.all(), day),
        tell=lambda row: f"{row.get_kind_display()}, {_since(row)}",
        acts={ENDS: _end, ASKED: _end_and_ask},
        more="Een lidmaatschap gaat nooit vanzelf over. Is de opvolger al lid, dan "
        "eindigt dit alleen; anders beslist haar college in een eigen dossier.",
    ),
    Sort(
        name="dossier",
        label="Dossier dat loopt",
        model=Dossier,
        find=lambda gemeente, _day: gemeente.dossiers.running(),
        tell=lambda row: f"{row.number}, wil {row.get_aim_display()} worden",
        acts={ENDS: _withdraw, ASKED: _withdraw_and_ask},
        more="Het dossier wordt vandaag ingetrokken, en een aspirant-lidmaatschap "
        "eindigt daarmee vandaag.",
        at_once=True,
    ),
    Sort(
        name="role",
        label="Rol",
        model=Role,
        find=lambda gemeente, day: going_on(
            gemeente.roles.select_related("person"), day
        ),
        tell=lambda row: f"{row.get_name_display()} {row.person.name}, {_since(row)}",
        acts={OVER: _hand_role, ENDS: _end_role},
        more="Gaat de rol over, dan heeft deze persoon haar bij de opvolger vanaf de "
        "eerste dag, en kan daarvoor inloggen.",
    ),
    Sort(
        name="seat",
        label="Zetel in een orgaan",
        model=Seat,
        find=lambda gemeente, day: going_on(
            gemeente.seats.select_related("person", "body"), day
        ),
        tell=lambda row: f"{row}, {_since(row)}",
        acts={OVER: _hand_seat, ENDS: _end_seat},
        more="Gaat de zetel over, dan spreekt dezelfde persoon voor de opvolger vanaf "
        "de eerste dag. Laat eerst zijn rol overgaan.",
    ),
    Sort(
        name="mandate",
        label="Mandaat",
        model=Mandate,
        find=lambda gemeente, day: going_on(gemeente.mandates.all(), day),
        tell=lambda row: f"{row}, {_since(row)}",
        acts={ENDS: _end},
        more="Een mandaat van het oude college eindigt. Leg een nieuw besluit van de "
        "opvolger vast bij Mandaten.",
    ),
    Sort(
        name="region",
        label="Plaats in een regio",
        model=RegionMember,
        find=lambda gemeente, day: going_on(
            gemeente.region_members.select_related("region"), day
        ),
        tell=lambda row: (
            f"{row.region} ({row.region.get_type_display()})"
            + (", centrumgemeente" if row.is_centrumgemeente else "")
        ),
        acts={OVER: _hand_place, ENDS: _end},
    ),
    Sort(
        name="regional-contact",
        label="Aanspreekpunt",
        model=RegionalContact,
        find=lambda gemeente, day: going_on(
            gemeente.regional_contacts.select_related("region", "network"), day
        ),
        tell=lambda row: f"{row}, in {row.network}",
        acts={OVER: _hand_contact, ENDS: _end},
        more="Eindigt het, dan geeft de regio zelf een ander door.",
    ),
]
