"""The books: balances on any day, and from a total down to the line that made it."""

import datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types

from billing import ledger
from billing.models import Account, Entry, Line, Period
from membership.models import Organisation, Person
from tests.billing.test_admin import (
    add_another_halfyear,
    page,
    queries_of,
    text_of,
)

ACCOUNTS = page("account", "changelist")
POSTINGS = page("posting", "changelist")
BOOKED = "2026-07-15"
OPDRACHTGEVERS = "1300"


def account(code: str = OPDRACHTGEVERS) -> Account:
    return Account.objects.get(code=code)


def balances_shown(client: Client, on: str) -> dict[str, Decimal]:
    rows = client.get(f"{ACCOUNTS}?op={on}").context["cl"].result_list
    return {row.code: row.balance for row in rows}


def test_accounts_show_what_they_were_on_a_day(
    at_bureau: Client, everything: Period
) -> None:
    for on in ("2026-07-14", BOOKED, "2026-12-31"):
        known = ledger.balances(datetime.date.fromisoformat(on))
        shown = balances_shown(at_bureau, on)
        assert {code: amount for code, amount in shown.items() if amount} == {
            code: amount for code, amount in known.items() if amount
        }
        assert sum(shown.values()) == 0
        assert any(shown.values()) == (on >= BOOKED)


def test_debit_is_credit_and_the_page_says_so(
    at_bureau: Client, everything: Period
) -> None:
    text = text_of(at_bureau, f"{ACCOUNTS}?op={BOOKED}")
    assert "in evenwicht" in text
    assert "niet in evenwicht" not in text
    assert f'name="op" value="{BOOKED}"' in text
    assert "€ 1.500,00" in text


def test_what_is_no_day_is_said_and_gives_today(
    at_bureau: Client, everything: Period
) -> None:
    text = text_of(at_bureau, f"{ACCOUNTS}?op=gisteren")
    assert "Dat is geen datum" in text
    assert "Dat is geen datum" not in text_of(at_bureau, ACCOUNTS)


def test_from_a_total_down_to_the_line_each_by_one_link(
    at_bureau: Client, everything: Period, heideveld: Organisation
) -> None:
    """Balance, posting, entry, settlement, hour lines, line; and entry to payment."""
    postings = f"{POSTINGS}?account__id__exact={account().pk}&amp;tot={BOOKED}"
    assert f'href="{postings}"' in text_of(at_bureau, f"{ACCOUNTS}?op={BOOKED}")
    entry = Entry.objects.get(settlement__isnull=False)
    listed = text_of(at_bureau, postings.replace("&amp;", "&"))
    assert page("entry", "change", entry.pk) in listed
    settlement = page("settlement", "change", everything.settlements.get().pk)
    assert settlement in text_of(at_bureau, page("entry", "change", entry.pk))
    query = f"halfjaar=2026-H1&houder={heideveld.pk}"
    lines = f"{page('line', 'changelist')}?{query}"
    assert lines.replace("&", "&amp;") in text_of(at_bureau, settlement)
    assert page("line", "change", Line.objects.get().pk) in text_of(at_bureau, lines)
    paid = Entry.objects.filter(match__payment__isnull=False)[0]
    assert paid.match.payment is not None
    payment = page("payment", "change", paid.match.payment.pk)
    assert payment in text_of(at_bureau, page("entry", "change", paid.pk))


def test_postings_of_an_account_have_the_balance_that_each_led_to(
    at_bureau: Client,
    everything: Period,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    add_another_halfyear(tmp_path, bureau, penningmeester)
    url = f"{POSTINGS}?account__id__exact={account().pk}"
    rows = list(at_bureau.get(url).context["cl"].result_list)
    days = [row.entry.booked_on for row in rows]
    assert days == sorted(days, reverse=True)
    assert len(rows) == 3
    for later, earlier in pairwise(rows):
        assert later.running == earlier.running + later.debit - later.credit
    known = ledger.balances(datetime.date(2027, 12, 31))
    assert rows[0].running == known[OPDRACHTGEVERS]
    before = list(at_bureau.get(f"{url}&tot={BOOKED}").context["cl"].result_list)
    assert [row.pk for row in before] == [rows[-1].pk]
    assert "saldo daarna" in text_of(at_bureau, url).lower()
    assert "saldo daarna" not in text_of(at_bureau, POSTINGS).lower()


def test_an_account_tells_its_last_postings_up_to_the_day_one_came_from(
    at_bureau: Client, everything: Period
) -> None:
    url = page("account", "change", account().pk)
    entry = page("entry", "change", Entry.objects.get(settlement__isnull=False).pk)
    assert entry in text_of(at_bureau, url)
    before = f"{url}?_changelist_filters=op%3D2026-07-14"
    assert entry not in text_of(at_bureau, before)
    assert "tot en met 14 juli 2026" in text_of(at_bureau, before)


def test_the_trial_balance_is_a_workbook_too(
    at_bureau: Client, everything: Period
) -> None:
    form = {"list": "billing.account", "query": f"op={BOOKED}", "format": "xlsx"}
    response: Any = at_bureau.post("/beheer/membership/export/vragen/", form)
    content = b"".join(response.streaming_content)
    (sheet,) = load_workbook(BytesIO(content)).worksheets
    head, *rows, total = sheet.iter_rows(values_only=True)
    assert head[:3] == ("Nummer", "Naam", "Soort")
    assert total[0] == "Totaal"
    assert total[3] == total[4] == sum(row[3] for row in rows) > 0
    assert total[5] == 0
    assert [row[3:] for row in rows if row[0] == OPDRACHTGEVERS] == [(1500, 0, 1500)]


def test_the_books_ask_as_many_queries_for_many_as_for_few(
    at_bureau: Client,
    everything: Period,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    postings = f"{POSTINGS}?account__id__exact={account().pk}"
    urls = [ACCOUNTS, f"{ACCOUNTS}?op={BOOKED}", postings]
    few = [queries_of(at_bureau, url) for url in urls]
    add_another_halfyear(tmp_path, bureau, penningmeester)
    assert [queries_of(at_bureau, url) for url in urls] == few


def test_the_list_of_entries_asks_no_file(
    at_bureau: Client, everything: Period
) -> None:
    with CaptureQueriesContext(connection) as queries:
        at_bureau.get(page("entry", "changelist"))
    assert not any('"xml"' in query["sql"] for query in queries)
