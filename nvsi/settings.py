"""Settings, all from the environment, safe when nothing is set.

NVSI_MODE is `production` unless manage.py (which defaults to `local`) says otherwise.
Production refuses to start without a secret key, host names and a database.
docs/operations.md lists every variable.
"""

import os

from csp.constants import NONE, SELF

from nvsi import logs
from nvsi.beat import RINGS
from nvsi.environment import (
    BASE_DIR,
    LOCAL,
    VAR_DIR,
    database,
    local_secret,
    openid_connect,
    required,
    seal,
)

SECRET_KEY = os.environ.get("SECRET_KEY") or (
    local_secret() if LOCAL else required("SECRET_KEY", "")
)
# Older keys, with a comma between: what they signed still holds while they are here.
SECRET_KEY_FALLBACKS = [
    key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key
]
DEBUG = False
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = os.environ.get(
    "SITE_URL", "http://localhost:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0]}"
).rstrip("/")
DATABASES = {"default": database(required("DATABASE_URL", ""))}
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
# From how many percent the bureau is told that a gemeente's revenue changed.
NVSI_CHANGE_PCT = int(os.environ.get("NVSI_CHANGE_PCT", "25"))
# After how many days without a step the bureau is told that a dossier stands still.
NVSI_STALE_DAYS = int(os.environ.get("NVSI_STALE_DAYS", "60"))
# After how many days somebody is asked whether his details still hold, and after how
# many weeks without an answer the bureau is told.
NVSI_DETAILS_DAYS = int(os.environ.get("NVSI_DETAILS_DAYS", "365"))
NVSI_DETAILS_WEEKS = int(os.environ.get("NVSI_DETAILS_WEEKS", "4"))
# A list of more rows than this is made by the worker, and not while somebody waits.
NVSI_EXPORT_AT_ONCE = int(os.environ.get("NVSI_EXPORT_AT_ONCE", "20000"))
# The virus scanner (clamd) that looks at every paper that somebody uploads: as
# tcp://host:3310 or unix:///run/clamav/clamd.ctl; empty: there is none.
CLAMD_URL = os.environ.get("CLAMD_URL", "").strip()
# The key that seals a signed agreement, and the service for time stamps.
SEAL = seal()
# Until when the portal is closed for maintenance, in words; empty: it is open.
NVSI_MAINTENANCE = os.environ.get("NVSI_MAINTENANCE", "").strip()

INSTALLED_APPS = [
    "membership",
    "instruments",
    "contracts",
    "billing",
    "pghistory",
    "pgtrigger",
    "crispy_forms",
    "nvsi.apps.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nvsi.maintenance.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "nvsi.wrong_method.WrongMethodMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "membership.ended_session.EndedSessionMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "membership.second_factor.SecondFactorMiddleware",
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
            "builtins": ["nvsi.bureau", "nvsi.menu"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "membership.sessions.acting",
            ],
        },
    }
]

AUTH_USER_MODEL = "membership.Person"
# What triggers wrote about reference data is only ever added to.
PGHISTORY_APPEND_ONLY = True
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600

# Login, by django-allauth. Accounts exist by invitation alone; the pages stand in
# membership.urls, and what we do differently in membership.login and second_factor.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_ADAPTER = "membership.login.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation came by e-mail
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "membership.login.ResetTokens"  # noqa: S105
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    # Applications for membership, that anybody may send.
    "apply": "10/h/ip,3/h/key",
    # Programs that read a calendar; many people may use the same one.
    "calendar": "600/h/ip,60/h/key",
    # Wensen that look like what a member is typing.
    "wens-like": "60/m/key",
    # Files that anybody may have checked.
    "check": "60/h/ip",
}
MFA_ADAPTER = "membership.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "NVSI"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "membership.second_factor.AuthenticateForm",
    "reauthenticate": "membership.second_factor.ReauthenticateForm",
    "add_webauthn": "membership.second_factor.AddPasskeyForm",
    "login_webauthn": "membership.second_factor.LoginPasskeyForm",
    "authenticate_webauthn": "membership.second_factor.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "membership.second_factor.ReauthenticatePasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
# How many proxies of our own stand before us; what others write in X-Forwarded-For
# is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("NVSI_PROXIES", "0" if LOCAL else "1"))
SOCIALACCOUNT_ADAPTER = "membership.login.ProviderAdapter"
# A link, not a form: the policy lets our forms go to our own pages alone.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": openid_connect()}
}
if not LOCAL:
    # Rate limits are counted over all processes, also while the broker is away.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "nvsi_cache",
        }
    }

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "nlds"

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("handleiding", BASE_DIR / "docs" / "handleiding" / "beeld"),
]
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
SWEEP_SECONDS = float(os.environ.get("NVSI_SWEEP_SECONDS", "30"))
CELERY_BEAT_SCHEDULE = {
    **RINGS,
    "start again what was left": {
        "task": "billing.schedule.sweep",
        "schedule": SWEEP_SECONDS,
        # While no worker runs the bells do not pile up.
        "options": {"expires": SWEEP_SECONDS},
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A file goes straight to disk, and not beyond this; more is for import_hours.
UPLOAD_MOST_BYTES = 100_000_000
FILE_UPLOAD_HANDLERS = [
    "nvsi.receiving.LimitHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LOGGING = logs.configure(readable=LOCAL)
