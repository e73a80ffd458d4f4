"""Ledenraadplegingen: a question to all members, who may answer it, and what they say.

Source: seed 003 (a ledenraadpleging with 99% of the votes); domain rules 20 to 22.
"""

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.organisations import Organisation
from membership.models.people import Person, Role
from membership.models.periods import Membership

WITHOUT_BSN = [validate_without_bsn]
FEWEST, MOST = 2, 4
USUAL = ("voor", "tegen", "onthouding")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, user: Person) -> "ConsultationQuerySet":
        """The association sees all; who belonged while it was open may read it, also
        without a vote."""
        if user.is_association:
            return self
        belonged = Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("opens_on")),
            organisation__in=user.organisation_ids,
            starts_on__lte=OuterRef("closes_on"),
        )
        return self.told().filter(Exists(belonged))

    def told(self) -> "ConsultationQuerySet":
        """What members know of."""
        return self.filter(
            status__in=[
                Consultation.Status.OPEN,
                Consultation.Status.PUBLISHED,
                Consultation.Status.CALLED_OFF,
            ]
        )

    def open_at(self, now: datetime.datetime) -> "ConsultationQuerySet":
        return self.filter(status=Consultation.Status.OPEN, closes_at__gt=now)

    def unpublished_at(self, now: datetime.datetime) -> "ConsultationQuerySet":
        """Closed, and nobody knows the result yet."""
        return self.filter(status=Consultation.Status.OPEN, closes_at__lte=now)


class Consultation(models.Model):
    """One question. It is open from the moment that the bureau opened it until the end
    of its last day, by the Dutch clock; `closes_at` is that moment."""

    class Status(models.TextChoices):
        DRAFT = "draft", "concept"
        OPEN = "open", "geopend"
        PUBLISHED = "published", "uitslag bekend"
        CALLED_OFF = "called_off", "ingetrokken"
        DROPPED = "dropped", "vervallen"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "draft": ("open", "dropped"),
        "open": ("published", "called_off"),
        "published": (),
        "called_off": (),
        "dropped": (),
    }

    question = models.CharField("vraag", max_length=200, validators=WITHOUT_BSN)
    explanation = models.TextField(
        "toelichting",
        validators=WITHOUT_BSN,
        help_text="Een witregel begint een alinea, ## een kop, - een punt.",
    )
    options = ArrayField(models.CharField(max_length=60), verbose_name="keuzes")
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    opens_on = models.DateField("vanaf", default=timezone.localdate)
    closes_on = models.DateField("tot en met")
    remind_days = models.PositiveSmallIntegerField(
        "herinneren, dagen voor het einde",
        default=5,
        null=True,
        blank=True,
        help_text="Leeg: geen herinnering.",
    )
    opened_at = models.DateTimeField("geopend op", null=True, blank=True)
    closes_at = models.DateTimeField("sluit op", null=True, blank=True)
    reminded_at = models.DateTimeField("herinnerd op", null=True, blank=True)
    published_at = models.DateTimeField("bekendgemaakt op", null=True, blank=True)
    written_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="opgesteld door"
    )

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "ledenraadpleging"
        verbose_name_plural = "ledenraadplegingen"
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="a_consultation_closes_after_it_opens",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(options__len__range=(FEWEST, MOST)),
                name="a_consultation_has_two_to_four_options",
                violation_error_message="Geef twee tot vier keuzes.",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(explanation=""),
                name="a_consultation_asks_something",
                violation_error_message="Vul de vraag en de toelichting in.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "dropped"],
                    opened_at__isnull=True,
                    closes_at__isnull=True,
                )
                | Q(
                    status__in=["open", "published", "called_off"],
                    opened_at__isnull=False,
                    closes_at__gt=F("opened_at"),
                ),
                name="an_open_consultation_has_its_moments",
            ),
            models.CheckConstraint(
                condition=Q(status="published", published_at__gte=F("closes_at"))
                | ~Q(status="published") & Q(published_at__isnull=True),
                name="a_result_is_published_after_the_close",
            ),
        ]

    def __str__(self) -> str:
        return f"raadpleging '{self.question}'"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    def is_open_at(self, now: datetime.datetime) -> bool:
        """Whether an answer can be given at this moment."""
        return (
            self.status == self.Status.OPEN
            and self.closes_at is not None
            and now < self.closes_at
        )

    def is_closed_at(self, now: datetime.datetime) -> bool:
        """Whether it was open, and its term is over."""
        return self.closes_at is not None and now >= self.closes_at


# Who of a member answers by himself, and who when somebody authorised him.
SIGNS, MAY_BE_AUTHORISED = Role.Name.ONDERTEKENAAR, Role.Name.CONTACTPERSOON


class VoterQuerySet(models.QuerySet["Voter"]):
    def visible_to(self, user: Person) -> "VoterQuerySet":
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisation_ids)

    def answered(self) -> "VoterQuerySet":
        return self.filter(pk__in=ConsultationAnswer.objects.standing().values("voter"))

    def unanswered(self) -> "VoterQuerySet":
        return self.exclude(
            pk__in=ConsultationAnswer.objects.standing().values("voter")
        )


class Voter(models.Model):
    """A member that may answer, as it was when the consultation was opened.

    An ondertekenaar answers for it, or the contactpersoon who was authorised.
    """

    consultation = models.ForeignKey(
        Consultation,
        models.PROTECT,
        related_name="voters",
        verbose_name="ledenraadpleging",
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="votes", verbose_name="lid"
    )
    authorised = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gemachtigd",
    )
    authorised_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gemachtigd door",
    )
    authorised_at = models.DateTimeField("gemachtigd op", null=True, blank=True)
    basis = models.CharField(
        "waar dat uit blijkt", max_length=200, blank=True, validators=WITHOUT_BSN
    )

    objects = VoterQuerySet.as_manager()

    class Meta:
        verbose_name = "stemgerechtigd lid"
        verbose_name_plural = "stemgerechtigde leden"
        ordering = ["consultation", "organisation__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation"],
                name="a_member_votes_once_in_a_consultation",
            ),
            models.CheckConstraint(
                condition=Q(
                    authorised__isnull=True,
                    authorised_by__isnull=True,
                    authorised_at__isnull=True,
                )
                | Q(
                    authorised__isnull=False,
                    authorised_by__isnull=False,
                    authorised_at__isnull=False,
                )
                & ~Q(authorised=F("authorised_by")),
                name="somebody_else_authorises_who_answers",
                violation_error_message="Niemand machtigt zichzelf.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} bij {self.consultation}"


class ConsultationAnswerQuerySet(models.QuerySet["ConsultationAnswer"]):
    def standing(self) -> "ConsultationAnswerQuerySet":
        """What was not replaced: the last answer of each member."""
        return self.filter(replaced_at__isnull=True)


class ConsultationAnswer(models.Model):
    """What a member said. The last one counts; those before it stay as history."""

    voter = models.ForeignKey(
        Voter,
        models.PROTECT,
        related_name="answers",
        verbose_name="stemgerechtigd lid",
    )
    choice = models.CharField("antwoord", max_length=60)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gegeven door"
    )
    at = models.DateTimeField("gegeven op")
    replaced_at = models.DateTimeField("vervangen op", null=True, blank=True)

    objects = ConsultationAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord op een ledenraadpleging"
        verbose_name_plural = "antwoorden op ledenraadplegingen"
        ordering = ["voter", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["voter"],
                condition=Q(replaced_at__isnull=True),
                name="a_member_has_one_answer_that_counts",
                violation_error_message="Dit lid heeft al een antwoord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.choice} van {self.voter.organisation}"
