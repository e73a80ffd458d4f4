"""Who got a letter, and how far it came."""

from django.db import models
from django.db.models import Q

from membership.identifiers import validate_without_bsn
from membership.models.emails import Email
from membership.models.letters import Letter
from membership.models.organisations import Organisation
from membership.models.people import Person

NOBODY, BOUNCED = "niemand om te mailen", "teruggekomen"
FORGOTTEN = "verstuurd; het adres is vernietigd"


class LetterReceiver(models.Model):
    """That a letter went to an organisation, and by whom of it.

    Without a person when nobody had the role: the organisation reads it in the portal.
    `addressee` is how it stood on the letter; `address` may be mended, to send again.
    """

    letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="receivers", verbose_name="ledenbrief"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="letters",
        verbose_name="organisatie",
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="persoon",
    )
    addressee = models.TextField("adressering")
    address = models.EmailField("e-mailadres", blank=True)
    email = models.ForeignKey(
        Email,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="e-mail",
    )
    times = models.PositiveSmallIntegerField("keer verstuurd", default=0)
    bounced_on = models.DateField("teruggekomen op", null=True, blank=True)
    bounce = models.CharField(
        "melding", max_length=300, blank=True, validators=[validate_without_bsn]
    )

    class Meta:
        verbose_name = "ontvanger van een ledenbrief"
        verbose_name_plural = "ontvangers van ledenbrieven"
        ordering = ["letter", "organisation__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "organisation", "person"],
                nulls_distinct=False,
                name="a_letter_goes_once_to_a_person_of_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(bounced_on__isnull=True, bounce="")
                | Q(bounced_on__isnull=False) & ~Q(bounce=""),
                name="a_bounce_says_when_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter.number} aan {self.organisation}"

    @property
    def stand(self) -> str:
        """How far it came, in words; empty when its e-mail is not kept any more."""
        if not self.address:
            return FORGOTTEN if self.times else NOBODY
        if self.bounced_on:
            return BOUNCED
        return self.email.get_state_display() if self.email else ""

    @property
    def said(self) -> str:
        """What a mail server said of it."""
        return self.bounce or (self.email.error if self.email else "")
