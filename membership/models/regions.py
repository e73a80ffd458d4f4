"""Regions of a type, and which gemeenten are in them."""

from django.db import models
from django.db.models import Q

from membership.models.organisations import Organisation
from membership.models.periods import ends_after_it_starts


class Region(models.Model):
    class Type(models.TextChoices):
        ARBEIDSMARKTREGIO = "arbeidsmarktregio", "arbeidsmarktregio"
        BW_MO = "bw_mo", "beschermd wonen en maatschappelijke opvang"
        OTHER = "other", "andere regio"

    type = models.CharField("soort", max_length=20, choices=Type.choices)
    code = models.CharField("code", max_length=20)
    name = models.CharField("naam", max_length=100)

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


class RegionMember(models.Model):
    """An organisation in a region; starts_on is empty when nobody recorded it."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="members", verbose_name="regio"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="region_members",
        verbose_name="organisatie",
    )
    starts_on = models.DateField("vanaf", null=True, blank=True)
    ends_on = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "gemeente in regio"
        verbose_name_plural = "gemeenten in regio's"
        ordering = ["region", "organisation"]
        constraints = [
            ends_after_it_starts("a_region_member_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["region", "organisation"],
                condition=Q(ends_on__isnull=True),
                name="an_organisation_is_in_a_region_once",
                violation_error_message="Deze organisatie is al in deze regio.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.region}"
