"""Annexes: a next version, who is asked, what is different, and for whom it holds."""

import datetime
import io
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types

from contracts.annexes import annexes_for, consenting, laying, version_for
from contracts.annexes.asked import consents
from contracts.annexes.difference import How, asks_yes, differences
from contracts.annexes.parties import concerned
from contracts.annexes.register import register_on
from contracts.annexes.register_files import as_xlsx
from contracts.models import AnnexVersion, Consent, Verwerkersovereenkomst
from instruments.models import Instrument
from membership import emails
from membership.deadlines.asked import Among
from membership.models import Email, HistoryEvent, Organisation, Person, Role
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_person
from tests.contracts.annexes import lay, next_version
from tests.contracts.offers import in_force, use, verwerkers

ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def burgemeester(heideveld: Organisation) -> Person:
    return make_person("Burgemeester", "ondertekenaar", heideveld)


def say(
    consent: Consent, choice: str, by: Person, *, reason: str = "", basis: str = ""
) -> Consent:
    now = timezone.now()
    return consenting.answer(
        consent,
        choice,
        reason=reason,
        basis=basis,
        now=now,
        today=timezone.localdate(now),
        by=by,
    )


def test_a_change_is_laid_before_who_uses_it_under_an_agreement_by_a_colleague(
    flexensie: Instrument,
    heideveld: Organisation,
    noorderhage: Organisation,
    lezer: Person,
    burgemeester: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    Verwerkersovereenkomst.objects.create(
        organisation=noorderhage, starts_on=datetime.date(2018, 1, 1)
    )
    draft = next_version(flexensie, by=bureau)
    assert (draft.number, draft.processings.count()) == (2, 2)
    with pytest.raises(NotAllowed, match="Een collega legt ze voor"):
        lay(draft, by=bureau)
    with pytest.raises(NotAllowed, match="van het bureau"):
        laying.start(flexensie, note="x", by=lezer)
    [asked] = lay(draft, by=bestuur)
    assert (asked.organisation, asked.answer) == (heideveld, "")
    draft.refresh_from_db()
    assert not draft.asks_yes  # another sub-verwerker: one may object
    emails.send_waiting()
    assert {to for one in mail.outbox for to in one.to} == {
        lezer.email,
        burgemeester.email,
    }
    assert "Er komt een rekencentrum bij." in mail.outbox[0].body
    assert HistoryEvent.objects.filter(action="laid before").count() == 1
    with pytest.raises(NotAllowed, match="is al voorgelegd"):
        lay(draft, by=bestuur)


def test_who_agrees_while_a_change_waits_is_asked_too(
    flexensie: Instrument,
    heideveld: Organisation,
    waterkant: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    today = timezone.localdate()
    signer = make_person("Tekenaar", "ondertekenaar", waterkant)
    people: dict[str, Any] = {"bureau": bureau, "bestuur": bestuur, "today": today}
    [first] = lay(next_version(flexensie, by=bureau), by=bestuur)
    assert first.organisation == heideveld
    in_force(verwerkers(waterkant, starts_on=today), signer, **people)
    assert not waterkant.annex_consents.exists()  # it does not use it yet
    later = first.version.used_from or today
    in_force(use(waterkant, flexensie, starts_on=later + ONE_DAY), signer, **people)
    asked = waterkant.annex_consents.get()
    assert (asked.version, asked.answer) == (first.version, "")
    told = Email.objects.filter(event="annexes_asked", recipient=signer.email)
    assert told.count() == 1
    say(asked, "objection", signer, reason="Niet op tijd bekeken.")
    after = later + ONE_DAY
    held = version_for(flexensie, after, waterkant)
    assert held != version_for(flexensie, after, heideveld) == first.version
    assert laying.ask_newcomers([waterkant], starts_on=after, today=today) == []


def test_days_and_content_are_checked_before_anybody_is_asked(
    flexensie: Instrument, heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    draft = next_version(flexensie, by=bureau)
    today = timezone.localdate()
    seen = laying.fingerprint(draft)

    def lay_on(answer_by: datetime.date, used_from: datetime.date) -> None:
        laying.lay_before(
            draft,
            answer_by=answer_by,
            used_from=used_from,
            seen=seen,
            now=timezone.now(),
            today=today,
            by=bestuur,
        )

    enough = today + laying.TERM
    with pytest.raises(NotAllowed, match="vier weken") as refusal:
        lay_on(enough - ONE_DAY, enough)
    assert refusal.value.field == "answer_by"
    with pytest.raises(NotAllowed, match="na de laatste dag"):
        lay_on(enough, enough)
    draft.subprocessors.all().delete()
    with pytest.raises(Stale):
        lay_on(enough, enough + ONE_DAY)
    draft.measures.all().delete()
    with pytest.raises(NotAllowed, match="beveiligd"):
        lay(draft, by=bestuur)
    draft.processings.all().delete()
    with pytest.raises(NotAllowed, match="persoonsgegevens gebeurt"):
        lay(draft, by=bestuur)
    with pytest.raises(NotAllowed, match="al een concept"):
        laying.start(flexensie, note="x", by=bureau)


def test_a_version_without_a_difference_asks_nothing(
    flexensie: Instrument, bureau: Person, bestuur: Person
) -> None:
    draft = laying.start(flexensie, note="Niets.", by=bureau)
    with pytest.raises(NotAllowed, match="niets anders"):
        lay(draft, by=bestuur)


def test_the_first_version_of_an_instrument_asks_nobody(
    heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    other = Instrument.objects.create(slug="ander", name="Ander")
    draft = laying.start(other, note="Wat al was afgesproken.", by=bureau)
    draft.processings.create(
        name="A", nature="a", purpose="b", subjects="c", data_kinds="d", retention="e"
    )
    draft.measures.create(reference="5.17", what="Sloten")
    assert lay(draft, by=bestuur) == []
    draft.refresh_from_db()
    assert draft.answer_by is None
    with pytest.raises(NotAllowed, match="Voor Ander zijn op 1\u00a0januari 2026 geen"):
        annexes_for(heideveld, [other], datetime.date(2026, 1, 1))


def test_an_ondertekenaar_answers_within_the_term_and_the_bureau_records_a_letter(
    flexensie: Instrument,
    heideveld: Organisation,
    burgemeester: Person,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    draft = next_version(flexensie, by=bureau)
    [asked] = lay(draft, by=bestuur)
    for by in (lezer, vreemde, bestuur):
        with pytest.raises(NotAllowed, match="antwoordt een ondertekenaar"):
            say(asked, "consent", by)
    with pytest.raises(NotAllowed, match="waartegen") as refusal:
        say(asked, "objection", burgemeester, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(NotAllowed, match="Kies"):
        say(asked, "misschien", burgemeester)
    given = say(asked, "consent", burgemeester)
    assert (given.answered_by, given.get_answer_display()) == (burgemeester, "stemt in")
    with pytest.raises(NotAllowed, match="waar het antwoord uit blijkt"):
        say(asked, "objection", bureau, reason="Te ver.")
    say(asked, "objection", bureau, reason="Te ver.", basis="Brief van 3 maart")
    emails.send_waiting()
    assert mail.outbox[-1].to == [bureau.email]
    assert "Te ver." in mail.outbox[-1].body
    answers = HistoryEvent.objects.filter(action="answered").order_by("pk")
    assert [one.facts["choice"] for one in answers] == ["stemt in", "maakt bezwaar"]


def test_after_the_term_no_answer_counts_any_more(
    flexensie: Instrument,
    heideveld: Organisation,
    burgemeester: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    draft = next_version(flexensie, by=bureau)
    [asked] = lay(draft, by=bestuur)
    draft.refresh_from_db()
    assert draft.answer_by is not None
    late = draft.answer_by + ONE_DAY

    def on(day: datetime.date, by: Person, basis: str = "") -> None:
        consenting.answer(
            asked,
            "consent",
            reason="",
            basis=basis,
            now=timezone.now(),
            today=day,
            by=by,
        )

    with pytest.raises(NotAllowed, match="Antwoorden kan niet meer"):
        on(late, burgemeester)
    on(draft.answer_by, burgemeester)
    with pytest.raises(NotAllowed, match="Antwoorden kan niet meer"):
        on(late, bureau, basis="brief")


def test_who_objects_keeps_the_annexes_as_they_were(
    flexensie: Instrument,
    heideveld: Organisation,
    burgemeester: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    draft = next_version(flexensie, by=bureau)
    [asked] = lay(draft, by=bestuur)
    draft.refresh_from_db()
    assert draft.used_from is not None
    then = draft.used_from

    def number(on: datetime.date = then) -> int | None:
        version = version_for(flexensie, on, heideveld)
        return version.number if version else None

    assert (number(then - ONE_DAY), number()) == (1, 2)  # silence is no objection
    say(asked, "objection", burgemeester, reason="Nee.")
    assert number() == 1
    assert [row.version.number for row in register_on(then) if row.version] == [1]
    say(asked, "consent", burgemeester)
    assert number() == 2
    blocks = annexes_for(heideveld, [flexensie], then)
    assert "Rekencentrum b.v." in str(blocks["subverwerkers"])
    assert "Flexensie Nederland b.v." in str(blocks["subverwerkers"])
    laying.withdraw(
        draft, reason="Toch niet.", now=timezone.now(), today=then - ONE_DAY, by=bureau
    )
    assert number() == 1
    with pytest.raises(NotAllowed, match="ingetrokken"):
        say(asked, "objection", burgemeester, reason="Nee.")


def test_another_purpose_holds_only_for_who_says_yes(
    flexensie: Instrument,
    heideveld: Organisation,
    burgemeester: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    draft = laying.start(flexensie, note="Ook onderzoek.", by=bureau)
    row = draft.processings.first()
    assert row is not None
    row.purpose += " En onderzoek."
    row.save()
    [asked] = lay(draft, by=bestuur)
    draft.refresh_from_db()
    assert draft.asks_yes
    assert draft.used_from is not None
    silent = version_for(flexensie, draft.used_from, heideveld)
    say(asked, "consent", burgemeester)
    agreed = version_for(flexensie, draft.used_from, heideveld)
    assert silent is not None
    assert agreed is not None
    assert (silent.number, agreed.number) == (1, 2)


def test_a_version_that_is_used_is_not_called_off(
    flexensie: Instrument, bureau: Person, lezer: Person
) -> None:
    first = AnnexVersion.objects.get(number=1)
    now = timezone.now()

    def withdraw(by: Person) -> None:
        laying.withdraw(
            first, reason="Nee.", now=now, today=timezone.localdate(now), by=by
        )

    with pytest.raises(NotAllowed, match="in gebruik sinds"):
        withdraw(bureau)
    with pytest.raises(NotAllowed, match="van het bureau"):
        withdraw(lezer)


def test_what_is_new_goes_or_changes_is_told_fact_by_fact(
    flexensie: Instrument, bureau: Person
) -> None:
    first = AnnexVersion.objects.whole().get(number=1)
    draft = next_version(flexensie, by=bureau)
    draft.measures.filter(reference="8.11").delete()
    draft.subprocessors.filter(name__startswith="Flexensie").update(country="België")
    found = differences(first, AnnexVersion.objects.whole().get(pk=draft.pk))
    assert [(one.name, one.how) for one in found] == [
        ("Flexensie Nederland b.v.", How.CHANGED),
        ("Rekencentrum b.v.", How.ADDED),
        ("8.11", How.REMOVED),
    ]
    [line] = found[0].lines
    assert (line.label, line.before, line.after) == ("Land", "Nederland", "België")
    assert not asks_yes(found)
    assert asks_yes(differences(None, first))
    assert differences(first, first) == []


def test_an_answer_is_asked_of_who_signs_until_the_last_day(
    flexensie: Instrument,
    heideveld: Organisation,
    burgemeester: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    [asked] = lay(next_version(flexensie, by=bureau), by=bestuur)
    today = timezone.localdate()
    [deadline] = consents(Among(), today)
    assert deadline.is_asked_of(burgemeester)
    assert deadline.by == today + laying.TERM
    assert list(consents(Among(), today + laying.TERM + ONE_DAY)) == []
    assert list(consents(Among(frozenset({0})), today)) == []
    say(asked, "consent", burgemeester)
    assert list(consents(Among(), today)) == []


def test_the_register_names_each_controller_and_what_is_done_for_it(
    flexensie: Instrument,
    heideveld: Organisation,
    waterkant: Organisation,
    noorderhage: Organisation,
) -> None:
    Role.objects.create(
        person=make_person("Fleur", "fg", heideveld),
        organisation=heideveld,
        name="financieel",
        starts_on=datetime.date(2018, 1, 1),
    )
    today = timezone.localdate()
    [row] = register_on(today)
    assert (row.controller, row.party, row.instrument) == (
        heideveld,
        heideveld,
        "Flexensie",
    )
    assert row.fg == "Fleur (fleur@nvsi.example)"
    assert register_on(today, of=noorderhage) == []
    assert register_on(datetime.date(2017, 12, 31)) == []
    book = load_workbook(io.BytesIO(as_xlsx([row], today)))
    assert book.sheetnames[:2] == ["Voor wie", "Verwerkingen"]
    assert book["Voor wie"]["A2"].value == "college van gemeente Heideveld"
    assert book["Verwerkingen"].max_row == 3
    assert list(concerned(flexensie, today)) == [heideveld]
