"""Payments: what was ordered from the bank, in files that are kept as given out."""

from django.db import models
from django.db.models import Q

from billing.models.innovatiekas import KasMovement
from billing.models.periods import Period
from billing.models.settlements import Settlement
from membership.models import Organisation, Person


class PaymentBatchQuerySet(models.QuerySet["PaymentBatch"]):
    def visible_to(self, user: Person) -> "PaymentBatchQuerySet":
        """Only the association: a batch names every holder."""
        return self if user.is_association else self.none()


class PaymentBatch(models.Model):
    """One SEPA credit transfer file, kept as it was given out."""

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="batches", verbose_name="halfjaar"
    )
    sequence = models.PositiveSmallIntegerField("volgnummer")
    message_id = models.CharField("bericht", max_length=35, unique=True)
    exported_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="door"
    )
    exported_at = models.DateTimeField("uitgevoerd op")
    total = models.DecimalField("totaal", max_digits=14, decimal_places=2)
    payments_count = models.PositiveIntegerField("aantal")
    xml = models.BinaryField("bestand")
    sha256 = models.CharField("controlegetal", max_length=64)

    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "betaalbestand"
        verbose_name_plural = "betaalbestanden"
        ordering = ["-exported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "sequence"], name="a_payment_batch_has_its_own_number"
            )
        ]

    def __str__(self) -> str:
        return self.message_id


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, user: Person) -> "PaymentQuerySet":
        """The association sees all; an organisation what was ordered for it."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.money_organisation_ids)

    def to_holders(self) -> "PaymentQuerySet":
        return self.filter(settlement__isnull=False)

    def to_uitvoerder(self) -> "PaymentQuerySet":
        """Of the vergoeding; for what was ordered of it there is for_orders."""
        return self.filter(settlement__isnull=True, movement__isnull=True)

    def for_orders(self) -> "PaymentQuerySet":
        return self.filter(movement__isnull=False)


class Payment(models.Model):
    """One transfer of a batch: to the holder of a settlement, or to the uitvoerder, for
    its vergoeding or for what the innovatiekas spent (movement).

    The end-to-end id returns on the bank statement. What was paid of it, and what
    came back, are its matches (billing.models.bank).
    """

    batch = models.ForeignKey(
        PaymentBatch,
        models.PROTECT,
        related_name="payments",
        verbose_name="betaalbestand",
    )
    settlement = models.ForeignKey(
        Settlement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name="afrekening",
        help_text="Leeg voor wat de uitvoerder krijgt.",
    )
    movement = models.ForeignKey(
        KasMovement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name="uit de innovatiekas",
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="payments", verbose_name="aan"
    )
    end_to_end_id = models.CharField("kenmerk", max_length=35, unique=True)
    iban = models.CharField("IBAN", max_length=34)
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "betaling"
        verbose_name_plural = "betalingen"
        ordering = ["batch", "end_to_end_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="a_payment_is_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(settlement__isnull=True) | Q(movement__isnull=True),
                name="a_payment_is_for_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end_id
