"""The pages of a contactpersoon: what is told, to whom, and at what cost."""

import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.models import Payment, Period, Settlement, Statement
from billing.paying.payments import export
from billing.settling.settlements import prepare
from billing.statements import documents
from billing.statements.page import MOST_LINES, lines_of_assignment, page_of
from instruments.models import Instrument
from membership.models import AlvBesluit, Organisation, Person
from tests.billing.kas import make_share
from tests.billing.settled import (
    H1,
    NOW,
    TODAY,
    USUAL,
    deliver,
    pay,
    reverse,
    settle,
)
from tests.billing.statement_content import gemeente, job, reversal, statement
from tests.conftest import make_person

LIST = "/afrekeningen/"
DETAIL = "/afrekeningen/2026-0001/"
LINES = "/afrekeningen/2026-0001/opdracht/O1/"


def text_of(client: Client, path: str, *, status: int = 200) -> str:
    """The words on a page, without its tags."""
    response = client.get(path)
    assert response.status_code == status
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(words).replace("\xa0", " "))


@pytest.fixture
def reader(client: Client, lezer: Person) -> Client:
    client.force_login(lezer)
    return client


def make_documents() -> None:
    documents.request(Settlement.objects.filter(statement=None))
    while documents.make_waiting():
        pass


@pytest.fixture
def made(period: Period) -> None:
    make_documents()


# Who gets in


@pytest.mark.parametrize("path", [LIST, DETAIL, LINES])
def test_who_is_not_logged_in_goes_to_the_login(
    client: Client, period: Period, path: str
) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (
        302,
        f"/inloggen/?next={path}",
    )


@pytest.mark.parametrize("path", [DETAIL, LINES])
def test_the_number_of_another_organisation_does_not_exist_for_a_stranger(
    client: Client, made: None, vreemde: Person, path: str
) -> None:
    client.force_login(vreemde)
    assert "Deze pagina is er niet" in text_of(client, path, status=404)
    assert "2026-0001" not in text_of(client, LIST)


def test_a_role_that_ended_opens_nothing_from_the_next_request_on(
    reader: Client, period: Period, lezer: Person
) -> None:
    text_of(reader, DETAIL)
    lezer.roles.update(ends_on=TODAY.replace(year=2020))
    text_of(reader, DETAIL, status=404)
    text_of(reader, LIST, status=403)


def test_a_draft_is_not_in_the_list(
    reader: Client, bureau: Person, penningmeester: Person, period: Period
) -> None:
    reverse(Settlement.objects.get(number_sequence=1), by=penningmeester)
    prepare(period.instrument, period.halfyear, today=TODAY, by=bureau)
    assert Settlement.objects.filter(status=Settlement.Status.DRAFT).exists()
    assert text_of(reader, LIST).count("nummer 2026-") == 2


def test_a_person_of_the_association_has_no_list_of_his_own(
    client: Client, bureau: Person
) -> None:
    client.force_login(bureau)
    assert "geen enkele organisatie" in text_of(client, LIST, status=403)


def test_the_bureau_sees_the_statement_that_a_question_is_about(
    client: Client, bureau: Person, made: None
) -> None:
    client.force_login(bureau)
    assert "Uitkering aan gemeente Heideveld" in text_of(client, DETAIL)


def test_pages_only_read(reader: Client, period: Period) -> None:
    assert reader.post(LIST).status_code == 405
    assert reader.post(DETAIL).status_code == 405


def test_a_page_of_amounts_is_not_kept_by_a_browser_or_proxy(
    reader: Client, period: Period
) -> None:
    assert "no-store" in reader.get(DETAIL)["Cache-Control"]


# The list


def test_the_list_tells_period_number_state_and_amounts(
    reader: Client, period: Period
) -> None:
    text = text_of(reader, LIST)
    assert "Eerste helft van 2026 Afrekening Flexensie, nummer 2026-0001" in text
    assert "Wordt uitbetaald € 1.500,00 € 835,00" in text
    assert "2026-0002" not in text


def test_an_empty_list_tells_what_comes_and_when(reader: Client) -> None:
    text = text_of(reader, LIST)
    assert "Er is nog geen afrekening voor gemeente Heideveld." in text
    assert re.search(
        r"Het bureau maakt deze afrekening vanaf 15 (januari|juli) 20", text
    )


def test_without_an_agreement_no_statement_is_promised(
    client: Client, vreemde: Person
) -> None:
    client.force_login(vreemde)
    assert "Daarvoor is een gebruiksovereenkomst nodig" in text_of(client, LIST)


def test_what_was_ordered_at_the_bank_is_on_its_way(
    reader: Client, ordered: dict[str, Payment]
) -> None:
    assert "Betaling onderweg" in text_of(reader, LIST)
    assert "De bank kreeg op 15 juli 2026 de opdracht" in text_of(reader, DETAIL)


def test_the_list_follows_what_happens(
    reader: Client, period: Period, heideveld: Organisation, bestuur: Person
) -> None:
    assert "Wordt uitbetaald" in text_of(reader, LIST)
    Organisation.objects.filter(pk=heideveld.pk).update(iban="")
    assert "Wacht op uw rekeningnummer" in text_of(reader, LIST)
    Organisation.objects.filter(pk=heideveld.pk).update(iban=heideveld.iban)
    export(period, now=NOW, by=bestuur)
    assert "Betaling onderweg" in text_of(reader, LIST)
    pay(Payment.objects.get(organisation=heideveld), by=bestuur)
    assert "Betaald op 16 juli 2026" in text_of(reader, LIST)


def test_without_an_account_we_ask_for_it(
    client: Client, period: Period, heideveld: Organisation, lezer: Person
) -> None:
    Organisation.objects.filter(pk=heideveld.pk).update(iban="")
    client.force_login(lezer)
    assert "Wacht op uw rekeningnummer" in text_of(client, LIST)


def test_a_credit_and_what_it_reverses_point_at_each_other(
    reader: Client, period: Period, bureau: Person, penningmeester: Person
) -> None:
    reverse(Settlement.objects.get(number_sequence=1), by=penningmeester)
    settle(preparer=bureau, approver=penningmeester)
    make_documents()
    text = text_of(reader, LIST)
    assert "Teruggedraaid met 2026-0003" in text
    assert "Draait 2026-0001 terug" in text
    assert "teruggedraaid met creditafrekening 2026-0003" in text_of(reader, DETAIL)
    credit = text_of(reader, "/afrekeningen/2026-0003/")
    assert "Deze creditafrekening draait afrekening 2026-0001 terug" in credit
    assert "Waar gaat de omzet heen?" not in credit


def test_what_was_reversed_is_not_counted_over_the_half_years(
    reader: Client, period: Period, penningmeester: Person
) -> None:
    assert "Van omzet naar uitkering" in text_of(reader, LIST)
    reverse(Settlement.objects.get(number_sequence=1), by=penningmeester)
    assert "Van omzet naar uitkering" not in text_of(reader, LIST)


# One statement


def test_each_amount_tells_how_it_came_about(reader: Client, made: None) -> None:
    text = text_of(reader, DETAIL)
    assert "Uw gemeente ontvangt € 835,00" in text
    assert "100,00 gewerkte uren, gefactureerd aan 1 opdrachtgever" in text
    assert "30% van € 1.500,00. Gebruiksovereenkomst Flexensie" in text
    assert "1% van € 1.500,00. ALV-besluit" in text
    assert "sinds de eerste helft van 2018" in text
    assert "Uitkering aan gemeente Heideveld € 835,00" in text


def test_a_member_reads_the_decision_and_what_the_kas_gets(
    reader: Client, heideveld: Organisation, flexensie: Instrument, tmp_path: Path
) -> None:
    make_share(flexensie, H1)
    deliver(tmp_path, [(heideveld, USUAL)])
    settle(preparer=None, approver=make_person("Sluiter", "penningmeester"))
    page, text = reader.get(DETAIL).content.decode(), text_of(reader, DETAIL)
    besluit = flexensie.contribution_rates.get().besluit
    assert f'href="/alv/besluiten/{besluit.pk}/"' in page
    assert 'href="/instrumenten/flexensie/innovatiekas/"' in page
    assert "van u en de uitvoerder samen, € 30,00, gaat 25% naar de" in text
    assert "innovatiekas van Flexensie : € 7,50" in text
    assert "van de ALV. Vragen aan" in text, "no space before the stop"
    AlvBesluit.objects.filter(pk=besluit.pk).update(subject="Bijdrage, verbeterd")
    assert "in de ALV: Bijdrage, verbeterd" in text_of(reader, DETAIL)
    heideveld.memberships.update(ends_on=TODAY.replace(year=2020))
    assert "Waarom u een bijdrage betaalt" not in text_of(reader, DETAIL)


def test_what_a_statement_rests_on_is_worked_out_once(
    reader: Client, made: None
) -> None:
    """What was approved stays; each time only the besluiten are read, in one query."""
    reader.get(DETAIL)
    with CaptureQueriesContext(connection) as asked:
        reader.get(DETAIL)
    about = [q["sql"] for q in asked if "contributionrate" in q["sql"]]
    assert len(about) == 1
    assert "kasshare" in about[0]
    assert not any("settlementline" in q["sql"] for q in asked)


def test_the_work_opens_to_opdracht_and_line(reader: Client, made: None) -> None:
    page = reader.get(DETAIL).content.decode()
    assert page.index("Bakker") < page.index("O1") < page.index("regel R0")
    assert "× € 15,00" in text_of(reader, DETAIL)


def test_the_three_files_are_offered(reader: Client, made: None) -> None:
    page = reader.get(DETAIL).content.decode()
    for fmt in ("pdf", "xlsx", "json"):
        assert f'href="/afrekeningen/2026-0001/{fmt}"' in page


def test_while_the_document_is_being_made_the_page_says_so(
    reader: Client, period: Period
) -> None:
    documents.request(Settlement.objects.all())
    text = text_of(reader, DETAIL)
    assert "wordt nog gemaakt" in text
    assert "Uw gemeente ontvangt € 835,00" in text
    assert "Download als PDF" not in text
    text_of(reader, LINES, status=404)


def test_a_document_that_failed_asks_nothing_of_the_reader(
    reader: Client, period: Period
) -> None:
    documents.request(Settlement.objects.all())
    Statement.objects.update(state=Statement.State.FAILED, error="OSError: schijf vol")
    text = text_of(reader, DETAIL)
    assert "kon niet worden gemaakt" in text
    assert "schijf" not in text


def test_the_page_shows_what_was_frozen(
    reader: Client, made: None, heideveld: Organisation
) -> None:
    Organisation.objects.filter(pk=heideveld.pk).update(name="Nieuwveld")
    assert "Uitkering aan gemeente Heideveld" in text_of(reader, DETAIL)


def test_the_lines_of_an_opdracht_have_a_page(reader: Client, made: None) -> None:
    assert (
        "9 mrt 2026 regel R0 Stel een vraag over regel R0 100,00 € 1.500,00"
        in text_of(reader, LINES)
    )
    text_of(reader, "/afrekeningen/2026-0001/opdracht/O9/", status=404)


def test_what_belongs_to_another_own_organisation_says_so(
    client: Client, made: None, lezer: Person, noorderhage: Organisation
) -> None:
    person = make_person("Dubbel", "contactpersoon", noorderhage)
    heideveld = Organisation.objects.get(code="GM9001")
    person.roles.create(
        organisation=heideveld, name="contactpersoon", starts_on="2018-01-01"
    )
    client.force_login(person)
    client.post("/namens/", {"organisation": noorderhage.pk})
    assert "Deze afrekening is van gemeente Heideveld." in text_of(client, DETAIL)


# What a page costs


def queries(client: Client, path: str) -> int:
    client.get(path)  # what is frozen is kept from now on
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_more_statements_do_not_ask_more_of_the_database(
    reader: Client,
    period: Period,
    bureau: Person,
    penningmeester: Person,
    bestuur: Person,
) -> None:
    make_documents()
    export(period, now=NOW, by=bestuur)
    before = {path: queries(reader, path) for path in (LIST, DETAIL)}
    reverse(Settlement.objects.get(number_sequence=1), by=penningmeester)
    settle(preparer=bureau, approver=penningmeester)
    make_documents()
    assert queries(reader, LIST) <= before[LIST]
    assert queries(reader, "/afrekeningen/2026-0004/") <= before[DETAIL]
    assert max(before.values()) <= 16


# The frozen content as a page


def test_late_and_corrected_work_is_marked_in_words() -> None:
    content = statement(
        gemeente(
            "GM0014",
            "Groningen",
            [
                job("Groen & Zn.", "8.00", nagekomen=["2025-H2"]),
                job("Groen & Zn.", "-2.00", correctie=True),
            ],
        )
    )
    (client,) = page_of(content).parts[0].clients
    assert client.marks == ["correctie", "nagekomen"]
    assert [a.marks for a in client.assignments] == [
        ["nagekomen (2e helft 2025)"],
        ["correctie"],
    ]
    late, corrected = lines_of_assignment(content, "OP00044") + lines_of_assignment(
        content, "OP00045"
    )
    assert late.marks == ["nagekomen (2e helft 2025)"]
    assert corrected.marks == ["correctie op R1"]


def test_many_lines_have_their_own_pages() -> None:
    jobs = [job("Groen & Zn.", "8.00") for _ in range(MOST_LINES + 1)]
    page = page_of(statement(gemeente("GM0014", "Groningen", jobs)))
    assert not page.with_lines
    assert all(not a.lines for a in page.parts[0].clients[0].assignments)


def test_several_gemeenten_stand_beside_each_other() -> None:
    one = gemeente("GM0014", "Groningen", [job("Groen & Zn.", "8.00")])
    two = gemeente("GM0034", "Almere", [job("Groen & Zn.", "2.00")])
    page = page_of(statement(one, two))
    assert [share.name for share in page.shares] == ["Groningen", "Almere", "Samen"]
    assert [head for head, _ in page.shares[0].amounts] == list(page.heads)


def test_a_credit_is_not_divided() -> None:
    assert page_of(statement()).division is not None
    assert page_of(reversal(statement())).division is None


def test_the_parts_of_the_division_are_all_of_the_revenue() -> None:
    page = page_of(statement())
    assert page.division
    whole = sum((share.part.amount for share in page.division.shares), Decimal(0))
    assert whole == Decimal("584.88")


def test_templates_have_no_style_and_no_script() -> None:
    """The Content-Security-Policy has no exception for our pages."""
    for path in Path("templates").rglob("*.html"):
        if {"documents", "admin", "emails"} & set(path.parts):
            continue
        assert not re.search(
            r"<script(?![^>]*src)|<style|\sstyle=", path.read_text()
        ), path
