"""When the database is away for a moment: say so, with 503, and change nothing.

Verbs are one transaction each, so a connection that drops leaves nothing half done.
"""

from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = structlog.get_logger()

RETRY_AFTER = "15"


class OutageMiddleware:
    """Turn a lost database connection into a page that asks to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            return unavailable(error)

    def process_exception(
        self, _request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            return unavailable(exception)
        return None


def unavailable(error: Exception) -> HttpResponse:
    log.error("database_away", kind=type(error).__name__)
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER
    return response
