"""What stands in the annexes: processing, sub-verwerkers, measures, and whom to call.

Source: AVG art. 28 lid 3, art. 30 lid 2, art. 33 lid 2; BIO2; domain 6.4.
"""

from django.db import models
from django.db.models import Q

from contracts.models.annexes import AnnexVersion
from membership.identifiers import validate_without_bsn
from membership.models import Organisation
from membership.models.periods import ends_after_it_starts

WITHOUT_BSN = [validate_without_bsn]


class Processing(models.Model):
    """Something that is done with personal data, of whom and what for.

    `subjects` and `data_kinds`: one on a line.
    """

    version = models.ForeignKey(
        AnnexVersion,
        models.PROTECT,
        related_name="processings",
        verbose_name="versie van bijlagen",
    )
    name = models.CharField("verwerking", max_length=150, validators=WITHOUT_BSN)
    nature = models.TextField("aard: wat er gebeurt", validators=WITHOUT_BSN)
    purpose = models.TextField("doel: waarvoor", validators=WITHOUT_BSN)
    subjects = models.TextField(
        "van wie", validators=WITHOUT_BSN, help_text="Eén soort mensen per regel."
    )
    data_kinds = models.TextField(
        "welke gegevens", validators=WITHOUT_BSN, help_text="Eén soort per regel."
    )
    retention = models.TextField("hoe lang bewaard", validators=WITHOUT_BSN)
    transfer = models.CharField(
        "doorgifte buiten de EER",
        max_length=300,
        default="Geen.",
        validators=WITHOUT_BSN,
        help_text="Geen, of: het land en de grond (AVG hoofdstuk V).",
    )

    class Meta:
        verbose_name = "verwerking"
        verbose_name_plural = "verwerkingen"
        ordering = ["version", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="a_processing_stands_once_in_a_version",
                violation_error_message="Deze verwerking staat er al.",
            ),
            models.CheckConstraint(
                condition=~Q(nature="")
                & ~Q(purpose="")
                & ~Q(subjects="")
                & ~Q(data_kinds="")
                & ~Q(retention="")
                & ~Q(transfer=""),
                name="a_processing_is_described_in_full",
                violation_error_message="Vul alles in: de AVG vraagt het (art. 28).",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SubProcessor(models.Model):
    """Somebody who processes for the NVSI; `since` is when that began."""

    version = models.ForeignKey(
        AnnexVersion,
        models.PROTECT,
        related_name="subprocessors",
        verbose_name="versie van bijlagen",
    )
    name = models.CharField("naam", max_length=200, validators=WITHOUT_BSN)
    country = models.CharField("land", max_length=100)
    task = models.CharField("wat hij doet", max_length=300, validators=WITHOUT_BSN)
    since = models.DateField("sinds")

    class Meta:
        verbose_name = "sub-verwerker"
        verbose_name_plural = "sub-verwerkers"
        ordering = ["version", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="a_sub_processor_stands_once_in_a_version",
                violation_error_message="Deze sub-verwerker staat er al.",
            ),
            models.CheckConstraint(
                condition=~Q(country="") & ~Q(task=""),
                name="a_sub_processor_has_a_country_and_a_task",
                violation_error_message="Noem het land, en wat hij doet.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SecurityMeasure(models.Model):
    """How the data are protected; `reference` is its number in BIO2: 5.17.01."""

    version = models.ForeignKey(
        AnnexVersion,
        models.PROTECT,
        related_name="measures",
        verbose_name="versie van bijlagen",
    )
    reference = models.CharField("nummer in BIO2", max_length=20)
    what = models.TextField("maatregel", validators=WITHOUT_BSN)

    class Meta:
        verbose_name = "beveiligingsmaatregel"
        verbose_name_plural = "beveiligingsmaatregelen"
        ordering = ["version", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reference"],
                name="a_measure_stands_once_in_a_version",
                violation_error_message="Dit nummer staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^\d{1,2}\.\d{2}(\.\d{2})?$")
                & ~Q(what=""),
                name="a_measure_refers_to_the_bio",
                violation_error_message="Een nummer in BIO2 is zoals 5.17 of 5.17.01.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class BreachContact(models.Model):
    """Whom the other party calls after a datalek; without organisation: the NVSI.

    A desk or a function rather than a person, so that it is reached at any hour.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="breach_contacts",
        verbose_name="organisatie",
        help_text="Leeg: de NVSI zelf.",
    )
    function = models.CharField("wie", max_length=150, validators=WITHOUT_BSN)
    email = models.EmailField("e-mailadres")
    telephone = models.CharField("telefoon", max_length=20, validators=WITHOUT_BSN)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "contact bij een datalek"
        verbose_name_plural = "contacten bij een datalek"
        ordering = ["organisation", "starts_on"]
        constraints = [ends_after_it_starts("a_breach_contact_ends_after_it_starts")]

    def __str__(self) -> str:
        whose = self.organisation.short_name if self.organisation else "NVSI"
        return f"{whose}: {self.function}"
