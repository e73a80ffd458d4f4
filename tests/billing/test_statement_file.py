"""The files of a statement: for its holder and for the association, for nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import Period, Settlement, Statement
from membership.models import Organisation, Person
from tests.everything import make_statement

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@pytest.fixture
def statement(period: Period, heideveld: Organisation) -> Statement:
    return make_statement(Settlement.objects.get(organisation=heideveld))


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(number: str | None, fmt: str = "pdf") -> str:
    return reverse("statement-file", kwargs={"number": number, "fmt": fmt})


@pytest.mark.parametrize("fmt", TYPES)
def test_the_holder_gets_the_files_as_they_were_made(
    fmt: str, statement: Statement, lezer: Person
) -> None:
    response = logged_in(lezer).get(url(statement.settlement.number, fmt))
    assert response.status_code == 200
    assert response.content == getattr(statement, fmt)
    assert response["Content-Type"] == TYPES[fmt]
    name = f"afrekening {statement.settlement.number} Heideveld.{fmt}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_name_beyond_ascii_is_written_as_rfc_6266_asks(
    statement: Statement, heideveld: Organisation, bureau: Person
) -> None:
    heideveld.short_name = 'Súdwest-"Fryslân"'
    heideveld.save()
    response = logged_in(bureau).get(url(statement.settlement.number))
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''"
        f"afrekening%20{statement.settlement.number}%20"
        "S%C3%BAdwest-%22Frysl%C3%A2n%22.pdf"
    )


@pytest.mark.parametrize("who", ["bureau", "penningmeester", "bestuur"])
def test_the_association_gets_every_statement(
    who: str, statement: Statement, request: pytest.FixtureRequest
) -> None:
    client = logged_in(request.getfixturevalue(who))
    assert client.get(url(statement.settlement.number)).status_code == 200


@pytest.mark.parametrize("who", ["vreemde", "backoffice"])
def test_a_stranger_finds_nothing(
    who: str, statement: Statement, request: pytest.FixtureRequest
) -> None:
    client = logged_in(request.getfixturevalue(who))
    assert client.get(url(statement.settlement.number)).status_code == 404


def test_who_is_not_logged_in_is_asked_to(statement: Statement) -> None:
    response = Client().get(url(statement.settlement.number))
    assert response.status_code == 302
    assert "next=" in response["Location"]


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_what_is_not_made_yet_is_not_there(
    state: str, period: Period, heideveld: Organisation, lezer: Person
) -> None:
    settlement = Settlement.objects.get(organisation=heideveld)
    Statement.objects.create(settlement=settlement, heading={}, state=state)
    assert logged_in(lezer).get(url(settlement.number)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/afrekeningen/2026-9999/pdf",
        "/afrekeningen/2026-1/pdf",
        "/afrekeningen/2026-00001/pdf",
        "/afrekeningen/2026-0001/exe",
        "/afrekeningen/2026-0001/pdf/",
    ],
)
def test_a_number_or_a_kind_that_is_none_is_not_there(
    path: str, statement: Statement, bureau: Person
) -> None:
    assert logged_in(bureau).get(path).status_code == 404


def test_a_file_is_only_read(statement: Statement, lezer: Person) -> None:
    client = logged_in(lezer)
    assert client.head(url(statement.settlement.number)).status_code == 200
    assert client.post(url(statement.settlement.number)).status_code == 405
