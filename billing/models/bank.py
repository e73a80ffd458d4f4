"""What the bank says: statements, their lines, and what a line is about."""

from django.db import models
from django.db.models import Q

from billing.models.ledger import Entry
from billing.models.payments import Payment
from billing.models.settlements import Settlement
from membership.models import Person


class BankStatement(models.Model):
    """One statement of the NVSI's own account, as read once; never changed."""

    iban = models.CharField("rekening", max_length=34)
    statement_id = models.CharField("afschrift", max_length=35)
    opening = models.DecimalField("beginsaldo", max_digits=14, decimal_places=2)
    closing = models.DecimalField("eindsaldo", max_digits=14, decimal_places=2)
    read_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
    )
    read_at = models.DateTimeField("ingelezen op", auto_now_add=True)

    class Meta:
        verbose_name = "bankafschrift"
        verbose_name_plural = "bankafschriften"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["iban", "statement_id"], name="a_bank_statement_is_read_once"
            )
        ]

    def __str__(self) -> str:
        return f"bankafschrift {self.statement_id}"


class BankLineQuerySet(models.QuerySet["BankLine"]):
    def visible_to(self, user: Person) -> "BankLineQuerySet":
        return self if user.is_association else self.none()

    def unmatched(self) -> "BankLineQuerySet":
        """The queue: lines that wait for a person, also after a match was undone."""
        return self.exclude(pk__in=Match.objects.holding().values("line"))


class BankLine(models.Model):
    """One booking by the bank, in euros, negative when money left the account.

    Never changed: what it is about stands in its matches. reversal marks what was
    returned or booked back; batch_id the payment file of a booking as one amount.
    """

    statement = models.ForeignKey(
        BankStatement,
        models.PROTECT,
        related_name="lines",
        verbose_name="bankafschrift",
    )
    reference = models.CharField("bankreferentie", max_length=70)
    booked_on = models.DateField("boekdatum")
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)
    reversal = models.BooleanField("teruggeboekt", default=False)
    end_to_end_id = models.CharField("kenmerk", max_length=35, blank=True)
    batch_id = models.CharField("betaalbestand", max_length=35, blank=True)
    counterparty_name = models.CharField("tegenpartij", max_length=140, blank=True)
    counterparty_iban = models.CharField("IBAN", max_length=34, blank=True)
    remittance = models.CharField("omschrijving", max_length=200, blank=True)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = "bankregel"
        verbose_name_plural = "bankregels"
        ordering = ["-booked_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "reference"], name="a_bank_line_is_stored_once"
            ),
            models.CheckConstraint(
                condition=~Q(amount=0), name="a_bank_line_moves_money"
            ),
        ]

    def __str__(self) -> str:
        return f"bankregel {self.reference}"


class MatchQuerySet(models.QuerySet["Match"]):
    def holding(self) -> "MatchQuerySet":
        """Those that were not undone, and do not undo another."""
        return self.filter(undoes__isnull=True, undone_by__isnull=True)

    def received(self) -> "MatchQuerySet":
        """What holders paid to the NVSI."""
        return self.filter(settlement__isnull=False)


class Match(models.Model):
    """That (a part of) a bank line is about a payment, or is what a holder paid for a
    settlement (a receipt); with the entry that booked it.

    amount is in euros: above zero left the account, below zero came back or was
    received. All matches of a line that hold are the whole line; those of a payment lie
    between 0 and its amount; of a settlement no more is received than it asks
    (migrations 0003 and receipts). Only ever added: a receipt that was matched wrongly
    is undone by another, with the opposite amount.
    """

    line = models.ForeignKey(
        BankLine, models.PROTECT, related_name="matches", verbose_name="bankregel"
    )
    payment = models.ForeignKey(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matches",
        verbose_name="betaling",
    )
    settlement = models.ForeignKey(
        Settlement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="receipts",
        verbose_name="ontvangen voor",
    )
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name="maakt ongedaan",
    )
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)
    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="match", verbose_name="boeking"
    )

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = "koppeling"
        verbose_name_plural = "koppelingen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "payment"], name="a_bank_line_pays_a_payment_once"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="a_match_moves_money"),
            models.CheckConstraint(
                condition=Q(
                    payment__isnull=False,
                    settlement__isnull=True,
                    undoes__isnull=True,
                )
                | Q(
                    payment__isnull=True,
                    settlement__isnull=False,
                    undoes__isnull=True,
                    amount__lt=0,
                )
                | Q(
                    payment__isnull=True,
                    settlement__isnull=False,
                    undoes__isnull=False,
                    amount__gt=0,
                ),
                name="a_match_is_of_a_payment_or_a_receipt",
            ),
        ]

    def __str__(self) -> str:
        if self.payment_id is None:
            return f"{self.line} voor {self.settlement}"
        return f"{self.line} voor betaling {self.payment}"
