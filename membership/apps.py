"""Who belongs to the association, and as what."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "membership"
    verbose_name = "Lidmaatschap"
    default_auto_field = "django.db.models.BigAutoField"
