"""Where the papers of a dossier are to be had."""

from django.urls import path, re_path

from membership.admission.urls import DOSSIER
from membership.papers import pages

urlpatterns = [
    path(
        f"{DOSSIER}papier/<slug:paper>.<slug:fmt>",
        pages.paper_file,
        name="dossier-filled",
    ),
    re_path(
        r"^lidmaatschap/bewijs/(?P<code>[\w-]+)\.pdf$",
        pages.membership_proof,
        name="membership-proof",
    ),
]
