"""Who is put forward to sign for an organisation, and what the bureau said of it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from membership.identifiers import validate_without_bsn
from membership.models.mandates import Mandate
from membership.models.organisations import Organisation
from membership.models.people import Person


class SignerProposalQuerySet(models.QuerySet["SignerProposal"]):
    def visible_to(self, user: Person) -> "SignerProposalQuerySet":
        """The association sees all; others those of where they have a role."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisation_ids)

    def proposed(self) -> "SignerProposalQuerySet":
        """What waits for the bureau."""
        return self.filter(status=SignerProposal.Status.PROPOSED)


class SignerProposal(models.Model):
    """A contactpersoon asks that a colleague may sign; the bureau confirms or not.

    The ground says why he may: his office (burgemeester, or by the statuten), or a
    mandate of the register. Source: Gemeentewet art. 171, domain rule 30.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "voorgedragen"
        CONFIRMED = "confirmed", "bevestigd"
        DECLINED = "declined", "niet bevestigd"

    class Ground(models.TextChoices):
        OFFICE = "office", "ambt of statuten"
        MANDATE = "mandate", "mandaat"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "proposed": ("confirmed", "declined"),
        "confirmed": (),
        "declined": (),
    }

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="signer_proposals",
        verbose_name="organisatie",
    )
    name = models.CharField("naam", max_length=200, validators=[validate_without_bsn])
    function = models.CharField(
        "functie", max_length=200, validators=[validate_without_bsn]
    )
    email = models.EmailField("e-mailadres")
    status = models.CharField(
        "status", max_length=20, choices=Status.choices, default=Status.PROPOSED
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="voorgedragen door"
    )
    at = models.DateTimeField("voorgedragen op", auto_now_add=True)
    ground = models.CharField(
        "mag tekenen door", max_length=10, choices=Ground.choices, blank=True
    )
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="mandaat",
    )
    decided_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="besloten door",
    )
    reason = models.TextField("reden", blank=True, validators=[validate_without_bsn])

    objects = SignerProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voordracht"
        verbose_name_plural = "voordrachten"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(status="proposed"),
                name="a_signer_is_put_forward_once",
                violation_error_message="Deze collega is al voorgedragen.",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed")
                | Q(ground="office", mandate__isnull=True)
                | Q(ground="mandate", mandate__isnull=False),
                name="a_signer_signs_by_office_or_by_a_mandate",
                violation_error_message="Kies het mandaat, of ambt of statuten.",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(reason=""),
                name="a_signer_is_declined_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_by__isnull=True)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("by")),
                name="who_puts_a_signer_forward_does_not_confirm",
                violation_error_message="U beslist niet over uw eigen voordracht.",
            ),
        ]

    def __str__(self) -> str:
        """Without a name: this stands in the history for good."""
        return f"voordracht {self.pk} voor {self.organisation}"
