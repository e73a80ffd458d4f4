"""Networks of regions, whom each region sends, and when it was asked for them.

Source: seed 003, domain rule 39 and section 10. A contact is somebody's name and how to
reach him, and no Person of the portal: a wethouder needs no account to sit in a
network, and what is not there cannot be lost.
"""

import datetime

from django.db import models
from django.db.models import F, Q

from membership.identifiers import validate_without_bsn
from membership.models.organisations import Organisation
from membership.models.people import Person
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts
from membership.models.regions import Region


class Level(models.TextChoices):
    """The two halves of a network: those who govern, and those who prepare."""

    BESTUURLIJK = "bestuurlijk", "bestuurlijk"
    AMBTELIJK = "ambtelijk", "ambtelijk"


class Network(models.Model):
    """All regions of one type around one subject, such as the netwerk BW-MO."""

    name = models.CharField("naam", max_length=100, unique=True)
    slug = models.SlugField(
        "korte naam",
        max_length=30,
        unique=True,
        help_text="Voor in het adres van de pagina, bijvoorbeeld bw-mo.",
    )
    type = models.CharField("soort regio's", max_length=20, choices=Region.Type.choices)
    purpose = models.TextField(
        "doel", blank=True, help_text="Staat bij de vraag aan de regio's."
    )

    class Meta:
        verbose_name = "netwerk"
        verbose_name_plural = "netwerken"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RegionalContactQuerySet(models.QuerySet["RegionalContact"]):
    def visible_to(
        self, user: Person, *, on: datetime.date
    ) -> "RegionalContactQuerySet":
        """Those of the regions that somebody sees."""
        return self.filter(region__in=Region.objects.visible_to(user, on=on))

    def active_on(self, day: datetime.date) -> "RegionalContactQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )

    def seated(self) -> "RegionalContactQuerySet":
        """Who takes the seat of the region: the primary one, and a duo both."""
        return self.filter(Q(is_primary=True) | Q(is_duo=True))


class RegionalContact(models.Model):
    """An aanspreekpunt: who speaks for a region in a network, on one level.

    One is primary, beside him stands a vervanger. A duo are those two, who agreed to
    fill the seat together: both are marked, and still one is primary.
    """

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="contacts", verbose_name="netwerk"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="contacts", verbose_name="regio"
    )
    level = models.CharField("niveau", max_length=20, choices=Level.choices)
    is_primary = models.BooleanField("eerste aanspreekpunt")
    is_duo = models.BooleanField("duo", default=False)
    name = models.CharField(
        "naam", max_length=100, validators=[validate_without_bsn], blank=True
    )
    function = models.CharField(
        "functie", max_length=100, validators=[validate_without_bsn], blank=True
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="regional_contacts",
        verbose_name="gemeente",
    )
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField(
        "telefoon", max_length=20, blank=True, validators=[validate_without_bsn]
    )
    decided_on = models.DateField("besluit van de regio van")
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    given_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="doorgegeven door"
    )
    given_at = models.DateTimeField("doorgegeven op")

    objects = RegionalContactQuerySet.as_manager()

    class Meta:
        verbose_name = "aanspreekpunt"
        verbose_name_plural = "aanspreekpunten"
        ordering = ["network", "region", "-level", "-is_primary", "-starts_on"]
        constraints = [
            ends_after_it_starts("a_regional_contact_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(decided_on__lte=F("starts_on")),
                name="a_regional_contact_starts_after_the_decision",
                violation_error_message="Iemand is aanspreekpunt vanaf het besluit van "
                "de regio, niet eerder.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False) | ~Q(name="") & ~Q(email=""),
                name="a_regional_contact_can_be_reached",
                violation_error_message="Een aanspreekpunt heeft een naam en een "
                "e-mailadres.",
            ),
            days_that_do_not_overlap(
                *("network", "region", "level"),
                name="a_region_has_one_primary_contact_per_level",
                message="Deze regio heeft op dit niveau al een eerste aanspreekpunt.",
                condition=Q(is_primary=True),
            ),
            days_that_do_not_overlap(
                *("network", "region", "level"),
                name="a_region_has_one_vervanger_per_level",
                message="Deze regio heeft op dit niveau al een vervanger.",
                condition=Q(is_primary=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or 'naam gewist'}, {self.part} van {self.region}"

    @property
    def part(self) -> str:
        """'bestuurlijk aanspreekpunt', 'ambtelijk vervanger'."""
        noun = "aanspreekpunt" if self.is_primary else "vervanger"
        return f"{self.level} {noun}"


class ContactAsk(models.Model):
    """That all regions of a network were asked who speaks for them, by a day."""

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="asks", verbose_name="netwerk"
    )
    due_on = models.DateField("antwoord uiterlijk op")
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gevraagd door"
    )
    reminded_on = models.DateField("laatst herinnerd op", null=True, blank=True)

    class Meta:
        verbose_name = "vraag om aanspreekpunten"
        verbose_name_plural = "vragen om aanspreekpunten"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "due_on"],
                name="a_network_is_asked_once_for_a_day",
                violation_error_message="Voor deze dag is het al gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_at__date")),
                name="an_answer_is_due_after_it_was_asked",
                violation_error_message="De dag waarop het antwoord er moet zijn, "
                "is al voorbij.",
            ),
        ]

    def __str__(self) -> str:
        return f"Vraag van {self.network}"
