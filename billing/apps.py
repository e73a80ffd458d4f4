"""What a half-year brought, how it is settled, and what is paid."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "Afrekening"
    default_auto_field = "django.db.models.BigAutoField"
