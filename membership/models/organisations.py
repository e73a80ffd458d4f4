"""Organisations: who can belong, use, hold an agreement or carry out an instrument."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q

from membership.identifiers import validate_iban, validate_kvk_number

if TYPE_CHECKING:
    from membership.models.people import Person


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "Person") -> "OrganisationQuerySet":
        """The association sees all; others see where they have a role."""
        if user.is_association:
            return self
        return self.filter(pk__in=user.organisation_ids)

    def gemeenten(self) -> "OrganisationQuerySet":
        return self.filter(kind=Organisation.Kind.GEMEENTE)


@pghistory.track()
class Organisation(models.Model):
    """A gemeente or another body, known by a code that never changes."""

    class Kind(models.TextChoices):
        GEMEENTE = "gemeente", "gemeente"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband"
        PUBLIEKE_ORGANISATIE = "publieke_organisatie", "publieke organisatie"
        MAATSCHAPPELIJKE_ORGANISATIE = (
            "maatschappelijke_organisatie",
            "maatschappelijke organisatie",
        )
        UITVOERDER = "uitvoerder", "uitvoerder"

    code = models.CharField(
        "code",
        max_length=20,
        unique=True,
        help_text="Voor een gemeente de CBS-code, bijvoorbeeld GM0014.",
    )
    kind = models.CharField("soort", max_length=30, choices=Kind.choices)
    name = models.CharField("naam", max_length=200)
    short_name = models.CharField("korte naam", max_length=100)
    kvk_number = models.CharField(
        "KvK-nummer", max_length=8, blank=True, validators=[validate_kvk_number]
    )
    iban = models.CharField(
        "IBAN", max_length=34, blank=True, validators=[validate_iban]
    )
    address = models.CharField("adres", max_length=200, blank=True)
    postcode = models.CharField("postcode", max_length=7, blank=True)
    town = models.CharField("plaats", max_length=100, blank=True)
    province = models.CharField("provincie", max_length=50, blank=True)
    inhabitants = models.PositiveIntegerField("inwoners", null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="gemeente", code__regex=r"^GM\d{4}$")
                | ~Q(kind="gemeente") & ~Q(code__regex=r"^GM\d{4}$"),
                name="a_gemeente_has_a_cbs_code",
                violation_error_message="Een gemeente heeft een CBS-code: GM en "
                "vier cijfers. Een andere organisatie heeft zo'n code niet.",
            ),
            models.CheckConstraint(
                condition=Q(kvk_number="") | Q(kvk_number__regex=r"^\d{8}$"),
                name="a_kvk_number_has_eight_digits",
                violation_error_message="Een KvK-nummer heeft acht cijfers.",
            ),
            models.CheckConstraint(
                condition=Q(iban="") | Q(iban__regex=r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$"),
                name="an_iban_is_written_without_spaces",
                violation_error_message="Schrijf een IBAN met hoofdletters en "
                "zonder spaties.",
            ),
        ]

    def __str__(self) -> str:
        return self.formal_name

    @property
    def formal_name(self) -> str:
        """As on paper: 'gemeente Groningen', other organisations by their name."""
        return f"gemeente {self.name}" if self.kind == "gemeente" else self.name
