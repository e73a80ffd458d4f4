"""Uitvoeringsopdrachten: what the bestuur orders from an uitvoerder, for how much.

An order is an agreement of its own kind: it has an amount and a day in place of a price
and a term, two parties that are both bound by a click, and a decision under it. So it
is no Offer. Source: seed 001 ("Het bestuur geeft opdracht voor de uitvoering aan de
leverende partner(s)"); BW 7:400.
"""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from instruments.models import Instrument, Ontwikkelvoorstel
from instruments.wishes.stages import Step
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person, Role
from membership.models.bodies import belongs

EUROS = [MinValueValidator(Decimal(0))]


class UitvoeringsopdrachtQuerySet(models.QuerySet["Uitvoeringsopdracht"]):
    def visible_to(self, user: Person) -> "UitvoeringsopdrachtQuerySet":
        """Who belongs reads all, as the wensen that they come from; an uitvoerder its
        own."""
        if belongs(user, timezone.localdate()):
            return self
        own = user.organisations_as(Role.Name.UITVOERDER)
        return self.filter(uitvoerder__in=own)


class Uitvoeringsopdracht(models.Model):
    """One order. Amounts in euros.

    document is what the bestuur gave, frozen with its content; factor says with which
    second factor. The uitvoerder confirms it, delivers it, and the regiegroep accepts
    it with what it cost in the end; each is added once, but for a delivery that was
    returned. final_from_kas is the part that the innovatiekas pays. Status is how the
    history calls what was done.
    """

    Status = Step

    reference = models.CharField("kenmerk", max_length=20, unique=True)
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="opdrachten",
        verbose_name="instrument",
    )
    uitvoerder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="opdrachten",
        verbose_name="uitvoerder",
    )
    ontwikkelvoorstel = models.OneToOneField(
        Ontwikkelvoorstel,
        models.PROTECT,
        related_name="opdracht",
        verbose_name="voorstel",
    )
    amount = models.DecimalField(
        "bedrag", max_digits=12, decimal_places=2, validators=EUROS
    )
    deliver_by = models.DateField("op te leveren voor of op")
    agreed = models.TextField("afspraken", validators=[validate_without_bsn])
    given_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gegeven door"
    )
    given_at = models.DateTimeField("gegeven op", default=timezone.now)
    factor = models.CharField("bevestigd met", max_length=20)
    document = models.BinaryField("document")
    document_sha256 = models.CharField("controlegetal", max_length=64)
    confirmed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bevestigd door",
    )
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    delivered_on = models.DateField("opgeleverd op", null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="aanvaard door",
    )
    accepted_at = models.DateTimeField("aanvaard op", null=True, blank=True)
    final_amount = models.DecimalField(
        "eindbedrag", max_digits=12, decimal_places=2, null=True, blank=True
    )
    final_from_kas = models.DecimalField(
        "uit de innovatiekas", max_digits=12, decimal_places=2, null=True, blank=True
    )

    objects = UitvoeringsopdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "uitvoeringsopdracht"
        verbose_name_plural = "uitvoeringsopdrachten"
        ordering = ["-given_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(document_sha256__regex=r"^[0-9a-f]{64}$") & ~Q(agreed=""),
                name="an_order_has_its_document",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("given_by")),
                name="somebody_else_confirms_an_order",
                violation_error_message="Wie een opdracht geeft, bevestigt haar niet.",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | Q(confirmed_at__isnull=False),
                name="an_order_is_confirmed_before_it_is_delivered",
                violation_error_message="Bevestig eerst de opdracht.",
            ),
            models.CheckConstraint(
                condition=Q(
                    accepted_at__isnull=True,
                    accepted_by__isnull=True,
                    final_amount__isnull=True,
                    final_from_kas__isnull=True,
                )
                | Q(
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                    delivered_on__isnull=False,
                    final_amount__isnull=False,
                    final_amount__lte=F("amount"),
                    final_from_kas__isnull=False,
                    final_from_kas__gte=0,
                    final_from_kas__lte=F("final_amount"),
                ),
                name="an_accepted_order_says_what_it_cost",
                violation_error_message="Het eindbedrag is niet hoger dan de opdracht.",
            ),
        ]

    def __str__(self) -> str:
        return f"uitvoeringsopdracht {self.reference}"

    @property
    def is_delivered(self) -> bool:
        return self.delivered_on is not None
