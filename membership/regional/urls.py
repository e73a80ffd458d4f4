"""Where the pages of regions live."""

from django.urls import path

from membership.regional import pages

urlpatterns = [
    path("regios/", pages.region_list, name="region-list"),
    path(
        "regios/<slug:network>/<int:pk>/", pages.region_contacts, name="region-contacts"
    ),
    path("bijeenkomst/<str:token>/", pages.meeting_answer, name="meeting-answer"),
    path(
        "bijeenkomst/<str:token>/agenda.ics",
        pages.meeting_calendar,
        name="meeting-calendar",
    ),
]
