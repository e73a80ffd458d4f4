"""Who asks to belong: an application of a person, for an organisation."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from membership.identifiers import validate_without_bsn
from membership.models.dossiers import Dossier
from membership.models.organisations import Organisation
from membership.models.people import Person


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Person) -> "ApplicationQuerySet":
        """For the association alone: who applied has no account yet."""
        return self if user.is_association else self.none()

    def waiting(self) -> "ApplicationQuerySet":
        return self.filter(status=Application.Status.WAITING)


class Application(models.Model):
    """Somebody asks that an organisation becomes lid or participant.

    Of an organisation that we know, or of another by its name and kind. The address is
    proved by a link; the bureau then checks that the person belongs to it. One that was
    never confirmed is removed after a while, since it holds personal data.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "nog niet bevestigd"
        WAITING = "waiting", "wacht op het bureau"
        ACCEPTED = "accepted", "aanvaard"
        TURNED_DOWN = "turned_down", "afgewezen"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "unconfirmed": ("waiting",),
        "waiting": ("accepted", "turned_down"),
        "accepted": (),
        "turned_down": (),
    }
    # An uitvoerder does not apply, and a gemeente is one that we know.
    OTHERS: ClassVar[list[tuple[str, str]]] = [
        (kind.value, str(kind.label))
        for kind in (
            Organisation.Kind.SAMENWERKINGSVERBAND,
            Organisation.Kind.PUBLIEKE_ORGANISATIE,
            Organisation.Kind.MAATSCHAPPELIJKE_ORGANISATIE,
        )
    ]

    key = models.UUIDField("sleutel", unique=True, default=uuid.uuid4, editable=False)
    status = models.CharField(
        "status", max_length=20, choices=Status.choices, default=Status.UNCONFIRMED
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="organisatie",
    )
    other_name = models.CharField("andere organisatie", max_length=200, blank=True)
    other_kind = models.CharField(
        "soort organisatie", max_length=30, choices=OTHERS, blank=True
    )
    aim = models.CharField("wil worden", max_length=20, choices=Dossier.Aim.choices)
    name = models.CharField("naam", max_length=200, validators=[validate_without_bsn])
    function = models.CharField(
        "functie", max_length=200, validators=[validate_without_bsn]
    )
    email = models.EmailField("e-mailadres")
    applied_at = models.DateTimeField("aangevraagd op", auto_now_add=True)
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    dossier = models.ForeignKey(
        Dossier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="dossier",
    )
    verified_by_means_of = models.CharField(
        "gecontroleerd door", max_length=500, blank=True
    )
    reason = models.TextField("reden", blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        ordering = ["applied_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, other_name="", other_kind="")
                | Q(organisation__isnull=True) & ~Q(other_name="") & ~Q(other_kind=""),
                name="an_application_names_one_organisation",
                violation_error_message="Noem een organisatie: een die wij kennen, of "
                "een andere met haar soort.",
            ),
            models.CheckConstraint(
                condition=Q(status="unconfirmed") | Q(confirmed_at__isnull=False),
                name="an_application_waits_once_it_was_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted")
                | Q(dossier__isnull=False) & ~Q(verified_by_means_of=""),
                name="an_accepted_application_was_verified",
                violation_error_message="Zeg hoe is gecontroleerd dat de aanvrager bij "
                "de organisatie hoort.",
            ),
            models.CheckConstraint(
                condition=~Q(status="turned_down") | ~Q(reason=""),
                name="an_application_is_turned_down_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"aanvraag {self.pk} van {self.of_whom}"

    @property
    def of_whom(self) -> str:
        """The organisation, by its formal name or the name that was given."""
        return self.organisation.formal_name if self.organisation else self.other_name
