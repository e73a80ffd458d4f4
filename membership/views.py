"""Pages about people: how somebody comes in, and for whom he acts."""

import time
from collections.abc import Callable

from allauth.account.views import password_reset
from allauth.mfa.base.views import index
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import add_webauthn, remove_webauthn
from allauth.socialaccount.providers.openid_connect.views import login as openid_login
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

from membership import second_factor, sessions
from membership.invitations import LIFETIME, choose_password, invited_person
from membership.models import Person

GONE = 410
BAD_GATEWAY = 502
# Longer than it takes to queue an e-mail: known addresses answer as unknown ones.
RESET_SECONDS = 0.25


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Choose a password; whoever has the link of the invitation may."""
    person = invited_person(uidb64, token)
    if person is None:
        context = {
            "days": LIFETIME.days,
            "login_url": resolve_url(settings.LOGIN_URL),
        }
        return render(
            request, "membership/invitation_expired.html", context, status=GONE
        )
    form = SetPasswordForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        choose_password(person, form.cleaned_data["new_password1"])
        messages.success(request, "Uw wachtwoord is opgeslagen. U kunt nu inloggen.")
        return redirect(settings.LOGIN_URL)
    context = {"form": form, "person": person}
    return render(request, "membership/invitation_form.html", context)


def no_signup(request: HttpRequest) -> HttpResponse:
    """How somebody gets an account: not here."""
    return render(request, "account/signup_closed.html")


def forgot_password(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link; the answer takes as long for an address that nobody has."""
    started = time.monotonic()
    response = password_reset(request)
    if request.method == "POST":
        time.sleep(max(0, started + RESET_SECONDS - time.monotonic()))
    return response


@never_cache
def external_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the login of another organisation; a clear page when that is down."""
    try:
        response: HttpResponse = openid_login(request, provider_id)
    except RequestException:
        return render(
            request, "socialaccount/authentication_error.html", status=BAD_GATEWAY
        )
    return response


def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin has no login of its own; who may not enter is told so."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next", resolve_url("admin:index")))
    if not request.user.is_staff:
        raise PermissionDenied
    return redirect("admin:index")


@never_cache
@login_required
def own_account(request: HttpRequest) -> HttpResponse:
    """How I log in; it says so when my role needs a second factor."""
    assert isinstance(request.user, Person)
    response = index(request)
    assert isinstance(response, TemplateResponse)
    assert response.context_data is not None
    response.context_data["required"] = second_factor.is_required_for(request.user)
    return response


@never_cache
def choose_app(request: HttpRequest) -> HttpResponseBase:
    """Add an app that shows codes."""
    return _choose(request, activate_totp)


@never_cache
def choose_passkey(request: HttpRequest) -> HttpResponseBase:
    """Add a passkey."""
    return _choose(request, add_webauthn)


def _choose(
    request: HttpRequest, view: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    had_one = second_factor.has_one(request.user)
    response = view(request)
    if not had_one and second_factor.has_one(request.user):
        second_factor.first_was_chosen(request)
    return response


@login_required
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove a passkey, unless its owner needs it to log in."""
    passkey = get_object_or_404(
        Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN
    )
    if second_factor.is_last_required(passkey):
        messages.error(
            request,
            "U hebt een tweede stap nodig om in te loggen. Voeg eerst een app of een "
            "andere passkey toe; dan kunt u deze passkey verwijderen.",
        )
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """Where I am logged in; a POST logs out everywhere else."""
    if request.method == "POST":
        sessions.end_other_sessions(request)
        messages.success(request, "U bent overal uitgelogd, behalve hier.")
        return redirect("usersessions_list")
    rows = [
        {"session": session, "device": sessions.device(session.user_agent)}
        for session in sessions.own_sessions(request)
    ]
    context = {"rows": rows, "here": request.session.session_key}
    return render(request, "usersessions/usersession_list.html", context)


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Log out in one other place."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, "U bent daar uitgelogd.")
    return redirect("usersessions_list")


@login_required
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Switch to another organisation for which I may act."""
    assert isinstance(request.user, Person)
    chosen = request.POST.get("organisation", "")
    known = {str(o.pk): o for o in sessions.organisations_of(request.user)}
    if chosen not in known:
        raise Http404
    sessions.act_for(request, known[chosen])
    messages.success(request, f"U handelt nu voor {known[chosen]}.")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if safe else settings.LOGIN_REDIRECT_URL)
