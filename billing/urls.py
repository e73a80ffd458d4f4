"""Where the pages of this app live."""

from django.urls import include, path, re_path

from billing.asking import pages as question_pages
from billing.statements import downloads as views
from billing.statements import pages

# As on paper: 2026-0147, and from 2026-10000 on more digits.
NUMBER = r"20\d\d-(?:\d{4}|[1-9]\d{4,5})"

urlpatterns = [
    path("", include("billing.uploading.urls")),
    path("", include("billing.figures.urls")),
    path("", include("billing.innovatiekas.urls")),
    path("afrekeningen/", pages.statement_list, name="statement-list"),
    re_path(
        rf"^afrekeningen/(?P<number>{NUMBER})/(?P<fmt>pdf|xlsx|json)$",
        views.statement_file,
        name="statement-file",
    ),
    re_path(
        rf"^afrekeningen/(?P<number>{NUMBER})/$",
        pages.statement_detail,
        name="statement-detail",
    ),
    re_path(
        rf"^afrekeningen/(?P<number>{NUMBER})/opdracht/(?P<opdracht>.+)/$",
        pages.statement_lines,
        name="statement-lines",
    ),
    re_path(
        rf"^afrekeningen/(?P<number>{NUMBER})/vraag/$",
        question_pages.question_ask,
        name="question-ask",
    ),
    re_path(
        rf"^afrekeningen/(?P<number>{NUMBER})/vraag/(?P<pk>\d{{1,18}})/$",
        question_pages.question_detail,
        name="question-detail",
    ),
    re_path(
        rf"^afrekeningen/(?P<number>{NUMBER})/vraag/(?P<pk>\d{{1,18}})/sluiten/$",
        question_pages.question_close,
        name="question-close",
    ),
]
