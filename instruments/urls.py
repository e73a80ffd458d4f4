"""Where the pages of this app live."""

from django.urls import include, path

from instruments.factsheets import pages as factsheets
from instruments.interests import pages as interests
from instruments.norms import pages as norms
from instruments.pricing import pages
from instruments.routekaart import pages as routekaart

urlpatterns = [
    path("", include("instruments.wishes.urls")),
    path("", include("instruments.steering.urls")),
    path("instrumenten/<slug:slug>/prijs/", pages.price, name="price"),
    path(
        "instrumenten/<slug:slug>/versies/",
        factsheets.versions,
        name="factsheet-versions",
    ),
    path(
        "instrumenten/<slug:slug>/belangstelling/", interests.interest, name="interest"
    ),
    path(
        "instrumenten/<slug:slug>/belangstelling/intrekken/",
        interests.withdraw,
        name="interest-withdraw",
    ),
    path("instrumenten/<slug:slug>/kaders/", norms.norms, name="norms"),
    path("instrumenten/<slug:slug>/kaders.csv", norms.norms_csv, name="norms-csv"),
    path(
        "instrumenten/<slug:slug>/kaders/<int:number>/eigen/",
        norms.norm_own,
        name="norm-own",
    ),
    path(
        "instrumenten/<slug:slug>/kaders/<int:number>/volgen/",
        norms.norm_follow,
        name="norm-follow",
    ),
    path("routekaart/", routekaart.routekaart, name="routekaart"),
]
