"""Where members take part in an ALV: who comes, who votes, and the votes."""

from django.urls import path

from membership.assembly import taking_part_pages, voting_pages

urlpatterns = [
    path(
        "alv/<int:pk>/aanwezig/",
        taking_part_pages.assembly_attendance,
        name="assembly-attendance",
    ),
    path(
        "alv/<int:pk>/volmacht/",
        taking_part_pages.assembly_proxy,
        name="assembly-proxy",
    ),
    path(
        "alv/<int:pk>/volmacht.pdf",
        taking_part_pages.assembly_proxy_paper,
        name="assembly-proxy-paper",
    ),
    path(
        "alv/volmachten/<int:pk>/intrekken/",
        taking_part_pages.proxy_revoke,
        name="proxy-revoke",
    ),
    path(
        "alv/stemmingen/<int:pk>/",
        voting_pages.vote_detail,
        name="vote-detail",
    ),
]
