"""Choose what happens with the data: given back or deleted. The controller does."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from contracts.clearing import announcing, terms
from contracts.clearing.going_on import is_used_on, lapse
from contracts.models import Clearing
from contracts.models.offers import READERS
from membership import history
from membership.models import Person, Role
from nvsi.errors import NotAllowed

Choice = Clearing.Choice
BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)


def may_choose(row: Clearing, person: Person) -> bool:
    """Who speaks for the organisation; the bureau writes down what came by letter."""
    return row.organisation_id in person.organisations_as(*READERS)


@transaction.atomic
def choose(
    rows: Iterable[Clearing],
    choice: str,
    *,
    basis: str = "",
    now: datetime.datetime,
    by: Person,
) -> list[Clearing]:
    """One choice for some of those who have data; a later choice takes its place.

    Raises NotAllowed for who does not decide, for a letter without where it shows, and
    for what was cleared already.
    """
    if choice not in Choice.values:
        raise NotAllowed("Kies teruggeven of wissen.", field="choice")
    held = Clearing.objects.listed().select_for_update(of=("self",))
    changed = []
    for row in held.filter(pk__in=[one.pk for one in rows]).order_by("pk"):
        _require_may(row, basis, by)
        if row.choice == choice and row.chosen_by_id is not None:
            continue
        _set(row, choice, now, by)
        facts = {"choice": str(Choice(choice).label)}
        if basis.strip():
            facts["reason"] = basis.strip()
        history.record(row, "answered", by, **facts)
        changed.append(row)
    if changed:
        announcing.choice_was_made(changed, now)
    return changed


def choose_for_who_did_not(today: datetime.date) -> int:
    """Nobody chose within both terms: then the data are deleted, and what turns out to
    be used on is called off instead. Safe to repeat."""
    now, done = timezone.now(), 0
    for pk in list(Clearing.objects.unchosen().values_list("pk", flat=True)):
        with transaction.atomic():
            held = Clearing.objects.listed().select_for_update(of=("self",))
            row = held.unchosen().filter(pk=pk).first()
            if row is None or today <= terms.chosen_for(row.ended_on):
                continue
            if is_used_on(row):
                lapse(row, None)
                continue
            _set(row, Choice.DELETE, now, None)
            history.record(row, "answered", None, choice=str(Choice.DELETE.label))
            announcing.choice_was_made([row], now)
            done += 1
    return done


def require_standing(row: Clearing) -> None:
    """Raises NotAllowed for what was called off."""
    if row.called_off_at is not None:
        raise NotAllowed(
            "Dit is vervallen: het gebruik gaat door. De gegevens blijven staan."
        )


def _set(row: Clearing, choice: str, now: datetime.datetime, by: Person | None) -> None:
    row.choice, row.chosen_at, row.chosen_by = choice, now, by
    row.due_on = terms.due_on(row.ended_on, timezone.localdate(now))
    row.save(update_fields=["choice", "chosen_at", "chosen_by", "due_on"])


def _require_may(row: Clearing, basis: str, by: Person) -> None:
    if row.proven_at is not None:
        raise NotAllowed(f"De gegevens bij {row.processor} zijn al opgeruimd.")
    require_standing(row)
    if may_choose(row, by):
        return
    if not by.has_role(*BUREAU):
        raise NotAllowed("Een contactpersoon of ondertekenaar kiest.")
    if not basis.strip():
        raise NotAllowed("Schrijf op waar de keuze uit blijkt.", field="basis")
