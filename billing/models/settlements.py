"""Settlements: what a half-year came to, per holder and per gemeente."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from billing.models.periods import Period
from membership.models import Organisation, Person


class RunStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    APPROVED = "approved", "vastgesteld"


class SettlementRun(models.Model):
    """All settlements of one half-year that are prepared and approved together.

    prepared_by is empty for the scheduled run. A second run of a half-year settles
    again what was reversed. The fingerprint is that of what was previewed.
    """

    period = models.ForeignKey(
        Period, models.PROTECT, related_name="runs", verbose_name="halfjaar"
    )
    sequence = models.PositiveSmallIntegerField("volgnummer")
    status = models.CharField(
        "status", max_length=10, choices=RunStatus.choices, default=RunStatus.DRAFT
    )
    forced = models.BooleanField("voor het einde van het halfjaar", default=False)
    fingerprint = models.CharField("vingerafdruk", max_length=64)
    prepared_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="opgesteld door",
    )
    prepared_at = models.DateTimeField("opgesteld op")
    approved_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgesteld door",
    )
    approved_at = models.DateTimeField("vastgesteld op", null=True, blank=True)

    class Meta:
        verbose_name = "afrekenronde"
        verbose_name_plural = "afrekenrondes"
        ordering = ["-period__halfyear", "-sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "sequence"], name="a_run_has_its_own_number"
            ),
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(status="draft"),
                name="a_halfyear_has_one_draft_run",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("prepared_by")),
                name="the_approver_is_not_the_preparer",
                violation_error_message="Wie de afrekening opstelde, stelt haar niet "
                "vast. Vraag een ander om dat te doen.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="draft", approved_by__isnull=True, approved_at__isnull=True
                )
                | Q(
                    status="approved",
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                ),
                name="an_approved_run_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        again = f", ronde {self.sequence}" if self.sequence > 1 else ""
        return f"{self.period}{again}"


class Amounts(models.Model):
    """The amounts of a settlement, in euros, and its hours. See docs/settlement.md."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "uren",
        "bruto_omzet",
        "premies",
        "vergoeding",
        "afdracht_gemeente",
        "afdracht_uitvoerder",
        "uitkering_gemeente",
        "uitkering_uitvoerder",
        "bijdrage_nvsi",
    )

    uren = models.DecimalField("uren", max_digits=12, decimal_places=2)
    bruto_omzet = models.DecimalField("bruto-omzet", max_digits=12, decimal_places=2)
    premies = models.DecimalField("premies", max_digits=12, decimal_places=2)
    vergoeding = models.DecimalField("vergoeding", max_digits=12, decimal_places=2)
    afdracht_gemeente = models.DecimalField(
        "afdracht gemeente", max_digits=12, decimal_places=2
    )
    afdracht_uitvoerder = models.DecimalField(
        "afdracht uitvoerder", max_digits=12, decimal_places=2
    )
    uitkering_gemeente = models.DecimalField(
        "uitkering gemeente", max_digits=12, decimal_places=2
    )
    uitkering_uitvoerder = models.DecimalField(
        "uitkering uitvoerder", max_digits=12, decimal_places=2
    )
    bijdrage_nvsi = models.DecimalField(
        "bijdrage NVSI", max_digits=12, decimal_places=2
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    bruto_omzet=F("premies")
                    + F("uitkering_gemeente")
                    + F("uitkering_uitvoerder")
                    + F("bijdrage_nvsi")
                ),
                name="no_cent_is_lost_in_a_%(class)s",
            ),
            models.CheckConstraint(
                condition=Q(
                    bijdrage_nvsi=F("afdracht_gemeente") + F("afdracht_uitvoerder"),
                    uitkering_uitvoerder=F("vergoeding") - F("afdracht_uitvoerder"),
                ),
                name="both_halves_make_the_bijdrage_of_a_%(class)s",
            ),
        ]


class SettlementQuerySet(models.QuerySet["Settlement"]):
    def visible_to(self, user: Person) -> "SettlementQuerySet":
        """The association sees all; an organisation its own, once approved."""
        if user.is_association:
            return self
        return self.approved().filter(organisation__in=user.money_organisation_ids)

    def approved(self) -> "SettlementQuerySet":
        return self.exclude(status=Settlement.Status.DRAFT)

    def in_force(self) -> "SettlementQuerySet":
        """Settlements that hold: neither reversed nor themselves a reversal."""
        return self.filter(kind=Settlement.Kind.SETTLEMENT).exclude(
            status=Settlement.Status.REVERSED
        )


class Settlement(Amounts):
    """The outcome of a half-year for the holder of an agreement: the afrekening.

    A reversal mirrors an approved settlement, with its own number. Once approved
    only the status still moves (migration 0003 refuses the rest).
    """

    class Kind(models.TextChoices):
        SETTLEMENT = "settlement", "afrekening"
        REVERSAL = "reversal", "creditafrekening"

    class Status(models.TextChoices):
        DRAFT = "draft", "concept"
        APPROVED = "approved", "vastgesteld"
        PAID = "paid", "betaald"
        REVERSED = "reversed", "teruggedraaid"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "draft": ("approved",),
        "approved": ("paid", "reversed"),
        "paid": ("reversed", "approved"),
        "reversed": (),
    }

    run = models.ForeignKey(
        SettlementRun, models.PROTECT, related_name="settlements", verbose_name="ronde"
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="settlements", verbose_name="halfjaar"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="settlements",
        verbose_name="organisatie",
    )
    kind = models.CharField(
        "soort", max_length=10, choices=Kind.choices, default=Kind.SETTLEMENT
    )
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
        verbose_name="draait terug",
    )
    number_year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    number_sequence = models.PositiveIntegerField("volgnummer", null=True, blank=True)
    approved_on = models.DateField("vastgesteld op", null=True, blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        verbose_name = "afrekening"
        verbose_name_plural = "afrekeningen"
        ordering = ["-period__halfyear", "organisation__code", "id"]
        constraints = [
            *Amounts.Meta.constraints,
            models.UniqueConstraint(
                fields=["period", "organisation"],
                condition=Q(kind="settlement") & ~Q(status="reversed"),
                name="a_holder_is_settled_once_in_a_halfyear",
            ),
            models.UniqueConstraint(
                fields=["number_year", "number_sequence"],
                name="a_settlement_number_is_given_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="draft",
                    number_year__isnull=True,
                    number_sequence__isnull=True,
                    approved_on__isnull=True,
                )
                | ~Q(status="draft")
                & Q(
                    number_year__isnull=False,
                    number_sequence__isnull=False,
                    approved_on__isnull=False,
                ),
                name="an_approved_settlement_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(number_sequence__gte=1, number_year=F("approved_on__year")),
                name="a_settlement_is_numbered_from_one_in_its_own_year",
            ),
            models.CheckConstraint(
                condition=Q(kind="settlement", reverses__isnull=True)
                | Q(kind="reversal", reverses__isnull=False) & ~Q(status="draft"),
                name="a_reversal_names_what_it_reverses",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or 'zonder nummer'}"

    @property
    def number(self) -> str | None:
        """As on paper: 2026-0147; None while draft."""
        if self.number_sequence is None:
            return None
        return f"{self.number_year}-{self.number_sequence:04d}"


class SettlementLine(Amounts):
    """One gemeente within a settlement, with the rates that were used."""

    settlement = models.ForeignKey(
        Settlement, models.PROTECT, related_name="lines", verbose_name="afrekening"
    )
    gemeente = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="settlement_lines",
        verbose_name="gemeente",
    )
    lines_count = models.PositiveIntegerField("regels")
    rates = models.JSONField("percentages")

    class Meta:
        verbose_name = "gemeente in afrekening"
        verbose_name_plural = "gemeenten in afrekening"
        ordering = ["gemeente__code"]
        constraints = [
            *Amounts.Meta.constraints,
            models.UniqueConstraint(
                fields=["settlement", "gemeente"],
                name="a_gemeente_is_in_a_settlement_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gemeente} in {self.settlement}"
