"""Members that leave, for tests: by themselves, or by the association, on appeal."""

import datetime

from django.core.files.base import ContentFile

from membership.leaving.appeals import appeal, decide
from membership.leaving.notices import give_notice
from membership.leaving.rules import Ground, last_day
from membership.leaving.submitting import submit
from membership.models import (
    AlvBesluit,
    Membership,
    Notice,
    Organisation,
    Person,
    SubmittedNotice,
)
from tests.conftest import make_gemeente, make_person
from tests.membership.dossiers import PAPER

TODAY = datetime.date(2026, 7, 15)
SINCE = datetime.date(2018, 1, 1)


def make_member(code: str, name: str) -> Membership:
    gemeente = make_gemeente(code, name)
    return Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)


def hand_in(membership: Membership, *, by: Person) -> SubmittedNotice:
    """With the letter that was signed."""
    return submit(
        membership,
        ground=Ground.REGULAR,
        burdened_on=None,
        reason="",
        letter=ContentFile(PAPER, name="opzegging.pdf"),
        seen=last_day(TODAY, Ground.REGULAR),
        today=TODAY,
        by=by,
    )


def expel(membership: Membership, *, by: Person) -> Notice:
    """By the bestuur, told today."""
    return give_notice(
        membership,
        ground=Ground.EXPULSION,
        received_on=TODAY,
        burdened_on=None,
        reason="In strijd met de statuten.",
        today=TODAY,
        by=by,
    )


def keep_leaving(*, bureau: Person, bestuur: Person) -> dict[str, int]:
    """A notice that waits, an appeal that waits, and one that was dismissed."""
    leaver = make_member("GM9041", "Vertrekker")
    own: Organisation = leaver.organisation
    contact = make_person("Vertrekkend", "contactpersoon", own)
    waits = appeal(
        expel(make_member("GM9042", "Ontzet"), by=bestuur), received_on=TODAY, by=bureau
    )
    decided = appeal(
        expel(make_member("GM9043", "Weg"), by=bestuur), received_on=TODAY, by=bureau
    )
    decide(
        decided,
        outcome="dismissed",
        decided_on=TODAY,
        besluit=AlvBesluit.objects.all()[0],
        today=TODAY,
        by=bestuur,
    )
    return {
        "submitted": hand_in(leaver, by=contact).pk,
        "appeal": waits.pk,
        "appeal_decided": decided.pk,
    }
