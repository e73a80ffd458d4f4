"""Where the calendar of a person, and what he wants of reminders, live."""

from django.urls import path, re_path

from membership.deadlines import pages

urlpatterns = [
    path("account/agenda/", pages.own_calendar, name="own-calendar"),
    re_path(
        r"^agenda/(?P<token>[\w-]{20,100})\.ics$",
        pages.calendar_feed,
        name="calendar-feed",
    ),
]
