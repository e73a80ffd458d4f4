"""Every page, error pages too, carries the headers that a browser guards it by."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from membership.models import Organisation, Person
from tests.everything import half_way, make_everything
from tests.test_access_matrix import MATRIX, url_of

ROOT = Path(__file__).resolve().parents[1]
PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SELF = {"script", "style", "font", "connect"}
POLICY = {
    **{f"{kind}-src": "'self'" for kind in SELF},
    "default-src": "'none'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# These hold nothing of anybody.
PUBLIC = {"manual", "manual-chapter", "admin:jsi18n"}
IN_PRODUCTION = """
import django
django.setup()
from django.test import Client
for secure in (False, True):
    page = Client().get("/", secure=secure)
    print(page.status_code, page["Location"], page.headers.get(
        "Strict-Transport-Security", "-"))
"""


def assert_guarded(page: Any, name: str) -> None:
    assert {header: page.headers.get(header) for header in PROMISED} == PROMISED, name
    said = page.headers["Content-Security-Policy"].split("; ")
    assert dict(part.split(" ", 1) for part in said) == POLICY, name
    for cookie in page.cookies.values():
        assert cookie["samesite"] in ("Lax", "Strict"), (name, cookie.key)


def is_for_one_browser(page: Any) -> bool:
    """Whether a cache between the portal and people may not give it to another."""
    kept, differs = (page.headers.get(h, "") for h in ("Cache-Control", "Vary"))
    return "no-store" in kept or "private" in kept or "Cookie" in differs


@pytest.mark.parametrize("role", ["anonymous", "lezer", "backoffice", "bureau"])
def test_every_page_is_guarded_and_for_one_browser(
    role: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    heideveld: Organisation,
    noorderhage: Organisation,
    flexensie_nederland: Organisation,
    penningmeester: Person,
    bestuur: Person,
    bureau: Person,
) -> None:
    make_everything(
        tmp_path,
        holder=heideveld,
        uitvoerder=flexensie_nederland,
        bureau=bureau,
        penningmeester=penningmeester,
        bestuur=bestuur,
    )
    half_way(noorderhage, by=bureau)
    client = Client()
    if role != "anonymous":
        client.force_login(request.getfixturevalue(role))
    for name in MATRIX:
        page = client.get(url_of(name))
        assert page.status_code < 500, name
        assert_guarded(page, name)
        if page.status_code == 200 and name not in PUBLIC:
            assert is_for_one_browser(page), name


def test_errors_are_guarded_too(client: Client, bureau: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bureau)
    login = reverse("account_login")
    errors = {
        404: client.get("/nergens/"),
        405: client.post(reverse("health")),
        403: strict.post(login, {"login": "x"}),
        400: client.get("/", headers={"host": "elders.example"}),
    }
    assert {page.status_code for page in errors.values()} == set(errors)
    for status, page in errors.items():
        assert_guarded(page, str(status))
    assert settings.NVSI_EMAIL in errors[400].content.decode()


def test_production_speaks_https_only_and_says_so() -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "nvsi.settings",
        "NVSI_MODE": "production",
        "NVSI_IBAN": "NL91ABNA0417164300",
        "SECRET_KEY": "only for this test, and long enough for it " * 2,
        "ALLOWED_HOSTS": "testserver",
        "DATABASE_URL": "postgresql://nobody@localhost:1/nothing",
    }
    done = subprocess.run(
        [sys.executable, "-c", IN_PRODUCTION],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "301 https://testserver/ -",
        "302 /inloggen/?next=/ max-age=31536000; includeSubDomains; preload",
    ], done.stderr
