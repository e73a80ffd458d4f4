from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "instruments"
    verbose_name = "Instrumenten"
    default_auto_field = "django.db.models.BigAutoField"
