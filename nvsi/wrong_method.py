"""The address of a button that is opened as a page: a page that says so, not a blank.

Django answers 405 without a word.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]


class WrongMethodMiddleware:
    """Gives every 405 its page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html").encode()
        return response
