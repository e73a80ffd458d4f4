"""What it takes to decide, per kind of voorstel: the rules of the statuten as data.

Source: BW2 art. 38 and 43; domain rules 21, 23 and 24.
"""

import datetime
from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from membership.assembly.counting import Base, Rule
from membership.identifiers import validate_without_bsn
from membership.models.alv import AlvBesluit
from membership.models.assemblies import VoorstelKind
from nvsi.dutch import day

AMENDEMENT = "amendement"
WHAT = [*VoorstelKind.choices, (AMENDEMENT, "amendement")]
BASES = [
    (Base.CAST.value, "de uitgebrachte stemmen"),
    (Base.ENTITLED.value, "alle stemmen van de leden"),
]


class VotingRuleQuerySet(models.QuerySet["VotingRule"]):
    def of(self, kind: str, day: datetime.date) -> "VotingRule | None":
        """The newest one that holds on a day; None when nobody wrote it down."""
        rows = self.filter(kind=kind, starts_on__lte=day)
        return rows.order_by("-starts_on").first()


class VotingRule(models.Model):
    """What it takes to decide on a kind of voorstel, from a day on: as the statuten say
    (`article`). No quorum is written as 0 of 1; no limit of proxies is left empty."""

    kind = models.CharField("stemming over", max_length=20, choices=WHAT)
    starts_on = models.DateField("vanaf")
    majority_numerator = models.PositiveSmallIntegerField("meerderheid, teller")
    majority_denominator = models.PositiveSmallIntegerField("meerderheid, noemer")
    is_strict = models.BooleanField(
        "meer dan dat deel",
        default=True,
        help_text="Uit: ten minste dat deel.",
    )
    base = models.CharField(
        "meerderheid van", max_length=10, choices=BASES, default=Base.CAST.value
    )
    quorum_numerator = models.PositiveSmallIntegerField("quorum, teller", default=0)
    quorum_denominator = models.PositiveSmallIntegerField("quorum, noemer", default=1)
    votes_per_member = models.PositiveSmallIntegerField("stemmen per lid", default=1)
    electronic = models.BooleanField(
        "elektronisch stemmen mag",
        default=False,
        help_text="Alleen als de statuten het toestaan (BW2 art. 38 lid 6).",
    )
    proxies_per_person = models.PositiveSmallIntegerField(
        "volmachten per persoon of lid",
        null=True,
        blank=True,
        help_text="Leeg: geen grens.",
    )
    article = models.CharField(
        "waar dat staat",
        max_length=200,
        validators=[validate_without_bsn],
        help_text="Bijvoorbeeld: statuten, artikel 14 lid 3.",
    )
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="voting_rules",
        verbose_name="ALV-besluit",
    )

    objects = VotingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "regel voor stemmen"
        verbose_name_plural = "regels voor stemmen"
        ordering = ["kind", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "starts_on"],
                name="one_voting_rule_per_kind_from_a_day",
                violation_error_message="Voor die dag staat er al een regel.",
            ),
            models.CheckConstraint(
                condition=Q(
                    majority_numerator__gte=1,
                    majority_denominator__gte=1,
                    majority_numerator__lte=F("majority_denominator"),
                )
                & (
                    Q(is_strict=False)
                    | Q(majority_numerator__lt=F("majority_denominator"))
                ),
                name="a_majority_can_be_reached",
                violation_error_message="Deze meerderheid kan niet worden gehaald.",
            ),
            models.CheckConstraint(
                condition=Q(
                    quorum_denominator__gte=1,
                    quorum_numerator__lte=F("quorum_denominator"),
                ),
                name="a_quorum_can_be_reached",
                violation_error_message="Een quorum is ten hoogste het geheel.",
            ),
            models.CheckConstraint(
                condition=Q(votes_per_member__gte=1) & ~Q(article=""),
                name="a_voting_rule_gives_votes_and_its_source",
                violation_error_message="Vul in waar de regel staat; elk lid heeft ten "
                "minste één stem.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vanaf {day(self.starts_on)}"

    @property
    def rule(self) -> Rule:
        return Rule(
            Fraction(self.majority_numerator, self.majority_denominator),
            is_strict=self.is_strict,
            base=Base(self.base),
            quorum=Fraction(self.quorum_numerator, self.quorum_denominator),
        )
