"""What the regiegroep puts before bestuur and ALV: what will be built, and who pays it.

Source: seed 001, Doorontwikkeling.
"""

import datetime
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models import AlvBesluit, Assembly, Beslispunt, Person, Voorstel
from membership.models.bodies import BodyDecision

WITHOUT_BSN = [validate_without_bsn]
EUROS = [MinValueValidator(Decimal(0))]
DECIDES = 1  # the number of the beslispunt before the ALV that is about the wens


class OntwikkelvoorstelQuerySet(models.QuerySet["Ontwikkelvoorstel"]):
    def decided(self) -> "OntwikkelvoorstelQuerySet":
        """With an akkoord of the bestuur, and a besluit of the ALV where needed."""
        agreed = self.filter(ended_at__isnull=True, agreed_at__isnull=False)
        return agreed.filter(Q(needs_alv=False) | Q(besluit__isnull=False))

    def before_the_alv(self) -> "OntwikkelvoorstelQuerySet":
        """With an akkoord of the bestuur, and without the besluit that it needs."""
        agreed = self.filter(ended_at__isnull=True, agreed_at__isnull=False)
        return agreed.filter(needs_alv=True, besluit__isnull=True)

    def waiting_for_an_alv(self) -> "OntwikkelvoorstelQuerySet":
        """Of those, what stands on no agenda, or had no quorum there."""
        undecided = Beslispunt.objects.filter(
            voorstel=OuterRef("alv_voorstel"),
            number=DECIDES,
            outcome=Beslispunt.Outcome.GEEN,
        )
        return self.before_the_alv().exclude(
            Q(alv_voorstel__withdrawn_at__isnull=True, alv_voorstel__isnull=False)
            & ~Q(alv_voorstel__assembly__status=Assembly.Status.CANCELLED)
            & ~Exists(undecided)
        )


class Ontwikkelvoorstel(models.Model):
    """A voorstel voor doorontwikkeling: what will be built, what it costs, who pays.

    In euros. criteria are those of the bestuur as they were, each with whether it is
    met and why: [{"text": ..., "met": true, "why": ...}]. needs_alv is settled with the
    akkoord. A voorstel that was sent back, rejected or withdrawn has an end; the next
    one is another version.
    """

    wens = models.ForeignKey(
        "Verbeterwens",
        models.PROTECT,
        related_name="voorstellen",
        verbose_name="verbeterwens",
    )
    version = models.PositiveSmallIntegerField("versie", default=1)
    text = models.TextField("wat er komt", validators=WITHOUT_BSN)
    amount = models.DecimalField(
        "bedrag", max_digits=12, decimal_places=2, validators=EUROS
    )
    from_kas = models.DecimalField(
        "uit de innovatiekas", max_digits=12, decimal_places=2, validators=EUROS
    )
    other_cover = models.TextField("andere dekking", blank=True, validators=WITHOUT_BSN)
    decision = models.ForeignKey(
        BodyDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="voorstellen",
        verbose_name="besluit van de regiegroep",
    )
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="voorgelegd door"
    )
    proposed_at = models.DateTimeField("voorgelegd op", default=timezone.now)
    criteria = models.JSONField("criteria van het bestuur", default=list, blank=True)
    agreed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="akkoord van",
    )
    agreed_at = models.DateTimeField("akkoord op", null=True, blank=True)
    needs_alv = models.BooleanField("de ALV besluit", default=True)
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="voorstellen",
        verbose_name="ALV-besluit",
    )
    alv_voorstel = models.OneToOneField(
        Voorstel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="op de agenda van de ALV",
    )
    ended_at = models.DateTimeField("vervallen op", null=True, blank=True)

    objects = OntwikkelvoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel voor doorontwikkeling"
        verbose_name_plural = "voorstellen voor doorontwikkeling"
        ordering = ["wens", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["wens", "version"],
                name="a_voorstel_has_a_version_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["wens"],
                condition=Q(ended_at__isnull=True),
                name="a_wens_has_one_running_voorstel",
                violation_error_message="Voor deze wens loopt al een voorstel.",
            ),
            models.CheckConstraint(
                condition=Q(from_kas__gte=0, from_kas__lte=F("amount"))
                & (Q(from_kas=F("amount")) | ~Q(other_cover="")),
                name="a_voorstel_is_covered",
                violation_error_message="Zeg waar het hele bedrag vandaan komt. Uit de "
                "innovatiekas komt nooit meer dan het bedrag.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False)
                & ~Q(agreed_by=F("proposed_by")),
                name="somebody_else_agrees_with_a_voorstel",
                violation_error_message="Wie een voorstel voorlegt, geeft niet zelf "
                "het akkoord.",
            ),
            models.CheckConstraint(
                condition=Q(besluit__isnull=True)
                | Q(agreed_at__isnull=False, needs_alv=True),
                name="the_alv_decides_after_the_bestuur",
                violation_error_message="Eerst geeft het bestuur akkoord.",
            ),
            models.CheckConstraint(
                condition=Q(alv_voorstel__isnull=True)
                | Q(agreed_at__isnull=False, needs_alv=True),
                name="what_the_alv_does_not_decide_is_not_on_its_agenda",
                violation_error_message="Hierover besluit de ALV niet.",
            ),
        ]

    def __str__(self) -> str:
        return f"voorstel {self.version} bij {self.wens}"

    @property
    def from_others(self) -> Decimal:
        """What does not come from the innovatiekas, in euros."""
        return self.amount - self.from_kas

    @property
    def is_decided(self) -> bool:
        """Whether who has to decide did so, and it was not ended since."""
        agreed = self.agreed_at is not None and self.ended_at is None
        return agreed and (not self.needs_alv or self.besluit_id is not None)

    @property
    def agreed_on(self) -> datetime.date | None:
        return timezone.localdate(self.agreed_at) if self.agreed_at else None
