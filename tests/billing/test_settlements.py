"""Preparing and approving: twice is once, and nobody approves his own work."""

import datetime
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from billing import road
from billing.models import (
    Entry,
    Line,
    Period,
    RunStatus,
    Settlement,
    SettlementRun,
    Statement,
)
from billing.reports import halfyear_as_json
from billing.settling import reversal, settlements
from contracts.models import Gebruiksovereenkomst, Terms
from instruments.models import Instrument
from membership.models import Email, HistoryEvent, Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from tests.billing.deliveries import TODAY, agree, line, take_in
from tests.billing.settled import H1, NOW, make_member
from tests.conftest import make_person

NEXT_DAY = TODAY + datetime.timedelta(days=1)
DURING = datetime.date(2026, 6, 30)
AMOUNTS = {
    "uren": "39.50",
    "bruto_omzet": "584.88",
    "premies": "79.00",
    "vergoeding": "175.46",
    "afdracht_gemeente": "5.85",
    "afdracht_uitvoerder": "5.85",
    "uitkering_gemeente": "324.57",
    "uitkering_uitvoerder": "169.61",
    "bijdrage_nvsi": "11.70",
}


@pytest.fixture
def lines(heideveld: Organisation, tmp_path: Path) -> None:
    """The two lines of the worked example, in 2026-H1."""
    take_in(tmp_path, [line("R1"), line("R2", uren="7.5", tarief="15.05")])


@pytest.fixture
def run(lines: None, flexensie: Instrument, bureau: Person) -> SettlementRun:
    """The draft of that half-year, prepared by the bureau."""
    return prepare(flexensie, by=bureau)


def prepare(
    instrument: Instrument,
    *,
    by: Person | None,
    today: datetime.date = TODAY,
    halfyear: HalfYear = H1,
    forced: bool = False,
) -> SettlementRun:
    return settlements.prepare(instrument, halfyear, today=today, forced=forced, by=by)


def approve(run: SettlementRun, by: Person) -> list[Settlement]:
    return settlements.approve(run, now=NOW, by=by)


def written() -> tuple[list[Any], ...]:
    """All that preparing writes, with the ids: what did not change has the same."""
    return (
        list(SettlementRun.objects.order_by("pk").values()),
        list(Settlement.objects.order_by("pk").values()),
        list(Email.objects.order_by("pk").values("pk", "state")),
        list(HistoryEvent.objects.order_by("pk").values("pk")),
    )


# Preparing.


def test_preparing_says_what_the_worked_example_comes_to(run: SettlementRun) -> None:
    (settlement,) = run.settlements.all()
    shown = {name: str(getattr(settlement, name)) for name in AMOUNTS}
    assert shown == AMOUNTS
    assert (settlement.status, settlement.number) == ("draft", None)


def test_preparing_twice_writes_nothing_the_second_time(
    lines: None, flexensie: Instrument, bureau: Person, penningmeester: Person
) -> None:
    first = road.prepare(flexensie, H1, today=TODAY, by=bureau)
    before = written()
    for by in (bureau, penningmeester, None):
        again = road.prepare(flexensie, H1, today=NEXT_DAY, by=by)
        assert (again.pk, again.prepared_by) == (first.pk, bureau)
    assert written() == before


def test_new_lines_renew_the_draft(
    run: SettlementRun, flexensie: Instrument, penningmeester: Person, tmp_path: Path
) -> None:
    take_in(tmp_path, [line("R3")])
    renewed = prepare(flexensie, by=penningmeester)
    assert (renewed.pk, renewed.prepared_by) == (run.pk, penningmeester)
    assert renewed.fingerprint != run.fingerprint
    assert renewed.settlements.get().uren == Decimal("71.50")
    assert SettlementRun.objects.count() == 1


def test_what_was_prepared_and_by_whom_is_in_the_history(
    run: SettlementRun, bureau: Person
) -> None:
    event = HistoryEvent.objects.get(subject_type="billing.settlementrun")
    assert (event.action, event.by, event.subject_id) == ("prepared", bureau, run.pk)
    assert event.facts == {"fingerprint": run.fingerprint, "settlements": 1}


@pytest.mark.parametrize("role", ["bestuur", "backoffice", "lezer", "vreemde"])
def test_who_has_no_role_for_it_does_not_prepare(
    lines: None, flexensie: Instrument, role: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed, match="mag niet afrekeningen opstellen"):
        prepare(flexensie, by=request.getfixturevalue(role))
    assert not SettlementRun.objects.exists()


def test_a_halfyear_that_runs_is_not_prepared(
    lines: None, flexensie: Instrument, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match=r"2026-H1 is nog niet voorbij.*01-07-2026"):
        prepare(flexensie, by=bureau, today=DURING)
    assert not SettlementRun.objects.exists()


def test_a_halfyear_that_runs_is_prepared_by_force_and_marked(
    lines: None, flexensie: Instrument, bureau: Person, penningmeester: Person
) -> None:
    run = prepare(flexensie, by=bureau, today=DURING, forced=True)
    assert run.forced
    road.approve(run, now=NOW, by=penningmeester)
    assert Statement.objects.get().heading["forced"] is True


def test_a_halfyear_that_is_over_is_not_marked_though_forced(
    lines: None, flexensie: Instrument, bureau: Person
) -> None:
    assert not prepare(flexensie, by=bureau, forced=True).forced


def test_the_mark_goes_when_the_halfyear_is_over(
    lines: None, flexensie: Instrument, bureau: Person
) -> None:
    assert prepare(flexensie, by=bureau, today=DURING, forced=True).forced
    assert not prepare(flexensie, by=bureau).forced


def test_a_halfyear_to_come_is_not_even_prepared_by_force(
    lines: None, flexensie: Instrument, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match="nog niet voorbij"):
        prepare(flexensie, by=bureau, halfyear=H1.next(), today=DURING, forced=True)


def test_a_missing_price_is_named(
    run: SettlementRun, flexensie: Instrument, bureau: Person
) -> None:
    Terms.objects.all().delete()
    with pytest.raises(
        NotAllowed, match="Heideveld heeft geen vergoeding voor 2026-H1"
    ):
        prepare(flexensie, by=bureau)


def test_a_missing_contribution_is_named(
    run: SettlementRun, flexensie: Instrument, bureau: Person
) -> None:
    flexensie.contribution_rates.all().delete()
    with pytest.raises(NotAllowed, match="geen bijdrage van de ALV bekend in 2026-H1"):
        prepare(flexensie, by=bureau)


def test_an_empty_halfyear_is_settled_with_nothing(
    heideveld: Organisation,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
) -> None:
    run = prepare(flexensie, by=bureau)
    assert approve(run, penningmeester) == []
    content = halfyear_as_json(Period.objects.get())
    assert content["status"] == "approved"
    assert content["gemeenten"] == []
    assert set(content["totals"].values()) == {"0.00"}
    assert not Entry.objects.exists()


# Approving.


def test_approving_closes_numbers_and_says_by_whom(
    run: SettlementRun, penningmeester: Person
) -> None:
    (settlement,) = approve(run, penningmeester)
    run.refresh_from_db()
    assert (run.status, run.approved_by) == (RunStatus.APPROVED, penningmeester)
    assert (settlement.status, settlement.number) == ("approved", "2026-0001")
    assert settlement.approved_on == NOW.date()
    assert Period.objects.get().closed_at == NOW
    event = HistoryEvent.objects.latest("pk")
    assert (event.action, event.by) == ("approved", penningmeester)
    assert event.facts == {"fingerprint": run.fingerprint, "numbers": ["2026-0001"]}


def test_approving_twice_is_refused(run: SettlementRun, penningmeester: Person) -> None:
    approve(run, penningmeester)
    with pytest.raises(NotAllowed, match="is al vastgesteld"):
        approve(run, penningmeester)


def test_who_prepared_does_not_approve(
    lines: None, flexensie: Instrument, penningmeester: Person
) -> None:
    run = prepare(flexensie, by=penningmeester)
    with pytest.raises(NotAllowed, match="Wie de afrekening opstelde"):
        approve(run, penningmeester)
    assert Period.objects.get().closed_at is None


def test_who_prepared_does_not_approve_in_the_database_either(
    run: SettlementRun, bureau: Person
) -> None:
    approval = (
        "UPDATE billing_settlementrun SET status = 'approved', approved_at = now(),"
    )
    with (
        pytest.raises(IntegrityError, match="the_approver_is_not_the_preparer"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{approval} approved_by_id = %s", [bureau.pk])


def test_another_penningmeester_approves_what_the_first_prepared(
    lines: None, flexensie: Instrument, penningmeester: Person
) -> None:
    run = prepare(flexensie, by=penningmeester)
    assert approve(run, make_person("Tweede", "penningmeester"))


def test_what_the_scheduled_run_prepared_one_person_may_approve(
    lines: None, flexensie: Instrument, bestuur: Person
) -> None:
    assert approve(prepare(flexensie, by=None), bestuur)


@pytest.mark.parametrize("role", ["bureau", "backoffice", "lezer", "vreemde"])
def test_who_has_no_role_for_it_does_not_approve(
    lines: None, flexensie: Instrument, role: str, request: pytest.FixtureRequest
) -> None:
    run = prepare(flexensie, by=None)
    with pytest.raises(NotAllowed, match="mag niet afrekeningen vaststellen"):
        approve(run, request.getfixturevalue(role))


def test_somebody_who_is_not_active_any_more_does_not_approve(
    run: SettlementRun, penningmeester: Person
) -> None:
    penningmeester.is_active = False
    with pytest.raises(NotAllowed, match="mag niet"):
        approve(run, penningmeester)


def refused_change(run: SettlementRun, by: Person) -> str:
    """Why a run that changed is not approved; it stays a draft, and renewing helps."""
    with pytest.raises(NotAllowed, match="is veranderd sinds het opstellen") as refusal:
        approve(run, by)
    assert Period.objects.get(pk=run.period_id).closed_at is None
    renewed = prepare(run.period.instrument, by=None)
    assert approve(renewed, by)
    return str(refusal.value).replace("\u00a0", " ")


def test_new_lines_between_preparing_and_approving_are_named(
    run: SettlementRun, penningmeester: Person, tmp_path: Path
) -> None:
    take_in(tmp_path, [line("R3")])
    said = refused_change(run, penningmeester)
    assert "GM9001: regels 2 > 3, bruto-omzet € 584,88 > € 1.056,88" in said
    assert "uitkering € 324,57 > € 586,25" in said


def test_a_gemeente_that_is_new_since_preparing_is_named(
    run: SettlementRun, penningmeester: Person, tmp_path: Path
) -> None:
    make_member("GM9011", "Rijkhoven")
    take_in(tmp_path, [line("R3", gemeente_code="GM9011")])
    assert "GM9011: is nieuw" in refused_change(run, penningmeester)


def test_another_price_since_preparing_is_named(
    run: SettlementRun, penningmeester: Person, agreement: Gebruiksovereenkomst
) -> None:
    agreement.terms.update(vergoeding_pct=Decimal("25.00"))
    said = refused_change(run, penningmeester)
    assert "GM9001: vergoeding 30.00% > 25.00%, uitkering € 324,57 > € 353,81" in said


def test_another_contribution_since_preparing_is_named(
    run: SettlementRun, penningmeester: Person, flexensie: Instrument
) -> None:
    flexensie.contribution_rates.update(gemeente_pct=Decimal("1.50"))
    said = refused_change(run, penningmeester)
    assert "GM9001: uitkering € 324,57 > € 321,65" in said


def test_another_besluit_since_preparing_is_named(
    run: SettlementRun, penningmeester: Person, flexensie: Instrument
) -> None:
    besluit = flexensie.contribution_rates.get().besluit
    besluit.taken_on = datetime.date(2017, 12, 14)
    besluit.save()
    assert "GM9001: percentages gewijzigd" in refused_change(run, penningmeester)


def test_a_gemeente_in_two_settlements_is_named_when_one_of_them_changed(
    heideveld: Organisation,
    agreement: Gebruiksovereenkomst,
    flexensie: Instrument,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    """Halfway it went over to a samenwerkingsverband; then its own part changes."""
    april = datetime.date(2026, 4, 1)
    agreement.coverages.update(ends_on=april - datetime.timedelta(days=1))
    oost = Organisation.objects.create(
        code="AOOST", kind="samenwerkingsverband", name="Oost", short_name="Oost"
    )
    other = agree(oost, gemeenten=[heideveld], starts_on=april)
    take_in(tmp_path, [line("R1"), line("R2", datum="2026-04-01")])
    run = prepare(flexensie, by=None)
    other.terms.update(vergoeding_pct=Decimal("25.00"))
    assert "GM9001: vergoeding" in refused_change(run, penningmeester)


def test_a_change_in_two_parts_that_cancel_out_is_a_change(
    run: SettlementRun, penningmeester: Person, tmp_path: Path
) -> None:
    """A line and its correction leave the amounts, not the number of lines."""
    rows = [line("R3"), line("C3", uren="-32.00", corrigeert_regel_id="R3")]
    take_in(tmp_path, rows)
    assert "GM9001: regels 2 > 4" in refused_change(run, penningmeester)


# What was approved stays.


def test_preparing_an_approved_halfyear_changes_nothing(
    run: SettlementRun, flexensie: Instrument, bureau: Person, penningmeester: Person
) -> None:
    approve(run, penningmeester)
    before = written()
    assert prepare(flexensie, by=bureau).pk == run.pk
    assert written() == before


def test_lines_that_come_after_closing_do_not_touch_what_was_approved(
    run: SettlementRun, flexensie: Instrument, penningmeester: Person, tmp_path: Path
) -> None:
    approve(run, penningmeester)
    period = Period.objects.get()
    before = halfyear_as_json(period)
    take_in(tmp_path, [line("R3")])
    prepare(flexensie, by=None)
    assert halfyear_as_json(period) == before
    assert Line.objects.get(regel_id="R3").period.halfyear == H1.next()


def test_what_is_reversed_is_settled_again_in_a_next_run(
    run: SettlementRun, flexensie: Instrument, bureau: Person, penningmeester: Person
) -> None:
    (settlement,) = approve(run, penningmeester)
    mirror = reversal.reverse(settlement, reason="proef", now=NOW, by=penningmeester)
    again = prepare(flexensie, by=bureau)
    assert (again.sequence, again.status) == (2, RunStatus.DRAFT)
    (settled_again,) = approve(again, penningmeester)
    assert [mirror.number, settled_again.number] == ["2026-0002", "2026-0003"]
    assert settled_again.bruto_omzet == settlement.bruto_omzet == -mirror.bruto_omzet


@pytest.mark.parametrize(
    ("reason", "by", "said"),
    [(" ", "penningmeester", "Geef een reden"), ("proef", "bureau", "mag niet")],
)
def test_a_reversal_has_a_reason_and_an_approver(
    run: SettlementRun,
    penningmeester: Person,
    reason: str,
    by: str,
    said: str,
    request: pytest.FixtureRequest,
) -> None:
    (settlement,) = approve(run, penningmeester)
    with pytest.raises(NotAllowed, match=said):
        reversal.reverse(
            settlement, reason=reason, now=NOW, by=request.getfixturevalue(by)
        )


def test_a_draft_and_a_reversal_and_what_was_reversed_are_not_reversed(
    run: SettlementRun, penningmeester: Person
) -> None:
    def reverse(settlement: Settlement) -> Settlement:
        return reversal.reverse(settlement, reason="proef", now=NOW, by=penningmeester)

    with pytest.raises(NotAllowed, match="is concept en kan niet"):
        reverse(run.settlements.get())
    (settlement,) = approve(run, penningmeester)
    mirror = reverse(settlement)
    for done in (mirror, settlement):
        with pytest.raises(NotAllowed):
            reverse(done)


def test_numbers_follow_each_other_within_a_year_and_begin_anew_in_the_next(
    lines: None, flexensie: Instrument, penningmeester: Person, tmp_path: Path
) -> None:
    numbers = []
    for halfyear, year in [(H1, 2026), (H1.next(), 2026), (HalfYear(2027, 1), 2027)]:
        day = halfyear.first_day
        today = datetime.date(2027, 12, 31)
        take_in(tmp_path, [line(f"N{halfyear}", datum=f"{day}")], today=today)
        run = prepare(flexensie, by=None, halfyear=halfyear, today=today)
        moment = NOW.replace(year=year, month=12, day=31, hour=23)
        numbers += settlements.approve(run, now=moment, by=penningmeester)
    assert [s.number for s in numbers] == ["2026-0001", "2026-0002", "2027-0001"]


# The JSON of a half-year.


def expected_json(number: str | None, status: str) -> dict[str, Any]:
    return {
        "period": "2026-H1",
        "instrument": "flexensie",
        "status": status,
        "totals": AMOUNTS,
        "gemeenten": [{"gemeente_code": "GM9001", "number": number, **AMOUNTS}],
    }


def as_agreed(content: dict[str, Any]) -> dict[str, Any]:
    """Without what the design does not name, and without the fingerprint."""
    known = ("period", "instrument", "status", "totals", "gemeenten")
    keys = ("gemeente_code", "number", *AMOUNTS)
    gemeenten = [{key: g[key] for key in keys} for g in content["gemeenten"]]
    return {**{key: content[key] for key in known}, "gemeenten": gemeenten}


def test_the_json_of_a_halfyear_is_as_agreed(
    run: SettlementRun, penningmeester: Person
) -> None:
    draft = json.loads(json.dumps(halfyear_as_json(run.period)))
    assert as_agreed(draft) == expected_json(None, "draft")
    approve(run, penningmeester)
    approved = json.loads(json.dumps(halfyear_as_json(Period.objects.get())))
    assert as_agreed(approved) == expected_json("2026-0001", "approved")
    assert list(approved)[:4] == ["period", "instrument", "status", "fingerprint"]


def test_the_fingerprint_that_was_previewed_is_the_one_that_is_approved(
    run: SettlementRun, penningmeester: Person
) -> None:
    draft = halfyear_as_json(run.period)["fingerprint"]
    assert re.fullmatch("[0-9a-f]{64}", draft)
    assert draft == run.fingerprint
    approve(run, penningmeester)
    assert halfyear_as_json(Period.objects.get())["fingerprint"] == draft


def test_anybody_can_compute_the_fingerprint_from_the_json(run: SettlementRun) -> None:
    content = halfyear_as_json(run.period)
    for gemeente in content["gemeenten"]:
        del gemeente["number"]
    settled = {key: content[key] for key in ("period", "instrument", "gemeenten")}
    text = json.dumps(
        settled, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert hashlib.sha256(text.encode()).hexdigest() == content["fingerprint"]


def test_gemeenten_are_sorted_by_code(
    heideveld: Organisation, flexensie: Instrument, tmp_path: Path
) -> None:
    codes = ["GM9011", "GM0014", "GM9012"]
    for code in codes:
        make_member(code, code)
    rows = [line(code, gemeente_code=code) for code in [*codes, "GM9001"]]
    take_in(tmp_path, rows)
    content = halfyear_as_json(prepare(flexensie, by=None).period)
    assert [g["gemeente_code"] for g in content["gemeenten"]] == [
        "GM0014",
        "GM9001",
        "GM9011",
        "GM9012",
    ]
