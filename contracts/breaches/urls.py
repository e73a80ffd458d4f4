"""Where datalekken live."""

from django.urls import path, re_path

from contracts.breaches import adding_pages, pages

urlpatterns = [
    path("datalekken/", pages.breach_list, name="breach-list"),
    path("datalekken/melden/", pages.breach_report, name="breach-report"),
    path("datalekken/<str:number>/", pages.breach_detail, name="breach-detail"),
    path(
        "datalekken/<str:number>/aanvullen/",
        adding_pages.breach_more,
        name="breach-more",
    ),
    path(
        "datalekken/<str:number>/ap/", pages.breach_authority, name="breach-authority"
    ),
    path(
        "datalekken/<str:number>/betrokkenen/",
        pages.breach_people,
        name="breach-people",
    ),
    re_path(
        r"^datalekken/(?P<number>[^/]+)/brief/(?P<pk>\d{1,9})\.(?P<fmt>pdf|docx)$",
        pages.breach_letter,
        name="breach-letter",
    ),
]
