"""Every URL of the portal."""

from allauth.account.views import logout
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from membership import views as people
from nvsi import outage, views
from nvsi.manual import manual

# What the login keeps for itself (keys, codes, sessions) is nobody's to see or change.
for model in apps.get_models():
    if model.__module__.startswith("allauth.") and admin.site.is_registered(model):
        admin.site.unregister(model)

# The admin has the portal's login; these stand before its own.
the_same_login = [
    path("beheer/login/", people.admin_login),
    path("beheer/logout/", logout),
    path(
        "beheer/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
    ),
]

handler500 = "nvsi.outage.server_error"
urlpatterns = [
    *the_same_login,
    path("", views.home, name="home"),
    path("handleiding/", manual, name="manual"),
    path("handleiding/<slug:chapter>/", manual, name="manual-chapter"),
    path("", include("membership.urls")),
    path("", include("instruments.urls")),
    path("", include("contracts.urls")),
    path("", include("billing.urls")),
    path("gezond/", outage.health, name="health"),
    # Around a file that is no page a browser looks for the icon here.
    path(
        "favicon.ico",
        RedirectView.as_view(url=f"{settings.STATIC_URL}icon.svg"),
        name="icon",
    ),
    path("beheer/", admin.site.urls),
]
