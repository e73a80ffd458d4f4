"""Where signing and checking live; before the pages of one agreement."""

from django.urls import path

from contracts.signing import checking, pages

urlpatterns = [
    path("controleer/", checking.check_document, name="check-document"),
    path("overeenkomsten/te-tekenen/", pages.signing_desk, name="signing-desk"),
    path(
        "overeenkomsten/<slug:reference>/ondertekenen/",
        pages.agreement_sign,
        name="agreement-sign",
    ),
    path(
        "overeenkomsten/<slug:reference>/op-papier/",
        pages.agreement_paper,
        name="agreement-paper",
    ),
    path(
        "overeenkomsten/<slug:reference>/op-papier/<int:pk>/",
        pages.agreement_scan,
        name="agreement-scan",
    ),
    path(
        "overeenkomsten/<slug:reference>/getekend.pdf",
        pages.agreement_sealed,
        name="agreement-sealed",
    ),
]
