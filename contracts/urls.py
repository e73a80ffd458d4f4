"""The pages about what was agreed, a list per subject; signing stands before the rest."""

from django.urls import include, path

urlpatterns = [
    path("", include("contracts.annexes.urls")),
    path("", include("contracts.breaches.urls")),
    path("", include("contracts.inbesteding.urls")),
    path("", include("contracts.signing.urls")),
]
