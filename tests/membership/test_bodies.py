"""Bodies: who gets a seat, when they meet, and what they decide."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from membership.bodies import (
    agenda,
    answering,
    deciding,
    meeting,
    papers,
    seating,
)
from membership.bodies.calendar_items import events_of
from membership.deadlines.asked import asked_of
from membership.models import (
    Body,
    BodyMeeting,
    BodyPaper,
    Email,
    HistoryEvent,
    Organisation,
    Person,
    Seat,
)
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.membership.bodies import (
    DAY,
    SINCE,
    make_belonging,
    make_body,
    make_meeting,
    make_paper,
    make_seat,
)
from tests.membership.dossiers import paper as pdf

TODAY = datetime.date(2026, 9, 7)


@pytest.fixture
def body(db: None) -> Body:
    return make_body()


@pytest.fixture
def gemeente(db: None) -> Organisation:
    return make_belonging("GM9181", "Zetel")


def give(body: Body, person: Person, by: Person, **facts: Any) -> Seat:
    values: dict[str, Any] = {
        "organisation": None,
        "function": "lid",
        "starts_on": TODAY,
        "ends_on": None,
        **facts,
    }
    return seating.seat(body, person, by=by, **values)


def test_a_seat_is_given_told_and_left(
    body: Body, gemeente: Organisation, bureau: Person
) -> None:
    person = make_person("Anna", "contactpersoon", gemeente)
    leader = make_seat(body, "Vera", gemeente, "voorzitter").person
    seat = give(body, person, bureau, organisation=gemeente)
    assert Email.objects.get(event="seat_given").recipient == person.email
    with pytest.raises(ValidationError, match="al een zetel"):
        give(body, person, bureau, organisation=gemeente)
    with pytest.raises(NotAllowed, match="waarom"):
        seating.end_seat(seat, ends_on=TODAY, reason=" ", by=person)
    seating.end_seat(seat, ends_on=TODAY, reason="Andere baan.", by=person)
    told = Email.objects.filter(event="seat_ended").values_list("recipient", flat=True)
    assert list(told) == [leader.email]  # not to who did it
    assert not Seat.objects.active_on(TODAY + DAY).filter(person=person).exists()
    actions = HistoryEvent.objects.filter(subject_id=seat.pk, action__startswith="seat")
    assert set(actions.values_list("action", flat=True)) == {"seated", "seat ended"}


def test_nobody_stays_longer_by_ending_a_seat(
    body: Body, gemeente: Organisation, bureau: Person
) -> None:
    """Not even who sits there: a longer term is a new seat, which another gives."""
    person = make_person("Anna", "contactpersoon", gemeente)
    last = timezone.localdate() + 30 * DAY
    seat = give(body, person, bureau, organisation=gemeente, ends_on=last)
    for by in (person, bureau):
        with pytest.raises(NotAllowed, match="loopt tot en met"):
            seating.end_seat(seat, ends_on=last + DAY, reason="Nog even.", by=by)
    ended = seating.end_seat(seat, ends_on=last - DAY, reason="Klaar.", by=person)
    assert ended.ends_on == last - DAY


def test_who_may_not_give_or_get_a_seat(
    body: Body, gemeente: Organisation, noorderhage: Organisation, bureau: Person
) -> None:
    lid = make_seat(body, "Lid", gemeente).person
    person = make_person("Anna", "contactpersoon", gemeente)
    stranger = make_person("Bram", "contactpersoon", noorderhage)
    tries: list[tuple[Person, Person, dict[str, Any], str]] = [
        (person, lid, {"organisation": gemeente}, "gaat niet over"),
        (bureau, bureau, {}, "Een ander"),
        (person, bureau, {}, "namens een lid of participant"),
        (stranger, bureau, {"organisation": gemeente}, "geen rol bij"),
        (stranger, bureau, {"organisation": noorderhage}, "geen lid of participant"),
        (person, bureau, {"organisation": gemeente, "starts_on": SINCE - DAY}, "dan"),
    ]
    for who, by, facts, says in tries:
        with pytest.raises(NotAllowed, match=says):
            give(body, who, by, **facts)


def test_in_beheer_what_is_wrong_with_a_seat_is_said_on_its_form(
    client: Client, body: Body, gemeente: Organisation, bureau: Person
) -> None:
    make_seat(body, "Leidt", gemeente, "voorzitter")
    other = make_person("Wil", "contactpersoon", gemeente)
    client.force_login(bureau)
    url = reverse("admin:membership_body_seat", args=[body.pk])
    today = timezone.localdate()
    said = {"person": other.pk, "organisation": gemeente.pk, "starts_on": today}
    taken = client.post(url, {**said, "function": "voorzitter"}).context["form"]
    assert "al een voorzitter" in taken.non_field_errors()[0]
    past = {"function": "lid", "ends_on": today - datetime.timedelta(days=1)}
    over = client.post(url, {**said, **past}).context["form"]
    assert over.errors == {"ends_on": ["De zetel eindigt voordat hij begint."]}
    assert not other.seats.exists()


def test_nobody_sits_in_bestuur_and_kascommissie(bureau: Person, db: None) -> None:
    bestuur, kas = make_body("bestuur", "BESTUUR"), make_body("kascommissie", "KAS")
    sits = make_seat(bestuur, "Bestuurt", ends_on=TODAY).person
    with pytest.raises(NotAllowed, match="gaan niet samen"):
        give(kas, sits, bureau)
    assert give(kas, sits, bureau, starts_on=TODAY + DAY).person == sits


def test_a_body_meets(body: Body, gemeente: Organisation) -> None:
    """The secretaris plans, invites, changes and calls off; calendars follow."""
    secretaris = make_seat(body, "Sien", gemeente, "secretaris").person
    member = make_seat(body, "Lid", gemeente).person
    left = make_seat(body, "Weg", gemeente, ends_on=TODAY).person
    start = timezone.now() + 10 * DAY
    facts: dict[str, Any] = {
        "starts_at": start,
        "ends_at": start + DAY / 12,
        "place": "Stadhuis",
        "link": "",
        "agenda": agenda.read("Opening\nBegroting\n- concept\n- eerste lezing"),
        "by": secretaris,
    }
    with pytest.raises(NotAllowed, match="gaat niet over"):
        meeting.plan(body, **{**facts, "by": member})
    made = meeting.plan(body, **facts)
    assert agenda.written(made.items.all()).endswith("- concept\n- eerste lezing")
    assert not asked_of(member, timezone.localdate())
    assert meeting.invite(made, by=secretaris) == 2
    sent = Email.objects.filter(event="body_meeting_invited")
    assert left.email not in sent.values_list("recipient", flat=True)
    item = Calendar.from_ical(sent.get(recipient=member.email).calendar)
    assert item["method"] == "REQUEST"
    [asked] = asked_of(member, timezone.localdate())
    assert (asked.what, asked.asks) == (
        f"Laat weten of u komt: vergadering van {body}",
        True,
    )
    file = pdf(name="memo.pdf")
    papers.add(made, file, title="Memo", kind="stuk", item=made.items.get(position=2),
               by=secretaris)  # fmt: skip
    with pytest.raises(NotAllowed, match="hoort een stuk"):
        meeting.change(made, **{**facts, "agenda": agenda.read("Opening")})
    assert meeting.change(made, **{**facts, "agenda": agenda.read("Begroting\nRest")})
    assert [str(one) for one in made.items.all()] == ["1. Begroting", "2. Rest"]
    made.refresh_from_db()
    assert meeting.cancel(made, reason="Te weinig punten.", by=secretaris) == 2
    assert [one["status"] for one in events_of(member, since=TODAY)] == ["CANCELLED"]
    with pytest.raises(NotAllowed, match="gaat niet door"):
        meeting.invite(made, by=secretaris)


def test_an_agenda_is_read_as_it_is_written() -> None:
    points = agenda.read("  Opening \n\n- welkom\nRondvraag")
    assert [(one.title, one.explanation) for one in points] == [
        ("Opening", "welkom"),
        ("Rondvraag", ""),
    ]
    for wrong, says in [
        ("- los", "streepje"),
        ("A\na", "één keer"),
        ("x" * 201, "200"),
    ]:
        with pytest.raises(NotAllowed, match=says):
            agenda.read(wrong)


def test_a_decision_gets_a_number_and_is_only_replaced(
    body: Body, gemeente: Organisation, bureau: Person
) -> None:
    voorzitter = make_seat(body, "Vera", gemeente, "voorzitter").person
    lid = make_seat(body, "Lid", gemeente).person
    held = make_meeting(body, starts_at=timezone.now() - DAY, ends_at=timezone.now())
    day = timezone.localdate(held.starts_at)
    facts: dict[str, Any] = {"text": "Ja.", "reason": "Nodig.", "meeting": None}
    first = deciding.decide(body, **facts, taken_on=day, by=voorzitter)
    assert first.reference == f"RG-PROEF-{day.year}-001"
    second = deciding.decide(
        body, **{**facts, "meeting": held}, taken_on=day, by=bureau, replaces=first
    )
    assert second.reference.endswith("-002")
    today = timezone.localdate()
    tries: list[tuple[dict[str, Any], str]] = [
        ({"by": lid}, "gaat niet over"),
        ({"taken_on": today + DAY}, "nog niet geweest"),
        ({"taken_on": SINCE - DAY}, "bestond toen niet"),
        ({"meeting": held, "taken_on": day - DAY}, "De vergadering was op"),
        ({"meeting": make_meeting(make_body(code="RG-X"))}, "ander orgaan"),
        ({"replaces": first}, "al vervangen"),
    ]
    for changes, says in tries:
        values = {**facts, "taken_on": day, "by": bureau, **changes}
        with pytest.raises(NotAllowed, match=says):
            deciding.decide(body, **values)
    with pytest.raises(ValidationError):
        deciding.decide(body, **{**facts, "reason": " "}, taken_on=day, by=bureau)


def test_papers_come_before_and_the_verslag_after(
    body: Body, gemeente: Organisation
) -> None:
    secretaris = make_seat(body, "Sien", gemeente, "secretaris").person
    coming = make_meeting(body)
    facts: dict[str, Any] = {"title": "Stuk", "item": None, "by": secretaris}
    with pytest.raises(NotAllowed, match="na de vergadering"):
        papers.add(coming, pdf(name="a.pdf"), kind="verslag", **facts)
    paper = papers.add(coming, pdf(name="a.pdf"), kind="stuk", **facts)
    with pytest.raises(ValidationError, match="al een stuk"):
        papers.add(coming, pdf(name="b.pdf"), kind="stuk", **facts)
    papers.withdraw(paper, by=secretaris)
    papers.add(coming, pdf(name="b.pdf"), kind="stuk", **facts)
    with time_machine.travel(coming.ends_at + DAY, tick=False):
        with pytest.raises(NotAllowed, match="Alleen het verslag"):
            papers.add(coming, pdf(name="c.pdf"), kind="stuk", **facts)
        assert papers.add(coming, pdf(b"%PDF-1.7 c", "c.pdf"), kind="verslag", **facts)


def attendee_of(email: Email) -> str:
    [event] = Calendar.from_ical(email.calendar).walk("VEVENT")
    return str(event["attendee"].params["partstat"])


def test_who_is_invited_answers_and_may_send_a_colleague(
    body: Body, gemeente: Organisation, bureau: Person, client: Client
) -> None:
    member = make_seat(body, "Anna", gemeente).person
    leader = make_seat(body, "Vera", gemeente, "voorzitter").person
    colleague = make_person("Piet", "contactpersoon", gemeente)
    stranger = make_person("Vreemd", "contactpersoon", make_belonging("GM9182", "V"))
    made = make_meeting(body)
    paper = make_paper(made, bureau)
    page = reverse("body-meeting-answer", args=[made.pk])
    client.force_login(member)
    assert client.post(page, {"answer": "yes"}).status_code == 404, "not invited yet"
    meeting.invite(made, by=leader)
    for person in (stranger, leader):
        with pytest.raises(NotAllowed, match="Kies een collega"):
            answering.answer(made, "vervanger", vervanger=person, by=member)
    with pytest.raises(NotAllowed, match="is uitgenodigd"):
        answering.answer(made, "yes", vervanger=None, by=stranger)
    assert client.post(page, {"answer": "vervanger"}).status_code == 422
    papers_of = BodyPaper.objects.visible_to
    assert not papers_of(colleague).exists()
    said = {"answer": "vervanger", "vervanger": colleague.pk}
    assert client.post(page, said).status_code == 302
    assert papers_of(colleague).get() == paper
    assert not asked_of(member, TODAY), "the vervanger comes"
    assert len(events_of(colleague, since=TODAY)) == 1
    assert not events_of(member, since=TODAY)
    client.force_login(leader)
    shown = client.get(reverse("body-meeting", args=[made.pk])).content.decode()
    assert "Vervanger: Piet" in shown
    assert "Laat weten of u komt" in shown
    answering.answer(made, "no", vervanger=None, by=member)
    told = Email.objects.filter(event="body_meeting_vervanger").order_by("pk")
    assert [one.subject.split(" in de")[0] for one in told] == [
        "U bent vervanger",
        "U bent geen vervanger meer",
    ]
    assert not papers_of(colleague).exists()


def test_another_moment_asks_again_and_another_place_does_not(
    body: Body, gemeente: Organisation
) -> None:
    member = make_seat(body, "Anna", gemeente).person
    leader = make_seat(body, "Vera", gemeente, "voorzitter").person
    made = make_meeting(body)
    meeting.invite(made, by=leader)
    answering.answer(made, "yes", vervanger=None, by=member)
    facts: dict[str, Any] = {"link": "", "agenda": [], "by": leader}
    moment: dict[str, Any] = {"starts_at": made.starts_at, "ends_at": made.ends_at}
    meeting.change(made, place="Elders", **moment, **facts)
    changed = Email.objects.filter(event="body_meeting_changed", recipient=member.email)
    assert attendee_of(changed.latest("pk")) == "ACCEPTED"
    [own] = asked_of(member, TODAY)
    assert (own.what, own.asks) == (f"Vergadering van {body}", False)
    later: dict[str, Any] = {name: at + DAY for name, at in moment.items()}
    meeting.change(made, place="Elders", **later, **facts)
    assert attendee_of(changed.latest("pk")) == "NEEDS-ACTION"
    assert not BodyMeeting.objects.get(pk=made.pk).answers.exists()


def test_after_the_meeting_nobody_is_waited_for(
    body: Body, gemeente: Organisation, client: Client
) -> None:
    leader = make_seat(body, "Vera", gemeente, "voorzitter").person
    made = make_meeting(body)
    meeting.invite(made, by=leader)
    client.force_login(leader)
    page = reverse("body-meeting", args=[made.pk])
    assert "Nog geen antwoord" in client.get(page).content.decode()
    week = 7 * DAY
    BodyMeeting.objects.filter(pk=made.pk).update(
        starts_at=made.starts_at - 3 * week, ends_at=made.ends_at - 3 * week
    )
    shown = client.get(page).content.decode()
    assert "Antwoorden vooraf" in shown
    assert "Geen antwoord" in shown
    assert "Nog geen antwoord" not in shown


def test_who_sits_until_a_day_may_leave_sooner(
    client: Client, body: Body, gemeente: Organisation, bureau: Person
) -> None:
    person = make_person("Zetel", "contactpersoon", gemeente)
    term = {"organisation": gemeente, "ends_on": TODAY + 90 * DAY}
    seat = give(body, person, bureau, **term)
    client.force_login(person)
    page = reverse("seat-leave", args=[seat.pk])
    shown = client.get(reverse("body-detail", args=[body.pk]))
    assert page in shown.content.decode()
    client.post(page, {"ends_on": f"{TODAY}", "reason": "Andere baan."})
    seat.refresh_from_db()
    assert seat.ends_on == TODAY
    assert client.get(page).status_code == 404
