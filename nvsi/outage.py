"""When the database is away for a moment: say so, with 503, and change nothing.

Verbs are one transaction each, so a connection that drops leaves nothing half done.
The connection may drop in a middleware or in a view; whatever ends a request with an
error comes here, as the handler500 of nvsi.urls.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

RETRY_AFTER = "15"  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an error that nobody caught: 503 for a lost database, else 500."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = RETRY_AFTER
        return response
    return defaults.server_error(request)
