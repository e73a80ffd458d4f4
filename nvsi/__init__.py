"""The frame of the portal; its Celery application is there as soon as it is."""

from nvsi.celery import app as celery_app

__all__ = ["celery_app"]
