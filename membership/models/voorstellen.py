"""What is on the agenda of an ALV: voorstellen, their beslispunten, and amendementen.

Source: seed 004, "De BALV wordt gevraagd in te stemmen met: 1. ... a. ...".
"""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.alv import AlvBesluit
from membership.models.assemblies import Assembly, AssemblyQuerySet, VoorstelKind
from membership.models.bodies import Body
from membership.models.organisations import Organisation
from membership.models.people import Person

WITHOUT_BSN = [validate_without_bsn]
MARKS = (
    "Een witregel begint een alinea, ## een kop, - een punt, 1. een genummerd punt, "
    "**woord** maakt vet."
)
TOLD = Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("assembly__convened_at"))


class VoorstelQuerySet(models.QuerySet["Voorstel"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "VoorstelQuerySet":
        """Who may see the ALV reads what is on its agenda; what never was told to the
        members, only the association and the lid that proposed it."""
        rows = self.filter(assembly__in=Assembly.objects.visible_to(user, on=on))
        own = Q(of_member__in=user.organisation_ids)
        return rows if user.is_association else rows.filter(TOLD | own)

    def told(self) -> "VoorstelQuerySet":
        """All but what was taken off the agenda while the ALV was a draft."""
        return self.filter(TOLD)

    def standing(self) -> "VoorstelQuerySet":
        """What is still proposed, or was decided."""
        return self.filter(withdrawn_at__isnull=True)


class Voorstel(models.Model):
    """An item of the agenda that asks for a decision. Handed in by the bestuur, when
    neither a body nor a member is named; `letter` as in 7C, when one item has several.
    """

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="voorstellen", verbose_name="ALV"
    )
    position = models.PositiveSmallIntegerField("agendapunt")
    letter = models.CharField("letter", max_length=1, blank=True)
    title = models.CharField("titel", max_length=200, validators=WITHOUT_BSN)
    kind = models.CharField(
        "soort",
        max_length=20,
        choices=VoorstelKind.choices,
        default=VoorstelKind.GEWOON,
    )
    toelichting = models.TextField(
        "toelichting", validators=WITHOUT_BSN, help_text=MARKS
    )
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingediend door orgaan",
    )
    of_member = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="voorstellen",
        verbose_name="ingediend door lid",
        help_text="Is ook het orgaan leeg, dan is het voorstel van het bestuur.",
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    reason = models.TextField("reden van intrekken", blank=True)

    objects = VoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["assembly", "position", "letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "position", "letter"],
                name="a_voorstel_has_its_own_place_on_the_agenda",
                violation_error_message="Op deze plaats staat al een voorstel.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1) & Q(letter__regex=r"^[A-Z]?$"),
                name="a_voorstel_is_numbered_as_agendas_are",
                violation_error_message="Nummer vanaf 1, met een hoofdletter als dat "
                "nodig is.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(toelichting=""),
                name="a_voorstel_says_what_and_why",
                violation_error_message="Vul de titel en de toelichting in.",
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=True) | Q(of_member__isnull=True),
                name="a_voorstel_is_of_a_body_or_a_member",
                violation_error_message="Kies een orgaan of een lid, niet beide.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(reason=""),
                name="a_voorstel_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}. {self.title}"

    @property
    def label(self) -> str:
        """As on the agenda: 7C."""
        return f"{self.position}{self.letter}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class BeslispuntQuerySet(models.QuerySet["Beslispunt"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "BeslispuntQuerySet":
        assemblies: AssemblyQuerySet = Assembly.objects.visible_to(user, on=on)
        return self.filter(voorstel__assembly__in=assemblies)


class Beslispunt(models.Model):
    """One numbered decision that is asked, as put to the vote. The vote gives its
    outcome, and its identity when adopted; without a quorum there is none."""

    class Outcome(models.TextChoices):
        OPEN = "", "nog niet besloten"
        AANGENOMEN = "aangenomen", "aangenomen"
        VERWORPEN = "verworpen", "verworpen"
        GEEN = "geen", "geen besluit"

    voorstel = models.ForeignKey(
        Voorstel, models.PROTECT, related_name="beslispunten", verbose_name="voorstel"
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField(
        "tekst",
        validators=WITHOUT_BSN,
        help_text="Zoals erover gestemd wordt: 'Stemt in met ...'. Een onderdeel "
        "begint op een eigen regel met - of met een nummer.",
    )
    outcome = models.CharField(
        "uitkomst",
        max_length=10,
        choices=Outcome.choices,
        blank=True,
        default=Outcome.OPEN,
    )
    sentence = models.TextField("uitslag in een zin", blank=True)
    besluit = models.OneToOneField(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="beslispunt",
        verbose_name="ALV-besluit",
    )

    objects = BeslispuntQuerySet.as_manager()

    class Meta:
        verbose_name = "beslispunt"
        verbose_name_plural = "beslispunten"
        ordering = ["voorstel", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["voorstel", "number"],
                name="a_beslispunt_has_a_number_of_its_own",
                violation_error_message="Dit nummer heeft al een beslispunt.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & Q(number__gte=1),
                name="a_beslispunt_says_what_is_asked",
                violation_error_message="Vul de tekst in, en nummer vanaf 1.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", sentence="", besluit__isnull=True)
                | Q(outcome__in=["verworpen", "geen"], besluit__isnull=True)
                & ~Q(sentence="")
                | Q(outcome="aangenomen", besluit__isnull=False) & ~Q(sentence=""),
                name="what_was_adopted_is_a_besluit",
            ),
        ]

    def __str__(self) -> str:
        return f"beslispunt {self.label}"

    @property
    def label(self) -> str:
        """With the item of the agenda: 7C.2."""
        return f"{self.voorstel.label}.{self.number}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN


class AmendementQuerySet(models.QuerySet["Amendement"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "AmendementQuerySet":
        mine = Beslispunt.objects.visible_to(user, on=on)
        return self.filter(beslispunt__in=mine)

    def open(self) -> "AmendementQuerySet":
        """Neither taken over nor withdrawn, and not voted on yet."""
        return self.filter(status=Amendement.Status.INGEDIEND)


class Amendement(models.Model):
    """Another text for a beslispunt, that a member asks for. `old_text` is the text of
    the beslispunt as it was then."""

    class Status(models.TextChoices):
        INGEDIEND = "ingediend", "ingediend"
        OVERGENOMEN = "overgenomen", "overgenomen"
        AANGENOMEN = "aangenomen", "aangenomen"
        VERWORPEN = "verworpen", "verworpen"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "ingediend": ("overgenomen", "aangenomen", "verworpen", "ingetrokken"),
        "overgenomen": (),
        "aangenomen": (),
        "verworpen": (),
        "ingetrokken": (),
    }

    beslispunt = models.ForeignKey(
        Beslispunt,
        models.PROTECT,
        related_name="amendementen",
        verbose_name="beslispunt",
    )
    number = models.PositiveSmallIntegerField("nummer")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="amendementen",
        verbose_name="ingediend door",
    )
    old_text = models.TextField("tekst van het beslispunt")
    new_text = models.TextField("nieuwe tekst", validators=WITHOUT_BSN)
    explanation = models.TextField("toelichting", validators=WITHOUT_BSN)
    status = models.CharField(
        "status", max_length=12, choices=Status.choices, default=Status.INGEDIEND
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="namens het lid"
    )
    at = models.DateTimeField("ingediend op", default=timezone.now)
    settled_at = models.DateTimeField("afgedaan op", null=True, blank=True)

    objects = AmendementQuerySet.as_manager()

    class Meta:
        verbose_name = "amendement"
        verbose_name_plural = "amendementen"
        ordering = ["beslispunt", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["beslispunt", "number"],
                name="an_amendement_has_a_number_of_its_own",
            ),
            models.CheckConstraint(
                condition=~Q(new_text="")
                & ~Q(explanation="")
                & ~Q(new_text=F("old_text")),
                name="an_amendement_changes_something",
                violation_error_message="De nieuwe tekst is gelijk aan de oude.",
            ),
            models.CheckConstraint(
                condition=Q(status="ingediend", settled_at__isnull=True)
                | ~Q(status="ingediend") & Q(settled_at__isnull=False),
                name="what_became_of_an_amendement_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"amendement {self.number} op {self.beslispunt}"

    @property
    def is_from_floor(self) -> bool:
        """Whether it was made in the ALV itself: in the portal that is too late."""
        return self.at >= self.beslispunt.voorstel.assembly.starts_at
