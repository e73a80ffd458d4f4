"""Votes of the ALV: on what, how, by which rule, and what they came to.

Source: BW2 art. 38; domain rules 21 to 24. Who may vote and the ballots stand in
membership.models.ballots.
"""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from membership.assembly.counting import Counts, Verdict
from membership.identifiers import validate_without_bsn
from membership.models.assemblies import Assembly, AssemblyQuerySet
from membership.models.people import Person
from membership.models.voorstellen import Amendement, Beslispunt, Voorstel
from membership.models.voting_rules import VotingRule

VERDICTS = [
    (Verdict.ADOPTED.value, "aangenomen"),
    (Verdict.REJECTED.value, "verworpen"),
    (Verdict.NO_QUORUM.value, "geen quorum"),
]
COUNTED = ("pro", "contra", "abstained", "blank")


class StemmingQuerySet(models.QuerySet["Stemming"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "StemmingQuerySet":
        """Who may see the ALV sees its votes; what a member chose is not in them."""
        assemblies: AssemblyQuerySet = Assembly.objects.visible_to(user, on=on)
        return self.filter(assembly__in=assemblies)

    def standing(self) -> "StemmingQuerySet":
        """What was not annulled."""
        return self.exclude(status=Stemming.Status.ANNULLED)

    def open(self) -> "StemmingQuerySet":
        return self.filter(status=Stemming.Status.OPEN)


class Stemming(models.Model):
    """A vote on a beslispunt or an amendement. What it came to stands in it, with the
    rule that was applied; `public_key` is for a secret electronic vote alone."""

    class Method(models.TextChoices):
        SHOW = "show", "door handopsteken"
        PAPER = "paper", "op papier"
        ELECTRONIC = "electronic", "elektronisch"

    class Status(models.TextChoices):
        OPEN = "open", "open"
        COUNTED = "counted", "geteld, wacht op controle"
        CLOSED = "closed", "gesloten"
        ANNULLED = "annulled", "ongeldig verklaard"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "open": ("counted", "closed", "annulled"),
        "counted": ("open", "closed", "annulled"),
        "closed": (),
        "annulled": (),
    }

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="stemmingen", verbose_name="ALV"
    )
    beslispunt = models.ForeignKey(
        Beslispunt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stemmingen",
        verbose_name="beslispunt",
    )
    amendement = models.ForeignKey(
        Amendement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stemmingen",
        verbose_name="amendement",
    )
    rule = models.ForeignKey(
        VotingRule, models.PROTECT, related_name="stemmingen", verbose_name="regel"
    )
    method = models.CharField("manier", max_length=10, choices=Method.choices)
    is_secret = models.BooleanField("geheim", default=False)
    public_key = models.CharField(
        "openbare sleutel", max_length=64, blank=True, editable=False
    )
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.OPEN
    )
    opened_at = models.DateTimeField("geopend op")
    opened_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="geopend door"
    )
    pro = models.PositiveIntegerField("voor", null=True, blank=True)
    contra = models.PositiveIntegerField("tegen", null=True, blank=True)
    abstained = models.PositiveIntegerField("onthouding", null=True, blank=True)
    blank = models.PositiveIntegerField("blanco of ongeldig", null=True, blank=True)
    counted_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="geteld door",
    )
    entitled_votes = models.PositiveIntegerField(
        "stemmen van alle leden", null=True, blank=True
    )
    present_votes = models.PositiveIntegerField(
        "stemmen aanwezig of vertegenwoordigd", null=True, blank=True
    )
    verdict = models.CharField(
        "uitkomst", max_length=10, choices=VERDICTS, blank=True, default=""
    )
    sentence = models.TextField("uitslag in een zin", blank=True)
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True)
    closed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gesloten door",
    )
    reason = models.TextField(
        "reden van ongeldigheid", blank=True, validators=[validate_without_bsn]
    )

    objects = StemmingQuerySet.as_manager()

    class Meta:
        verbose_name = "stemming"
        verbose_name_plural = "stemmingen"
        ordering = ["assembly", "opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(beslispunt__isnull=True, amendement__isnull=False)
                | Q(beslispunt__isnull=False, amendement__isnull=True),
                name="a_vote_is_on_one_thing",
            ),
            models.UniqueConstraint(
                fields=["beslispunt"],
                condition=~Q(status="annulled"),
                name="a_beslispunt_is_voted_on_once",
                violation_error_message="Over dit beslispunt is al een stemming.",
            ),
            models.UniqueConstraint(
                fields=["amendement"],
                condition=~Q(status="annulled"),
                name="an_amendement_is_voted_on_once",
                violation_error_message="Over dit amendement is al een stemming.",
            ),
            models.CheckConstraint(
                condition=Q(
                    method="electronic",
                    is_secret=True,
                    public_key__regex=r"^[0-9a-f]{64}$",
                )
                | ~Q(method="electronic", is_secret=True) & Q(public_key=""),
                name="a_secret_electronic_vote_has_a_key",
            ),
            models.CheckConstraint(
                condition=~Q(method="show", is_secret=True),
                name="a_show_of_hands_is_not_secret",
                violation_error_message="Handopsteken is niet geheim.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="closed",
                    pro__isnull=False,
                    contra__isnull=False,
                    abstained__isnull=False,
                    blank__isnull=False,
                    entitled_votes__isnull=False,
                    present_votes__isnull=False,
                    closed_by__isnull=False,
                    closed_at__gte=F("opened_at"),
                    verdict__in=[value for value, _label in VERDICTS],
                )
                & ~Q(sentence="")
                | Q(
                    status__in=["open", "counted", "annulled"],
                    verdict="",
                    sentence="",
                    closed_at__isnull=True,
                ),
                name="a_closed_vote_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed")
                | Q(
                    present_votes__gte=F("pro")
                    + F("contra")
                    + F("abstained")
                    + F("blank"),
                    entitled_votes__gte=F("present_votes"),
                ),
                name="no_more_votes_are_counted_than_there_are",
                violation_error_message="Er zijn meer stemmen geteld dan er zijn.",
            ),
            models.CheckConstraint(
                condition=Q(method="electronic", counted_by__isnull=True)
                | ~Q(method="electronic")
                & (
                    Q(status__in=["open", "annulled"])
                    | Q(status="counted", counted_by__isnull=False, pro__isnull=False)
                    | Q(status="closed", counted_by__isnull=False)
                    & ~Q(counted_by=F("closed_by"))
                ),
                name="two_people_count_what_was_not_electronic",
                violation_error_message="Een ander dan wie telde, controleert.",
            ),
            models.CheckConstraint(
                condition=Q(status="annulled") & ~Q(reason="")
                | ~Q(status="annulled") & Q(reason=""),
                name="a_vote_is_annulled_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"stemming over {self.beslispunt or self.amendement}"

    @property
    def voorstel(self) -> Voorstel:
        point = self.amendement.beslispunt if self.amendement else self.beslispunt
        assert point is not None
        return point.voorstel

    @property
    def text(self) -> str:
        """What is put to the vote."""
        if self.amendement is not None:
            return self.amendement.new_text
        assert self.beslispunt is not None
        return self.beslispunt.text

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    @property
    def is_electronic(self) -> bool:
        return self.method == self.Method.ELECTRONIC

    @property
    def is_sealed(self) -> bool:
        """Secret and electronic: closed with the code of who opened it."""
        return self.is_secret and self.is_electronic

    @property
    def is_adopted(self) -> bool:
        return self.verdict == Verdict.ADOPTED

    @property
    def counts(self) -> Counts:
        """Of a vote that was counted."""
        return Counts(*(getattr(self, name) or 0 for name in COUNTED))
