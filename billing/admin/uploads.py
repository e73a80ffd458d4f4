"""Files that an uitvoerder sent in the portal: who, when, and how far. To look at."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from billing.models import Upload
from membership.admin.recorded import FrozenAdmin
from nvsi.admin.pages import section


class UploadAdmin(FrozenAdmin):
    joined = ("source", "instrument", "received_by", "confirmed_by", "delivery")
    deferred = ("preview", "changes", "errors", "refused_csv")
    fieldsets = [
        section(None, "file_name", "source", "instrument", "page_link", "failure"),
        section("Ontvangst", "received_by", "received_at", "size", "sha256", "mends"),
        section("Controle", "started_at", "attempts", "rows_count", "errors_count"),
        section(
            "Verwerking", "confirmed_by", "confirmed_at", "finished_at", "delivery"
        ),
    ]
    list_display = [
        *("file_name", "source", "status", "received_by", "received_at"),
        *("rows_count", "errors_count", "finished_at"),
    ]
    list_filter = ["status", "instrument", "received_at"]
    search_fields = ["file_name", "source__name", "received_by__name"]
    search_help_text = "Zoek op bestand, uitvoerder of wie het aanleverde."

    @admin.display(description="zoals de uitvoerder het ziet")
    def page_link(self, obj: Upload) -> str:
        url = reverse("upload-detail", args=[obj.pk])
        return format_html('<a href="{}">bekijk de controle en de fouten</a>', url)
