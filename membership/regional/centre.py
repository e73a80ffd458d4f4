"""Say which gemeente is the centrumgemeente of a region, from a day on.

Nobody has a full list of them: it is recorded when it is known (domain 10.4).
"""

import datetime

from django.db import transaction

from membership import history
from membership.models import Organisation, Person, Region, RegionMember
from nvsi.errors import NotAllowed

DAY = datetime.timedelta(days=1)


@transaction.atomic
def choose_centrumgemeente(
    region: Region, organisation: Organisation | None, *, on: datetime.date, by: Person
) -> Region:
    """Mark who is it from a day on; None when it is not known any more.

    Who was it before stays so for the days before. Where nobody was, the mark holds
    for as long as the gemeente is in the region. Raises NotAllowed for who is not of
    the association, and for an organisation that is not in the region.
    """
    if not by.is_association:
        raise NotAllowed(f"{by} mag geen centrumgemeente kiezen. Dat doet het bureau.")
    region = Region.objects.select_for_update().get(pk=region.pk)
    now = region.members.active_on(on)
    if organisation and not now.filter(organisation=organisation).exists():
        raise NotAllowed(
            f"{organisation.formal_name} is niet in de regio {region}. Zet de gemeente "
            "eerst in deze regio."
        )
    before = region.centrumgemeente_on(on)
    if before == organisation:
        return region
    for row in now.filter(is_centrumgemeente=True):
        _mark(_from_day(row, on), is_centrumgemeente=False)
    if organisation:
        row = now.get(organisation=organisation)
        others = region.members.filter(is_centrumgemeente=True)
        taken = others.sharing_a_day(row.starts_on, row.ends_on).exists()
        _mark(_from_day(row, on) if taken else row, is_centrumgemeente=True)
    history.record(
        region,
        "centrumgemeente chosen",
        by,
        before=before.code if before else "",
        after=organisation.code if organisation else "",
    )
    return region


def _from_day(row: RegionMember, on: datetime.date) -> RegionMember:
    """The part of a row from a day on, as a row of its own."""
    if row.starts_on == on:
        return row
    rest = RegionMember(
        region_id=row.region_id,
        organisation_id=row.organisation_id,
        starts_on=on,
        ends_on=row.ends_on,
    )
    row.ends_on = on - DAY
    row.save(update_fields=["ends_on"])
    return rest


def _mark(row: RegionMember, *, is_centrumgemeente: bool) -> None:
    row.is_centrumgemeente = is_centrumgemeente
    row.save()
