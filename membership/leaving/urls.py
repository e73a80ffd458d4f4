"""Where the pages about leaving live."""

from django.urls import path

from membership.leaving import pages

urlpatterns = [
    path("opzeggen/", pages.leave_info, name="leave-info"),
    path("lidmaatschap/opzeggen/", pages.leave, name="leave"),
    path("lidmaatschap/opzegging/<int:pk>/", pages.leave_receipt, name="leave-receipt"),
    path(
        "lidmaatschap/opzegging/<int:pk>/brief/",
        pages.leave_letter,
        name="leave-letter",
    ),
]
