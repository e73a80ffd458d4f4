"""Closed for maintenance: every page says so, with 503, until the switch is off.

The switch is NVSI_MAINTENANCE in the environment of the pages. Its words tell until
when, such as "tot 14.00 uur"; `1` tells no time. Static files, the address for who
watches and the workers go on as always.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

RETRY_AFTER = "600"  # seconds
WITHOUT_WORDS = "1"

GetResponse = Callable[[HttpRequest], HttpResponse]


class MaintenanceMiddleware:
    """Answers in place of every page while NVSI_MAINTENANCE is set; asks nothing of
    the session or the database, which may be away."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.NVSI_MAINTENANCE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == reverse("health"):
            return self.get_response(request)
        until = settings.NVSI_MAINTENANCE
        context = {"until": "" if until == WITHOUT_WORDS else until}
        page = render_to_string("maintenance.html", context)
        response = HttpResponse(page, status=503)
        response["Retry-After"] = RETRY_AFTER
        add_never_cache_headers(response)
        return response
