"""Where the pages of a regiegroep live."""

from django.urls import path

from instruments.steering import pages

GROUP = "instrumenten/<slug:slug>/regiegroep/"

urlpatterns = [
    path(GROUP, pages.steering_group, name="steering-group"),
    path(f"{GROUP}zetel/", pages.seat_ask, name="seat-ask"),
    path(f"{GROUP}zetel/<int:pk>/", pages.seat_decide, name="seat-decide"),
    path(
        f"{GROUP}zetel/<int:pk>/intrekken/", pages.seat_withdraw, name="seat-withdraw"
    ),
]
