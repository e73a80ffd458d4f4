"""For which organisation somebody acts, and where he is logged in."""

import re
from functools import partial
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from membership.models import Organisation, Person
from membership.models.bodies import belongs

SESSION_KEY = "acting_for"

# The first that fits: Edge calls itself Chrome, and Chrome calls itself Safari.
BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox")]
BROWSERS += [("Chrom", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [("iPhone|iPad", "iPhone of iPad"), ("Android", "Android")]
SYSTEMS += [("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")]


def organisations_of(person: Person) -> list[Organisation]:
    """For whom this person acts today, by name."""
    organisations = {r.organisation for r in person.current_roles if r.organisation}
    return sorted(organisations, key=lambda organisation: organisation.name)


def acting_for(request: HttpRequest) -> Organisation:
    """The organisation that was chosen, if it still may be; else the first.

    Raises PermissionDenied for who acts for no organisation at all.
    """
    organisation = _chosen(request, _organisations(request))
    if organisation is None:
        raise PermissionDenied("U handelt nu voor geen enkele organisatie.")
    return organisation


def act_for(request: HttpRequest, organisation: Organisation) -> None:
    request.session[SESSION_KEY] = organisation.pk


def acting(request: HttpRequest) -> dict[str, Any]:
    """For every template: for whom somebody acts, for whom else he may, whether that
    is as uitvoerder, whether he sees its money, and whether he belongs (bodies)."""
    organisations = _organisations(request)
    organisation = _chosen(request, organisations)
    return {
        "acting_for": organisation,
        "organisations": organisations,
        "delivers": organisation is not None and _delivers(request, organisation),
        "sees_money": organisation is not None and sees_money(request, organisation),
        "belongs": SimpleLazyObject(partial(_belongs, request)),
    }


def _belongs(request: HttpRequest) -> bool:
    """Asked only by a page that shows what is for members."""
    person = getattr(request, "user", None)
    return isinstance(person, Person) and belongs(person, timezone.localdate())


def _delivers(request: HttpRequest, organisation: Organisation) -> bool:
    assert isinstance(request.user, Person)
    return organisation.pk in request.user.organisations_as("uitvoerder")


def sees_money(request: HttpRequest, organisation: Organisation) -> bool:
    assert isinstance(request.user, Person)
    return organisation.pk in request.user.money_organisation_ids


def _organisations(request: HttpRequest) -> list[Organisation]:
    person = getattr(request, "user", None)  # an early error page has none
    return organisations_of(person) if isinstance(person, Person) else []


def _chosen(
    request: HttpRequest, organisations: list[Organisation]
) -> Organisation | None:
    if not organisations:
        return None
    chosen = request.session.get(SESSION_KEY)
    return next((o for o in organisations if o.pk == chosen), organisations[0])


def own_sessions(request: HttpRequest) -> list[UserSession]:
    """Where somebody is logged in, the newest first."""
    assert isinstance(request.user, Person)
    sessions = UserSession.objects.purge_and_list(request.user)
    return sorted(sessions, key=lambda session: session.created_at, reverse=True)


def end_other_sessions(request: HttpRequest) -> None:
    for session in own_sessions(request):
        if session.session_key != request.session.session_key:
            session.end()


def device(user_agent: str) -> str:
    """'Firefox op Windows', of what a browser says of itself."""
    browser = _first(BROWSERS, user_agent) or "Een browser"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} op {system}" if system else browser


def _first(names: list[tuple[str, str]], text: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, text)), "")
