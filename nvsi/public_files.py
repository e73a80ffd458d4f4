"""The twin of a public page for a program: a file that may be kept for a while."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

# How long a copy may be shown without asking again, in seconds.
FRESH = 300
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def public_file(
    request: HttpRequest, content: bytes, fmt: str, name: str
) -> HttpResponseBase:
    """A CSV to save or a JSON to read, for everyone; 304 for who has it already."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[fmt])
    disposition = content_disposition_header(fmt == "csv", f"{name}.{fmt}")
    response["Content-Disposition"] = disposition or "inline"
    patch_cache_control(response, public=True, max_age=FRESH)
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
