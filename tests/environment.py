"""What the tests run in: a pytest plugin, since it must come before the settings.

Loaded by `-p tests.environment` it gives the tests a PostgreSQL of their own under
var/test, away from a developer's data; every process of xdist shares it.
"""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from nvsi import embedded

ROOT = Path(__file__).resolve().parents[1]
EMBEDDED = not os.environ.get("DATABASE_URL")

os.environ.setdefault("NVSI_MODE", "local")
if "nvsi.settings" not in sys.modules:
    os.environ.setdefault("NVSI_VAR", str(ROOT / "var" / "test"))

_servers = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if EMBEDDED and not config.option.help and not config.option.version:
        _servers.enter_context(embedded.postgres())
    # Pages are tested without static files that were built before.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }


def pytest_unconfigure() -> None:
    _servers.close()
