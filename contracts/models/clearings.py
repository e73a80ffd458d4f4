"""What happens with personal data when an agreement ended: given back or deleted.

Source: AVG art. 28 lid 3 onder g; domain 6.5; the article on ending in our own text.
"""

import datetime

from django.db import models
from django.db.models import Q

from contracts.models.facts import Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.models.offers import READERS
from instruments.models import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person, Role

WITHOUT_BSN = [validate_without_bsn]


class ClearingQuerySet(models.QuerySet["Clearing"]):
    def visible_to(self, user: Person) -> "ClearingQuerySet":
        """The association sees all; an organisation what is about its data; and an
        uitvoerder what it clears itself."""
        if user.is_association:
            return self
        own = user.organisations_as(*READERS, Role.Name.FG)
        clears = user.organisations_as(Role.Name.UITVOERDER)
        return self.filter(Q(organisation__in=own) | Q(clears__in=clears))

    def about(self, organisation: Organisation) -> "ClearingQuerySet":
        """Whose data they are, or who clears them."""
        return self.filter(Q(organisation=organisation) | Q(clears=organisation))

    def under_the_same(self, row: "Clearing") -> "ClearingQuerySet":
        """Those of the same end of the same agreement, and that row itself."""
        return self.filter(
            organisation=row.organisation_id,
            ended_on=row.ended_on,
            verwerkersovereenkomst=row.verwerkersovereenkomst_id,
            gebruiksovereenkomst=row.gebruiksovereenkomst_id,
        )

    def standing(self) -> "ClearingQuerySet":
        """Those that were not called off."""
        return self.filter(called_off_at__isnull=True)

    def unchosen(self) -> "ClearingQuerySet":
        return self.standing().filter(choice="")

    def unproven(self) -> "ClearingQuerySet":
        return self.standing().filter(proven_at__isnull=True)

    def listed(self) -> "ClearingQuerySet":
        """To list: with the names, and without the bytes of the statements."""
        joined = self.select_related(
            *("organisation", "instrument", "clears", "chosen_by", "proven_by"),
            *("verwerkersovereenkomst", "gebruiksovereenkomst"),
        )
        return joined.defer("content")


class Clearing(models.Model):
    """That one processor gives back or deletes the data under an ended agreement.

    processor is the name in the annexes; clears the organisation that can sign for it
    in the portal, and is_ours says that it is the NVSI itself. Without chosen_by the
    choice follows from the agreement: who did not choose in time, has it deleted. The
    statement (content) is the proof: signed in the portal, or handed in on paper. What
    was proven is never changed, and nothing here is deleted. organisation is who
    concluded the agreement, or the gemeente that left it while it goes on for others.
    called_off_at: the data are used on, so nobody clears them; a later end is a row of
    its own.
    """

    class Choice(models.TextChoices):
        RETURN = "return", "teruggeven, en daarna wissen"
        DELETE = "delete", "wissen"

    class How(models.TextChoices):
        PORTAL = "portal", "in het portaal"
        PAPER = "paper", "op papier"

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="clearings",
        verbose_name="organisatie",
    )
    verwerkersovereenkomst = models.ForeignKey(
        Verwerkersovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clearings",
        verbose_name="verwerkersovereenkomst",
    )
    gebruiksovereenkomst = models.ForeignKey(
        Gebruiksovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clearings",
        verbose_name="gebruiksovereenkomst",
    )
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="instrument",
    )
    processor = models.CharField("wie de gegevens heeft", max_length=200)
    clears = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clearings_to_do",
        verbose_name="tekent in het portaal",
    )
    is_ours = models.BooleanField("de NVSI zelf", default=False)
    ended_on = models.DateField("overeenkomst eindigt op")
    choose_by = models.DateField("kiezen uiterlijk op")
    due_on = models.DateField("klaar uiterlijk op")
    choice = models.CharField(
        "keuze", max_length=10, choices=Choice.choices, blank=True
    )
    chosen_at = models.DateTimeField("gekozen op", null=True, blank=True)
    chosen_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gekozen door",
    )
    done_on = models.DateField("gedaan op", null=True, blank=True)
    words = models.TextField("wat er is gedaan", blank=True, validators=WITHOUT_BSN)
    kept = models.TextField(
        "wat de wet laat bewaren", blank=True, validators=WITHOUT_BSN
    )
    how = models.CharField("hoe", max_length=10, choices=How.choices, blank=True)
    signer_name = models.CharField(
        "getekend door", max_length=200, blank=True, validators=WITHOUT_BSN
    )
    signer_function = models.CharField(
        "functie", max_length=200, blank=True, validators=WITHOUT_BSN
    )
    file_name = models.CharField("verklaring", max_length=200, blank=True)
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    content = models.BinaryField("inhoud", blank=True, default=bytes)
    proven_at = models.DateTimeField("bewezen op", null=True, blank=True)
    proven_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bewijs van",
    )
    called_off_at = models.DateTimeField("vervallen op", null=True, blank=True)

    objects = ClearingQuerySet.as_manager()

    class Meta:
        verbose_name = "gegevens na afloop"
        verbose_name_plural = "gegevens na afloop"
        ordering = ["due_on", "organisation__name", "-is_ours", "processor"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    verwerkersovereenkomst__isnull=True,
                    gebruiksovereenkomst__isnull=False,
                )
                | Q(
                    verwerkersovereenkomst__isnull=False,
                    gebruiksovereenkomst__isnull=True,
                ),
                name="a_clearing_is_of_one_agreement",
            ),
            models.UniqueConstraint(
                fields=[
                    "verwerkersovereenkomst",
                    "gebruiksovereenkomst",
                    "organisation",
                    "instrument",
                    "processor",
                    "ended_on",
                ],
                condition=Q(called_off_at__isnull=True),
                nulls_distinct=False,
                name="a_processor_clears_an_agreement_once",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True) | Q(proven_at__isnull=True),
                name="what_was_cleared_is_not_called_off",
                violation_error_message="De verklaring is al getekend.",
            ),
            models.CheckConstraint(
                condition=Q(choice="", chosen_at__isnull=True, chosen_by__isnull=True)
                | ~Q(choice="") & Q(chosen_at__isnull=False),
                name="what_happens_with_data_was_chosen_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(
                    proven_at__isnull=True,
                    proven_by__isnull=True,
                    done_on__isnull=True,
                    how="",
                    sha256="",
                )
                | Q(
                    proven_at__isnull=False,
                    proven_by__isnull=False,
                    done_on__isnull=False,
                    how__in=["portal", "paper"],
                    sha256__regex=r"^[0-9a-f]{64}$",
                )
                & ~Q(choice="")
                & ~Q(signer_name="")
                & ~Q(words=""),
                name="what_was_cleared_has_a_signed_statement",
                violation_error_message="Kies eerst wat er met de gegevens gebeurt, en "
                "voeg de verklaring toe.",
            ),
        ]

    def __str__(self) -> str:
        what = f" bij {self.instrument}" if self.instrument_id else ""
        return f"gegevens van {self.organisation}{what}: {self.processor}"

    @property
    def is_destroyed(self) -> bool:
        """Whether the statement had its time, and went (contracts.retention)."""
        return self.file_name == "vernietigd"

    @property
    def agreement(self) -> Verwerkersovereenkomst | Gebruiksovereenkomst:
        """The agreement that ended."""
        one = self.verwerkersovereenkomst or self.gebruiksovereenkomst
        assert one is not None, "a constraint says so"
        return one

    def is_late(self, today: datetime.date) -> bool:
        is_open = self.proven_at is None and self.called_off_at is None
        return is_open and self.due_on < today
