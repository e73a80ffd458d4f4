"""Bodies for tests: who sits in them, a meeting with its agenda, and a decision."""

import datetime
from typing import Any

from django.utils import timezone

from membership.models import (
    AgendaItem,
    AlvBesluit,
    Body,
    BodyDecision,
    BodyMeeting,
    BodyMeetingAnswer,
    BodyPaper,
    Membership,
    Organisation,
    Person,
    Seat,
)
from tests.conftest import make_gemeente, make_person

SINCE = datetime.date(2020, 1, 1)
DAY = datetime.timedelta(days=1)


def make_body(kind: str = "regiegroep", code: str = "RG-PROEF", **facts: Any) -> Body:
    """Since 2020, without end."""
    values = {"name": f"{kind} {code}", "task": "Sturen.", "starts_on": SINCE, **facts}
    return Body.objects.create(kind=kind, code=code, **values)


def make_seat(
    body: Body,
    name: str = "Zetel",
    organisation: Organisation | None = None,
    function: str = "lid",
    **facts: Any,
) -> Seat:
    """Of a new person, who is contactpersoon of the organisation."""
    person = facts.pop("person", None) or (
        make_person(name, "contactpersoon", organisation)
        if organisation
        else make_person(name, "bestuur")
    )
    values = {"starts_on": SINCE, **facts}
    return Seat.objects.create(
        body=body, person=person, organisation=organisation, function=function, **values
    )


def make_belonging(
    code: str, name: str, kind: str = "lid", **facts: Any
) -> Organisation:
    """A gemeente that belongs since long."""
    gemeente = make_gemeente(code, name)
    values = {"starts_on": datetime.date(2018, 1, 1), **facts}
    Membership.objects.create(organisation=gemeente, kind=kind, **values)
    return gemeente


def make_meeting(body: Body, **facts: Any) -> BodyMeeting:
    """In two weeks, for two hours."""
    start = timezone.now() + 14 * DAY
    values = {
        "starts_at": start,
        "ends_at": start + datetime.timedelta(hours=2),
        "place": "Stadhuis",
        **facts,
    }
    return BodyMeeting.objects.create(body=body, **values)


def make_paper(meeting: BodyMeeting, by: Person, **facts: Any) -> BodyPaper:
    values = {
        "title": "Memo",
        "file_name": "memo.pdf",
        "size": 4,
        "sha256": "0" * 64,
        "content": b"%PDF",
        **facts,
    }
    return BodyPaper.objects.create(meeting=meeting, by=by, **values)


def make_decision(body: Body, by: Person, **facts: Any) -> BodyDecision:
    values = {
        "reference": f"{body.code}-2026-001",
        "text": "Wij doen het.",
        "reason": "Het is nodig.",
        "taken_on": datetime.date(2026, 3, 2),
        **facts,
    }
    return BodyDecision.objects.create(body=body, recorded_by=by, **values)


def keep_bodies(bureau: Person) -> dict[str, int]:
    """For the guards: two bodies, with a meeting and a decision each, and seats."""
    besluit = AlvBesluit.objects.get(reference="ALV-2017-bijdrage")
    body = make_body("kascommissie", "KASPROEF", besluit=besluit)
    other = make_body("regiegroep", "RG-ANDER")
    gemeente = make_belonging("GM9171", "Zetelt")
    seat = make_seat(body, "Zetelt", gemeente, "voorzitter")
    member = make_seat(body, "Zetelook", gemeente)
    meeting, elsewhere = make_meeting(body), make_meeting(other)
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Opening")
    AgendaItem.objects.create(meeting=meeting, position=2, title="Sluiting")
    paper = make_paper(meeting, bureau, item=item)
    answers = [
        BodyMeetingAnswer.objects.create(meeting=meeting, person=one, answer=given)
        for one, given in ((seat.person, "yes"), (member.person, "no"))
    ]
    decision = make_decision(body, bureau, meeting=meeting)
    return {
        "body": body.pk,
        "other_body": other.pk,
        "seat": seat.pk,
        "member_seat": member.pk,
        "body_meeting": meeting.pk,
        "meeting_elsewhere": elsewhere.pk,
        "agenda_item": item.pk,
        "body_paper": paper.pk,
        "meeting_answer": answers[0].pk,
        "body_decision": decision.pk,
        "decision_elsewhere": make_decision(other, bureau).pk,
    }
