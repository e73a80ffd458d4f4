"""Public pages: what membership is, and how an organisation asks for it.

They need no login and say nothing of any person. Whoever applies gets the same answer,
whether we know him or not.
"""

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from membership.admission import applying
from membership.admission.forms import ApplicationForm
from membership.models import Person
from membership.sessions import acting_for

GONE, TOO_MANY, UNPROCESSABLE = 410, 429, 422


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """What it is to be a member, how to become one, and how to leave."""
    return render(request, "membership/join.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Ask for membership; limited by place and by address."""
    if request.method != "POST":
        form = ApplicationForm(initial=_known_of(request), label_suffix="")
        return render(request, "membership/apply.html", {"form": form})
    form = ApplicationForm(request.POST, label_suffix="")
    if not form.is_valid():
        context = {"form": form}
        return render(request, "membership/apply.html", context, status=UNPROCESSABLE)
    if not _may_apply(request, form.cleaned_data["email"]):
        return render(request, "429.html", status=TOO_MANY)
    applying.apply(**form.facts)
    return redirect("apply-sent")


@require_safe
def apply_sent(request: HttpRequest) -> HttpResponse:
    context = {"days": applying.LIFETIME.days}
    return render(request, "membership/apply_sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm an application with a button: programs that read mail open links too."""
    application = applying.application_of(token)
    context: dict[str, Any] = {
        "application": application,
        "days": applying.LIFETIME.days,
    }
    if application is None:
        return render(request, "membership/apply_expired.html", context, status=GONE)
    if request.method == "POST":
        applying.confirm(application)
        return redirect("apply-confirm", token)
    return render(request, "membership/apply_confirm.html", context)


def _may_apply(request: HttpRequest, email: str) -> bool:
    return bool(ratelimit.consume(request, action="apply", key=email.lower()))


def _known_of(request: HttpRequest) -> dict[str, str]:
    """Who is logged in need not type what we know."""
    person = request.user
    if not isinstance(person, Person) or not person.organisation_ids:
        return {}
    organisation = acting_for(request)
    return {
        "kind": organisation.kind,
        "organisation": organisation.name,
        "name": person.name,
        "email": person.email,
    }
