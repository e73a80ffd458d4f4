"""Log in as a person does: by the pages, with a password and a code."""

import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from membership.models import Person

PASSWORD = "een lange zin die niemand raadt"
# In base32, as an app gets it. Never a real one.
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_password(person: Person) -> None:
    person.set_password(PASSWORD)
    person.save()


def give_app(person: Person) -> None:
    """An app with codes, and recovery codes, as if chosen earlier."""
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)


def code(secret: str = SECRET) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enter(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    """Fill in the login page."""
    data = {"login": email, "password": password, **more}
    return client.post(reverse("account_login"), data)


def log_in(client: Client, person: Person) -> Any:
    """Password and, when there is an app, its code."""
    response = enter(client, person.email)
    if response["Location"] == reverse("mfa_authenticate"):
        response = client.post(reverse("mfa_authenticate"), {"code": code()})
    return response
