"""The page of a half-year: how far it is, what was found, and what is asked of whom."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import Payment, Period
from billing.settling.halfyear_facts import facts_of
from billing.settling.preflight import Check, run_checks
from billing.settling.settlements import prepare
from contracts.agreements import conclude
from contracts.models import Coverage, Terms, Verwerkersovereenkomst
from instruments.models import ContributionRate, Instrument, MinimumWage
from membership.models import Organisation, Person
from tests.billing.bank_content import paid, read
from tests.billing.deliveries import line, take_in
from tests.billing.settled import (
    H1,
    NOW,
    SINCE,
    SMALL,
    TODAY,
    USUAL,
    deliver,
    make_member,
    settle,
)
from tests.everything import make_statement

pytestmark = pytest.mark.usefixtures("in_july")


@pytest.fixture
def in_july(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def delivered(
    heideveld: Organisation, rijkhoven: Organisation, tmp_path: Path
) -> Period:
    deliver(tmp_path, [(heideveld, USUAL), (rijkhoven, SMALL)])
    return Period.objects.get(halfyear=H1)


def found(period: Period, name: str) -> list[tuple[str, str]]:
    """What a check names: the organisation and the words."""
    check = the_check(period, name)
    return [
        (one.organisation.short_name if one.organisation else "", plain(one.words))
        for one in check.found
    ]


def the_check(period: Period, name: str) -> Check:
    checks = {check.name: check for check in run_checks(facts_of(period))}
    return checks[name]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def page_of(period: Period, person: Person) -> str:
    client = Client()
    client.force_login(person)
    url = reverse("admin:billing_period_change", args=[period.pk])
    return plain(client.get(url).content.decode())


def test_nothing_is_found_in_a_half_year_that_is_as_it_should_be(
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    lezer: Person,
    tmp_path: Path,
) -> None:
    deliver(tmp_path, [(heideveld, USUAL)])
    flexensie_nederland.iban = "NL20INGB0001234567"
    flexensie_nederland.save()
    checks = run_checks(facts_of(Period.objects.get(halfyear=H1)))
    assert [check.name for check in checks if check.found] == []


def test_who_cannot_be_paid_is_named(delivered: Period) -> None:
    Organisation.objects.filter(code="GM9001").update(iban="")
    assert found(delivered, "no_iban") == [("Heideveld", ""), ("Flexensie", "")]


def test_who_cannot_be_told_is_named(delivered: Period, lezer: Person) -> None:
    assert found(delivered, "no_contact") == [("Rijkhoven", "")]
    lezer.roles.update(ends_on=TODAY - datetime.timedelta(days=1))
    assert [name for name, _ in found(delivered, "no_contact")] == [
        "Heideveld",
        "Rijkhoven",
    ]


def test_an_agreement_that_was_ended_afterwards_is_named(
    delivered: Period, tmp_path: Path
) -> None:
    assert found(delivered, "no_agreement") == []
    ended = datetime.date(2026, 2, 1)
    same = {"tarief": "15.00", "corrigeert_regel_id": "R0"}
    take_in(tmp_path, [line("C1", uren="-100", **same)])
    Coverage.objects.filter(gemeente__code="GM9001").update(ends_on=ended)
    Verwerkersovereenkomst.objects.update(ends_on=ended)
    rijkhoven = ("Rijkhoven", "geen geldige verwerkersovereenkomst over alle dagen")
    assert found(delivered, "no_agreement") == [rijkhoven]
    take_in(tmp_path, [line("C2", **same)], file_name="again.csv")
    assert found(delivered, "no_agreement") == [
        (
            "Heideveld",
            "geen geldige gebruiksovereenkomst en verwerkersovereenkomst over alle "
            "dagen",
        ),
        rijkhoven,
    ]


def test_the_verwerkersovereenkomst_may_be_of_the_holder(
    waterkant: Organisation, flexensie: Instrument, tmp_path: Path
) -> None:
    together = Organisation.objects.create(
        code="SAMEN", kind="samenwerkingsverband", name="Samen", short_name="Samen"
    )
    Verwerkersovereenkomst.objects.create(organisation=together, starts_on=SINCE)
    conclude(
        together,
        flexensie,
        gemeenten=[waterkant],
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(30),
        by=None,
    )
    deliver(tmp_path, [(waterkant, USUAL)])
    assert found(Period.objects.get(halfyear=H1), "no_agreement") == []


def test_a_missing_percentage_stops_it(delivered: Period, bureau: Person) -> None:
    terms = Terms.objects.filter(agreement__organisation__code="GM9001")
    terms.update(from_halfyear=H1.next())
    ((name, words),) = found(delivered, "no_percentage")
    assert name == "Heideveld"
    assert "heeft geen vergoeding voor 2026-H1" in words
    assert the_check(delivered, "no_percentage").level == "stop"
    terms.update(from_halfyear=H1)
    ContributionRate.objects.update(from_halfyear=H1.next())
    ((name, words),) = found(delivered, "no_percentage")
    assert name == ""
    assert "geen bijdrage van de ALV" in words
    assert words in page_of(delivered, bureau)


@pytest.mark.parametrize(
    ("day", "tarief", "count"),
    [
        ("2025-12-31", "14.40", 0),
        ("2025-12-31", "14.39", 1),
        ("2026-01-01", "14.70", 1),
        ("2026-01-01", "14.71", 0),
        ("2025-06-30", "14.06", 0),
    ],
)
def test_a_tarief_below_the_minimum_hourly_wage_of_its_day_is_named(
    day: str, tarief: str, count: int, heideveld: Organisation, tmp_path: Path
) -> None:
    take_in(tmp_path, [line(datum=day, tarief=tarief), line("R2", tarief="20.00")])
    period = Period.objects.order_by("halfyear")[0]
    names = found(period, "below_minimum_wage")
    words = f"1 regel, laagste tarief € {tarief.replace('.', ',')}"
    assert names == [("Heideveld", words)] * count


def test_without_a_known_minimum_nothing_is_below_it(delivered: Period) -> None:
    MinimumWage.objects.filter(starts_on__lte="2026-06-30").delete()
    check = the_check(delivered, "below_minimum_wage")
    assert check.is_clear
    assert "nog geen minimumuurloon" in check.meaning


@pytest.fixture
def next_halfyear(
    delivered: Period, bureau: Person, penningmeester: Person, tmp_path: Path
) -> Period:
    """2026-H2, after a settled half-year with 1500.00 and 150.00."""
    settle(preparer=bureau, approver=penningmeester)
    gemeente = make_member("GM9020", "Nieuwland")
    rows = [
        line("N1", datum="2026-07-10", uren="75", tarief="15.00"),  # -25%
        line("N2", gemeente_code="GM9020", datum="2026-07-10", uren="10"),
        line("N3", gemeente_code="GM9020", datum="2026-03-09", uren="1"),  # late
    ]
    take_in(tmp_path, rows, file_name="next.csv")
    assert gemeente
    return Period.objects.get(halfyear=H1.next())


def test_a_great_change_against_the_last_half_year_is_named(
    next_halfyear: Period, settings: object
) -> None:
    assert found(next_halfyear, "changed_much") == [
        ("Nieuwland", "nieuw, € 162,25"),
        ("Rijkhoven", "geen regels, was € 150,00"),
    ]


def test_from_which_percentage_is_a_setting(
    next_halfyear: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.NVSI_CHANGE_PCT", 24)
    words = ("Heideveld", "van € 1.500,00 naar € 1.125,00 (− 25%)")
    assert words in found(next_halfyear, "changed_much")


def test_a_first_half_year_is_compared_with_nothing(delivered: Period) -> None:
    assert found(delivered, "changed_much") == []


def test_late_lines_are_named(next_halfyear: Period) -> None:
    assert found(next_halfyear, "came_late") == [("Nieuwland", "1 regel")]


def test_what_was_found_leads_to_the_lines(
    next_halfyear: Period, bureau: Person
) -> None:
    shown = page_of(next_halfyear, bureau)
    gemeente = Organisation.objects.get(code="GM9020")
    query = f"?halfjaar=2026-H2&amp;nagekomen=ja&amp;gemeente={gemeente.pk}"
    assert query in shown
    client = Client()
    client.force_login(bureau)
    lines = reverse("admin:billing_line_changelist")
    for nagekomen, expected in (("ja", {"N3"}), ("nee", {"N2"})):
        response = client.get(
            f"{lines}?halfjaar=2026-H2&nagekomen={nagekomen}&gemeente={gemeente.pk}"
        )
        rows = response.context["cl"].result_list
        assert {row.regel_id for row in rows} == expected


def test_a_half_year_is_walked_from_lines_to_paid(
    delivered: Period,
    bureau: Person,
    penningmeester: Person,
    bestuur: Person,
) -> None:
    """At each step everybody reads what is asked, and who may act has the button."""
    prepare_url = reverse("admin:billing_period_prepare", args=[delivered.pk])
    assert prepare_url in page_of(delivered, bureau)
    seen = page_of(delivered, bestuur)
    assert prepare_url not in seen
    assert "Dat doet het bureau of de penningmeester." in seen
    assert "Zoals het nu staat" in seen
    assert "€ 1.650,00" in seen

    instrument = Instrument.objects.get(slug="flexensie")
    run = prepare(instrument, H1, today=TODAY, by=penningmeester)
    approve_url = reverse("admin:billing_settlementrun_approve", args=[run.pk])
    assert approve_url in page_of(delivered, bestuur)
    assert approve_url not in page_of(delivered, bureau)
    assert "iemand anders dan u" in page_of(delivered, penningmeester)

    settle(preparer=penningmeester, approver=bestuur)
    delivered.refresh_from_db()
    export_url = reverse("admin:billing_period_export", args=[delivered.pk])
    seen = page_of(delivered, bureau)
    assert export_url in seen
    assert "Er is € 918,50 te betalen, in 2 betalingen." in seen
    assert "Iemand anders maakt het betaalbestand" in page_of(delivered, bestuur)


def test_lines_that_came_after_preparing_are_told(
    delivered: Period, bureau: Person, penningmeester: Person, tmp_path: Path
) -> None:
    prepare(Instrument.objects.get(slug="flexensie"), H1, today=TODAY, by=bureau)
    take_in(tmp_path, [line("LATER")], file_name="later.csv")
    seen = page_of(delivered, penningmeester)
    assert "Er is iets veranderd sinds het opstellen: GM9001" in seen


def test_progress_of_documents_and_payments(
    ordered: dict[str, Payment], bureau: Person
) -> None:
    period = ordered["Heideveld"].batch.period
    first, _ = period.settlements.all()
    make_statement(first)
    read(paid(ordered["Heideveld"]))
    seen = page_of(period, bureau)
    assert "1 van 1" in seen
    assert "1 van 3" in seen
    assert "Bankafschrift inlezen" in seen
    for name in ("Rijkhoven", "Flexensie"):
        read(paid(ordered[name]), number=name)
    assert "Dit halfjaar is afgerond" in page_of(period, bureau)


def test_a_half_year_without_lines_says_so(db: None, bureau: Person) -> None:
    instrument = Instrument.objects.get(slug="flexensie")
    period = Period.objects.create(instrument=instrument, halfyear=H1)
    assert "Er zijn nog geen urenregels over dit halfjaar." in page_of(period, bureau)
    later = Period.objects.create(instrument=instrument, halfyear=H1.next())
    assert "loopt tot en met 31 december 2026" in page_of(later, bureau)


def test_the_page_asks_as_many_queries_for_many_as_for_few(
    delivered: Period, bureau: Person, tmp_path: Path
) -> None:
    prepare(Instrument.objects.get(slug="flexensie"), H1, today=TODAY, by=bureau)
    page_of(delivered, bureau)
    with CaptureQueriesContext(connection) as few:
        page_of(delivered, bureau)
    more = [make_member(f"GM903{n}", f"Gemeente {n}") for n in range(6)]
    rows = [line(f"M{n}", gemeente_code=one.code) for n, one in enumerate(more)]
    take_in(tmp_path, rows, file_name="more.csv")
    prepare(Instrument.objects.get(slug="flexensie"), H1, today=TODAY, by=bureau)
    with CaptureQueriesContext(connection) as many:
        page_of(delivered, bureau)
    assert len(many) == len(few)
    assert len(few) < 62
