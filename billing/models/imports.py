"""Deliveries of hour lines by the uitvoerder, and the lines themselves."""

from django.db import models
from django.db.models import Case, F, Q, Value, When

from billing.models.periods import Period
from contracts.models import Coverage
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.fields import HalfYearField

HALF_OF_DATUM = Case(When(datum__month__lte=6, then=Value(1)), default=Value(2))


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Person) -> "ImportQuerySet":
        """The association sees all deliveries, an uitvoerder its own."""
        if user.is_association:
            return self
        return self.filter(source__in=user.organisations_as("uitvoerder"))


class Import(models.Model):
    """One delivered file. The same file is never taken in twice."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", verbose_name="instrument"
    )
    source = models.ForeignKey(
        Organisation, models.PROTECT, related_name="imports", verbose_name="van"
    )
    file_name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("controlegetal", max_length=64, unique=True)
    delivered_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="door",
    )
    delivered_at = models.DateTimeField("ontvangen op", auto_now_add=True)
    lines_count = models.PositiveIntegerField("nieuwe regels")
    known_count = models.PositiveIntegerField("al bekend")
    uren = models.DecimalField("uren", max_digits=14, decimal_places=2)
    omzet = models.DecimalField("omzet", max_digits=14, decimal_places=2)
    premie = models.DecimalField("premies", max_digits=14, decimal_places=2)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "aanlevering"
        verbose_name_plural = "aanleveringen"
        ordering = ["-delivered_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.lines_count} regels)"


class LineQuerySet(models.QuerySet["Line"]):
    def visible_to(self, user: Person) -> "LineQuerySet":
        """The association sees all; uitvoerder and gemeente see their own.

        A gemeente sees lines through its settlements, so only of a closed half-year.
        """
        if user.is_association:
            return self
        organisations = user.money_organisation_ids
        return self.filter(
            Q(
                source__in=Organisation.objects.filter(
                    pk__in=organisations, kind=Organisation.Kind.UITVOERDER
                )
            )
            | Q(
                coverage__agreement__organisation__in=organisations,
                period__closed_at__isnull=False,
            )
            | Q(coverage__gemeente__in=organisations, period__closed_at__isnull=False)
        )


class Line(models.Model):
    """Hours worked on one opdracht by one kandidaat, as delivered. Never changed.

    omzet and premie are euros, fixed on arrival: round(uren x tarief) and
    round(uren x premie_per_uur). The table has a partition per half-year
    (billing.deliveries.lines and migration 0002). Its foreign keys are
    checked set-wise by a trigger: a check per row would cost more than the import.
    """

    delivery = models.ForeignKey(
        Import,
        models.PROTECT,
        related_name="lines",
        db_constraint=False,
        db_index=False,
        db_column="import_id",
        verbose_name="aanlevering",
    )
    source = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name="van",
    )
    period = models.ForeignKey(
        Period,
        models.PROTECT,
        related_name="lines",
        db_constraint=False,
        db_index=False,
        verbose_name="afgerekend in",
    )
    coverage = models.ForeignKey(
        Coverage,
        models.PROTECT,
        related_name="lines",
        db_constraint=False,
        db_index=False,
        verbose_name="gemeente",
    )
    worked_in = HalfYearField("gewerkt in")
    datum = models.DateField("datum")
    factuurdatum = models.DateField("factuurdatum")
    uren = models.DecimalField("uren", max_digits=6, decimal_places=2)
    tarief = models.DecimalField("tarief", max_digits=8, decimal_places=2)
    premie_per_uur = models.DecimalField(
        "premie per uur", max_digits=8, decimal_places=2
    )
    omzet = models.DecimalField("omzet", max_digits=12, decimal_places=2)
    premie = models.DecimalField("premie", max_digits=12, decimal_places=2)
    # No lengths here: what is too long is refused once, on arrival (deliveries.hours).
    regel_id = models.CharField("regel", db_collation="C")
    opdracht_id = models.CharField("opdracht")
    opdrachtgever_naam = models.CharField("opdrachtgever")
    opdrachtgever_kvk = models.CharField("KvK-nummer")
    kandidaat_ref = models.CharField("kandidaat")
    factuurnummer = models.CharField("factuur")
    corrigeert_regel_id = models.CharField("corrigeert regel", blank=True, default="")

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = "urenregel"
        verbose_name_plural = "urenregels"
        ordering = ["regel_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "regel_id"], name="a_line_is_delivered_once"
            ),
            models.CheckConstraint(
                condition=Q(uren__range=(-168, 168)) & ~Q(uren=0),
                name="hours_fit_in_a_week",
                violation_error_message="Uren liggen tussen 0 en 168.",
            ),
            models.CheckConstraint(
                condition=Q(uren__gt=0) | ~Q(corrigeert_regel_id=""),
                name="negative_hours_correct_a_line",
                violation_error_message="Negatieve uren horen bij een correctie.",
            ),
            models.CheckConstraint(
                condition=Q(tarief__gt=0)
                & Q(premie_per_uur__gte=0)
                & Q(premie_per_uur__lte=F("tarief")),
                name="a_premie_is_not_above_the_tarief",
                violation_error_message="De premie ligt tussen 0 en het tarief.",
            ),
            models.CheckConstraint(
                condition=~Q(corrigeert_regel_id=F("regel_id")),
                name="a_line_does_not_correct_itself",
                violation_error_message="Een regel corrigeert een andere regel.",
            ),
            models.CheckConstraint(
                condition=Q(worked_in=F("datum__year") * 10 + HALF_OF_DATUM),
                name="a_line_is_worked_in_the_halfyear_of_its_day",
                violation_error_message="De dag ligt niet in het halfjaar.",
            ),
        ]

    def __str__(self) -> str:
        return self.regel_id
