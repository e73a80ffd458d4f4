"""Every URL of the portal."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("membership.urls")),
    path("beheer/", admin.site.urls),
]
