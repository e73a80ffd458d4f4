"""Regions with gemeenten and people, for the tests of what regions do together."""

import datetime

from membership.models import Organisation, Region, RegionMember


def make_region(
    code: str, *members: Organisation, type_: str = "bw_mo", name: str = "De Heide"
) -> Region:
    """A region with these gemeenten, nobody recorded since when."""
    region = Region.objects.create(type=type_, code=code, name=name)
    for organisation in members:
        RegionMember.objects.create(region=region, organisation=organisation)
    return region


def join(
    region: Region,
    organisation: Organisation,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> RegionMember:
    """Put a gemeente in a region, as the database lets it."""
    return RegionMember.objects.create(
        region=region, organisation=organisation, starts_on=starts_on, ends_on=ends_on
    )


def keep_regions(heideveld: Organisation) -> dict[str, int]:
    """For the guards: an arbeidsmarktregio, another, and a region with a centre."""
    region = make_region("B1", type_="bw_mo")
    RegionMember.objects.create(
        region=region, organisation=heideveld, is_centrumgemeente=True
    )
    first = make_region("AM98", heideveld, type_="arbeidsmarktregio")
    other = make_region("AM99", type_="arbeidsmarktregio")
    return {"region": region.pk, "am_region": first.pk, "other_am_region": other.pk}
