"""Filters that people keep: they stand above the list that they are of."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from membership import saved_filters
from membership.admin.recorded import FrozenAdmin, acting, list_page
from membership.admin.words import list_title
from membership.models import SavedFilter
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.errors import NotAllowed


class KeepForm(forms.Form):
    """What is sent with 'Dit filter bewaren'; the verb says what is wrong with it."""

    list = forms.CharField(max_length=60)
    query = forms.CharField(max_length=5000, required=False)
    name = forms.CharField(max_length=5000, required=False)
    shared = forms.BooleanField(required=False)


class SavedFilterAdmin(FrozenAdmin):
    joined = ("person",)
    fieldsets = [section(None, "name", "list_name", "query", "shared", "person")]
    list_display = ["name", "list_name", "query", "shared", "person"]
    list_filter = ["shared", chosen("person", "bewaard door", "door")]
    search_fields = ["name", "person__name"]
    search_help_text = "Zoek op naam, of op wie het bewaarde."

    def get_urls(self) -> list[URLPattern]:
        keep = self.admin_site.admin_view(require_POST(self.keep))
        remove = self.admin_site.admin_view(require_POST(self.remove))
        own = [
            path("bewaren/", keep, name="membership_savedfilter_keep"),
            path(
                "<path:object_id>/weghalen/",
                remove,
                name="membership_savedfilter_remove",
            ),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).visible_to(acting(request))

    @admin.display(description="lijst", ordering="list_label")
    def list_name(self, obj: SavedFilter) -> str:
        return list_title(obj.list_label)

    def keep(self, request: HttpRequest) -> HttpResponse:
        """Keep it, and go back to the list as it was."""
        form = KeepForm(request.POST)
        if not form.is_valid():
            raise Http404
        facts = form.cleaned_data
        page = _page_of(facts["list"])
        try:
            saved = saved_filters.keep(
                facts["list"],
                name=facts["name"],
                query=facts["query"],
                shared=facts["shared"],
                by=acting(request),
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Het filter '{saved}' is bewaard.")
        return redirect(f"{page}?{facts['query']}")

    def remove(self, request: HttpRequest, object_id: str) -> HttpResponse:
        by = acting(request)
        key = object_id if object_id.isascii() and object_id.isdecimal() else "0"
        saved = get_object_or_404(SavedFilter.objects.visible_to(by), pk=key)
        page = _page_of(saved.list_label)
        try:
            saved_filters.remove(saved, by=by)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Het filter '{saved}' is weg.")
        return redirect(page)


def _page_of(list_label: str) -> str:
    """The page of a list; 404 for what is no list."""
    try:
        return list_page(apps.get_model(list_label))
    except (LookupError, ValueError):
        raise Http404 from None
