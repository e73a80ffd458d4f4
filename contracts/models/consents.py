"""What those concerned say to a change of the annexes. Source: AVG art. 28 lid 2."""

import datetime

from django.db import models
from django.db.models import Q

from contracts.models.annexes import ASKED, AnnexVersion
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person

WITHOUT_BSN = [validate_without_bsn]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: Person) -> "ConsentQuerySet":
        """The association sees all; an organisation its own."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisations_as(*ASKED))

    def unanswered(self) -> "ConsentQuerySet":
        return self.filter(answer="")

    def answerable_on(self, day: datetime.date) -> "ConsentQuerySet":
        """Those that the organisation itself can answer on a day."""
        own = Q(answer_by__gte=day)
        usual = Q(answer_by__isnull=True, version__answer_by__gte=day)
        return self.filter(own | usual, version__withdrawn_at__isnull=True)


class Consent(models.Model):
    """One organisation that was asked, and what it answered; empty while it did not.

    `basis`: where the answer shows, when the bureau recorded what came by letter.
    `asks_yes`: for this one silence is no consent, also where the version does not ask
    for a yes. `answer_by`: its own last day, of who agreed after that of the others.
    """

    class Answer(models.TextChoices):
        CONSENT = "consent", "stemt in"
        OBJECTION = "objection", "maakt bezwaar"

    version = models.ForeignKey(
        AnnexVersion,
        models.PROTECT,
        related_name="consents",
        verbose_name="versie van bijlagen",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="annex_consents",
        verbose_name="organisatie",
    )
    answer = models.CharField(
        "antwoord", max_length=10, choices=Answer.choices, blank=True
    )
    reason = models.TextField("toelichting", blank=True, validators=WITHOUT_BSN)
    asks_yes = models.BooleanField("uitdrukkelijke instemming nodig", default=False)
    answer_by = models.DateField("eigen laatste dag", null=True, blank=True)
    answered_at = models.DateTimeField("geantwoord op", null=True, blank=True)
    answered_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="geantwoord door",
    )
    basis = models.CharField(
        "blijkt uit", max_length=300, blank=True, validators=WITHOUT_BSN
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord op een wijziging van bijlagen"
        verbose_name_plural = "antwoorden op wijzigingen van bijlagen"
        ordering = ["version", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"],
                name="an_organisation_is_asked_about_annexes_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    answer="", answered_at__isnull=True, answered_by__isnull=True
                )
                | Q(
                    answer__in=["consent", "objection"],
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                ),
                name="an_answer_about_annexes_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(answer="objection") | ~Q(reason=""),
                name="an_objection_to_annexes_has_a_reason",
                violation_error_message="Schrijf op waartegen het bezwaar is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} over {self.version}"

    @property
    def last_day(self) -> datetime.date | None:
        """The last day to answer on; None for a version that asked nobody."""
        return self.answer_by or self.version.answer_by
