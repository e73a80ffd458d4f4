"""Login where ours differs from django-allauth's own.

Nobody signs up: an account comes by invitation. An e-mail address belongs to a person
alone (allauth's own table of addresses stays empty), an e-mail goes through the log,
and another organisation's login only says whose verified address somebody has.
"""

import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import base36_to_int

from membership import emails, history
from membership.models import Person

RESET_LIFETIME = datetime.timedelta(hours=4)
FORBIDDEN = 403

# What an e-mail tells its owner, by the name of allauth's own template.
CHANGES = {
    "account/email/password_changed": "Uw wachtwoord is gewijzigd.",
    "account/email/password_reset": "Uw wachtwoord is gewijzigd.",
    "account/email/password_set": "Uw wachtwoord is ingesteld.",
    "mfa/email/totp_activated": "Er is een app voor inlogcodes toegevoegd.",
    "mfa/email/totp_deactivated": "Uw app voor inlogcodes is verwijderd.",
    "mfa/email/webauthn_added": "Er is een passkey toegevoegd.",
    "mfa/email/webauthn_removed": "Er is een passkey verwijderd.",
    "mfa/email/recovery_codes_generated": "Er zijn nieuwe herstelcodes gemaakt.",
}
REFUSALS = {
    "account_inactive": "Uw account is niet actief. Mail het bureau van de NVSI.",
    "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet. "
    "Controleer beide en probeer het opnieuw.",
    "enter_current_password": "Dit is niet uw huidige wachtwoord. Vul het opnieuw in.",
    "incorrect_password": "Dit wachtwoord klopt niet. Vul het opnieuw in.",
    "incorrect_code": "Deze code klopt niet. Vul de code in die uw app nu toont.",
    "invalid_password_reset": "Deze link werkt niet meer. Vraag een nieuwe link aan.",
    "too_many_login_attempts": "U hebt te vaak geprobeerd in te loggen. "
    "Wacht 5 minuten en probeer het opnieuw.",
    "rate_limited": "U hebt het te vaak geprobeerd. "
    "Wacht een paar minuten en probeer het opnieuw.",
}


class ResetTokens(PasswordResetTokenGenerator):
    """Tokens of a forgotten password, that live shorter than an invitation."""

    key_salt = "membership.login.ResetTokens"

    def check_token(self, user: Any, token: str | None) -> bool:
        if token is None or not super().check_token(user, token):
            return False
        made = base36_to_int(token.partition("-")[0])
        age = self._num_seconds(self._now()) - made
        return age <= RESET_LIFETIME.total_seconds()


class AccountAdapter(DefaultAccountAdapter):
    """E-mail address and password, of people who were invited."""

    error_messages = {**DefaultAccountAdapter.error_messages, **REFUSALS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The bureau works in the admin, everybody else in the portal."""
        person = request.user
        staff = isinstance(person, Person) and person.is_association
        return resolve_url("admin:index" if staff else settings.LOGIN_REDIRECT_URL)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who just logged in chooses a first second factor without logging in again."""
        person = self.request.user
        return not (app == "allauth.mfa" and not is_mfa_enabled(person))

    def reauthenticate(self, user: Any, password: str) -> bool:
        known = self.authenticate(self.request, email=user.email, password=password)
        return known is not None and known.pk == user.pk

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        history.record(user, "password chosen", user)
        # Who mistyped the old password often may use the new one at once.
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        """Locked by address and place: a stranger cannot lock somebody else out."""
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def send_password_reset_mail(
        self, user: Any, email: str, context: dict[str, Any]
    ) -> None:
        self._queue(
            "password_reset",
            context["key"],
            user,
            link=context["password_reset_url"],
            hours=RESET_LIFETIME // datetime.timedelta(hours=1),
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        now = timezone.localtime()
        what = CHANGES[template_prefix]
        self._queue("login_changed", f"{what} {now}", user, what=what, at=now)

    def _queue(self, event: str, key: str, to: Person, **context: Any) -> None:
        emails.queue(event, key, to, **context)
        if settings.CELERY_TASK_ALWAYS_EAGER:
            emails.send_waiting()  # there is no worker to do it


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Login by another organisation: it tells who somebody is, and nothing more.

    Matched each time by the verified e-mail address, of a person who is active. No
    account is made, and none is tied to the other organisation.
    """

    def is_open_for_signup(
        self, request: HttpRequest, sociallogin: SocialLogin
    ) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        person = person_of(sociallogin)
        if person is None or sociallogin.state.get("process") != AuthProcess.LOGIN:
            context = {"provider": sociallogin.provider.name}
            page = render(
                request, "socialaccount/refused.html", context, status=FORBIDDEN
            )
            raise ImmediateHttpResponse(page)
        sociallogin.user = person


def person_of(sociallogin: SocialLogin) -> Person | None:
    """Whose address another organisation has verified; None when nobody's."""
    told = sociallogin.account.extra_data
    about = told.get("userinfo") or {}
    if told.get("id_token", about).get("sub") != about.get("sub"):
        return None  # the answers are about two different people
    email = about.get("email")
    if about.get("email_verified") is not True or not isinstance(email, str):
        return None
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()
