"""Where the pages about becoming a member live."""

from django.urls import path, register_converter

from membership.admission.addresses import DossierNumber, StepName
from membership.admission.apply_pages import apply, apply_confirm, apply_sent, join
from membership.admission.pages import (
    dossier_detail,
    dossier_note,
    dossier_paper,
    dossier_withdraw,
    membership,
)
from membership.admission.step_pages import (
    dossier_ask,
    dossier_step,
    wish_change,
    wish_new,
    wish_take_back,
)

register_converter(DossierNumber, "dossier")
register_converter(StepName, "step")

DOSSIER = "lidmaatschap/<dossier:number>/"
STEP = f"{DOSSIER}<step:step>/"

urlpatterns = [
    path("lid-worden/", join, name="join"),
    path("lid-worden/aanvraag/", apply, name="apply"),
    path("lid-worden/aanvraag/verstuurd/", apply_sent, name="apply-sent"),
    path(
        "lid-worden/bevestigen/<str:token>/",
        apply_confirm,
        name="apply-confirm",
    ),
    path("lidmaatschap/", membership, name="membership"),
    path(DOSSIER, dossier_detail, name="dossier-detail"),
    path(f"{DOSSIER}bericht/", dossier_note, name="dossier-note"),
    path(f"{DOSSIER}intrekken/", dossier_withdraw, name="dossier-withdraw"),
    path(f"{DOSSIER}stuk/<int:pk>/", dossier_paper, name="dossier-paper"),
    path(STEP, dossier_step, name="dossier-step"),
    path(f"{STEP}collega/", dossier_ask, name="dossier-ask"),
    path(f"{DOSSIER}wens/", wish_new, name="wish-new"),
    path(f"{DOSSIER}wens/<int:pk>/", wish_change, name="wish-change"),
    path(f"{DOSSIER}wens/<int:pk>/terug/", wish_take_back, name="wish-take-back"),
]
