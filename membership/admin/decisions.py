"""Decisions of the ALV that other facts point to."""

from membership.admin.recorded import RecordedAdmin
from nvsi.admin.pages import section


class AlvBesluitAdmin(RecordedAdmin):
    fixed = ("reference",)
    editable = ("subject", "taken_on")
    fieldsets = [section(None, "reference", "subject", "taken_on")]
    list_display = ["reference", "subject", "taken_on"]
    search_fields = ["reference", "subject"]
    search_help_text = "Zoek op kenmerk of onderwerp."
