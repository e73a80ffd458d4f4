"""Who signed an agreement, for whom and on which ground; and the proof of it.

Source: BW 3:15a and 6:227a (the electronic signature), eIDAS art. 25 and 36,
AVG art. 28 lid 9, Gemeentewet art. 171.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from contracts.kinds import Party
from contracts.models.offers import Offer
from membership.identifiers import validate_without_bsn
from membership.models import Mandate, Person


class ScanQuerySet(models.QuerySet["Scan"]):
    def visible_to(self, user: Person) -> "ScanQuerySet":
        """Who may see the offer may see what was signed of it on paper."""
        return self.filter(offer__in=Offer.objects.visible_to(user))

    def waiting(self) -> "ScanQuerySet":
        return self.filter(status=Scan.Status.WAITING)

    def listed(self) -> "ScanQuerySet":
        """To list: with the names, and without the bytes."""
        joined = self.select_related("offer__organisation", "by", "decided_by")
        return joined.defer("content", "offer__document")


class Scan(models.Model):
    """An agreement that was printed and signed by hand, as it was scanned.

    It counts once somebody of the association, not who uploaded it, compared it with
    what was offered.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht op vergelijken"
        CONFIRMED = "confirmed", "vergeleken en bevestigd"
        TURNED_BACK = "turned_back", "teruggestuurd"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "waiting": ("confirmed", "turned_back"),
        "confirmed": (),
        "turned_back": (),
    }

    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="scans", verbose_name="aanbod"
    )
    party = models.CharField("getekend door", max_length=20, choices=Party.choices)
    status = models.CharField(
        "status", max_length=20, choices=Status.choices, default=Status.WAITING
    )
    file_name = models.CharField("bestand", max_length=200)
    media_type = models.CharField("soort", max_length=100)
    sha256 = models.CharField("controlegetal", max_length=64)
    content = models.BinaryField("inhoud")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="toegevoegd door"
    )
    at = models.DateTimeField("toegevoegd op", auto_now_add=True)
    decided_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vergeleken door",
    )
    reason = models.TextField("reden", blank=True, validators=[validate_without_bsn])

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "overeenkomst op papier"
        verbose_name_plural = "overeenkomsten op papier"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "party"],
                condition=~Q(status="turned_back"),
                name="a_party_has_one_scan_that_counts",
                violation_error_message="Er is al een getekend exemplaar.",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_by__isnull=True)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("by")),
                name="who_uploads_a_scan_does_not_compare_it",
                violation_error_message="Een ander vergelijkt het exemplaar.",
            ),
            models.CheckConstraint(
                condition=~Q(status="turned_back") | ~Q(reason=""),
                name="a_scan_is_turned_back_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} op papier"

    @property
    def is_destroyed(self) -> bool:
        """Whether the paper had its time, and went (contracts.retention)."""
        return self.file_name == "vernietigd"


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: Person) -> "SignatureQuerySet":
        """Who may see the offer may see who signed it."""
        return self.filter(offer__in=Offer.objects.visible_to(user))


class Signature(models.Model):
    """That one party signed one offer. Never changed, never taken back.

    name, function and ground are what was true at that moment, as the trail shows them:
    the ground is a mandate of the register, or an office. In the portal a person signs
    with a second factor; on paper the bureau compared a scan, and somebody without an
    account may have signed. signed_on is the day that stands beside the signature.
    """

    class How(models.TextChoices):
        PORTAL = "portal", "in het portaal"
        PAPER = "paper", "op papier"

    class Factor(models.TextChoices):
        TOTP = "totp", "code uit een app"
        WEBAUTHN = "webauthn", "passkey"

    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="signatures", verbose_name="aanbod"
    )
    party = models.CharField("namens", max_length=20, choices=Party.choices)
    how = models.CharField("hoe", max_length=10, choices=How.choices)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="account",
    )
    name = models.CharField("naam", max_length=200, validators=[validate_without_bsn])
    function = models.CharField(
        "functie", max_length=200, validators=[validate_without_bsn]
    )
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="mandaat",
    )
    ground = models.CharField("bevoegd door", max_length=300)
    signed_on = models.DateField("getekend op")
    document_sha256 = models.CharField("controlegetal", max_length=64)
    second_factor = models.CharField(
        "tweede stap", max_length=10, choices=Factor.choices, blank=True
    )
    second_factor_at = models.DateTimeField("tweede stap op", null=True, blank=True)
    scan = models.OneToOneField(
        Scan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signature",
        verbose_name="op papier",
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "party"],
                name="a_party_signs_an_offer_once",
                violation_error_message="Deze partij heeft al getekend.",
            ),
            models.UniqueConstraint(
                fields=["offer", "person"],
                name="nobody_signs_for_both_parties",
                violation_error_message="U tekende al voor de andere partij.",
            ),
            models.CheckConstraint(
                condition=Q(
                    how="portal",
                    person__isnull=False,
                    scan__isnull=True,
                    second_factor__in=["totp", "webauthn"],
                    second_factor_at__isnull=False,
                )
                | Q(
                    how="paper",
                    scan__isnull=False,
                    second_factor="",
                    second_factor_at__isnull=True,
                ),
                name="a_signature_has_a_second_factor_or_a_scan",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(function="") & ~Q(ground=""),
                name="a_signature_says_who_and_on_what_ground",
            ),
        ]

    def __str__(self) -> str:
        """Without a name: this stands in the history for good."""
        return f"handtekening onder {self.offer} namens {self.get_party_display()}"


class SealedDocumentQuerySet(models.QuerySet["SealedDocument"]):
    def visible_to(self, user: Person) -> "SealedDocumentQuerySet":
        """Who may see the offer may have the document."""
        return self.filter(offer__in=Offer.objects.visible_to(user))

    def listed(self) -> "SealedDocumentQuerySet":
        """To list: with the names, and without the bytes."""
        joined = self.select_related("offer__organisation", "offer__instrument")
        return joined.defer("content", "offer__document")


class SealedDocument(models.Model):
    """The agreement with both signatures, sealed by the NVSI: the bytes and their sum.

    level is what ETSI EN 319 142 calls the seal (B-B, B-T, B-LT), certificate the
    SHA-256 of ours; trail is the same as the page of signatures, for a machine.
    """

    offer = models.OneToOneField(
        Offer, models.PROTECT, related_name="sealed", verbose_name="aanbod"
    )
    content = models.BinaryField("inhoud")
    sha256 = models.CharField("controlegetal", max_length=64, unique=True)
    trail = models.JSONField("verantwoording")
    level = models.CharField("niveau van het zegel", max_length=10)
    certificate = models.CharField("certificaat", max_length=64)
    is_test = models.BooleanField("zegel van een test")
    sealed_at = models.DateTimeField("verzegeld op", auto_now_add=True)

    objects = SealedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "getekende overeenkomst"
        verbose_name_plural = "getekende overeenkomsten"
        ordering = ["-sealed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.offer}, getekend"
