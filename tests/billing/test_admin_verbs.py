"""The buttons of the admin: they ask once, call the verb, and say what it refuses."""

import csv
import re
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from billing.deliveries.hours import COLUMNS
from billing.deliveries.imports import import_hours
from billing.models import Period, RunStatus, Settlement, SettlementRun, Statement
from billing.settling.settlements import prepare
from instruments.models import Instrument
from membership.models import HistoryEvent, Organisation, Person
from tests.billing.settled import H1, NOW, SMALL, TODAY, USUAL, deliver

pytestmark = pytest.mark.usefixtures("in_july")


@pytest.fixture
def in_july(time_machine: time_machine.TimeMachineFixture) -> None:
    """The half-year of the lines has ended."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def delivered(heideveld: Organisation, tmp_path: Path) -> Period:
    deliver(tmp_path, [(heideveld, USUAL)])
    return Period.objects.get(halfyear=H1)


@pytest.fixture
def draft(delivered: Period, bureau: Person) -> SettlementRun:
    instrument = Instrument.objects.get(slug="flexensie")
    return prepare(instrument, H1, today=TODAY, by=bureau)


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(model: str, verb: str, key: int) -> str:
    return reverse(f"admin:billing_{model}_{verb}", args=[key])


def approve(client: Client, run: SettlementRun, fingerprint: str = "") -> str:
    """Press the button, and read what the page says then."""
    answers = {"fingerprint": fingerprint or run.fingerprint}
    page = url("settlementrun", "approve", run.pk)
    return client.post(page, answers, follow=True).content.decode()


def seen_on(client: Client, page: str) -> dict[str, str]:
    """What the form of a page sends back without being seen."""
    found = re.search(
        r'name="fingerprint" value="([^"]+)"', client.get(page).content.decode()
    )
    assert found is not None
    return {"fingerprint": found[1]}


def test_the_bureau_prepares_and_comes_back_to_the_half_year(
    delivered: Period, bureau: Person
) -> None:
    client = as_person(bureau)
    page = url("period", "prepare", delivered.pk)
    assert page in client.get(url("period", "change", delivered.pk)).content.decode()
    asked = client.get(page).content.decode().replace("\u00a0", " ")
    assert "Wie opstelt, stelt niet vast" in asked
    assert "1 concept wordt gemaakt" in asked
    assert "samen € 1.500,00 omzet" in asked
    assert not SettlementRun.objects.exists()
    response = client.post(page, seen_on(client, page), follow=True)
    run = SettlementRun.objects.get()
    assert run.prepared_by == bureau
    assert response.redirect_chain == [(url("period", "change", delivered.pk), 302)]
    assert "is opgesteld" in response.content.decode()


def test_a_form_sent_twice_prepares_once(delivered: Period, bureau: Person) -> None:
    client = as_person(bureau)
    page = url("period", "prepare", delivered.pk)
    seen = seen_on(client, page)
    for _ in range(2):
        assert client.post(page, seen).status_code == 302
    assert SettlementRun.objects.count() == 1
    assert HistoryEvent.objects.filter(action="prepared").count() == 1


def test_lines_that_came_in_meanwhile_are_looked_at_first(
    delivered: Period, bureau: Person, rijkhoven: Organisation, tmp_path: Path
) -> None:
    client = as_person(bureau)
    page = url("period", "prepare", delivered.pk)
    seen = seen_on(client, page)
    with (tmp_path / "later.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS.required)
        ids = ("N1", rijkhoven.code, "O1", "Bakker", "12345678", "K1")
        writer.writerow((*ids, "2026-03-10", *SMALL, "F1", "2026-03-10"))
    import_hours(
        tmp_path / "later.csv",
        file_name="later.csv",
        instrument=delivered.instrument,
        today=TODAY,
    )
    response = client.post(page, seen)
    assert response.status_code == 409
    assert "Er is niets gedaan" in response.content.decode()
    assert not SettlementRun.objects.exists()
    assert client.post(page, seen_on(client, page)).status_code == 302


def test_another_approves_what_was_seen(
    draft: SettlementRun, penningmeester: Person
) -> None:
    client = as_person(penningmeester)
    page = url("settlementrun", "approve", draft.pk)
    shown = client.get(url("settlementrun", "change", draft.pk)).content.decode()
    assert page in shown
    asked = client.get(page).content.decode()
    assert draft.fingerprint in asked
    assert "835,00" in asked
    draft.refresh_from_db()
    assert draft.status == RunStatus.DRAFT
    assert "is vastgesteld: 1\u00a0afrekening" in approve(client, draft)
    draft.refresh_from_db()
    assert (draft.status, draft.approved_by) == (RunStatus.APPROVED, penningmeester)
    assert Statement.objects.count() == 1
    assert (
        page
        not in client.get(url("settlementrun", "change", draft.pk)).content.decode()
    )


def test_who_prepared_does_not_approve(
    delivered: Period, penningmeester: Person
) -> None:
    instrument = Instrument.objects.get(slug="flexensie")
    run = prepare(instrument, H1, today=TODAY, by=penningmeester)
    said = approve(as_person(penningmeester), run)
    assert "Wie de afrekening opstelde, stelt haar niet vast." in said
    run.refresh_from_db()
    assert run.status == RunStatus.DRAFT


def test_the_bureau_has_no_button_to_approve_and_is_refused_without_it(
    draft: SettlementRun, bureau: Person
) -> None:
    client = as_person(bureau)
    page = url("settlementrun", "approve", draft.pk)
    change = url("settlementrun", "change", draft.pk)
    assert page not in client.get(change).content.decode()
    page = url("settlementrun", "approve", draft.pk)
    answers = {"fingerprint": draft.fingerprint}
    assert client.get(page).status_code == 403
    assert client.post(page, answers).status_code == 403
    draft.refresh_from_db()
    assert draft.status == RunStatus.DRAFT


def test_what_was_prepared_again_meanwhile_is_looked_at_again(
    draft: SettlementRun, penningmeester: Person
) -> None:
    said = approve(as_person(penningmeester), draft, fingerprint="an earlier one")
    assert "opnieuw opgesteld terwijl u keek" in said
    draft.refresh_from_db()
    assert draft.status == RunStatus.DRAFT


def test_a_button_pressed_twice_approves_once(
    draft: SettlementRun, penningmeester: Person
) -> None:
    client = as_person(penningmeester)
    approve(client, draft)
    assert "is al vastgesteld" in approve(client, draft)
    assert HistoryEvent.objects.filter(action="approved").count() == 1


def test_a_settlement_is_reversed_with_a_reason(
    draft: SettlementRun, penningmeester: Person
) -> None:
    client = as_person(penningmeester)
    approve(client, draft)
    settlement = Settlement.objects.get()
    page = url("settlement", "reverse", settlement.pk)
    change = url("settlement", "change", settlement.pk)
    assert page in client.get(change).content.decode()
    assert "Dit veld is verplicht" in client.post(page, {}).content.decode()
    response = client.post(page, {"reason": "tarief klopte niet"}, follow=True)
    mirror = Settlement.objects.get(kind="reversal")
    assert response.redirect_chain == [(url("settlement", "change", mirror.pk), 302)]
    assert "is teruggedraaid met creditafrekening" in response.content.decode()
    facts = HistoryEvent.objects.get(action="reversed").facts
    assert facts["reason"] == "tarief klopte niet"
    for row in (settlement, mirror):
        shown = client.get(url("settlement", "change", row.pk)).content.decode()
        assert url("settlement", "reverse", row.pk) not in shown


def test_a_draft_is_not_reversed(draft: SettlementRun, penningmeester: Person) -> None:
    settlement = draft.settlements.get()
    client = as_person(penningmeester)
    page = url("settlement", "reverse", settlement.pk)
    change = url("settlement", "change", settlement.pk)
    assert page not in client.get(change).content.decode()
    said = client.post(page, {"reason": "zo maar"}, follow=True).content.decode()
    assert "kan niet teruggedraaid worden" in said
    assert Settlement.objects.count() == 1


@pytest.mark.parametrize("who", ["lezer", "vreemde", "backoffice"])
def test_who_is_not_of_the_association_presses_no_button(
    who: str, draft: SettlementRun, request: pytest.FixtureRequest
) -> None:
    client = as_person(request.getfixturevalue(who))
    page = url("settlementrun", "approve", draft.pk)
    response = client.post(page, {"fingerprint": draft.fingerprint})
    assert response.status_code == 302
    assert response["Location"].startswith("/beheer/login/")
    draft.refresh_from_db()
    assert draft.status == RunStatus.DRAFT


def test_who_may_not_see_a_record_may_not_act_on_it(
    draft: SettlementRun, penningmeester: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Person, "has_perm", lambda *_: False)
    client = as_person(penningmeester)
    page = url("settlementrun", "approve", draft.pk)
    response = client.post(page, {"fingerprint": draft.fingerprint})
    assert response.status_code == 403


@pytest.mark.parametrize("key", ["0", "nonsense"])
def test_a_button_of_what_is_not_there_is_not_there(
    key: str, draft: SettlementRun, penningmeester: Person
) -> None:
    page = f"/beheer/billing/settlementrun/{key}/approve/"
    assert as_person(penningmeester).get(page).status_code == 404


def test_a_half_year_that_runs_has_no_button_yet(
    heideveld: Organisation,
    bureau: Person,
    tmp_path: Path,
    time_machine: time_machine.TimeMachineFixture,
) -> None:
    deliver(tmp_path, [(heideveld, SMALL)])
    period = Period.objects.get(halfyear=H1)
    time_machine.move_to("2026-06-30T12:00:00Z", tick=False)
    client = as_person(bureau)
    page = url("period", "prepare", period.pk)
    change = url("period", "change", period.pk)
    assert page not in client.get(change).content.decode()
    said = client.get(page, follow=True).content.decode()
    assert "is nog niet voorbij" in said
