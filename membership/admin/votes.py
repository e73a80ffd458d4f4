"""Votes of the ALV: the rules, the votes with their lists, who is there, volmachten.

Sealed ballots have no page: there is nothing of them to read.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header

from membership import history
from membership.admin import vote_verbs as verbs
from membership.admin.recorded import FrozenAdmin, RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin
from membership.admission.evidence import XLSX
from membership.assembly.attendance_file import as_xlsx
from membership.assembly.counting import fraction, majority_in_words
from membership.models import Assembly, Entitled, Proxy, Stemming, VotingRule
from nvsi.admin.columns import NOTHING, list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class VotingRuleAdmin(RecordedAdmin):
    """Dated: a new rule takes the place of the one before, from its first day on."""

    fixed = (
        *("kind", "starts_on", "majority_numerator", "majority_denominator"),
        *("is_strict", "base", "quorum_numerator", "quorum_denominator"),
        *("votes_per_member", "electronic", "proxies_per_person", "article"),
        "besluit",
    )
    fieldsets = [
        section(None, "kind", "starts_on", "article", "besluit"),
        section("Meerderheid", "majority", "majority_numerator", "majority_denominator",
                "is_strict", "base"),
        section("Quorum", "quorum", "quorum_numerator", "quorum_denominator"),
        section("Stemmen", "votes_per_member", "electronic", "proxies_per_person"),
    ]  # fmt: skip
    joined = ("besluit",)
    list_display = [
        *("kind", "starts_on", "majority", "quorum", "electronic", "article"),
    ]
    list_filter = ["kind"]
    search_fields = ["article"]
    search_help_text = "Zoek op waar de regel staat."

    @admin.display(description="meerderheid")
    def majority(self, obj: VotingRule) -> str:
        return majority_in_words(obj.rule, "stemmen").removesuffix(" van de stemmen")

    @admin.display(description="quorum")
    def quorum(self, obj: VotingRule) -> str:
        share = obj.rule.quorum
        return f"ten minste {fraction(share)} van alle stemmen" if share else "geen"


class StemmingAdmin(VerbAdmin):
    verbs = (verbs.CLOSE, verbs.COUNT, verbs.CHECK, verbs.AGAIN, verbs.ANNUL)
    joined = (
        *("assembly", "beslispunt__voorstel", "rule", "counted_by", "closed_by"),
        *("amendement__beslispunt__voorstel", "opened_by"),
    )
    fieldsets = [
        section(None, "assembly", "beslispunt", "amendement", "method", "is_secret",
                "status", "reason"),
        section("Uitslag", "sentence", "verdict", "pro", "contra", "abstained", "blank",
                "present_votes", "entitled_votes"),
        section("Verloop", "rule", "opened_at", "opened_by", "turnout", "counted_by",
                "closed_at", "closed_by"),
    ]  # fmt: skip
    list_display = ["about", "assembly", "method", "is_secret", "status", "verdict"]
    list_filter = [chosen("assembly", "ALV"), "status", "method"]
    search_fields = ["beslispunt__text", "amendement__new_text"]
    search_help_text = "Zoek op de tekst waarover is gestemd."
    sortable_by = ["assembly", "status"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What one counted is not shown to who checks it: he counts himself."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.is_closed:
            return fieldsets
        return [one for one in fieldsets if one[0] != "Uitslag"]

    @admin.display(description="stemming over")
    def about(self, obj: Stemming) -> str:
        return f"{obj.beslispunt or obj.amendement}: {obj.voorstel.title}"

    @admin.display(description="gestemd")
    def turnout(self, obj: Stemming) -> str:
        if not obj.is_electronic:
            return NOTHING
        voting = obj.entitled.voting()
        return f"{voting.filter(has_voted=True).count()} van {voting.count()} leden"

    def beside_the_form(self, request: HttpRequest, obj: Stemming) -> Any:
        around = super().beside_the_form(request, obj)
        page = reverse("vote-detail", args=[obj.pk])
        return {**around, "buttons": [*around["buttons"], ("In het portaal", page)]}

    def tables(self, obj: Stemming) -> list[Table]:
        rows = obj.entitled.select_related("organisation", "voted_by", "proxy")
        return [
            Table(
                rows.order_by("organisation__name"),
                ("organisation", "votes", "has_voted", "voted_by", "proxy"),
                all_at=list_url(Entitled, stemming=obj.pk),
                title="Stemgerechtigden",
                nothing="Er is geen lid met een stem.",
            )
        ]


class EntitledAdmin(FrozenAdmin):
    joined = (
        *("stemming__beslispunt__voorstel", "stemming__assembly"),
        *("organisation", "voted_by"),
        *("stemming__amendement__beslispunt__voorstel", "proxy__organisation"),
        *("proxy__holder", "proxy__of_member"),
    )
    fieldsets = [
        section(None, "stemming", "organisation", "votes", "has_voted", "voted_by",
                "proxy", "is_present")
    ]  # fmt: skip
    list_display = [
        *("organisation", "stemming", "stemming__assembly"),
        *("votes", "has_voted", "voted_by"),
    ]
    list_filter = [chosen("stemming", "stemming"), "has_voted"]
    search_fields = ["organisation__name", "organisation__code"]
    search_help_text = "Zoek op naam of code van het lid."

    def beside_the_form(self, request: HttpRequest, obj: Entitled) -> Any:
        """What was said openly, for who may read that; of a secret vote is nothing."""
        around = super().beside_the_form(request, obj)
        if obj.stemming.is_secret or not acting(request).has_role(*verbs.BUREAU):
            return around
        said = Table(
            obj.ballots.select_related("by"),
            ("choice", "by", "at"),
            title="Stem",
            nothing="Dit lid stemde niet elektronisch.",
        )
        return {**around, "tables": [said]}


class BallotAdmin(FrozenAdmin):
    """What members voted openly, for bureau and bestuur alone."""

    joined = (
        *("entitled__organisation", "by", "entitled__stemming__assembly"),
        "entitled__stemming__beslispunt__voorstel",
        "entitled__stemming__amendement__beslispunt__voorstel",
    )
    fieldsets = [section(None, "entitled", "choice", "by", "at")]
    list_display = [
        *("entitled__organisation", "entitled__stemming"),
        *("entitled__stemming__assembly", "choice", "by", "at"),
    ]
    list_filter = [
        chosen("entitled__stemming__assembly", "ALV"),
        chosen("entitled__stemming", "stemming"),
        "choice",
    ]
    search_fields = ["entitled__organisation__name"]
    search_help_text = "Zoek op lid."

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = acting(request).has_role(*verbs.BUREAU)
        return may and super().has_view_permission(request, obj)


class AttendanceAdmin(VerbAdmin):
    verbs = (verbs.ARRIVE, verbs.LEAVE)
    joined = ("assembly", "organisation", "person", "announced_by")
    fieldsets = [
        section(None, "assembly", "organisation", "person", "mode", "status"),
        section("Verloop", "announced_at", "announced_by", "came_at", "left_at"),
    ]
    list_display = [
        *("organisation", "person", "assembly", "mode", "status", "came_at")
    ]
    list_filter = [chosen("assembly", "ALV"), "status", "mode"]
    search_fields = ["organisation__name", "person__name"]
    search_help_text = "Zoek op organisatie of naam."

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.workbook)
        name = "membership_attendance_presentielijst"
        own = path("<path:object_id>/presentielijst.xlsx", view, name=name)
        return [own, *super().get_urls()]

    def workbook(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The list of the whole ALV; taking it along is recorded."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        assembly: Assembly = row.assembly
        rows = assembly.attendances.count()
        history.record(assembly, "exported list", acting(request), rows=rows)
        return _file(as_xlsx(assembly), XLSX, f"Presentielijst {assembly.on}.xlsx")

    def beside_the_form(self, request: HttpRequest, obj: Any) -> Any:
        around = super().beside_the_form(request, obj)
        file = reverse("admin:membership_attendance_presentielijst", args=[obj.pk])
        own = ("Presentielijst (XLSX)", file)
        return {**around, "buttons": [*around["buttons"], own]}


class ProxyAdmin(VerbAdmin):
    verbs = (verbs.REVOKE,)
    joined = ("assembly", "organisation", "holder", "of_member", "voorstel", "given_by")
    deferred = ("content",)
    fieldsets = [
        section(None, "assembly", "organisation", "holder", "of_member", "voorstel"),
        section("Gegeven", "given_by", "given_at", "on_paper", "file_name", "sha256"),
        section("Ingetrokken", "revoked_at", "revoked_by"),
    ]
    list_display = [
        *("organisation", "of_member", "holder", "assembly", "given_at", "revoked_at")
    ]
    list_filter = [chosen("assembly", "ALV"), "on_paper"]
    search_fields = ["organisation__name", "of_member__name", "holder__name"]
    search_help_text = "Zoek op lid of naam."

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.scan)
        own = path("<path:object_id>/scan/", view, name="membership_proxy_scan")
        return [own, *super().get_urls()]

    def scan(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What came on paper, always to save."""
        proxy = self.get_object(request, unquote(object_id))
        if proxy is None or not isinstance(proxy, Proxy) or proxy.content is None:
            raise Http404
        return _file(bytes(proxy.content), proxy.media_type, proxy.file_name)

    def beside_the_form(self, request: HttpRequest, obj: Proxy) -> Any:
        around = super().beside_the_form(request, obj)
        if not obj.on_paper:
            return around
        own = ("Scan", reverse("admin:membership_proxy_scan", args=[obj.pk]))
        return {**around, "buttons": [*around["buttons"], own]}


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
