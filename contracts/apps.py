"""Under which agreements and terms a gemeente uses an instrument."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"
    verbose_name = "Overeenkomsten"
    default_auto_field = "django.db.models.BigAutoField"
