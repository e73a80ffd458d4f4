"""The signing desk: what was signed, what came in on paper, what waits for a hand."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from contracts.kinds import Party
from contracts.models.offers import Offer
from contracts.models.signatures import Scan, SealedDocument
from contracts.signing import completing, on_paper, rights, verbs
from contracts.signing.trail import grouped
from membership.admin.recorded import FrozenAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin, page_of, verb_url
from membership.admission.step_form import Day, text
from membership.models import Mandate, Person
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import day

# Sealing takes seconds; longer means that somebody must look.
SEALING = datetime.timedelta(hours=1)


class CompareForm(Sure):
    """Who signed by hand, as it stands under the document."""

    name = text("Naam onder de handtekening")
    function = text("Functie")
    signed_on = Day("Getekend op")
    mandate = forms.ModelChoiceField(
        queryset=Mandate.objects.none(),
        required=False,
        label="Mandaat",
        empty_label="Geen: ambt of statuten",
        help_text="Het mandaat gold op de dag van tekenen. Staat het er niet bij? Leg "
        "het dan eerst vast.",
    )
    same = forms.BooleanField(
        label="Ik heb elke bladzijde vergeleken met het aangeboden document: de tekst "
        "is dezelfde",
        error_messages={"required": "Vergelijk eerst elke bladzijde."},
    )

    def about(self, obj: Scan) -> None:
        """The mandates for agreements of the party that signed, of each day on which it
        can have signed; the verb looks at the day itself."""
        field: Any = self.fields["mandate"]
        assert obj.offer.offered_at is not None, "nothing else is signed"
        days = timezone.localdate(obj.offer.offered_at), timezone.localdate()
        field.queryset = rights.mandates_in(obj.offer, Party(obj.party), *days)


class TurnBackForm(Sure):
    reason = text(
        "Reden",
        rows=4,
        help_text="Wie het exemplaar toevoegde, leest deze tekst in het portaal.",
        error_messages={"required": "Schrijf waarom; wie het toevoegde leest het."},
    )


def _confirm(scan: Scan, said: dict[str, Any], by: Person) -> Done:
    facts = {key: said[key] for key in ("name", "function", "mandate", "signed_on")}
    on_paper.confirm(scan, **facts, now=timezone.now(), by=by)
    return Done("De handtekening op papier telt.", scan)


def _turn_back(scan: Scan, said: dict[str, Any], by: Person) -> Done:
    on_paper.turn_back(scan, reason=said["reason"], by=by)
    return Done("Het exemplaar is teruggestuurd.", scan)


def _facts(scan: Scan) -> str:
    """Both documents, to lay side by side."""
    offer = scan.offer
    return format_html(
        '<p><a href="{}">Het aangeboden document van {}</a></p>'
        '<p><a href="{}">De scan: {}</a></p>'
        "<p>Toegevoegd door {} op {}. Controlegetal van het document: {}</p>",
        reverse("agreement-document", args=[offer.reference]),
        offer.reference,
        reverse("agreement-scan", args=[offer.reference, scan.pk]),
        scan.file_name,
        scan.by,
        day(on_day(scan.at)),
        grouped(offer.document_sha256),
    )


def _waits(scan: Scan) -> bool:
    return scan.status == Scan.Status.WAITING and scan.offer.is_running


def _after_turning_back(scan: Scan) -> str:
    """Within the term they try again; after it nothing keeps the offer open."""
    if on_paper.lapses_without(scan, timezone.localdate()):
        return (
            "Er is niet getekend, en de termijn is voorbij: het aanbod vervalt dan. "
            "Mag de organisatie het opnieuw proberen? Verzet dan eerst de termijn."
        )
    return "Er is niet getekend. Wie het toevoegde krijgt een e-mail, en kan opnieuw."


def _is_own(scan: Scan, by: Person) -> bool:
    return scan.by_id == by.pk


CONFIRM = Verb(
    name="confirm",
    label="Vergelijken en bevestigen",
    roles=on_paper.COMPARERS,
    is_open=_waits,
    act=_confirm,
    form=CompareForm,
    is_for_another=_is_own,
    why_another="u voegde dit exemplaar toe. Een collega vergelijkt het.",
    shown=lambda scan: (
        _facts(scan),
        [
            "De handtekening telt alsof zij in het portaal is gezet.",
            "Kijk of wie tekende een mandaat heeft, of burgemeester of bestuurder is.",
            "Tekenden beide partijen, dan is de overeenkomst gesloten en krijgen zij "
            "een e-mail.",
        ],
    ),
)
TURN_BACK = Verb(
    name="turn-back",
    label="Terugsturen",
    roles=on_paper.COMPARERS,
    is_open=_waits,
    act=_turn_back,
    form=TurnBackForm,
    is_for_another=_is_own,
    shown=lambda scan: (
        _facts(scan),
        [_after_turning_back(scan)],
    ),
)


class ScanAdmin(VerbAdmin):
    heading = "Tekenen"
    verbs = (CONFIRM, TURN_BACK)
    joined = ("offer__organisation", "by", "decided_by")
    deferred = ("content", "offer__document")
    fieldsets = [
        section(None, "offer", "party", "status"),
        section("Exemplaar", "file_name", "sha256", "by", "at"),
        section("Vergeleken", "compared_by", "reason"),
    ]
    list_display = ["offer", "party", "file_name", "by", "at", "status"]
    list_filter = ["status", "party", chosen("offer__organisation", "organisatie")]
    search_fields = ["offer__reference", "offer__organisation__name"]
    search_help_text = "Zoek op kenmerk of organisatie."

    @admin.display(description="vergeleken door")
    def compared_by(self, obj: Scan) -> str:
        return str(obj.decided_by or f"nog niet; een ander dan {obj.by} doet het")

    def beside_the_form(self, request: HttpRequest, obj: Scan) -> dict[str, Any]:
        """The scan itself."""
        around = super().beside_the_form(request, obj)
        if obj.is_destroyed:
            return around
        url = reverse("agreement-scan", args=[obj.offer.reference, obj.pk])
        return {**around, "buttons": [*around["buttons"], ("De scan", url)]}


class SignatureAdmin(FrozenAdmin):
    joined = ("offer__organisation", "person", "mandate", "scan")
    deferred = ("offer__document", "scan__content")
    fieldsets = [
        section(None, "offer", "party", "signed_on", "how"),
        section("Wie", "name", "function", "ground", "mandate", "person"),
        section("Bewijs", "second_factor", "second_factor_at", "scan"),
        section("Document", "document_sha256", "at"),
    ]
    list_display = ["offer", "party", "name", "function", "signed_on", "how"]
    list_filter = ["party", "how", chosen("offer__organisation", "organisatie")]
    search_fields = ["offer__reference", "name", "offer__organisation__name"]
    search_help_text = "Zoek op kenmerk, naam of organisatie."


class SealedDocumentAdmin(FrozenAdmin):
    joined = ("offer__organisation",)
    deferred = ("content", "offer__document")
    fieldsets = [
        section(None, "offer", "sealed_at", "sha256"),
        section("Zegel", "level", "certificate", "is_test"),
    ]
    list_display = ["offer", "sealed_at", "level", "is_test"]
    list_filter = ["level", "is_test", chosen("offer__organisation", "organisatie")]
    search_fields = ["offer__reference", "offer__organisation__name", "sha256"]
    search_help_text = "Zoek op kenmerk, organisatie of controlegetal."

    def beside_the_form(
        self, request: HttpRequest, obj: SealedDocument
    ) -> dict[str, Any]:
        """The document itself."""
        around = super().beside_the_form(request, obj)
        if obj.offer.is_destroyed:
            return around
        url = reverse("agreement-sealed", args=[obj.offer.reference])
        buttons = [*around.get("buttons", []), ("Download (PDF)", url)]
        return {**around, "buttons": buttons}


def waiting_scans(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Signed on paper, and nobody else compared it yet."""
    if not person.has_role(*CONFIRM.roles):
        return
    scans = Scan.objects.waiting().filter(offer__in=Offer.objects.running())
    for scan in scans.listed().exclude(by=person).order_by("at"):
        about = f"{scan.offer.organisation} ({scan.offer.reference})"
        url = verb_url(scan, CONFIRM)
        yield Waiting(on_day(scan.at), "Op papier getekend", about, "Vergelijken", url)


def waiting_signatures(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What this person may sign for the NVSI, and is its turn."""
    offers = Offer.objects.listed().running().filter(offered_at__isnull=False)
    for offer in offers.order_by("offered_at"):
        if verbs.whose_turn(offer) != Party.NVSI:
            continue
        if rights.right_of(person, offer, Party.NVSI, today) is None:
            return
        since = offer.signatures.order_by("at").values_list("at", flat=True).last()
        about = f"{offer.organisation}, {offer.get_kind_display()} {offer.reference}"
        url = reverse("agreement-sign", args=[offer.reference])
        at = on_day(since or offer.offered_at or timezone.now())
        yield Waiting(at, "Overeenkomst tekenen", about, "Lezen en tekenen", url)


def unsealed(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Both signed, and still no document: the seal does not work."""
    if not person.is_association:
        return
    late = completing.waiting().filter(concluded_at__lt=timezone.now() - SEALING)
    for offer in late.select_related("organisation").defer("document"):
        about = f"{offer.organisation} ({offer.reference})"
        at = on_day(offer.concluded_at or timezone.now())
        yield Waiting(at, "Zegel ontbreekt", about, "Bekijken", page_of(offer))


PROVIDERS = (waiting_scans, waiting_signatures, unsealed)
