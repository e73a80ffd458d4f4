"""The second factor: for whom it is required, and what they reach without it."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as passkeys
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.encoding import force_bytes
from django.utils.http import urlencode

from membership import history
from membership.login import REFUSALS
from membership.models import Person, Role
from membership.sessions import end_other_sessions
from nvsi.errors import NotAllowed

REQUIRED_FOR = (*Role.OF_THE_ASSOCIATION, "uitvoerder")
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

CODE_SECONDS = 120
NO_PASSKEY = "Deze passkey werkt hier niet. Probeer het opnieuw of log anders in."

# The pages of who must choose a second factor, and of who has one and must give it.
CHOOSING = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_set_password",
    "account_logout",
}
GIVING = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}


class MFAAdapter(DefaultMFAAdapter):
    """allauth's second factors: kept encrypted, and named in Dutch."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "U hebt een tweede stap nodig om in te loggen. "
        "Voeg eerst een passkey toe; dan kunt u de app verwijderen.",
        "cannot_generate_recovery_codes": "Stel eerst een app of een passkey in. "
        "Daarna kunt u herstelcodes maken.",
        "incorrect_code": REFUSALS["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return _safe().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _safe().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last_required(authenticator)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Portaal van de NVSI"}


class AuthenticateForm(forms.AuthenticateForm):
    """A code, at login."""

    def clean_code(self) -> str:
        return use_once(self.user.pk, super().clean_code())


class ReauthenticateForm(forms.ReauthenticateForm):
    """A code, of who is logged in already."""

    def clean_code(self) -> str:
        return use_once(self.user.pk, super().clean_code())


def use_once(person_id: int, code: str) -> str:
    """allauth remembers a code for half a minute, and lets it live a minute longer."""
    key = f"second-factor:{person_id}:{normalize_user_code(code)}"
    if not cache.add(key, True, CODE_SECONDS):
        raise ValidationError(REFUSALS["incorrect_code"], code="incorrect_code")
    return code


class Readable:
    """What a passkey sends: allauth itself stumbles over what no passkey sends."""

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            self.add_error(None, ValidationError(NO_PASSKEY))  # type: ignore[attr-defined]


class AddPasskeyForm(Readable, passkeys.AddWebAuthnForm):
    pass


class LoginPasskeyForm(Readable, passkeys.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(Readable, passkeys.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(Readable, passkeys.ReauthenticateWebAuthnForm):
    pass


def _safe() -> MultiFernet:
    """Reads with every secret key that still counts, and writes with the newest."""
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(force_bytes(key)).digest()))
        for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    )


def is_required_for(person: Person) -> bool:
    return person.has_role(*REQUIRED_FOR)


def has_one(person: Any) -> bool:
    enabled: bool = is_mfa_enabled(person, FACTORS)
    return enabled


def is_last_required(authenticator: Authenticator) -> bool:
    """Whether somebody who needs a second factor would be left without one."""
    others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
    return (
        is_required_for(authenticator.user)
        and not others.exclude(pk=authenticator.pk).exists()
    )


def was_given(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor."""
    assert isinstance(request.user, Person)
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def first_was_chosen(request: HttpRequest) -> None:
    """The session that chose it counts as having given it; all others end."""
    assert isinstance(request.user, Person)
    record_authentication(request, request.user, "mfa", reauthenticated=True)
    end_other_sessions(request)


@transaction.atomic
def forget(person: Person, *, by: Person) -> None:
    """Somebody lost his phone: at the next login he chooses a new second factor.

    Raises NotAllowed for oneself, and for somebody of the association unless the
    bestuur does it: else two people of the bureau could become a third.
    """
    if not by.is_association or by == person:
        raise NotAllowed("De tweede stap van uzelf laat u door een ander wissen.")
    if person.is_association and not by.has_role(Role.Name.BESTUUR):
        raise NotAllowed(
            f"{person} werkt voor de vereniging. Iemand van het bestuur wist de tweede "
            "stap."
        )
    Authenticator.objects.filter(user=person).delete()
    history.record(person, "second factor forgotten", by)


class SecondFactorMiddleware:
    """Without the second factor that a role requires, only the way to it is open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        person = request.user
        if not isinstance(person, Person) or not is_required_for(person):
            return None
        if was_given(request):
            return None
        match = request.resolver_match
        page = match.view_name if match else ""
        if not has_one(person):
            return None if page in CHOOSING else redirect("mfa_index")
        return None if page in GIVING else _ask(request, person)


def page_that_asks(person: Any) -> str:
    """The name of the page on which this person gives the second factor once more."""
    by_code = is_mfa_enabled(person, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"


def _ask(request: HttpRequest, person: Person) -> HttpResponse:
    """To the page that asks for it, and from there to where somebody was going."""
    response = redirect(page_that_asks(person))
    if request.method == "GET":
        response["Location"] += f"?{urlencode({'next': request.get_full_path()})}"
    return response
