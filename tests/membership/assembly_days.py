"""An ALV that is held now, with members that vote: for tests of what happens in it."""

import datetime

from django.utils import timezone

from membership.assembly import opening
from membership.fresh_factor import Given
from membership.models import (
    Assembly,
    Beslispunt,
    Entitled,
    Organisation,
    Person,
    Stemming,
    VotingRule,
)
from tests.membership.assemblies import make_assembly, make_voorstel
from tests.membership.consultations import make_member

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
ELECTRONIC = datetime.date(2020, 1, 1)


def given(now: datetime.datetime) -> Given:
    """A second factor of just now."""
    return Given("totp", now)


def allow_electronic(*kinds: str, **facts: object) -> None:
    """Statuten that let members vote electronically, from 2020 on."""
    for kind in kinds or ("gewoon", "financieel", "statutenwijziging", "amendement"):
        rule = VotingRule.objects.filter(kind=kind).latest("starts_on")
        for name, value in {"electronic": True, **facts}.items():
            setattr(rule, name, value)
        rule.pk, rule.starts_on = None, ELECTRONIC
        rule.article = "statuten, artikel 14"
        rule.save()


def make_day(
    by: Person, *, starts_in: datetime.timedelta = -HOUR, kind: str = "financieel"
) -> Assembly:
    """Convened long ago, and begun an hour ago unless said otherwise; with a voorstel
    of two beslispunten."""
    starts_at = timezone.now() + starts_in
    assembly = make_assembly(
        starts_at=starts_at,
        status="convened",
        convened_at=starts_at - 40 * DAY,
        convened_by=by,
        link="https://vergaderen.example/alv",
    )
    make_voorstel(assembly, kind=kind)
    return assembly


def make_members(count: int, first: int = 1) -> list[tuple[Organisation, Person]]:
    return [
        make_member(f"GM8{number:03d}", f"Lid{number}")
        for number in range(first, first + count)
    ]


def first_point(assembly: Assembly) -> Beslispunt:
    return Beslispunt.objects.filter(voorstel__assembly=assembly).first()  # type: ignore[return-value]


def opened(
    assembly: Assembly, by: Person, *, method: str = "electronic", code: str = ""
) -> Stemming:
    """A vote on its first beslispunt; secret when there is a code."""
    return opening.open_vote(
        first_point(assembly),
        method=method,
        is_secret=bool(code),
        code=code,
        now=timezone.now(),
        by=by,
    )


def entry(vote: Stemming, member: Organisation) -> Entitled:
    return vote.entitled.select_related("stemming", "organisation").get(
        organisation=member
    )
