"""Where orders live."""

from django.urls import path

from contracts.orders import pages

urlpatterns = [
    path("opdrachten/<slug:reference>/", pages.order_detail, name="order-detail"),
    path(
        "opdrachten/<slug:reference>/document/",
        pages.order_document,
        name="order-document",
    ),
]
