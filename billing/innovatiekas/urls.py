"""Where members see the innovatiekas."""

from django.urls import path, re_path

from billing.innovatiekas import pages

urlpatterns = [
    path("instrumenten/<slug:slug>/innovatiekas/", pages.kas, name="kas"),
    re_path(
        r"^instrumenten/(?P<slug>[-\w]{1,30})/innovatiekas\.(?P<fmt>csv|xlsx)$",
        pages.kas_file,
        name="kas-file",
    ),
]
