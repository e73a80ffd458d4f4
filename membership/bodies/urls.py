"""Where the pages of bodies live."""

from django.urls import path

from membership.bodies import acting_pages as acting
from membership.bodies import answer_pages, pages

MEETING = "organen/vergadering/<int:pk>/"

urlpatterns = [
    path("organen/", pages.body_list, name="body-list"),
    path("organen/<int:pk>/", pages.body_detail, name="body-detail"),
    path("organen/<int:pk>/besluit/", acting.body_decide, name="body-decide"),
    path(
        "organen/<int:pk>/vergadering/",
        acting.body_meeting_new,
        name="body-meeting-new",
    ),
    path("organen/zetel/<int:pk>/", acting.seat_leave, name="seat-leave"),
    path(MEETING, pages.body_meeting, name="body-meeting"),
    path(
        f"{MEETING}agenda.ics",
        pages.body_meeting_calendar,
        name="body-meeting-calendar",
    ),
    path(f"{MEETING}wijzigen/", acting.body_meeting_change, name="body-meeting-change"),
    path(
        f"{MEETING}uitnodigen/", acting.body_meeting_invite, name="body-meeting-invite"
    ),
    path(
        f"{MEETING}afgelasten/", acting.body_meeting_cancel, name="body-meeting-cancel"
    ),
    path(
        f"{MEETING}antwoord/",
        answer_pages.body_meeting_answer,
        name="body-meeting-answer",
    ),
    path(f"{MEETING}stukken/", acting.body_paper_add, name="body-paper-add"),
    path(f"{MEETING}stukken/<int:paper>/", pages.body_paper, name="body-paper"),
    path(
        f"{MEETING}stukken/<int:paper>/intrekken/",
        acting.body_paper_withdraw,
        name="body-paper-withdraw",
    ),
]
