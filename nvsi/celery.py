"""The Celery application of the worker and of beat."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nvsi.settings")

app = Celery("nvsi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["billing"], related_name="schedule")
app.autodiscover_tasks(["contracts.breaches"])
