"""The pages of agreements in the portal."""

from django.urls import path

from contracts.offering import own_model_pages, pages

urlpatterns = [
    path("overeenkomsten/", pages.agreement_list, name="agreement-list"),
    path("overeenkomsten/eigen-model/", own_model_pages.own_model, name="own-model"),
    path(
        "overeenkomsten/eigen-model/<int:pk>.pdf",
        own_model_pages.own_model_document,
        name="own-model-document",
    ),
    path(
        "overeenkomsten/<slug:reference>/",
        pages.agreement_detail,
        name="agreement-detail",
    ),
    path(
        "overeenkomsten/<slug:reference>/document.pdf",
        pages.agreement_document,
        name="agreement-document",
    ),
    path(
        "overeenkomsten/<slug:reference>/afwijzen/",
        pages.agreement_decline,
        name="agreement-decline",
    ),
]
