"""The model of a verwerkersovereenkomst that a gemeente must use, as it hands it in.

Source: the standard of the VNG, which is filled in by who uses it and is not shipped
here (CC BY-NC-SA); AVG art. 28 lid 3 and 9.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from contracts.models.annexes import AnnexVersion
from contracts.models.offers import READERS, Offer
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person, Role

WITHOUT_BSN = [validate_without_bsn]


class SubmittedModelQuerySet(models.QuerySet["SubmittedModel"]):
    def visible_to(self, user: Person) -> "SubmittedModelQuerySet":
        """The association sees all; an organisation what it handed in itself."""
        if user.is_association:
            return self
        own = user.organisations_as(*READERS, Role.Name.FG)
        return self.filter(organisation__in=own)

    def of(self, organisation: Organisation) -> "SubmittedModelQuerySet":
        return self.filter(organisation=organisation)

    def waiting(self) -> "SubmittedModelQuerySet":
        return self.filter(status=SubmittedModel.Status.WAITING)

    def listed(self) -> "SubmittedModelQuerySet":
        """To list: with the names, and without the bytes."""
        joined = self.select_related("organisation", "by", "decided_by", "offer")
        return joined.defer("content", "offer__document", "offer__filled")


class SubmittedModel(models.Model):
    """A filled-in model that an organisation handed in, with what it confirmed.

    annexes are the versions that it read and that stand in the document too. The
    bureau, never who handed it in, compares it: then it is offered, or turned back.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht op vergelijken"
        ACCEPTED = "accepted", "vergeleken en aangeboden"
        TURNED_BACK = "turned_back", "teruggestuurd"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "waiting": ("accepted", "turned_back"),
        "accepted": (),
        "turned_back": (),
    }

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="submitted_models",
        verbose_name="organisatie",
    )
    model_version = models.CharField(
        "model en versie", max_length=100, validators=WITHOUT_BSN
    )
    starts_on = models.DateField("vanaf")
    annexes = models.ManyToManyField(
        AnnexVersion, related_name="+", verbose_name="bijlagen die kloppen"
    )
    status = models.CharField(
        "status", max_length=20, choices=Status.choices, default=Status.WAITING
    )
    file_name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("controlegetal", max_length=64)
    content = models.BinaryField("inhoud")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="ingediend door"
    )
    at = models.DateTimeField("ingediend op", auto_now_add=True)
    decided_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vergeleken door",
    )
    reason = models.TextField("reden", blank=True, validators=WITHOUT_BSN)
    offer = models.OneToOneField(
        Offer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted_model",
        verbose_name="aanbod",
    )

    objects = SubmittedModelQuerySet.as_manager()

    class Meta:
        verbose_name = "ingediend eigen model"
        verbose_name_plural = "ingediende eigen modellen"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(status="waiting"),
                name="an_organisation_has_one_model_that_waits",
                violation_error_message="Er is al een eigen model ingediend. Het "
                "bureau vergelijkt het.",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_by__isnull=True)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("by")),
                name="who_hands_in_a_model_does_not_compare_it",
                violation_error_message="Een ander vergelijkt het model.",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting")
                | Q(status="accepted", offer__isnull=False)
                | Q(status="turned_back", offer__isnull=True),
                name="a_model_that_was_accepted_is_offered",
            ),
            models.CheckConstraint(
                condition=~Q(status="turned_back") | ~Q(reason=""),
                name="a_model_is_turned_back_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"eigen model van {self.organisation}"

    @property
    def is_destroyed(self) -> bool:
        """Whether the document had its time, and went (contracts.retention)."""
        return self.file_name == "vernietigd"
