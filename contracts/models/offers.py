"""Offers: one agreement being drawn up, from the first draft to the last signature.

Source: BW 6:217 (aanbod en aanvaarding), seed 001 (gebruik innovatieve oplossingen).
"""

import datetime

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q

from contracts.kinds import Kind, Party, Why
from contracts.models.facts import Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.models.offer_rules import CONSTRAINTS
from contracts.models.uitvoering import Uitvoeringsovereenkomst
from instruments.models import PERCENTAGE, Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person, Role

# Who of an organisation reads its agreements; the fg only what protects personal data.
READERS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR)
FACT_OF = {
    Kind.VERWERKERS: "verwerkersovereenkomst",
    Kind.GEBRUIKS: "gebruiksovereenkomst",
    Kind.UITVOERINGS: "uitvoeringsovereenkomst",
}
Fact = Verwerkersovereenkomst | Gebruiksovereenkomst | Uitvoeringsovereenkomst


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: Person) -> "OfferQuerySet":
        """The association sees all; an organisation its own, once they were offered."""
        if user.is_association:
            return self
        readers = Q(organisation__in=user.organisations_as(*READERS))
        uitvoerder = Q(
            kind=Kind.UITVOERINGS,
            organisation__in=user.organisations_as(Role.Name.UITVOERDER),
        )
        fg = Q(
            kind=Kind.VERWERKERS,
            organisation__in=user.organisations_as(Role.Name.FG),
        )
        return self.filter(readers | uitvoerder | fg, offered_at__isnull=False)

    def listed(self) -> "OfferQuerySet":
        """To list: with the names, and without the bytes of the documents."""
        joined = self.select_related(
            *("organisation", "instrument", "prepared_by"),
            *FACT_OF.values(),
        )
        return joined.defer("document", "filled")

    def running(self) -> "OfferQuerySet":
        """What may still become an agreement, or lapse."""
        return self.filter(
            declined_at__isnull=True,
            withdrawn_at__isnull=True,
            lapsed_at__isnull=True,
            concluded_at__isnull=True,
        )

    def past_their_term(self, today: datetime.date) -> "OfferQuerySet":
        """What lapses: offered, not signed by the organisation, and out of time. What
        was signed on paper in time waits for the bureau, and does not lapse."""
        late = self.running().filter(offered_at__isnull=False, answer_by__lt=today)
        return late.exclude(scans__status="waiting")


class Offer(models.Model):
    """One agreement on its way: what it says, who was asked, and what became of it.

    Its stage is computed (contracts.stages). From the moment it is offered neither its
    content nor its document changes (trigger). A prolongation and a change name the
    fact that goes on from the start; a new agreement gets its fact when both signed.
    text is the version of our own text, and filled what it became (contracts.texts);
    without one, own_model says which model of the gemeente was used. notice_months is
    the term of opzegging that is agreed.
    """

    reference = models.CharField("kenmerk", max_length=20, unique=True)
    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    why = models.CharField(
        "aanleiding", max_length=20, choices=Why.choices, default=Why.NEW
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="offers",
        verbose_name="organisatie",
    )
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name="instrument",
        help_text="Leeg voor een verwerkersovereenkomst: die geldt voor alles.",
    )
    product = models.CharField("product", max_length=200, blank=True)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    vergoeding_pct = models.DecimalField(
        "vergoeding (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENTAGE,
    )
    bureaukosten = models.CharField("opslag bureaukosten", max_length=300, blank=True)
    voorwaarden = models.CharField("versie voorwaarden", max_length=100, blank=True)
    notice_months = models.PositiveSmallIntegerField(
        "opzegtermijn (maanden)", default=3
    )
    text = models.ForeignKey(
        "contracts.TextVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name="tekst",
    )
    own_model = models.BooleanField("eigen model van de gemeente", default=False)
    own_model_version = models.CharField(
        "versie van het eigen model", max_length=100, blank=True
    )
    signs_first = models.CharField(
        "tekent eerst",
        max_length=20,
        choices=Party.choices,
        default=Party.ORGANISATION,
    )
    answer_by = models.DateField("uiterlijk tekenen op", null=True, blank=True)
    prepared_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="opgesteld door"
    )
    prepared_at = models.DateTimeField("opgesteld op", auto_now_add=True)
    offered_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="aangeboden door",
    )
    offered_at = models.DateTimeField("aangeboden op", null=True, blank=True)
    document = models.BinaryField("document", null=True, blank=True)
    document_name = models.CharField("bestand", max_length=200, blank=True)
    filled = models.JSONField("ingevulde tekst", null=True, blank=True)
    document_sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    declined_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afgewezen door",
    )
    declined_at = models.DateTimeField("afgewezen op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    reason = models.TextField(
        "reden",
        blank=True,
        validators=[validate_without_bsn, MinLengthValidator(3)],
    )
    lapsed_at = models.DateTimeField("vervallen op", null=True, blank=True)
    concluded_at = models.DateTimeField("gesloten op", null=True, blank=True)
    verwerkersovereenkomst = models.ForeignKey(
        Verwerkersovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name="verwerkersovereenkomst",
    )
    gebruiksovereenkomst = models.ForeignKey(
        Gebruiksovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name="gebruiksovereenkomst",
    )
    uitvoeringsovereenkomst = models.ForeignKey(
        Uitvoeringsovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name="uitvoeringsovereenkomst",
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbod"
        verbose_name_plural = "aanbiedingen"
        ordering = ["-prepared_at", "-id"]
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def fact(self) -> Fact | None:
        """The agreement that it became, or that it prolongs or changes."""
        fact: Fact | None = getattr(self, FACT_OF[Kind(self.kind)])
        return fact

    @property
    def holds_from(self) -> datetime.date:
        """The first day: that of the paper; of a verwerkersovereenkomst that was signed
        later, the day of the last signature."""
        fact = self.fact if self.concluded_at else None
        return max(self.starts_on, fact.starts_on) if fact else self.starts_on

    @property
    def is_running(self) -> bool:
        """Whether it may still become an agreement, or lapse."""
        ends = (self.declined_at, self.withdrawn_at, self.lapsed_at, self.concluded_at)
        return not any(ends)

    @property
    def is_destroyed(self) -> bool:
        """Whether the document had its time, and went (contracts.retention)."""
        return self.document_name == "vernietigd"


class OfferedGemeente(models.Model):
    """A gemeente for which a gebruiksovereenkomst is drawn up: the holder itself, or
    each of a samenwerkingsverband."""

    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="gemeenten", verbose_name="aanbod"
    )
    gemeente = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="gemeente"
    )

    class Meta:
        verbose_name = "gemeente in aanbod"
        verbose_name_plural = "gemeenten in aanbiedingen"
        ordering = ["offer", "gemeente__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "gemeente"],
                name="a_gemeente_stands_once_in_an_offer",
                violation_error_message="Elke gemeente kan één keer onder de "
                "overeenkomst vallen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gemeente} in {self.offer}"
