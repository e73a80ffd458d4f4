"""Two records that are one person: what was moved to the one that is kept.

Every moved row is written down as it was, so that it can be put back.
"""

from django.db import models
from django.db.models import F, Q

from membership.models.people import Person


class PersonMerge(models.Model):
    """`gone` turned out to be `kept`: inactive from then on, and pointing to it."""

    kept = models.ForeignKey(
        Person, models.PROTECT, related_name="merges", verbose_name="blijft"
    )
    gone = models.ForeignKey(
        Person, models.PROTECT, related_name="merged_into", verbose_name="gaat op in"
    )
    was_active = models.BooleanField("was actief", default=True)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="samengevoegd door"
    )
    at = models.DateTimeField("samengevoegd op", auto_now_add=True)
    undone_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ongedaan gemaakt door",
    )
    undone_at = models.DateTimeField("ongedaan gemaakt op", null=True, blank=True)

    class Meta:
        verbose_name = "samenvoeging"
        verbose_name_plural = "samenvoegingen"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kept=F("gone")),
                name="nobody_is_merged_with_himself",
                violation_error_message="Kies twee verschillende personen.",
            ),
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                name="a_person_is_merged_into_one_other",
                violation_error_message="Deze persoon is al samengevoegd.",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="a_merge_that_was_undone_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        """Without a name or an address: this stands in the history for good."""
        return f"samenvoeging van persoon {self.gone_id} in persoon {self.kept_id}"


class MovedRow(models.Model):
    """One row that a merge moved: its field as it was, and the row as it became."""

    merge = models.ForeignKey(
        PersonMerge, models.PROTECT, related_name="rows", verbose_name="samenvoeging"
    )
    label = models.CharField("soort", max_length=60)
    row_id = models.BigIntegerField("record")
    field = models.CharField("veld", max_length=30)
    before = models.JSONField("was")
    became = models.JSONField("werd")

    class Meta:
        verbose_name = "verplaatst record"
        verbose_name_plural = "verplaatste records"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "label", "row_id", "field"],
                name="a_row_moves_once_in_a_merge",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.row_id}"
