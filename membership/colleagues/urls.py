"""Where the pages about the people of an organisation live."""

from django.urls import path

from membership.colleagues import detail_pages, pages

urlpatterns = [
    path("mensen/", pages.colleagues, name="colleagues"),
    path("mensen/uitnodigen/", pages.colleague_invite, name="colleague-invite"),
    path("mensen/voordragen/", pages.signer_propose, name="signer-propose"),
    path(
        "mensen/rol/<int:pk>/overdragen/", pages.role_hand_over, name="role-hand-over"
    ),
    path("mensen/rol/<int:pk>/stoppen/", pages.role_leave, name="role-leave"),
    path("account/gegevens/", detail_pages.own_details, name="own-details"),
    path(
        "account/gegevens/kloppen/",
        detail_pages.details_confirm,
        name="details-confirm",
    ),
]
