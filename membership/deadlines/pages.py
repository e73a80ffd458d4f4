"""Pages of a person about his deadlines: the calendar of his own, and reminders.

The calendar itself is for who has its address, without a login.
"""

import hashlib
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from membership.deadlines import shown
from membership.deadlines.asked import asked_of
from membership.deadlines.calendars import (
    calendar_of,
    digest,
    make_calendar,
    reader_of,
    withdraw_calendar,
)
from membership.deadlines.feed import calendar_for
from membership.deadlines.reminding import set_reminders, wants_reminders
from membership.models import Person

TOO_MANY = 429
# How long a program may keep a copy, in seconds.
FRESH = 900


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@sensitive_variables("token", "context")
def own_calendar(request: HttpRequest) -> HttpResponse:
    """What is asked of me with its days; my calendar and my reminders.

    The answer to a POST that makes an address shows it, that once, and so is no
    redirect: the address would have to be kept somewhere to show it after one.
    """
    assert isinstance(request.user, Person)
    person, token = request.user, ""
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act == "make":
            token = make_calendar(person, now=timezone.now())
        else:
            _change(request, person, act)
            return redirect("own-calendar")
    context = {**_about(person), "address": _address(token) if token else ""}
    return render(request, "membership/own_calendar.html", context)


def _change(request: HttpRequest, person: Person, act: str) -> None:
    if act == "withdraw":
        withdraw_calendar(person, now=timezone.now())
        messages.success(request, "Het adres van uw agenda werkt niet meer.")
    elif act in ("on", "off"):
        set_reminders(person, wanted=act == "on")
        words = "U krijgt herinneringen per e-mail."
        if act == "off":
            words = "U krijgt geen herinneringen meer per e-mail."
        messages.success(request, words)


def _about(person: Person) -> dict[str, Any]:
    today = timezone.localdate()
    found = asked_of(person, today)
    return {
        "calendar": calendar_of(person),
        "wants_reminders": wants_reminders(person),
        "lines": shown.lines(found, today),
        "days": shown.days(found),
        "several": len(set(person.organisation_ids)) > 1,
    }


def _address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('calendar-feed', args=[token])}"


@require_safe
@sensitive_variables("token")
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a program that keeps a calendar; 404 for an address that does not work."""
    if not ratelimit.consume(request, action="calendar", key=digest(token)):
        return HttpResponse(status=TOO_MANY)
    person = reader_of(token)
    if person is None:
        # Said here and not raised: the page for people has no use in a calendar.
        return HttpResponseNotFound("Deze agenda is er niet (meer).\n", "text/plain")
    content = calendar_for(person, timezone.localdate())
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": f"private, max-age={FRESH}",
            "Content-Disposition": 'inline; filename="nvsi.ics"',
            "ETag": etag,
            "X-Robots-Tag": "noindex",
        },
    )
    return get_conditional_response(request, etag=etag, response=response) or response
