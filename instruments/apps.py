"""What members use together, who carries it out, and the rates that hold."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "instruments"
    verbose_name = "Instrumenten"
    default_auto_field = "django.db.models.BigAutoField"
