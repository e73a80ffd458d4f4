"""Where members read an ALV, and take part in it."""

from django.urls import path

from membership.assembly import (
    amending_pages,
    handing_in_pages,
    initiative_pages,
    pages,
)

urlpatterns = [
    path("alv/", pages.assembly_list, name="assembly-list"),
    path("alv/<int:pk>/", pages.assembly_detail, name="assembly-detail"),
    path("alv/<int:pk>/alv.ics", pages.assembly_calendar, name="assembly-calendar"),
    path(
        "alv/<int:pk>/stukken/<int:paper>/", pages.assembly_paper, name="assembly-paper"
    ),
    path("alv/voorstellen/<int:pk>/", pages.voorstel_detail, name="voorstel-detail"),
    path("alv/besluiten/<int:pk>/", pages.besluit_detail, name="besluit-detail"),
    path(
        "alv/beslispunten/<int:pk>/amendement/",
        amending_pages.amendement_new,
        name="amendement-new",
    ),
    path(
        "alv/amendementen/<int:pk>/intrekken/",
        amending_pages.amendement_withdraw,
        name="amendement-withdraw",
    ),
    path(
        "alv/amendementen/<int:pk>/overnemen/",
        amending_pages.amendement_take_over,
        name="amendement-take-over",
    ),
    path(
        "alv/initiatieven/nieuw/",
        initiative_pages.initiative_new,
        name="initiative-new",
    ),
    path(
        "alv/initiatieven/<int:pk>/",
        initiative_pages.initiative_detail,
        name="initiative-detail",
    ),
    path(
        "alv/<int:pk>/voorstel-indienen/",
        handing_in_pages.member_voorstel_new,
        name="member-voorstel-new",
    ),
    path(
        "alv/ingediend/<int:pk>/",
        handing_in_pages.member_voorstel,
        name="member-voorstel",
    ),
]
