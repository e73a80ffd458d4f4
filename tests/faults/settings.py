"""The portal's own settings, but for pages without static files built before."""

from nvsi import settings as own
from nvsi.settings import *  # noqa: F403 - all of them

STORAGES = own.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
