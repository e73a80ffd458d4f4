"""Record an eigen kader beside the common one, and follow the common one again.

A gemeente decides itself (domain 3.8); the portal only marks where it deviates. It
refuses what a law forbids.
"""

import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from instruments.models import LocalNorm, Norm, NormVersion
from instruments.norms.following import ONE_DAY, follow_up
from instruments.norms.values import Room, Said, state_of
from membership import history
from membership.models import Membership, Organisation, Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed

KEEPERS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR)
HOLDERS = (Organisation.Kind.GEMEENTE, Organisation.Kind.SAMENWERKINGSVERBAND)


def may_record(organisation: Organisation, by: Person, today: datetime.date) -> bool:
    """A contactpersoon or ondertekenaar of a gemeente or samenwerkingsverband that
    belongs."""
    belongs = Membership.objects.active_on(today).filter(organisation=organisation)
    return (
        organisation.kind in HOLDERS
        and organisation.pk in by.organisations_as(*KEEPERS)
        and belongs.exists()
    )


@transaction.atomic
def record_own(
    norm: Norm,
    organisation: Organisation,
    *,
    value: Decimal | None,
    words: str,
    reason: str,
    basis: str,
    basis_on: datetime.date,
    link: str,
    starts_on: datetime.date,
    today: datetime.date,
    by: Person,
) -> LocalNorm:
    """From this day on the organisation does it its own way.

    Only its first value may begin on a day that was. Raises NotAllowed for a value
    outside the room without a reason, or outside the law, also when that begins later,
    and for who may not do it.
    """
    _require_may(organisation, by, today)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = _last(norm, organisation)
    _require_day(last, starts_on, today)
    made = LocalNorm(
        norm=norm,
        organisation=organisation,
        value=value,
        words=words.strip(),
        reason=reason.strip(),
        basis=basis,
        basis_on=basis_on,
        link=link,
        starts_on=starts_on,
        recorded_by=by,
    )
    _require_fit(made, _common(norm, starts_on))
    if basis_on > starts_on:
        raise NotAllowed(
            "Een kader gaat niet in voordat het is vastgesteld.", field="basis_on"
        )
    follow_up(last, made)
    facts = {"norm": norm.code, "starts_on": starts_on.isoformat()}
    history.record(organisation, "local norm recorded", by, **facts)
    return made


@transaction.atomic
def follow_again(
    norm: Norm,
    organisation: Organisation,
    *,
    from_day: datetime.date,
    today: datetime.date,
    by: Person,
) -> None:
    """From this day on the common kader holds. What did not begin never was.

    Raises NotAllowed without an own value, for a day that was, and for who may not.
    """
    _require_may(organisation, by, today)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = _last(norm, organisation)
    if last is None or last.ends_on is not None:
        raise NotAllowed("Uw organisatie volgt het gezamenlijke kader al.")
    if from_day < today:
        raise NotAllowed("Dat kan vanaf vandaag.", field="from_day")
    if last.starts_on >= from_day:
        if last.starts_on <= today:
            raise NotAllowed("Dat kan vanaf morgen.", field="from_day")
        last.delete()
    else:
        last.ends_on = from_day - ONE_DAY
        last.save(update_fields=["ends_on"])
    facts = {"norm": norm.code, "starts_on": from_day.isoformat()}
    history.record(organisation, "local norm ended", by, **facts)


def _last(norm: Norm, organisation: Organisation) -> LocalNorm | None:
    rows = norm.local_norms.filter(organisation=organisation)
    return rows.order_by("starts_on").last()


def _common(norm: Norm, starts_on: datetime.date) -> list[NormVersion]:
    """What holds on that day, and what is to hold after it."""
    if not norm.versions.active_on(starts_on).exists():
        raise NotAllowed(
            "Op die dag is er geen gezamenlijk kader om bij aan te sluiten.",
            field="starts_on",
        )
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    return list(norm.versions.filter(still).order_by("starts_on"))


def _require_may(organisation: Organisation, by: Person, today: datetime.date) -> None:
    if not may_record(organisation, by, today):
        raise NotAllowed(
            "Een eigen kader legt een contactpersoon of ondertekenaar vast, van een "
            "gemeente of samenwerkingsverband bij de NVSI."
        )


def _require_day(
    last: LocalNorm | None, starts_on: datetime.date, today: datetime.date
) -> None:
    if last is None:
        return
    if last.starts_on > today:
        raise NotAllowed(
            f"Er staat al een eigen waarde klaar vanaf {day(last.starts_on)}. Volg "
            "eerst vanaf die dag weer het gezamenlijke kader.",
            field="starts_on",
        )
    if starts_on < today or starts_on == last.starts_on:
        raise NotAllowed(
            "Een nieuwe waarde gaat in op zijn vroegst vandaag, en na de vorige.",
            field="starts_on",
        )


def _require_fit(made: LocalNorm, common: list[NormVersion]) -> None:
    outside = [one for one in common if _deviates(made, one)]
    if not outside:
        made.reason = ""
        return
    if law := next((one for one in outside if one.is_law), None):
        raise NotAllowed(
            f"Dit is{_from_day(law, made)} een grens van de wet: daarbuiten kan "
            "niemand gaan.",
            field="value",
        )
    if not made.reason:
        raise NotAllowed(
            f"Deze waarde wijkt{_from_day(outside[0], made)} af van het gezamenlijke "
            "kader. Geef de reden.",
            field="reason",
        )


def _deviates(made: LocalNorm, common: NormVersion) -> bool:
    room = Room(common.lowest, common.highest)
    return (
        state_of(Said.of(common), room, Said.of(made), reason=made.reason) == "deviates"
    )


def _from_day(common: NormVersion, made: LocalNorm) -> str:
    """Said only of what begins later than the own value."""
    later = common.starts_on > made.starts_on
    return f" vanaf {day(common.starts_on)}" if later else ""
