"""Where the pages of this app live."""

from django.urls import path

from instruments.pricing import pages

urlpatterns = [
    path("instrumenten/<slug:slug>/prijs/", pages.price, name="price"),
]
