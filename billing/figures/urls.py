"""Where the public figures live."""

from django.urls import path, re_path

from billing.figures import pages, signal_pages

urlpatterns = [
    path("instrumenten/", pages.instrument_list, name="instrument-list"),
    path("instrumenten/<slug:slug>/", pages.figures, name="figures"),
    path(
        "instrumenten/<slug:slug>/signalen/", signal_pages.signals_page, name="signals"
    ),
    re_path(
        r"^instrumenten/(?P<slug>[-\w]{1,30})/cijfers\.(?P<fmt>csv|json)$",
        pages.figures_file,
        name="figures-file",
    ),
]
