"""Reminders by e-mail: on which day, to whom, once, and not to who wants none."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from membership.admission.dossiers import open_dossier
from membership.admission.steps import Step
from membership.deadlines.reminding import is_due, moments, remind, set_reminders
from membership.models import (
    Email,
    HistoryEvent,
    MeetingInvitation,
    Organisation,
    Person,
    ReminderRule,
)
from membership.tasks import send_reminders
from nvsi.dutch import day
from tests.membership.dossiers import VOORHANG, take, take_all
from tests.membership.regional import make_network_story, make_region

EVENT = "deadline_reminder"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def until(noorderhage: Organisation, vreemde: Person, bureau: Person) -> datetime.date:
    """The day until which the raad of Noorderhage can react, a month from now."""
    until = timezone.localdate() + 30 * DAY
    dossier = open_dossier(noorderhage, "lid", by=bureau)
    take_all(dossier, VOORHANG[:3], by=bureau, bureau=bureau)
    take(dossier, Step.SENT, by=bureau, bureau=bureau, until=until)
    return until


def sent() -> list[Email]:
    return list(Email.objects.filter(event=EVENT).order_by("pk"))


def test_a_reminder_goes_out_before_and_after_and_each_once(
    until: datetime.date, vreemde: Person
) -> None:
    for days, expected in ((-8, 0), (-7, 1), (-7, 1), (-3, 1), (6, 1), (7, 2), (9, 2)):
        remind(today=until + days * DAY)
        assert len(sent()) == expected, days
    before, after = sent()
    assert before.recipient == after.recipient == vreemde.email
    assert before.subject.startswith("Herinnering: Leg vast wat de raad")
    assert after.subject.startswith("Nog niet gedaan: ")
    assert day(until) in before.body
    assert "/lidmaatschap/D" in before.body


def test_a_run_that_was_missed_is_made_up_for_but_not_after_a_week(
    until: datetime.date,
) -> None:
    remind(today=until + 16 * DAY)
    assert sent() == []
    remind(today=until + 12 * DAY)
    assert len(sent()) == 1


def test_the_bureau_sets_the_days_and_may_turn_it_off(until: datetime.date) -> None:
    rule = ReminderRule.objects.filter(kind="step")
    rule.update(is_on=False)
    remind(today=until - 7 * DAY)
    assert sent() == []
    rule.update(is_on=True, days_before=20)
    remind(today=until - 20 * DAY)
    assert len(sent()) == 1


def test_who_wants_none_gets_none(until: datetime.date, vreemde: Person) -> None:
    set_reminders(vreemde, wanted=False)
    set_reminders(vreemde, wanted=False)
    assert remind(today=until - 7 * DAY) == 0
    assert sent() == []
    set_reminders(vreemde, wanted=True)
    remind(today=until - 7 * DAY)
    assert len(sent()) == 1
    told = HistoryEvent.objects.filter(subject_id=vreemde.pk).order_by("pk")
    actions = [one.action for one in told if one.action.startswith("reminders")]
    assert actions == ["reminders off", "reminders on"]


def test_who_has_no_account_is_reminded_of_an_invitation(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    make_network_story(make_region("B1", heideveld), heideveld, bureau)
    invitation = MeetingInvitation.objects.filter(answer="none").earliest("pk")
    day_of_meeting = timezone.localdate(invitation.meeting.starts_at)
    ReminderRule.objects.filter(kind="invitation").update(days_before=0)
    remind(today=day_of_meeting)
    email = next(e for e in sent() if e.recipient == invitation.contact.email)
    assert "/bijeenkomst/" in email.body
    assert "/account/agenda/" not in email.body


def test_the_scheduled_run_reminds_of_today(until: datetime.date) -> None:
    ReminderRule.objects.filter(kind="step").update(days_before=29)
    send_reminders()
    assert sent() == []


days = st.integers(-40, 40)


@given(before=st.none() | st.integers(0, 30), after=st.none() | st.integers(1, 30),
       asked=days, today=days)  # fmt: skip
def test_nobody_is_reminded_on_the_day_of_the_question_or_before_it(
    before: int | None, after: int | None, asked: int, today: int
) -> None:
    by = datetime.date(2026, 7, 1)
    since, now = by + asked * DAY, by + today * DAY
    due = [
        moment
        for moment in moments(by, days_before=before, days_after=after)
        if is_due(moment, by=by, since=since, today=now)
    ]
    assert all(since < moment.on <= now for moment in due)
    assert not (due and now <= since)
    assert len(due) <= 2


def test_a_person_turns_reminders_off_and_on_in_the_portal(
    client: Client, lezer: Person
) -> None:
    client.force_login(lezer)
    assert client.post("/account/agenda/", {"act": "off"}).status_code == 302
    assert "U krijgt geen herinneringen" in client.get("/account/agenda/").text
    client.post("/account/agenda/", {"act": "on"})
    assert "U krijgt een e-mail als een termijn" in client.get("/account/agenda/").text
    assert client.post("/account/agenda/", {"act": "onzin"}).status_code == 302
