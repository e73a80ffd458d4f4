"""Verbeterwensen for an instrument: what somebody asks for, and where it is now.

Source: seed 001, Doorontwikkeling. `Wish` is something else: a wens of the raad.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from instruments.models.instruments import Instrument, Uitvoerder
from instruments.models.ontwikkelvoorstellen import WITHOUT_BSN, Ontwikkelvoorstel
from instruments.wishes.ordered import ordered_from
from instruments.wishes.stages import IN_ORDER, Stage, Step, stage_of
from membership.models import Organisation, Person, Role
from membership.models.bodies import belongs

if TYPE_CHECKING:
    from instruments.models.wish_steps import VerbeterwensStep


class VerbeterwensQuerySet(models.QuerySet["Verbeterwens"]):
    def visible_to(self, user: Person) -> "VerbeterwensQuerySet":
        """Who belongs reads all; an uitvoerder those of what it carries out today, and
        of its own orders."""
        today = timezone.localdate()
        if belongs(user, today):
            return self
        own = user.organisations_as(Role.Name.UITVOERDER)
        theirs = Uitvoerder.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            starts_on__lte=today,
            organisation__in=own,
        )
        return self.filter(
            Q(instrument__in=theirs.values("instrument")) | ordered_from(own)
        )

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
    def voorstel(self) -> Ontwikkelvoorstel | None:
        """The one that was not sent back, declined or withdrawn."""
        return self.voorstellen.filter(ended_at__isnull=True).first()

    @property
    def stage(self) -> Stage:
        """Where it is now. For many, use with_standing()."""
        last, voorstel = self.last_step, self.voorstel
        return stage_of(
            last.kind if last else "", needs_alv=voorstel is None or voorstel.needs_alv
        )
