"""Somebody presses a button after his session ended: what he reads, and where he is.

A login would lead him on to the address of the button, which only takes what is sent.
He comes back to the page that the button was on; that nothing was kept is told.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

TOLD = "Uw sessie was verlopen. Wat u verstuurde, is niet opgeslagen. Log opnieuw in."

GetResponse = Callable[[HttpRequest], HttpResponse]


class EndedSessionMiddleware:
    """Mends the redirect to the login that a POST without a session gets."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not _asks_to_log_in(request, response):
            return response
        messages.warning(request, TOLD)
        return redirect_to_login(page_of_button(request))


def page_of_button(request: HttpRequest) -> str:
    """The page of ours from which something was sent; the first one when unknown."""
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    if not ours:
        return settings.LOGIN_REDIRECT_URL
    page = urlsplit(came_from)
    return f"{page.path}?{page.query}" if page.query else page.path


def _asks_to_log_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it sends a stranger to a login that would lead back to this address."""
    if request.user.is_authenticated:
        return False
    leads_on_to = parse_qs(urlsplit(response.headers.get("Location", "")).query)
    return leads_on_to.get("next") == [request.get_full_path()]
