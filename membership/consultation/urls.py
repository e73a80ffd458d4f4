"""Where a consultation is read and answered."""

from django.urls import path

from membership.consultation import pages

urlpatterns = [
    path(
        "raadpleging/<int:pk>/", pages.consultation_detail, name="consultation-detail"
    ),
    path(
        "raadpleging/<int:pk>/machtigen/",
        pages.consultation_authorise,
        name="consultation-authorise",
    ),
]
