"""The books: accounts, balanced entries and their postings. Only ever added to."""

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q

from billing.models.settlements import Settlement
from membership.models import Organisation, Person


class Account(models.Model):
    """An account of the NVSI's own books."""

    class Kind(models.TextChoices):
        ASSET = "asset", "bezit"
        LIABILITY = "liability", "schuld"
        INCOME = "income", "opbrengst"
        RESERVE = "reserve", "eigen vermogen"
        EXPENSE = "expense", "kosten"
        RESULT = "result", "resultaatbestemming"

    code = models.CharField("nummer", max_length=10, unique=True)
    name = models.CharField("naam", max_length=100)
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = "grootboekrekening"
        verbose_name_plural = "grootboekrekeningen"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Entry(models.Model):
    """One balanced journal entry, chained to the one before by its sha256."""

    number = models.PositiveBigIntegerField("boekstuk", unique=True)
    booked_on = models.DateField("boekdatum")
    description = models.CharField("omschrijving", max_length=200)
    settlement = models.OneToOneField(
        Settlement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entry",
        verbose_name="afrekening",
    )
    booked_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
    )
    # The moment of the transaction: a posting that comes later is refused by it.
    booked_at = models.DateTimeField(
        "geboekt op", db_default=TransactionNow(), editable=False
    )
    previous_sha256 = models.CharField("vorig controlegetal", max_length=64)
    sha256 = models.CharField("controlegetal", max_length=64, unique=True)

    class Meta:
        verbose_name = "boeking"
        verbose_name_plural = "boekingen"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"boekstuk {self.number}"


class Posting(models.Model):
    """One side of an entry on one account, in euros: debit or credit, never both."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="postings", verbose_name="boeking"
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="postings", verbose_name="rekening"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postings",
        verbose_name="organisatie",
    )
    debit = models.DecimalField("debet", max_digits=12, decimal_places=2, default=0)
    credit = models.DecimalField("credit", max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = "boekingsregel"
        verbose_name_plural = "boekingsregels"
        ordering = ["entry", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="a_posting_is_debit_or_credit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.debit or -self.credit}"
