"""A public page: is this file genuine? For everybody who holds one.

It needs no login and keeps nothing of the file. It says which agreement a genuine file
is, and nothing of what else there is.
"""

from allauth.core import ratelimit
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contracts.signing.forms import CheckForm
from contracts.signing.verify import Answer, check
from nvsi.receiving import was_too_large

MOST_BYTES = 50_000_000
MEGABYTE = 1_000_000
TOO_LARGE, TOO_MANY, UNPROCESSABLE = 413, 429, 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_document(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and say what it is; limited by place."""
    if request.method != "POST":
        return _page(request, CheckForm(label_suffix=""))
    if not ratelimit.consume(request, action="check"):
        return render(request, "429.html", status=TOO_MANY)
    form = CheckForm(request.POST, request.FILES, label_suffix="")
    if was_too_large(request):
        form.add_error("file", _too_large())
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    content = _read(form.cleaned_data["file"])
    if content is None:
        form.add_error("file", _too_large())
        return _page(request, form, status=TOO_LARGE)
    name = form.cleaned_data["file"].name
    return _page(request, CheckForm(label_suffix=""), check(content), name)


def _read(file: "File[bytes]") -> bytes | None:
    content = file.read(MOST_BYTES + 1)
    return None if len(content) > MOST_BYTES else bytes(content)


def _too_large() -> str:
    return f"Dit bestand is groter dan {MOST_BYTES // MEGABYTE} MB, en niet van ons."


def _page(
    request: HttpRequest,
    form: CheckForm,
    answer: Answer | None = None,
    name: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "answer": answer,
        "outcome": answer.outcome.value if answer else "",
        "name": name,
    }
    return render(request, "contracts/check.html", context, status=status)
