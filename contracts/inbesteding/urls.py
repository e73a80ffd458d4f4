"""The pages of inbesteding."""

from django.urls import path, re_path

from contracts.inbesteding import pages

urlpatterns = [
    path(
        "instrumenten/<slug:slug>/inbesteding/", pages.inbesteding, name="inbesteding"
    ),
    re_path(
        r"^inbesteding/(?P<number>INB-20\d\d-\d{4,9})\.(?P<fmt>pdf|zip)$",
        pages.evidence_file,
        name="inbesteding-file",
    ),
]
