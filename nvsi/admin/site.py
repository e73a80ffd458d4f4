"""The admin site: its apps and models in the order in which they were registered.

That is the order of law (lid, instrument, overeenkomst, afrekening), and within
billing the order of the road of the money. The alphabet says nothing.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nvsi.admin.worklist import waiting_for


class Beheer(admin.AdminSite):
    """Its apps stand in a bar, so the room of Django's sidebar is for the lists."""

    site_title = site_header = "NVSI beheer"
    index_title = "Wat er op u wacht"
    enable_nav_sidebar = False

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """Each list with the heading that it stands under, if any."""
        apps = list(self._build_app_dict(request, app_label).values())
        for app in apps:
            heading = ""
            for shown in app["models"]:
                heading = (
                    getattr(self._registry[shown["model"]], "heading", "") or heading
                )
                shown["heading"] = heading
        return apps

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """As Django's, with the apps as the bar shows them: to gather all their lists
        too takes longer than many a page itself."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": self.site_url,
            "has_permission": self.has_permission(request),
            "available_apps": self._bar(request),
            "is_popup": False,
            "is_nav_sidebar_enabled": self.enable_nav_sidebar,
            "log_entries": self.get_log_entries(request),
        }

    def _bar(self, request: HttpRequest) -> list[dict[str, str]]:
        """The apps of which somebody may open a list, each with its address."""
        found: dict[str, dict[str, str]] = {}
        for model, shown in self._registry.items():
            label = model._meta.app_label
            if label not in found and True in shown.get_model_perms(request).values():
                found[label] = {
                    "name": str(apps.get_app_config(label).verbose_name),
                    "app_url": reverse("admin:app_list", args=[label]),
                }
        return list(found.values())

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """First what waits for who looks, then everything that there is."""
        waiting = waiting_for(request.user, timezone.localdate())
        return super().index(request, {**(extra_context or {}), "waiting": waiting})
