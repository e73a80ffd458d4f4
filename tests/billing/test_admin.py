"""The admin of the money: everything to look at, to find and to follow; no more."""

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.booking import book_settlements
from billing.deliveries.hours import COLUMNS
from billing.deliveries.imports import import_hours
from billing.models import (
    BankLine,
    Entry,
    Import,
    KasDotatie,
    KasShare,
    Line,
    Payment,
    PaymentBatch,
    Period,
    Posting,
    Settlement,
    SettlementRun,
    SignalLimit,
    Statement,
    UploadPiece,
)
from billing.settling import settlements
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.admin import paginator
from nvsi.halfyear import HalfYear
from tests.billing.bank_content import paid, read
from tests.billing.settled import (
    H1,
    SMALL,
    TODAY,
    USUAL,
    deliver,
    make_member,
)
from tests.billing.settled import (
    reverse as reverse_settlement,
)
from tests.everything import make_statement

# The bytes of an upload have no page: they are there, or gone. The rest people fill in.
MODELS = sorted(
    model._meta.model_name or ""
    for model in apps.get_app_config("billing").get_models()
    if model not in (UploadPiece, SignalLimit, KasShare, KasDotatie)
)


def page(model: str, name: str, *key: int) -> str:
    return reverse(f"admin:billing_{model}_{name}", args=key)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_what_the_road_made_is_only_to_look_at(
    at_bureau: Client, everything: Period, subtests: pytest.Subtests
) -> None:
    for model in MODELS:
        with subtests.test(model):
            is_only_to_look_at(at_bureau, model)


def is_only_to_look_at(client: Client, model: str) -> None:
    row = apps.get_model("billing", model)._default_manager.all()[0]
    change = page(model, "change", row.pk)
    shown = text_of(client, change)
    assert 'name="_save"' not in shown
    assert "<input" not in shown.partition('id="content-main"')[2].replace(
        '<input type="hidden" name="csrfmiddlewaretoken"', ""
    )
    assert client.post(change, {"status": "paid"}).status_code == 403
    assert client.get(page(model, "add")).status_code == 403
    assert client.post(page(model, "add"), {}).status_code == 403
    for method in (client.get, client.post):
        assert method(page(model, "delete", row.pk)).status_code == 403
    listed = text_of(client, page(model, "changelist"))
    assert "action-select" not in listed
    assert change in listed


def test_a_settlement_leads_to_all_that_belongs_to_it(
    at_bureau: Client, everything: Period, heideveld: Organisation
) -> None:
    settlement = everything.settlements.get()
    shown = text_of(at_bureau, page("settlement", "change", settlement.pk))
    for url in (
        *(
            f"/afrekeningen/{settlement.number}/{fmt}"
            for fmt in ("pdf", "xlsx", "json")
        ),
        page("settlementrun", "change", settlement.run_id),
        page("settlementline", "change", settlement.lines.get().pk),
        page("entry", "change", settlement.entry.pk),
        page("posting", "change", settlement.entry.postings.all()[0].pk),
        page("payment", "change", settlement.payments.get().pk),
        page("settlement", "history", settlement.pk),
        f"{page('line', 'changelist')}?halfjaar=2026-H1&amp;houder={heideveld.pk}",
    ):
        assert url in shown
    assert '<span class="tag tag-paid">betaald</span>' in shown


def test_its_calculation_stands_on_the_page_in_dutch_notation(
    at_bureau: Client, everything: Period
) -> None:
    settlement = everything.settlements.get()
    shown = text_of(at_bureau, page("settlement", "change", settlement.pk))
    for words in (
        "100,00 uur",
        "€ 1.500,00",
        "− € 200,00",
        "30% van € 1.500,00. Gebruiksovereenkomst Flexensie van 1 januari 2018.",
        "− € 450,00",
        "− € 15,00",
        "Uitkering aan Heideveld",
        "€ 835,00",
        "€ 30,00",
    ):
        assert words in shown


def test_a_settlement_of_two_gemeenten_has_a_calculation_without_percentages(
    at_bureau: Client, everything: Period, noorderhage: Organisation
) -> None:
    """Each gemeente may have its own; they stand on the page of that gemeente."""
    line = everything.settlements.get().lines.get()
    shown = text_of(at_bureau, page("settlementline", "change", line.pk))
    assert "30% van" in shown
    assert f"gemeente={line.gemeente_id}" in shown


def test_a_reversal_and_what_it_reverses_lead_to_each_other(
    at_bureau: Client, everything: Period, penningmeester: Person
) -> None:
    settlement = everything.settlements.get()
    reverse_settlement(settlement, by=penningmeester)
    mirror = Settlement.objects.get(kind="reversal")
    pages = (
        page("settlement", "change", settlement.pk),
        page("settlement", "change", mirror.pk),
    )
    assert pages[1] in text_of(at_bureau, pages[0])
    assert pages[0] in text_of(at_bureau, pages[1])
    assert "− € 835,00" in text_of(at_bureau, pages[1])


def test_a_run_shows_what_all_its_settlements_come_to(
    at_bureau: Client, everything: Period, bureau: Person, penningmeester: Person
) -> None:
    run = everything.runs.get()
    shown = text_of(at_bureau, page("settlementrun", "change", run.pk))
    assert "Uitkering aan de gemeenten" in shown
    assert "€ 835,00" in shown
    assert bureau.name in shown
    assert penningmeester.name in shown
    assert f"{page('settlement', 'changelist')}?ronde={run.pk}" in shown
    assert run.fingerprint in shown


def test_an_empty_run_comes_to_nothing(at_bureau: Client, db: None) -> None:
    instrument = Instrument.objects.get(slug="flexensie")
    period = Period.objects.create(instrument=instrument, halfyear=H1)
    run = SettlementRun.objects.create(
        period=period,
        sequence=1,
        fingerprint="x",
        prepared_at=datetime.datetime(2026, 7, 15, tzinfo=datetime.UTC),
    )
    shown = text_of(at_bureau, page("settlementrun", "change", run.pk))
    assert "€ 0,00" in shown
    assert "Nog geen." in shown


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_a_statement_that_is_not_made_says_so(
    state: str, at_bureau: Client, period: Period
) -> None:
    settlement = period.settlements.all()[0]
    settlement_page = page("settlement", "change", settlement.pk)
    assert "/pdf" not in text_of(at_bureau, settlement_page)
    statement = Statement.objects.create(
        settlement=settlement, heading={}, state=state, error="kapot"
    )
    shown = text_of(at_bureau, page("statement", "change", statement.pk))
    assert "kapot" in shown
    assert f"tag-{state}" in text_of(at_bureau, settlement_page)


def test_a_payment_shows_what_the_bank_paid_of_it(
    at_bureau: Client, ordered: dict[str, Payment]
) -> None:
    payment = ordered["Heideveld"]
    url = page("payment", "change", payment.pk)
    assert "€ 0,00" in text_of(at_bureau, url)
    read(paid(payment))
    shown = text_of(at_bureau, url)
    assert shown.count("€ 835,00") == 3  # ordered, paid, and the match


def test_the_payment_file_itself_is_not_given_out_here(
    at_bureau: Client, everything: Period
) -> None:
    """Giving it out is a verb: it checks who asks, and records it."""
    batch = PaymentBatch.objects.get()
    shown = text_of(at_bureau, page("paymentbatch", "change", batch.pk))
    assert batch.sha256 in shown
    assert "CstmrCdtTrfInitn" not in shown


def test_accounts_show_their_balance(at_bureau: Client, everything: Period) -> None:
    shown = text_of(at_bureau, page("account", "changelist"))
    assert "€ 1.500,00" in shown  # the opdrachtgevers owe it all
    assert "− € 15,00" in shown


FOUND = [
    ("period", "instrument__id__exact={instrument}"),
    ("import", "q=uren.csv"),
    ("line", "q=R0"),
    ("line", "halfjaar=2026-H1"),
    ("line", "halfjaar=2026-H1&q=O1"),
    ("line", "halfjaar=2026-H1&q=bakker"),
    ("line", "halfjaar=2026-H1&q=12345678"),
    ("line", "halfjaar=2026-H1&q=heide"),
    ("line", "halfjaar=2026-H1&q=gm9001"),
    ("line", "correctie=nee&nagekomen=nee"),
    ("line", "gemeente={holder}"),
    ("line", "houder={holder}"),
    ("line", "aanlevering={delivery}"),
    ("settlementrun", "halfjaar=2026-H1"),
    ("settlementrun", "status__exact=approved"),
    ("settlement", "q={number}"),
    ("settlement", "q=heideveld"),
    ("settlement", "q=GM9001"),
    ("settlement", "status__exact=paid"),
    ("settlement", "organisation={holder}"),
    ("settlement", "halfjaar=2026-H1"),
    ("settlementline", "q={number}"),
    ("settlementline", "halfjaar=2026-H1"),
    ("statement", "q={number}"),
    ("statement", "halfjaar=2026-H1"),
    ("entry", "q={number}"),
    ("entry", "halfjaar=2026-H1"),
    ("posting", "q={number}"),
    ("posting", "organisation={holder}"),
    ("paymentbatch", "halfjaar=2026-H1"),
    ("payment", "q=NL02+ABNA"),
    ("payment", "q={number}"),
    ("payment", "halfjaar=2026-H1"),
    ("bankstatement", "q=A1"),
    ("bankline", "gekoppeld=ja"),
    ("bankline", "q=NL02ABNA"),
    ("match", "q={number}"),
]


def test_the_bureau_finds(
    at_bureau: Client,
    everything: Period,
    heideveld: Organisation,
    subtests: pytest.Subtests,
) -> None:
    facts = {
        "instrument": everything.instrument_id,
        "number": everything.settlements.get().number,
        "holder": heideveld.pk,
        "delivery": Import.objects.get().pk,
    }
    for model, query in FOUND:
        with subtests.test(f"{model} {query}"):
            assert rows_of(at_bureau, model, query.format(**facts)) > 0


def rows_of(client: Client, model: str, query: str) -> int:
    response = client.get(f"{page(model, 'changelist')}?{query}")
    assert response.status_code == 200
    return len(response.context["cl"].result_list)


NOT_FOUND = [
    ("line", "halfjaar=2025-H1"),
    ("line", "halfjaar=nonsense"),
    ("line", "q=R"),
    ("line", "q=O1"),
    ("line", "q=heide"),
    ("line", "correctie=ja"),
    ("line", "nagekomen=ja"),
    ("line", "gemeente=999"),
    ("line", "houder=nonsense"),
    ("settlement", "q=2026-9999"),
    ("settlement", "status__exact=draft"),
    ("settlementrun", "halfjaar=2099-H2"),
    ("bankline", "gekoppeld=nee"),
    ("entry", "q=2019-0001"),
]


def test_the_bureau_does_not_find_what_is_not_there(
    at_bureau: Client, everything: Period, subtests: pytest.Subtests
) -> None:
    for model, query in NOT_FOUND:
        with subtests.test(f"{model} {query}"):
            assert rows_of(at_bureau, model, query) == 0


def test_an_unmatched_bank_line_waits_in_the_queue(
    at_bureau: Client, ordered: dict[str, Payment]
) -> None:
    read(paid(ordered["Heideveld"], Decimal("1.00")))
    url = f"{page('bankline', 'changelist')}?gekoppeld=nee"
    rows = at_bureau.get(url).context["cl"].result_list
    assert list(rows) == list(BankLine.objects.unmatched())


def test_filters_and_search_work_together(
    at_bureau: Client, everything: Period
) -> None:
    url = f"{page('settlement', 'changelist')}?halfjaar=2026-H1&q=heideveld"
    shown = text_of(at_bureau, url)
    assert '<input type="hidden" name="halfjaar" value="2026-H1">' in shown


LISTS = [model for model in MODELS if model not in {"account"}]
# What another half-year does not bring by itself.
NOT_MORE = {"paymentbatch", "payment", "bankline", "bankstatement", "match"}
NOT_MORE |= {"question", "message", "upload", "figures", "kasmovement"}


def test_a_list_asks_as_many_queries_for_many_as_for_few(
    at_bureau: Client,
    everything: Period,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
    subtests: pytest.Subtests,
) -> None:
    few = {model: queries_of(at_bureau, page(model, "changelist")) for model in LISTS}
    count = {model: rows_in(model) for model in LISTS}
    add_another_halfyear(tmp_path, bureau, penningmeester)
    for model in LISTS:
        with subtests.test(model):
            assert model in NOT_MORE or rows_in(model) > count[model]
            assert queries_of(at_bureau, page(model, "changelist")) == few[model]


def rows_in(model: str) -> int:
    return int(apps.get_model("billing", model)._default_manager.count())


def add_another_halfyear(folder: Path, bureau: Person, approver: Person) -> None:
    """Late work of two other gemeenten: it falls in 2026-H2."""
    for number in (1, 2):
        gemeente = make_member(f"GM901{number}", f"Gemeente {number}")
        path = folder / f"{number}.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS.required)
            ids = (f"N{number}", gemeente.code, "O1", "Bakker", "12345678", "K1")
            day = "2026-03-10"
            writer.writerow((*ids, day, *USUAL, "F1", day))
        import_hours(
            path,
            file_name=path.name,
            instrument=Instrument.objects.get(slug="flexensie"),
            today=TODAY,
        )
    period = settle_second_half(bureau, approver)
    for settlement in period.settlements.all():
        make_statement(settlement)


def settle_second_half(bureau: Person, approver: Person) -> Period:
    """As tests.billing.settled does for the first half."""
    instrument = Instrument.objects.get(slug="flexensie")
    day = datetime.date(2027, 1, 15)
    now = datetime.datetime(2027, 1, 15, 12, tzinfo=datetime.UTC)
    run = settlements.prepare(instrument, HalfYear(2026, 2), today=day, by=bureau)
    approved = settlements.approve(run, now=now, by=approver)
    book_settlements(approved, booked_on=day, by=approver)
    return run.period


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_list_reads_no_files(
    at_bureau: Client, everything: Period, subtests: pytest.Subtests
) -> None:
    for model in MODELS:
        with subtests.test(model), CaptureQueriesContext(connection) as queries:
            at_bureau.get(page(model, "changelist"))
            asked = " ".join(query["sql"] for query in queries)
            for column in ("pdf", "xlsx", "json", "xml", "heading"):
                assert f'"{column}"' not in asked


def test_the_pages_of_a_settlement_and_of_a_payment_read_no_files(
    at_bureau: Client, everything: Period
) -> None:
    settlement = everything.settlements.get()
    with CaptureQueriesContext(connection) as queries:
        at_bureau.get(page("settlement", "change", settlement.pk))
        at_bureau.get(page("payment", "change", settlement.payments.get().pk))
        at_bureau.get(page("period", "change", everything.pk))
    asked = " ".join(query["sql"] for query in queries)
    assert '"pdf"' not in asked
    assert '"xml"' not in asked


def test_the_list_of_lines_counts_to_a_limit(
    at_bureau: Client,
    heideveld: Organisation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paginator, "MOST", 3)
    deliver(tmp_path, [(heideveld, work) for work in (USUAL, SMALL, USUAL, SMALL)])
    with CaptureQueriesContext(connection) as queries:
        shown = text_of(at_bureau, page("line", "changelist"))
    counts = [q["sql"] for q in queries if "COUNT(*)" in q["sql"]]
    assert counts
    assert all("LIMIT 4" in sql for sql in counts)
    assert "meer dan 3 urenregels" in shown
    monkeypatch.setattr(paginator, "MOST", 10)
    assert "4 urenregels" in text_of(at_bureau, page("line", "changelist"))


def test_the_list_of_lines_is_read_by_its_key_and_a_halfyear_by_its_partition(
    at_bureau: Client, everything: Period
) -> None:
    url = f"{page('line', 'changelist')}?halfjaar=2026-H1&o=2"
    with CaptureQueriesContext(connection) as queries:
        at_bureau.get(url)
    (rows,) = [
        q["sql"] for q in queries if "ORDER BY" in q["sql"] and "tarief" in q["sql"]
    ]
    assert rows.count("ORDER BY") == 1
    assert 'ORDER BY "billing_line"."id" DESC' in rows
    assert f'"billing_line"."period_id" IN ({everything.pk})' in rows


def test_a_line_is_found_by_the_index_that_begins_with_its_source(
    at_bureau: Client, everything: Period, flexensie_nederland: Organisation
) -> None:
    with CaptureQueriesContext(connection) as queries:
        at_bureau.get(f"{page('line', 'changelist')}?q=R0")
    asked = " ".join(query["sql"] for query in queries)
    assert f'"source_id" IN ({flexensie_nederland.pk})' in asked
    assert "\"regel_id\" = 'R0'" in asked


def test_a_line_shows_where_it_came_from(at_bureau: Client, everything: Period) -> None:
    line = Line.objects.get()
    shown = text_of(at_bureau, page("line", "change", line.pk))
    assert page("import", "change", line.delivery_id) in shown
    assert page("period", "change", everything.pk) in shown
    assert "9 mrt 2026" in shown
    assert "Bakker" in shown


def test_books_show_a_side_and_leave_the_other_empty(
    at_bureau: Client, everything: Period
) -> None:
    entry = Entry.objects.filter(settlement__isnull=False).get()
    shown = text_of(at_bureau, page("entry", "change", entry.pk))
    assert "€ 0,00" not in shown
    assert shown.count("€ 15,00") == 2
    assert entry.sha256 in shown
    posting = Posting.objects.filter(debit__gt=0).first()
    assert posting is not None
    assert "€" in text_of(at_bureau, page("posting", "change", posting.pk))
