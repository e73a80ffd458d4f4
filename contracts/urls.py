"""The pages about what was agreed; signing stands before the rest."""

from django.urls import include, path

urlpatterns = [
    path("", include("contracts.annexes.urls")),
    path("", include("contracts.breaches.urls")),
    path("", include("contracts.inbesteding.urls")),
    path("", include("contracts.clearing.urls")),
    path("", include("contracts.orders.urls")),
    path("", include("contracts.signing.urls")),
    path("", include("contracts.stopping.urls")),
    path("", include("contracts.offering.urls")),
]
