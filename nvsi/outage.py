"""When the database is away or a disk is full: say so, with 503, and change nothing.

Verbs are one transaction each, so a connection that drops leaves nothing half done.
The connection may drop in a middleware or in a view; whatever ends a request with an
error comes here, as the handler500 of nvsi.urls.
"""

import errno
import sys

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

RETRY_AFTER = "15"  # seconds
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_outage(error: BaseException | None) -> bool:
    """Whether an error is of the machines, and passes without a change to the code."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return isinstance(error, OperationalError | InterfaceError)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an error that nobody caught: 503 for an outage, else 500."""
    if is_outage(sys.exc_info()[1]):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = RETRY_AFTER
        return response
    return defaults.server_error(request)


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For who watches: 200 while the database answers, and otherwise 503, as all pages.

    The broker is not asked: without it everything is read, and what is asked waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("goed", content_type="text/plain; charset=utf-8")
