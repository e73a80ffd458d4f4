"""Settings, all from the environment, safe when nothing is set.

NVSI_MODE is `production` unless manage.py (which defaults to `local`) says otherwise.
Production refuses to start without a secret key, host names and a database.
docs/operations.md lists every variable.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from nvsi import embedded, logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("NVSI_VAR", BASE_DIR / "var"))
LOCAL = os.environ.get("NVSI_MODE", "production") == "local"


def _required(name: str, local: str) -> str:
    """A setting that production must have; a local run gets a default."""
    value = os.environ.get(name, "")
    if value or LOCAL:
        return value or local
    raise ImproperlyConfigured(
        f"Stel {name} in. Zonder start de productieomgeving niet; "
        "zie docs/operations.md."
    )


def _local_secret() -> str:
    """A key of this checkout alone, made once."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _database(url: str) -> dict[str, Any]:
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


SECRET_KEY = os.environ.get("SECRET_KEY") or (
    _local_secret() if LOCAL else _required("SECRET_KEY", "")
)
DEBUG = False
ALLOWED_HOSTS = _required("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = os.environ.get(
    "SITE_URL", "http://localhost:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0]}"
).rstrip("/")
DATABASES = {"default": _database(_required("DATABASE_URL", ""))}
EMBEDDED_DATABASE = not os.environ.get("DATABASE_URL")
# Without a broker tasks run in the process that asks.
REDIS_URL = os.environ.get("REDIS_URL", "")

# The association: on paper, and as the debtor of payments.
NVSI_NAME = os.environ.get("NVSI_NAME", "Nederlandse Vereniging voor Sociale Innovatie")
NVSI_TOWN = os.environ.get("NVSI_TOWN", "Utrecht")
NVSI_EMAIL = os.environ.get("NVSI_EMAIL", "bureau@nvsi.example")
NVSI_KVK = os.environ.get("NVSI_KVK", "")
# The test account of the ISO 13616 examples; never a real one by default.
NVSI_IBAN = os.environ.get("NVSI_IBAN", "NL91ABNA0417164300" if LOCAL else "")

INSTALLED_APPS = [
    "membership",
    "instruments",
    "contracts",
    "billing",
    "pghistory",
    "pgtrigger",
    "crispy_forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "nvsi.outage.OutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]
ROOT_URLCONF = "nvsi.urls"
WSGI_APPLICATION = "nvsi.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

AUTH_USER_MODEL = "membership.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "admin:login"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = os.environ.get(
    "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
if os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_HOST"]
    EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = NVSI_EMAIL

# Celery only rings the bell: what is to be done stands in PostgreSQL. The reasons for
# each value are in docs/operations.md.
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": int(os.environ.get("NVSI_VISIBILITY_TIMEOUT", "2000")),
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "prepare the past half-year": {
        "task": "billing.schedule.prepare_past_halfyear",
        "schedule": crontab(
            minute="0", hour="6", day_of_month="15", month_of_year="1,7"
        ),
    },
    "start again what was left": {
        "task": "billing.schedule.sweep",
        "schedule": float(os.environ.get("NVSI_SWEEP_SECONDS", "30")),
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOGGING = logs.configure(readable=LOCAL)
