"""Regions of a type, which gemeenten are in them, and which of those is the centre."""

import datetime

from django.db import models
from django.db.models import Q

from membership.models.organisations import Organisation
from membership.models.people import Person, Role
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts


class RegionQuerySet(models.QuerySet["Region"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "RegionQuerySet":
        """The association sees all; a contactpersoon those of his gemeente that day."""
        if user.is_association:
            return self
        own = user.organisations_as(Role.Name.CONTACTPERSOON)
        members = RegionMember.objects.active_on(on).filter(organisation__in=own)
        return self.filter(pk__in=members.values("region"))


class Region(models.Model):
    """Source: domain section 10. The type is fixed: other rules follow from it."""

    class Type(models.TextChoices):
        ARBEIDSMARKTREGIO = "arbeidsmarktregio", "arbeidsmarktregio"
        BW_MO = "bw_mo", "beschermd wonen en maatschappelijke opvang"
        OTHER = "other", "andere regio"

    type = models.CharField("soort", max_length=20, choices=Type.choices)
    code = models.CharField("code", max_length=20)
    name = models.CharField("naam", max_length=100)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "regio"
        verbose_name_plural = "regio's"
        ordering = ["type", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "code"],
                name="a_region_code_is_unique_in_its_type",
                violation_error_message="Deze regio bestaat al.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def organisations_on(self, day: datetime.date) -> models.QuerySet[Organisation]:
        """Who is in it on a day."""
        rows = self.members.active_on(day)
        return Organisation.objects.filter(pk__in=rows.values("organisation"))

    def centrumgemeente_on(self, day: datetime.date) -> Organisation | None:
        """None when nobody recorded it: the law does not always name one."""
        rows = self.members.active_on(day).filter(is_centrumgemeente=True)
        row = rows.select_related("organisation").first()
        return row.organisation if row else None


class RegionMemberQuerySet(models.QuerySet["RegionMember"]):
    def active_on(self, day: datetime.date) -> "RegionMemberQuerySet":
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        )

    def sharing_a_day(
        self, starts_on: datetime.date | None, ends_on: datetime.date | None
    ) -> "RegionMemberQuerySet":
        """Those that were there on some day of a period; None is no bound."""
        found = self
        if ends_on:
            found = found.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=ends_on))
        if starts_on:
            found = found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
        return found


class RegionMember(models.Model):
    """An organisation in a region; starts_on is empty when nobody recorded it.

    The centrumgemeente is a mark on such a row: so it always is in its region, and
    who it was on a past day stays known. That a gemeente is in one arbeidsmarktregio
    at a time is a trigger, since the type stands with the region.
    """

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="members", verbose_name="regio"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="region_members",
        verbose_name="organisatie",
    )
    is_centrumgemeente = models.BooleanField("centrumgemeente", default=False)
    starts_on = models.DateField("vanaf", null=True, blank=True)
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = RegionMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeente in regio"
        verbose_name_plural = "gemeenten in regio's"
        ordering = ["region", "organisation"]
        constraints = [
            ends_after_it_starts("a_region_member_ends_after_it_starts"),
            days_that_do_not_overlap(
                "region",
                "organisation",
                name="an_organisation_is_in_a_region_once",
                message="Deze organisatie is in die tijd al in deze regio.",
            ),
            days_that_do_not_overlap(
                "region",
                name="a_region_has_one_centrumgemeente_at_a_time",
                message="Deze regio heeft in die tijd al een centrumgemeente.",
                condition=Q(is_centrumgemeente=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.region}"
