"""What the environment says, checked: the values that settings.py is made of."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from nvsi import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("NVSI_VAR") or BASE_DIR / "var")
LOCAL = os.environ.get("NVSI_MODE", "production") == "local"


def required(name: str, local: str) -> str:
    """A setting that production must have; a local run gets a default."""
    value = os.environ.get(name, "")
    if value or LOCAL:
        return value or local
    raise ImproperlyConfigured(
        f"Stel {name} in. Zonder start de productieomgeving niet; "
        "zie docs/operations.md."
    )


def local_secret() -> str:
    """A key of this checkout alone, made once."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def database(url: str) -> dict[str, Any]:
    """postgres://user:password@host:port/name?option=value as Django wants it."""
    if not url:
        return {
            "ENGINE": "django.db.backends.postgresql",
            **embedded.postgres_settings(),
        }
    parts = urlsplit(url)
    options = dict(o.split("=", 1) for o in parts.query.split("&") if "=" in o)
    options = {name: unquote(value) for name, value in options.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


def openid_connect() -> list[dict[str, Any]]:
    """The login of another organisation, when its address is set."""
    issuer = os.environ.get("NVSI_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return []
    if not LOCAL and not issuer.startswith("https://"):
        raise ImproperlyConfigured("NVSI_OIDC_ISSUER moet beginnen met https://.")
    return [
        {
            "provider_id": "extern",
            "name": os.environ.get("NVSI_OIDC_NAME", "uw eigen organisatie"),
            "client_id": required("NVSI_OIDC_CLIENT_ID", "nvsi"),
            "secret": required("NVSI_OIDC_CLIENT_SECRET", "nvsi"),
            "settings": {"server_url": issuer},
        }
    ]


@dataclass(frozen=True)
class Seal:
    """With which key documents are sealed, and who says what time it was.

    A PKCS#12 `file`, or a PKCS#11 `module` with a `token` and the `label` of the key;
    `tsa` is the address of a service for time stamps (RFC 3161), `chain` a PEM file of
    the issuers of both. Each is empty when there is none.
    """

    file: str
    password: str
    module: str
    token: str
    pin: str
    label: str
    chain: str
    tsa: str


def seal() -> Seal:
    """The seal of the association, as the environment names it."""
    names = ["PASSWORD", "PKCS11", "TOKEN", "PIN", "LABEL", "CHAIN", "TSA"]
    rest = [os.environ.get(f"NVSI_SEAL_{name}", "") for name in names]
    return Seal(os.environ.get("NVSI_SEAL", ""), *rest)
