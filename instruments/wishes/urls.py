"""Where verbeterwensen live."""

from django.urls import path

from instruments.wishes import pages, similar_pages

urlpatterns = [
    path("instrumenten/<slug:slug>/verbeterwensen/", pages.wens_list, name="wens-list"),
    path(
        "instrumenten/<slug:slug>/verbeterwensen/nieuw/",
        pages.wens_new,
        name="wens-new",
    ),
    path(
        "instrumenten/<slug:slug>/verbeterwensen/lijkt-op/",
        similar_pages.wens_like,
        name="wens-like",
    ),
    path("verbeterwensen/<int:pk>/", pages.wens_detail, name="wens-detail"),
    path(
        "verbeterwensen/<int:pk>/stap/<slug:step>/", pages.wens_step, name="wens-step"
    ),
    path("verbeterwensen/<int:pk>/<slug:what>/", pages.wens_say, name="wens-say"),
]
