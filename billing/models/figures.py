"""What was published of a half-year, as it was made safe; never changed."""

from django.db import models
from django.db.models import Q

from billing.models.settlements import SettlementRun


class Figures(models.Model):
    """The public figures of a half-year, of the run with which they were approved.

    Only what may be told is in `content` (billing.figures.content says what stands
    there). A run that settles again what was reversed, publishes again.
    """

    run = models.OneToOneField(
        SettlementRun, models.PROTECT, related_name="figures", verbose_name="ronde"
    )
    content = models.JSONField("cijfers")
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "openbare cijfers"
        verbose_name_plural = "openbare cijfers"
        ordering = ["-run__period__halfyear", "-run__sequence"]
        constraints = [
            models.CheckConstraint(
                condition=Q(content__has_keys=["halfyear", "gemeenten"]),
                name="figures_say_of_which_halfyear_they_are",
            )
        ]

    def __str__(self) -> str:
        return f"Openbare cijfers {self.run}"
