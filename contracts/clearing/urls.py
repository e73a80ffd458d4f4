"""The pages about data after an agreement; before the pages of one agreement."""

from django.urls import path

from contracts.clearing import pages

urlpatterns = [
    path("overeenkomsten/gegevens/", pages.clearing_list, name="clearing-list"),
    path(
        "overeenkomsten/gegevens/<int:pk>/",
        pages.clearing_detail,
        name="clearing-detail",
    ),
    path(
        "overeenkomsten/gegevens/<int:pk>/verklaring/",
        pages.clearing_prove,
        name="clearing-prove",
    ),
    path(
        "overeenkomsten/gegevens/<int:pk>/verklaring.pdf",
        pages.clearing_proof,
        name="clearing-proof",
    ),
]
