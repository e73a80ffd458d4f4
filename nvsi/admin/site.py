"""The admin site: its apps and models in the order in which they were registered.

That is the order of law (lid, instrument, overeenkomst, afrekening), and within
billing the order of the road of the money. The alphabet says nothing.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
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

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """First what waits for who looks, then everything that there is."""
        waiting = waiting_for(request.user, timezone.localdate())
        return super().index(request, {**(extra_context or {}), "waiting": waiting})
