"""Django's own admin, with our site in it."""

from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    default_site = "nvsi.admin.site.Beheer"
