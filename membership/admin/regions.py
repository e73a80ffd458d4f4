"""Regions of a type, and which gemeenten are in them."""

from membership.admin.recorded import RecordedAdmin
from membership.models import Region, RegionMember
from nvsi.admin.columns import list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class RegionAdmin(RecordedAdmin):
    fixed = ("type", "code")
    editable = ("name",)
    fieldsets = [section(None, "type", "code", "name")]
    list_display = ["name", "type", "code"]
    list_filter = ["type"]
    search_fields = ["name", "code"]
    search_help_text = "Zoek op naam of code van de regio."

    def tables(self, obj: Region) -> list[Table]:
        return [
            Table(
                obj.members.select_related("organisation"),
                ("organisation", "organisation__code", "starts_on", "ends_on"),
                all_at=list_url(RegionMember, region=obj.pk),
                title="Gemeenten",
            )
        ]


class RegionMemberAdmin(RecordedAdmin):
    fixed = ("region", "organisation")
    editable = ("starts_on", "ends_on")
    joined = ("region", "organisation")
    autocomplete_fields = ["region", "organisation"]
    fieldsets = [section(None, "region", "organisation", "starts_on", "ends_on")]
    list_display = ["organisation", "region", "region__type", "starts_on", "ends_on"]
    list_filter = [
        "region__type",
        chosen("region", "regio"),
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["organisation__code", "organisation__name", "region__name"]
    search_help_text = "Zoek op gemeente of regio."
