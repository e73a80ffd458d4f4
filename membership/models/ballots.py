"""Who may vote in a vote of the ALV, and the ballots.

Why a secret ballot stays secret. Who voted stands in `Entitled.has_voted`; what was
voted lies in `SealedBallot`, which names no voter and has a random key and no moment.
That alone is not enough: whoever has the database sees which rows one transaction wrote
(`xmin`), where they lie, and, from the backups and the log of the database, in which
order they came. So the choice itself is never there to read: it is encrypted with a
public key of that one vote, in messages of one length. The private key is never kept
by the portal, nor in its database, its cache, its logs or its backups: it follows from
a code that the person who opens the vote reads from the screen once, and types in to
close it. At the close all ballots are opened at once, in memory, only their sum is
written down, and the sealed ballots are deleted. Without the code no ballot can be
read, from a backup of that hour either; the vote is then annulled and held again.

What is left, and said: the code and a backup of the hour of the vote together open the
ballots, so they belong to different people; the program sees a choice while it seals
it; and a unanimous vote tells what all voted. Nothing of a secret ballot is written in
the history (the mark says that a member voted, and by whom), and it cannot be changed:
to find it back would be to know it. tests/membership/test_secret_votes.py compares two
whole databases in which one member voted otherwise.

Source: BW2 art. 38; domain rules 21 to 24.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from membership.models.attendance import Proxy
from membership.models.organisations import Organisation
from membership.models.people import Person
from membership.models.votes import Stemming


class Choice(models.TextChoices):
    """What a ballot says."""

    PRO = "pro", "voor"
    CONTRA = "contra", "tegen"
    ABSTAINED = "abstained", "onthouding"
    BLANK = "blank", "blanco"


class EntitledQuerySet(models.QuerySet["Entitled"]):
    def visible_to(self, user: Person) -> "EntitledQuerySet":
        """The association; and of where somebody works, or for whom he holds a
        volmacht."""
        if user.is_association:
            return self
        mine = user.organisation_ids
        proxies = Q(
            organisation__proxies_given__assembly=F("stemming__assembly"),
            organisation__proxies_given__revoked_at__isnull=True,
        ) & (
            Q(organisation__proxies_given__holder=user)
            | Q(organisation__proxies_given__of_member__in=mine)
        )
        seen = self.model.objects.filter(Q(organisation__in=mine) | proxies)
        return self.filter(pk__in=seen.values("pk"))

    def voting(self) -> "EntitledQuerySet":
        """Who has a vote: not who is suspended."""
        return self.filter(votes__gt=0)


class Entitled(models.Model):
    """A stemgerechtigd lid in one vote, with its votes: none while it is suspended. The
    list is brought up to date and frozen at the close; of a secret electronic vote at
    the opening. has_voted says that it voted, and nothing else."""

    stemming = models.ForeignKey(
        Stemming, models.PROTECT, related_name="entitled", verbose_name="stemming"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="entitlements", verbose_name="lid"
    )
    votes = models.PositiveSmallIntegerField("stemmen")
    is_present = models.BooleanField(
        "aanwezig of vertegenwoordigd", default=False, editable=False
    )
    has_voted = models.BooleanField("heeft gestemd", default=False)
    voted_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gestemd door",
    )
    proxy = models.ForeignKey(
        Proxy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="met volmacht",
    )

    objects = EntitledQuerySet.as_manager()

    class Meta:
        verbose_name = "stemgerechtigde"
        verbose_name_plural = "stemgerechtigden"
        ordering = ["stemming", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["stemming", "organisation"],
                name="a_member_is_entitled_once_in_a_vote",
            ),
            models.CheckConstraint(
                condition=Q(has_voted=True, voted_by__isnull=False)
                | Q(has_voted=False, voted_by__isnull=True),
                name="who_cast_a_vote_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} bij {self.stemming}"


class Ballot(models.Model):
    """What a member voted, where that is no secret; to be changed until the close."""

    entitled = models.ForeignKey(
        Entitled,
        models.PROTECT,
        related_name="ballots",
        verbose_name="stemgerechtigde",
    )
    choice = models.CharField("stem", max_length=10, choices=Choice.choices)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gestemd door"
    )
    at = models.DateTimeField("gestemd op", default=timezone.now)

    class Meta:
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        ordering = ["entitled"]
        constraints = [
            models.UniqueConstraint(
                fields=["entitled"],
                name="a_member_casts_one_ballot",
                violation_error_message="Dit lid heeft al gestemd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} van {self.entitled.organisation}"


class SealedBallot(models.Model):
    """A secret vote until the close, for nobody to read; see the top of this file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stemming = models.ForeignKey(
        Stemming, models.PROTECT, related_name="sealed_ballots", verbose_name="stemming"
    )
    sealed = models.BinaryField("verzegeld")

    class Meta:
        verbose_name = "verzegelde stem"
        verbose_name_plural = "verzegelde stemmen"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"verzegelde stem bij {self.stemming}"
