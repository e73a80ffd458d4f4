"""Kaders: number them, say what they are by a decision, and see who does otherwise."""

from django.contrib import admin

from instruments.admin.norm_verbs import KEEPERS, SAY, TAKE_BACK
from instruments.models import LocalNorm, Norm, NormVersion
from instruments.norms.values import Room, Said, in_words, room_in_words
from membership.admin.recorded import FrozenAdmin, RecordedAdmin
from membership.admin.verbs import VerbAdmin
from nvsi.admin.columns import NOTHING
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class NormAdmin(RecordedAdmin, VerbAdmin):
    heading = "Kaders"
    verbs = (SAY,)
    kept_by = KEEPERS
    fixed = ("instrument", "number", "kind")
    editable = ("name", "measures")
    joined = ("instrument",)
    fieldsets = [
        section(
            None,
            *("instrument", "number", "name", "kind", "measures"),
            text="Een regel die de leden voor een instrument samen afspreken. Wat hij "
            "zegt, stelt u daarna vast met het besluit erbij.",
        )
    ]
    list_display = ["code", "name", "instrument", "kind"]
    list_filter = ["instrument", "kind"]
    search_fields = ["name"]
    search_help_text = "Zoek op naam."

    @admin.display(description="kader", ordering="number")
    def code(self, obj: Norm) -> str:
        return obj.code

    def tables(self, obj: Norm) -> list[Table]:
        return [
            Table(
                obj.versions.select_related("norm__instrument", "decision", "besluit"),
                ("__str__", "ends_on", "decision", "besluit"),
            ),
            Table(
                obj.local_norms.select_related("norm__instrument", "organisation"),
                ("__str__", "organisation", "ends_on", "reason"),
            ),
        ]


class NormVersionAdmin(VerbAdmin):
    verbs = (TAKE_BACK,)
    joined = ("norm__instrument", "decision", "besluit", "recorded_by")
    fieldsets = [
        section(None, "norm", "said", "room", "is_law", "explanation"),
        section("Wanneer", "starts_on", "ends_on"),
        section("Waarop het rust", "decision", "besluit"),
        section("Wie", "recorded_by", "recorded_at"),
    ]
    list_display = ["norm", "said", "starts_on", "ends_on"]
    list_filter = ["norm__instrument"]

    @admin.display(description="afspraak")
    def said(self, obj: NormVersion) -> str:
        return in_words(obj.norm.kind, Said.of(obj))

    @admin.display(description="eigen ruimte")
    def room(self, obj: NormVersion) -> str:
        room = Room(obj.lowest, obj.highest)
        return room_in_words(obj.norm.kind, Said.of(obj), room)


class LocalNormAdmin(FrozenAdmin):
    joined = ("norm__instrument", "organisation", "recorded_by")
    fieldsets = [
        section(None, "norm", "organisation", "said", "reason"),
        section("Wanneer", "starts_on", "ends_on"),
        section("Waarop het rust", "basis", "basis_on", "link"),
        section("Wie", "recorded_by", "recorded_at"),
    ]
    list_display = ["organisation", "norm", "said", "starts_on", "ends_on", "why"]
    in_files = {"why": "reason"}
    list_filter = ["norm__instrument"]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de organisatie."

    @admin.display(description="waarde")
    def said(self, obj: LocalNorm) -> str:
        return in_words(obj.norm.kind, Said.of(obj))

    @admin.display(description="reden")
    def why(self, obj: LocalNorm) -> str:
        return obj.reason or NOTHING
