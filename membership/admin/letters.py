"""Letters: write, look, offer, release; then who got it, and what came back."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from membership.admin.letter_forms import LetterForm
from membership.admin.letter_preview import PreviewedAdmin
from membership.admin.letter_verbs import (
    AGAIN,
    ATTACH,
    BOUNCE,
    CORRECT,
    DETACH,
    DROP,
    OFFER,
    RELEASE,
    TAKE_BACK,
    TEST,
    about_receivers,
    is_draft,
)
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin
from membership.letters.segments import counts, targets, told
from membership.models import Email, Letter, LetterReceiver
from membership.models.letter_receivers import BOUNCED, NOBODY
from nvsi.admin.columns import NOTHING, list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class LetterAdmin(PreviewedAdmin, RecordedAdmin):
    """What stands in it can be changed as long as it is a draft."""

    form = LetterForm
    verbs = (ATTACH, TEST, OFFER, TAKE_BACK, RELEASE, CORRECT, DROP)
    editable = (
        *("subject", "salutation", "summary", "body", "belongs_on"),
        *("membership_kinds", "organisation_kinds", "region", "province"),
        *("instrument", "role"),
    )
    joined = ("region", "corrects", "written_by", "released_by")
    autocomplete_fields = ["region"]
    fieldsets = [
        section(None, "number", "status", "corrects", "written_by", "released_by",
                "sent_at"),
        section("De brief", "subject", "salutation", "summary", "body"),
        section("Voor wie", "belongs_on", "membership_kinds", "organisation_kinds",
                "region", "province", "instrument", "role"),
        section("Wie krijgt de brief", "receivers_told"),
    ]  # fmt: skip
    list_display = ["subject", "number", "status", "written_by", "sent_at"]
    list_filter = ["status"]
    search_fields = ["subject", "summary", "number_sequence"]
    search_help_text = "Zoek op onderwerp, samenvatting of volgnummer."

    @admin.display(description="nummer")
    def number(self, obj: Letter) -> str:
        return obj.number

    @admin.display(description="ontvangers")
    def receivers_told(self, obj: Letter) -> str:
        """As it is now; of what was sent the lines say it."""
        if obj.is_sent:
            return f"Verzonden aan {told(obj)}."
        return about_receivers(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The choice of the segment is told in words once it is made."""
        found = super().get_fieldsets(request, obj)
        if obj is None or is_draft(obj):
            return found
        return [part for part in found if part[0] != "Voor wie"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or is_draft(obj)) and super().has_change_permission(
            request, obj
        )

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        if obj is not None and not is_draft(obj):
            return ()
        return super()._open_fields(obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Who changes something wrote it, and does not release it."""
        if form.changed_data or not change:
            obj.written_by = acting(request)
        super().save_model(request, obj, form, change)
        messages.info(request, f"Nu gaat deze brief naar {counts(targets(obj))}.")

    def tables(self, obj: Letter) -> list[Table]:
        files = Table(
            obj.attachments.defer("content").select_related("by"),
            ("file_name", "size", "by", "at"),
            title="Bijlagen",
            nothing="Geen bijlagen.",
        )
        if not obj.is_sent:
            return [files]
        lines = obj.receivers.select_related("organisation", "person", "email")
        return [
            files,
            Table(
                lines.order_by("organisation__name", "pk"),
                ("organisation", "person", "address", "email__state", "bounced_on"),
                all_at=list_url(LetterReceiver, letter=obj.pk),
                title="Ontvangers",
            ),
        ]


class LetterAttachmentAdmin(VerbAdmin):
    verbs = (DETACH,)
    joined = ("letter", "by")
    deferred = ("content",)
    fieldsets = [
        section(None, "letter", "file_name", "size", "sha256", "by", "at"),
    ]
    list_display = ["file_name", "letter", "size", "by", "at"]
    list_filter = [chosen("letter", "ledenbrief")]
    search_fields = ["file_name", "letter__subject"]
    search_help_text = "Zoek op bestand of onderwerp."


class StateFilter(admin.SimpleListFilter):
    """How far a letter came with somebody."""

    title = "stand"
    parameter_name = "stand"
    STATES = {
        **{
            state.value: (state.label, Q(bounced_on=None, email__state=state))
            for state in Email.State
        },
        "terug": (BOUNCED, Q(bounced_on__isnull=False)),
        "niemand": (NOBODY, Q(address="", times=0)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(name, label) for name, (label, _) in self.STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        found = self.STATES.get(self.value() or "")
        return queryset.filter(found[1]) if found else queryset


class LetterReceiverAdmin(VerbAdmin):
    verbs = (AGAIN, BOUNCE)
    joined = ("letter", "organisation", "person", "email")
    fieldsets = [
        section(None, "letter", "organisation", "person", "addressee"),
        section("E-mail", "how_far", "address", "times", "told", "email"),
        section("Teruggekomen", "bounced_on", "bounce"),
    ]
    list_display = [
        *("organisation", "person", "letter", "address"),
        *("how_far", "told"),
    ]
    in_files = {"how_far": "stand", "told": "said"}
    list_filter = [
        StateFilter,
        chosen("letter", "ledenbrief"),
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["address", "organisation__name", "person__name"]
    search_help_text = "Zoek op e-mailadres, organisatie of persoon."
    sortable_by = ["organisation", "person", "address"]

    @admin.display(description="stand")
    def how_far(self, obj: LetterReceiver) -> str:
        return obj.stand or NOTHING

    @admin.display(description="wat de mailserver zei")
    def told(self, obj: LetterReceiver) -> str:
        return obj.said or NOTHING
