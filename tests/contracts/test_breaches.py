"""A datalek: reported, told in time, decided by each college, closed by two people."""

import datetime
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from contracts.admin.breaches import waiting_breaches
from contracts.breaches import closing, recording, telling, watching
from contracts.breaches.bringing_back import bring_back
from contracts.breaches.deadlines import to_decide, to_tell
from contracts.breaches.letter import letter
from contracts.breaches.reading import fresh
from contracts.breaches.recording import Found
from contracts.breaches.reporting import Discovery, report
from contracts.breaches.rules import Kind, Outcome, Stage, Standing, clock, open_points
from contracts.breaches.words import said_of
from contracts.models import BreachContact, BreachEntry, BreachLimit
from contracts.models.breaches import Breach
from membership.deadlines.asked import Among
from membership.models import Email, HistoryEvent, Organisation, Person
from membership.papers.structure import Facts, plain
from nvsi.dutch import day
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.contracts.breaches import (
    HOUR,
    KNOWN,
    college_of,
    decide,
    discover,
    tell,
)

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (31 * HOUR + 59 * HOUR / 60, "nog 31 uur"),
        (2 * HOUR, "nog 2 uur"),
        (HOUR + 59 * HOUR / 60, "nog 119 minuten"),
        (HOUR / 60, "nog 1 minuut"),
        (-3 * HOUR, "3 uur te laat"),
        (-96 * HOUR, "4 dagen te laat"),
    ],
)
def test_a_clock_never_gives_more_time_than_there_is(
    left: datetime.timedelta, words: str
) -> None:
    assert clock(NOW + left, NOW).words == words


def test_what_is_open_names_each_college() -> None:
    told = Standing(told_at=NOW, has_letter=True, authority="left")
    spoken = Standing(told_at=NOW)
    colleges = [("A", told), ("B", spoken), ("C", Standing(is_out=True))]
    assert open_points(colleges, Outcome.HANDLED) == [
        "B heeft nog geen brief.",
        "Van B is nog niet bekend of de AP een melding krijgt.",
    ]
    assert open_points(colleges, Outcome.NO_BREACH) == []
    many = [("gemeente A", spoken), ("gemeente B", spoken), ("gemeente C", Standing())]
    assert open_points([*many, ("gemeente D", Standing())], Outcome.HANDLED) == [
        "Gemeente C en gemeente D zijn nog niet geïnformeerd.",
        "Gemeente A en gemeente B hebben nog geen brief.",
        "Van gemeente A en gemeente B is nog niet bekend of de AP een melding krijgt.",
    ]
    assert open_points([], Outcome.HANDLED) == ["Er is nog geen college betrokken."]


def test_an_uitvoerder_reports_with_an_unknown_number_and_the_bureau_hears_at_once(
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    backoffice: Person,
    bureau: Person,
) -> None:
    key = uuid4()
    breach = discover(backoffice, heideveld, reported_for=flexensie_nederland, key=key)
    again = discover(backoffice, heideveld, reported_for=flexensie_nederland, key=key)
    assert again == breach
    known = fresh(breach)
    assert known.description.people_count is None
    assert (known.breach.within_hours, known.stage) == (24, Stage.OPEN)
    assert [one.name for one in known.untold] == ["gemeente Heideveld"]
    [email] = Email.objects.filter(event="breach_reported")
    assert (email.recipient, breach.number in email.subject) == (bureau.email, True)
    assert "kandidaten" not in email.body
    told = HistoryEvent.objects.get(action="breach reported")
    assert (told.by, told.subject_id) == (backoffice, breach.pk)


def test_a_gemeente_that_reports_knows_since_the_discovery(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    breach = discover(lezer, reported_for=heideveld, ago=5 * HOUR)
    [college] = fresh(breach).colleges
    assert college.standing.told_at == breach.discovered_at
    left = college.clock(breach.reported_at)
    assert left is not None
    assert left.words == "nog 67 uur"


def test_what_cannot_be_is_refused(
    heideveld: Organisation, lezer: Person, vreemde: Person, bureau: Person
) -> None:
    now = timezone.now()
    with pytest.raises(NotAllowed, match="in de toekomst") as refusal:
        discover(bureau, ago=-HOUR)
    assert refusal.value.field == "discovered_at"
    with pytest.raises(NotAllowed, match="U kunt geen"):
        discover(vreemde, reported_for=heideveld)
    with pytest.raises(NotAllowed, match="legt het bureau vast"):
        discover(lezer)
    with pytest.raises(ValidationError, match="burgerservicenummer"):
        report(
            Discovery(now - HOUR, "iemand"), Found("sent", "BSN 111222333"),
            reported_for=None, key=uuid4(), now=now, by=bureau,
        )  # fmt: skip
    breach = discover(bureau, heideveld)
    college = college_of(breach, heideveld)
    for at, words in [(now - 2 * HOUR, "voor de ontdekking"), (now + HOUR, "toekomst")]:
        with pytest.raises(NotAllowed, match=words):
            telling.speak_to(college, at=at, who="fg", now=now, by=bureau)
    with pytest.raises(NotAllowed, match="Informeer eerst"):
        decide(breach, heideveld, by=bureau)
    with pytest.raises(NotAllowed, match="het bureau en het bestuur"):
        tell(breach, heideveld, by=lezer)


def test_a_college_gets_what_the_law_asks_and_its_time_runs(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    fg = make_person("Guardian", "fg", heideveld)
    make_person("Financien", "financieel", heideveld)
    for address in ("ciso@heideveld.example", lezer.email):
        BreachContact.objects.create(
            organisation=heideveld, function="CISO", email=address,
            telephone="030 000 00 01", starts_on=timezone.localdate(),
        )  # fmt: skip
    breach = discover(bureau, heideveld, found=KNOWN)
    tell(breach, heideveld, by=bureau)
    emails = Email.objects.filter(event="breach_told")
    readers = {lezer.email, fg.email, "ciso@heideveld.example"}
    assert {email.recipient for email in emails} == readers
    assert len(emails) == len(readers)
    body = emails[0].body.replace("\u00a0", " ")
    for words in ("ongeveer 12 mensen", "gewerkte uren", "geen namen", "Noor, bureau",
                  "heeft het gewist", "aan de verkeerde"):  # fmt: skip
        assert words in body
    [college] = fresh(breach).colleges
    letter = college.letter
    assert letter is not None
    assert bytes(letter.content).startswith(b"%PDF")
    left = college.clock(letter.at)
    assert left is not None
    assert left.words == "nog 72 uur"
    recording.describe(breach, KNOWN, now=timezone.now(), by=bureau)
    tell(breach, heideveld, by=bureau)
    [college] = fresh(breach).colleges
    assert college.standing.told_at == letter.at
    assert college.letter is not None
    assert "Aanvulling" in college.letter.file_name


def test_it_is_closed_by_two_people_once_each_college_is_done(
    heideveld: Organisation, noorderhage: Organisation, bureau: Person, bestuur: Person
) -> None:
    breach = discover(bureau, heideveld, noorderhage)
    tell(breach, heideveld, by=bureau)
    decide(breach, heideveld, by=bureau)

    def propose(**facts: Any) -> None:
        closing.propose(breach, Outcome.HANDLED, words="Klaar.", now=timezone.now(),
                        by=bureau)  # fmt: skip

    with pytest.raises(NotAllowed, match="Noorderhage is nog niet geïnformeerd"):
        propose()
    other = college_of(breach, noorderhage)
    recording.set_aside(other, words="Andere gegevens.", now=timezone.now(), by=bureau)
    propose()
    with pytest.raises(NotAllowed, match="sluit niet zelf af"):
        closing.close(breach, now=timezone.now(), by=bureau)
    closing.close(breach, now=timezone.now(), by=bestuur)
    assert not Breach.objects.running().exists()
    with pytest.raises(NotAllowed, match="Heropen het eerst"):
        recording.describe(breach, KNOWN, now=timezone.now(), by=bureau)
    closing.reopen(breach, words="Er is meer.", now=timezone.now(), by=bureau)
    assert fresh(breach).stage == Stage.OPEN
    assert Breach.objects.running().get() == breach
    closing.propose(breach, Outcome.HANDLED, words="Nu.", now=timezone.now(), by=bureau)
    closing.keep_open(breach, words="Wacht.", now=timezone.now(), by=bestuur)
    with pytest.raises(NotAllowed, match="Nog niemand stelde"):
        closing.close(breach, now=timezone.now(), by=bestuur)


def test_the_last_decision_counts_and_the_earlier_ones_stay(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    breach = discover(bureau, heideveld)
    tell(breach, heideveld, by=bureau)
    college, now = college_of(breach, heideveld), timezone.now()
    recording.decide_authority(college, Outcome.LEFT, at=now, now=now, by=bureau)
    assert not fresh(breach).colleges[0].standing.is_decided
    decide(breach, heideveld, by=lezer)
    at = timezone.now()
    recording.decide_authority(
        college, Outcome.REPORTED, at=at, who="de fg", number="AP-1", now=at, by=lezer
    )
    [known] = fresh(breach).colleges
    assert known.standing.authority == Outcome.REPORTED
    assert known.clock(at) is None
    said = [(e.outcome, e.is_own) for e in known.entries if e.kind == Kind.AUTHORITY]
    assert said == [("left", False), ("not_reported", True), ("reported", True)]


def test_who_runs_out_of_time_hears_it_once(
    heideveld: Organisation,
    noorderhage: Organisation,
    lezer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    breach = discover(bureau, heideveld, noorderhage)
    tell(breach, heideveld, by=bureau)
    now = timezone.now()
    assert watching.watch(now) == 0
    for hours in (24, 24, 47):
        watching.watch(now + hours * HOUR)
    late = Email.objects.filter(event="breach_late")
    assert {email.recipient for email in late} == {bureau.email, bestuur.email}
    assert "gemeente Noorderhage" in late[0].body
    assert "gemeente Heideveld" not in late[0].body
    assert not Email.objects.filter(event="breach_due").exists()
    for hours in (49, 50):
        watching.watch(now + hours * HOUR)
    [due] = Email.objects.filter(event="breach_due")
    assert due.recipient == lezer.email


def test_a_later_limit_holds_for_what_is_discovered_after_it(
    bureau: Person, heideveld: Organisation
) -> None:
    today = timezone.localdate()
    BreachLimit.objects.create(hours=12, starts_on=today)
    assert discover(bureau, ago=HOUR / 60).within_hours == 12
    assert discover(bureau, ago=48 * HOUR).within_hours == 24


def test_what_it_asks_stands_in_the_lists(
    heideveld: Organisation, lezer: Person, bureau: Person, bestuur: Person
) -> None:
    breach, today = discover(bureau, heideveld), timezone.localdate()
    [waits] = waiting_breaches(bureau, today)
    assert "1\u00a0college, nog 2" in waits.about
    [asked] = to_tell(Among(), today)
    assert asked.by == timezone.localdate(breach.tell_by)
    assert list(to_decide(Among(), today)) == []
    tell(breach, heideveld, by=bureau)
    assert list(to_tell(Among(), today)) == []
    [asked] = to_decide(Among(frozenset({heideveld.pk})), today)
    assert asked.is_asked_of(lezer)
    assert list(to_decide(Among(frozenset({0})), today)) == []
    decide(breach, heideveld, by=bureau)
    assert list(to_decide(Among(), today)) == []
    closing.propose(
        breach, Outcome.HANDLED, words="Klaar.", now=timezone.now(), by=bureau
    )
    assert list(waiting_breaches(bureau, today)) == []
    [waits] = waiting_breaches(bestuur, today)
    assert waits.what == "Datalek afsluiten"


USUAL = ("tell", "decide", "propose", "close")
ACTS = (*USUAL, *USUAL, "speak", "aside", "back", "drop", "keep", "reopen", "add")


@examples(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTS), st.booleans(), st.booleans()), max_size=16
    )
)
def test_no_order_of_acts_closes_it_too_early(
    acts: list[tuple[str, bool, bool]],
) -> None:
    """Whatever was asked in whatever order: what is closed was done, by two people."""
    people = [_somebody(name, role) for name, role in
              (("Aa", "bureau"), ("Bb", "bestuur"))]  # fmt: skip
    places = [_place(code) for code in ("GM9101", "GM9102")]
    breach = discover(people[0], places[0], now=timezone.now())
    for act, first, which in acts:
        by, place = people[first], places[which]
        try:
            _do(act, breach, place, by)
        except NotAllowed:
            continue
        _require_sound(breach)


def _do(act: str, breach: Breach, place: Organisation, by: Person) -> None:
    now = timezone.now()
    if act == "add":
        recording.concern(breach, colleges=[place], now=now, by=by)
        return
    college = breach.colleges.filter(organisation=place).first()
    on_college: dict[str, Callable[[Any], object]] = {
        # The bytes of the letter are made in a test of their own.
        "tell": lambda row: recording.add_entry(
            recording.hold(breach, by).breach, Kind.TOLD, college=row, at=now,
            outcome=Outcome.WRITTEN, sha256="x" * 64, now=now, by=by),
        "speak": lambda row: telling.speak_to(row, at=now, who="fg", now=now, by=by),
        "decide": lambda _row: decide(breach, place, by=by),
        "aside": lambda row: recording.set_aside(row, words="Nee.", now=now, by=by),
        "back": lambda row: bring_back(row, words="Toch.", now=now, by=by),
    }  # fmt: skip
    on_breach: dict[str, Callable[[], object]] = {
        "propose": lambda: closing.propose(
            breach, Outcome.HANDLED, words="Ja.", now=now, by=by),
        "drop": lambda: closing.propose(
            breach, Outcome.NO_BREACH, words="Niets.", now=now, by=by),
        "close": lambda: closing.close(breach, now=now, by=by),
        "keep": lambda: closing.keep_open(breach, words="Nee.", now=now, by=by),
        "reopen": lambda: closing.reopen(breach, words="Toch.", now=now, by=by),
    }  # fmt: skip
    if act in on_breach:
        on_breach[act]()
    elif college:
        on_college[act](college)


def _require_sound(breach: Breach) -> None:
    known = fresh(breach)
    if known.conclusion is None:
        return
    last = [e for e in known.entries if e.kind == Kind.CLOSED][-1]
    assert last.by_id != known.conclusion.by_id
    if known.conclusion.outcome == Outcome.HANDLED:
        assert known.concerned
        for one in known.concerned:
            assert one.standing.has_letter
            assert one.standing.authority
    assert BreachEntry.objects.filter(breach=breach).last() == last


def _somebody(name: str, role: str) -> Person:
    known = Person.objects.filter(email=f"{name.lower()}@nvsi.example").first()
    return known or make_person(name, role)


def _place(code: str) -> Organisation:
    place, _ = Organisation.objects.get_or_create(
        code=code, defaults={"kind": "gemeente", "name": code, "short_name": code}
    )
    return place


def test_a_measure_that_is_taken_stands_in_the_row_and_in_what_is_sent(
    heideveld: Organisation, waterkant: Organisation, lezer: Person, bureau: Person
) -> None:
    breach = discover(bureau, heideveld, waterkant)
    assert dict(said_of(fresh(breach)))["Maatregelen"] == "nog niet bekend"
    now = timezone.now()
    for words in ("wachtwoord gewijzigd", "Server herstart."):
        recording.take_measure(breach, words=words, at=now, now=now, by=bureau)
    on = day(timezone.localdate(now))
    taken = [f"{on}: wachtwoord gewijzigd.", f"{on}: Server herstart."]
    assert dict(said_of(fresh(breach)))["Maatregelen"].splitlines() == taken
    tell(breach, heideveld, by=bureau)
    [told] = Email.objects.filter(event="breach_told", recipient=lezer.email)
    assert f"- Maatregelen: {' '.join(' '.join(taken).split())}\n" in told.body
    recording.describe(breach, KNOWN, now=now, by=bureau)
    known = fresh(breach)
    done = ["De ontvanger heeft het gewist.", *taken]
    assert dict(said_of(known))["Maatregelen"].splitlines() == done
    college = known.of(waterkant.pk)
    assert college is not None
    paper = letter(known, college, words="", now=now)
    [facts] = [block for block in paper.blocks if isinstance(block, Facts)]
    said = {name: plain(words) for name, words in facts.rows}
    assert said["Maatregelen"] == " ".join(done)
