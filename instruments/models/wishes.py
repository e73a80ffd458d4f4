"""Verbeterwensen for an instrument, and the voorstellen that come of them.

Source: seed 001, Doorontwikkeling. `Wish` is something else: a wens of the raad.
"""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from instruments.models.instruments import Instrument, Uitvoerder
from instruments.wishes.stages import IN_ORDER, Stage, Step, stage_of
from membership.identifiers import validate_without_bsn
from membership.models import (
    AlvBesluit,
    Assembly,
    Organisation,
    Person,
    Role,
    Voorstel,
)
from membership.models.bodies import BodyDecision, belongs

if TYPE_CHECKING:
    from instruments.models.wish_steps import VerbeterwensStep

WITHOUT_BSN = [validate_without_bsn]
EUROS = [MinValueValidator(Decimal(0))]


class VerbeterwensQuerySet(models.QuerySet["Verbeterwens"]):
    def visible_to(self, user: Person) -> "VerbeterwensQuerySet":
        """Who belongs reads all; the uitvoerder those of what it carries out today."""
        today = timezone.localdate()
        if belongs(user, today):
            return self
        theirs = Uitvoerder.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            starts_on__lte=today,
            organisation__in=user.organisations_as(Role.Name.UITVOERDER),
        )
        return self.filter(instrument__in=theirs.values("instrument"))

    def with_standing(self) -> "VerbeterwensQuerySet":
        """With the last step and its day, its place in the order of the regiegroep,
        whether the ALV decides, and the support."""
        same = self.model._default_manager.filter(pk=OuterRef("pk"))
        last = same.order_by("-steps__id").values("steps__kind")[:1]
        ranked = same.filter(steps__kind=Step.PRIORITISED).order_by("-steps__id")
        voorstellen = Ontwikkelvoorstel.objects.filter(
            wens=OuterRef("pk"), ended_at__isnull=True, needs_alv=False
        )
        return self.annotate(
            last_kind=Coalesce(Subquery(last), Value("")),
            last_on=Max("steps__on"),
            place=Subquery(ranked.values("steps__rank")[:1]),
            without_alv=Exists(voorstellen),
            support_count=Count(
                "support", filter=Q(support__ended_at__isnull=True), distinct=True
            ),
        )

    def in_order(self) -> "VerbeterwensQuerySet":
        """That wait in the order of the regiegroep, the first place first. Ask for
        with_standing() first."""
        return self.at(*IN_ORDER).order_by(F("place"), "pk")

    def at(self, *kinds: str) -> "VerbeterwensQuerySet":
        """Of which the last step is one of these. Ask for with_standing() first."""
        return self.filter(Q(("last_kind__in", kinds)))

    def not_at(self, *kinds: str) -> "VerbeterwensQuerySet":
        """Of which the last step is none of these. Ask for with_standing() first."""
        return self.exclude(Q(("last_kind__in", kinds)))


class Verbeterwens(models.Model):
    """A wish, as it was handed in; at a herindeling the successor takes it over. What
    becomes of it stands in its steps; Status says what the history calls those."""

    Status = Step

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="verbeterwensen",
        verbose_name="instrument",
    )
    number = models.PositiveIntegerField("nummer")
    title = models.CharField("titel", max_length=120, validators=WITHOUT_BSN)
    problem = models.TextField("probleem", validators=WITHOUT_BSN)
    proposal = models.TextField("voorstel", validators=WITHOUT_BSN)
    for_whom = models.CharField("voor wie", max_length=200, validators=WITHOUT_BSN)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="ingediend door"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="verbeterwensen",
        verbose_name="namens")  # fmt: skip
    taken_over_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="overgenomen door", help_text="De opvolger, bij een herindeling.",
    )  # fmt: skip
    handed_in_at = models.DateTimeField("ingediend op", default=timezone.now)

    objects = VerbeterwensQuerySet.as_manager()

    class Meta:
        verbose_name = "verbeterwens"
        verbose_name_plural = "verbeterwensen"
        ordering = ["-handed_in_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="a_wens_has_a_number_of_its_own"
            ),
            models.CheckConstraint(
                condition=~Q(title="")
                & ~Q(problem="")
                & ~Q(proposal="")
                & ~Q(for_whom=""),
                name="a_wens_says_what_and_for_whom",
                violation_error_message="Vul probleem, voorstel en voor wie in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    @property
    def reference(self) -> str:
        """As people write it: W-FLEXENSIE-12."""
        return f"W-{self.instrument.slug.upper()}-{self.number}"

    @property
    def asker(self) -> Organisation:
        """Who asks for it now."""
        return self.taken_over_by or self.organisation

    @property
    def last_step(self) -> "VerbeterwensStep | None":
        return self.steps.order_by("-id").first()

    @property
    def voorstel(self) -> "Ontwikkelvoorstel | None":
        """The one that was not sent back, declined or withdrawn."""
        return self.voorstellen.filter(ended_at__isnull=True).first()

    @property
    def stage(self) -> Stage:
        """Where it is now. For many, use with_standing()."""
        last, voorstel = self.last_step, self.voorstel
        return stage_of(
            last.kind if last else "", needs_alv=voorstel is None or voorstel.needs_alv
        )


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
        """Of those, what stands on no agenda."""
        return self.before_the_alv().exclude(
            Q(alv_voorstel__withdrawn_at__isnull=True, alv_voorstel__isnull=False)
            & ~Q(alv_voorstel__assembly__status=Assembly.Status.CANCELLED)
        )


class Ontwikkelvoorstel(models.Model):
    """A voorstel voor doorontwikkeling: what will be built, what it costs, who pays.

    In euros. criteria are those of the bestuur as they were, each with whether it is
    met and why: [{"text": ..., "met": true, "why": ...}]. needs_alv is settled with the
    akkoord. A voorstel that was sent back, rejected or withdrawn has an end; the next
    one is another version.
    """

    wens = models.ForeignKey(
        Verbeterwens,
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
