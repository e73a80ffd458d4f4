"""The regiegroep of an instrument: who asks for a seat, and who decides about it."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from instruments.admin.steering import waiting_seats
from instruments.models import Instrument, SeatRequest
from instruments.steering import asking
from instruments.steering.groups import regiegroep_of, set_up
from instruments.steering.seats import is_member, leads, members_on
from membership.admin.recorded import guard_says
from membership.deadlines.asked import asked_of
from membership.merging.people import merge
from membership.models import Body, Email, Organisation, Person
from membership.redivision.outcomes import Outcome
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.instruments.steering import make_regiegroep, make_user
from tests.membership.bodies import SINCE, make_belonging, make_meeting, make_seat
from tests.membership.redivisions import FROM, decide, make_member, record

LAST = FROM - datetime.timedelta(days=1)
PAGE = "/instrumenten/flexensie/regiegroep/"


@pytest.fixture
def body(flexensie: Instrument) -> Body:
    return make_regiegroep(flexensie)


@pytest.fixture
def user(flexensie: Instrument) -> tuple[Organisation, Person]:
    return make_user("GM9185", "Gebruikt", flexensie)


def ask(
    flexensie: Instrument, user: tuple[Organisation, Person], who: Person | None = None
) -> SeatRequest:
    gemeente, contact = user
    return asking.ask(
        flexensie, gemeente, who or contact, motivation="Graag.", by=contact
    )


def test_the_secretaris_grants_a_seat(
    flexensie: Instrument, body: Body, user: tuple[Organisation, Person]
) -> None:
    gemeente, contact = user
    secretaris = make_seat(body, "Sien", gemeente, "secretaris").person
    today = timezone.localdate()
    colleague = make_person("Collega", "regiegroeplid", gemeente)
    asked = ask(flexensie, user, colleague)
    assert Email.objects.get(event="seat_asked").recipient == secretaris.email
    assert asked in [one.about for one in asked_of(secretaris, today)]
    with pytest.raises(NotAllowed, match="uit de lijst"):
        ask(flexensie, user, colleague)  # waits already
    with pytest.raises(NotAllowed, match="gaat niet over"):
        asking.grant(asked, starts_on=today, by=contact)
    seat = asking.grant(asked, starts_on=today, by=secretaris)
    assert (seat.person, seat.organisation, seat.function) == (
        colleague,
        gemeente,
        "lid",
    )
    assert is_member(colleague, flexensie, today)
    assert not leads(colleague, flexensie, today)
    assert list(members_on(flexensie, today)) == [colleague, secretaris]
    told = Email.objects.filter(event="seat_decided").values_list(
        "recipient", flat=True
    )
    assert set(told) == {contact.email, colleague.email}
    with pytest.raises(NotAllowed, match="toegekend"):
        asking.refuse(asked, reason="Toch niet.", by=secretaris)


def test_who_asks_does_not_decide_and_then_the_bureau_does(
    flexensie: Instrument,
    body: Body,
    user: tuple[Organisation, Person],
    bureau: Person,
) -> None:
    gemeente, contact = user
    make_seat(body, person=contact, organisation=gemeente, function="voorzitter")
    asked = ask(flexensie, user, make_person("Collega", "financieel", gemeente))
    today = timezone.localdate()
    assert [one.what for one in waiting_seats(bureau, today)] == ["Zetel gevraagd"]
    with pytest.raises(NotAllowed, match="Een ander"):
        asking.grant(asked, starts_on=today, by=contact)
    with pytest.raises(NotAllowed, match="waarom"):
        asking.refuse(asked, reason="", by=bureau)
    asking.refuse(asked, reason="De groep is vol.", by=bureau)
    assert "De groep is vol." in Email.objects.filter(event="seat_decided")[0].body
    assert not list(waiting_seats(bureau, today))


def test_who_cannot_ask(
    flexensie: Instrument,
    user: tuple[Organisation, Person],
    heideveld: Organisation,
    lezer: Person,
    noorderhage: Organisation,
    vreemde: Person,
) -> None:
    gemeente, contact = user
    with pytest.raises(NotAllowed, match="nog geen regiegroep"):
        ask(flexensie, user)
    make_regiegroep(flexensie)
    for organisation, person, by, says in [
        (noorderhage, vreemde, vreemde, "gebruikt"),
        (gemeente, contact, lezer, "gebruikt"),
        (gemeente, lezer, contact, "uit de lijst"),
    ]:
        with pytest.raises(NotAllowed, match=says):
            asking.ask(flexensie, organisation, person, motivation="", by=by)
    asked = ask(flexensie, user)
    with pytest.raises(NotAllowed, match="vroeg deze zetel niet"):
        asking.withdraw(asked, by=vreemde)
    asking.withdraw(asked, by=contact)
    assert ask(flexensie, user).pk != asked.pk  # may ask again


def test_an_instrument_gets_one_regiegroep(
    flexensie: Instrument, bureau: Person, lezer: Person
) -> None:
    facts: dict[str, Any] = {"name": "Regiegroep", "task": "", "starts_on": SINCE}
    with pytest.raises(NotAllowed, match="vereniging"):
        set_up(flexensie, by=lezer, **facts)
    body = set_up(flexensie, by=bureau, **facts)
    assert (body.code, regiegroep_of(flexensie)) == ("RG-FLEXENSIE", body)
    with pytest.raises(NotAllowed, match="al een regiegroep"):
        set_up(flexensie, by=bureau, **facts)


def test_the_page_for_who_belongs_with_a_fixed_number_of_queries(
    flexensie: Instrument,
    body: Body,
    user: tuple[Organisation, Person],
    vreemde: Person,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    gemeente, contact = user
    client = Client()
    client.force_login(vreemde)
    assert client.get(PAGE).status_code == 404
    client.force_login(contact)
    client.get(PAGE)
    for number in range(4):
        make_seat(body, f"Zit{number}", gemeente)
        make_meeting(body, invited_at=timezone.now())
    with django_assert_max_num_queries(28):
        page = client.get(PAGE).content.decode()
    assert "Zit3" in page
    assert "zit3@" not in page  # a name and an organisation, no address
    assert page.count("Stadhuis") == 4


def test_papers_and_link_are_for_who_sits_there(
    flexensie: Instrument, body: Body, user: tuple[Organisation, Person]
) -> None:
    gemeente, contact = user
    member = make_seat(body, "Zit", gemeente).person
    meeting = make_meeting(
        body, invited_at=timezone.now(), link="https://vergaderen.example/geheim"
    )
    hidden = make_meeting(body)
    at = f"/organen/vergadering/{meeting.pk}/"
    seen = {}
    for person in (contact, member):
        client = Client()
        client.force_login(person)
        seen[person] = "geheim" in client.get(at).content.decode()
        assert client.get(f"/organen/vergadering/{hidden.pk}/").status_code == 404
        calendar = client.get(f"{at}agenda.ics").status_code
        assert calendar == (200 if person == member else 404)
    assert seen == {contact: False, member: True}


def test_who_may_not_ask_for_a_seat_reads_who_does(
    body: Body, user: tuple[Organisation, Person], client: Client
) -> None:
    who = "Een zetel vraagt een contactpersoon van een organisatie die Flexensie"
    _gemeente, contact = user
    client.force_login(contact)
    assert "Vraag een zetel" in client.get(PAGE).content.decode()
    other = make_person("Ander", "contactpersoon", make_belonging("GM9189", "Niet"))
    client.force_login(other)
    shown = client.get(PAGE).content.decode()
    assert "Vraag een zetel" not in shown
    assert who in shown


def test_a_seat_and_a_request_for_one_go_over_to_the_successor(
    flexensie: Instrument, body: Body, user: tuple[Organisation, Person], bureau: Person
) -> None:
    gemeente, _contact = user
    sits = make_seat(body, "Zit", gemeente)
    asked = ask(flexensie, user, make_person("Wil", "financieel", gemeente))
    redivision = record(
        gemeente, successor=make_member("GM9186", "Opvolger"), by=bureau
    )
    with pytest.raises(NotAllowed, match="heeft geen rol bij"):
        decide(redivision, "seat", Outcome.GOES_OVER, by=bureau)
    for _role in gemeente.roles.all():
        decide(redivision, "role", Outcome.GOES_OVER, by=bureau)
    decide(redivision, "seat", Outcome.GOES_OVER, by=bureau)
    decide(redivision, "seat-request", Outcome.GOES_OVER, by=bureau)
    old, new = body.seats.filter(person=sits.person).order_by("starts_on")
    assert (old.ends_on, old.organisation) == (LAST, gemeente)
    assert (new.starts_on, new.organisation) == (FROM, redivision.successor)
    assert new.function == sits.function
    asked.refresh_from_db()
    assert asked.organisation == redivision.successor
    assert (
        asking.grant(asked, starts_on=timezone.localdate(), by=bureau).organisation
        == redivision.successor
    )


def test_what_a_dissolved_gemeente_asked_or_sat_in_can_end(
    flexensie: Instrument, body: Body, user: tuple[Organisation, Person], bureau: Person
) -> None:
    gemeente, _contact = user
    sits = make_seat(body, "Zit", gemeente)
    asked = ask(flexensie, user, make_person("Wil", "financieel", gemeente))
    redivision = record(gemeente, by=bureau)
    decide(redivision, "seat", Outcome.ENDS, by=bureau)
    decide(redivision, "seat-request", Outcome.ENDS, by=bureau)
    sits.refresh_from_db()
    asked.refresh_from_db()
    assert (sits.ends_on, sits.end_reason) == (
        LAST,
        f"Herindeling: {gemeente} gaat op in {redivision.successor}.",
    )
    assert asked.status == "withdrawn"


def test_a_request_for_a_seat_goes_along_with_who_becomes_one_person(
    flexensie: Instrument, body: Body, user: tuple[Organisation, Person], bureau: Person
) -> None:
    gemeente, _contact = user
    gone = make_person("Wil", "financieel", gemeente)
    kept = make_person("Wilma", "financieel", gemeente)
    asked = ask(flexensie, user, gone)
    merge(kept, gone, by=bureau)
    asked.refresh_from_db()
    assert asked.person == kept


def test_a_request_that_was_answered_stays_of_who_asked(
    flexensie: Instrument, body: Body, user: tuple[Organisation, Person], bureau: Person
) -> None:
    other = make_member("GM9186", "Opvolger")
    waiting = ask(flexensie, user)
    rows = SeatRequest.objects.filter(pk=waiting.pk)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        rows.update(organisation=other, status="withdrawn")
    assert "wordt alleen beantwoord" in guard_says(caught.value)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        rows.update(status="granted")
    assert guard_says(caught.value) == ""
    asking.refuse(waiting, reason="Vol.", by=bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(organisation=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(person=bureau)
