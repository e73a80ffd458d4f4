"""What waits for an answer with a gemeente when it is dissolved.

Better answered first: then it is found no more. What is left, somebody decides on.
"""

import datetime
from typing import Any

from django.db.models import QuerySet

from membership.models import (
    Application,
    Consultation,
    Organisation,
    SignerProposal,
    SubmittedNotice,
    Voter,
)
from membership.redivision import at_the_alv
from membership.redivision.outcomes import Outcome
from membership.redivision.sorts import Sort, only_recorded

RECORDED = {Outcome.STAYS: only_recorded}
FIRST = "Handel dit liever eerst af; dan verdwijnt het hier."


def _applications(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    return gemeente.applications.filter(status=Application.Status.WAITING)


def _notices(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    waiting = SubmittedNotice.objects.waiting().without_letter()
    return waiting.filter(membership__organisation=gemeente)


def _signers(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    return gemeente.signer_proposals.filter(status=SignerProposal.Status.PROPOSED)


def _votes(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    rows = gemeente.votes.filter(consultation__status=Consultation.Status.OPEN)
    return rows.select_related("consultation")


SORTS = [
    Sort(
        name="application",
        label="Aanvraag die wacht",
        model=Application,
        find=_applications,
        tell=lambda row: f"aanvraag {row.pk}, wil {row.get_aim_display()} worden",
        acts=RECORDED,
        more=FIRST,
    ),
    Sort(
        name="submitted-notice",
        label="Opzegging die wacht",
        model=SubmittedNotice,
        find=_notices,
        tell=lambda row: str(row.get_ground_display()),
        acts=RECORDED,
        more=FIRST,
    ),
    Sort(
        name="signer",
        label="Voordracht van een ondertekenaar",
        model=SignerProposal,
        find=_signers,
        tell=lambda row: f"{row.name}, {row.function}",
        acts=RECORDED,
        more=FIRST,
    ),
    Sort(
        name="vote",
        label="Stem in een ledenraadpleging die loopt",
        model=Voter,
        find=_votes,
        tell=lambda row: str(row.consultation),
        acts=RECORDED,
        more="Wie mocht stemmen, is vastgelegd toen de raadpleging openging. De stem "
        "blijft van deze gemeente.",
    ),
    *at_the_alv.SORTS,
]
