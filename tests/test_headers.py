"""Pages of errors too carry the headers that a browser guards a page by.

The matrix of access asks them of every page.
"""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse

from membership.models import Person
from tests.guarded import assert_guarded

ROOT = Path(__file__).resolve().parents[1]
IN_PRODUCTION = """
import django
django.setup()
from django.test import Client
for secure in (False, True):
    page = Client().get("/", secure=secure)
    print(page.status_code, page["Location"], page.headers.get(
        "Strict-Transport-Security", "-"))
"""


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
