"""The pages of the kaders: read by all, compared by members, kept by their own."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from instruments.models import LocalNorm, Norm
from membership.models import Membership, Organisation, Person
from nvsi import dutch
from tests.conftest import make_gemeente
from tests.instruments.norms import SINCE, make_alv_besluit, make_local, make_norms

pytestmark = pytest.mark.django_db
PAGE = reverse("norms", args=["flexensie"])
OWN = reverse("norm-own", args=["flexensie", 1])


@pytest.fixture
def norms(bureau: Person) -> dict[int, Norm]:
    return make_norms(bureau)


@pytest.fixture
def at_heideveld(client: Client, lezer: Person) -> Client:
    client.force_login(lezer)
    return client


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\u00a0", " ")


def make_others(count: int, norm: Norm, by: Person) -> list[Organisation]:
    made = []
    for number in range(count):
        one = make_gemeente(f"GM97{number:02}", f"Plaats {number}")
        Membership.objects.create(organisation=one, kind="lid", starts_on=SINCE)
        make_local(norm, one, Decimal(3), by, reason="=HYPERLINK(1)")
        made.append(one)
    return made


def test_everybody_reads_what_was_agreed_and_nobody_else_what_each_does(
    client: Client,
    norms: dict[int, Norm],
    heideveld: Organisation,
    vreemde: Person,
    bureau: Person,
) -> None:
    make_local(norms[1], heideveld, Decimal(3), bureau, reason="Wij belonen meer.")
    for user in (None, vreemde):
        if user:
            client.force_login(user)
        shown = text_of(client, PAGE)
        assert "€ 2,00 per uur" in shown
        assert "ALV-2017-kaders" in shown
        assert "/alv/besluiten/" not in shown
        assert "Wij belonen meer" not in shown
        assert "Vergelijk gemeenten" not in shown


def test_members_compare_gemeenten_and_a_deviation_is_marked(
    at_heideveld: Client, norms: dict[int, Norm], bureau: Person
) -> None:
    make_others(2, norms[1], bureau)
    assert reverse("besluit-detail", args=[make_alv_besluit().pk]) in text_of(
        at_heideveld, PAGE
    )
    shown = text_of(at_heideveld, f"{PAGE}?met1=GM9700&met2=GM9701")
    assert shown.count("wijkt af</span>") == 2
    assert "Reden: =HYPERLINK(1)" in shown
    assert at_heideveld.get(f"{PAGE}?met1=GM0000").status_code == 422


def test_what_is_to_come_tells_its_day_and_whether_it_deviates(
    at_heideveld: Client,
    norms: dict[int, Norm],
    heideveld: Organisation,
    bureau: Person,
) -> None:
    day = timezone.localdate() + datetime.timedelta(days=30)
    facts = {"starts_on": day, "reason": "Wij belonen meer."}
    make_local(norms[1], heideveld, Decimal(3), bureau, **facts)
    told = f"Vanaf {dutch.day(day)}: € 3,00 per uur, wijkt af"
    assert told.replace("\u00a0", " ") in text_of(at_heideveld, PAGE)


def test_a_gemeente_records_its_own_value_and_is_told_what_is_wrong(
    at_heideveld: Client, norms: dict[int, Norm], heideveld: Organisation
) -> None:
    today = timezone.localdate().isoformat()
    said = {"value": "3,00", "starts_on": today, "basis": "verordening"}
    refused = at_heideveld.post(OWN, {**said, "basis_on": "2020-02-01"})
    assert refused.status_code == 422
    assert "Geef de reden" in refused.content.decode()
    done = at_heideveld.post(
        OWN, {**said, "basis_on": "2020-02-01", "reason": "Wij belonen meer."}
    )
    assert done.status_code == 302
    row = LocalNorm.objects.get()
    assert (row.organisation, row.value) == (heideveld, Decimal(3))
    assert "Wij belonen meer." in text_of(at_heideveld, PAGE)


def test_a_kader_of_words_and_one_of_yes_or_no_can_be_filled_in(
    at_heideveld: Client, norms: dict[int, Norm]
) -> None:
    basis = {"basis": "beleidsregel", "basis_on": "2020-02-01"}
    basis["starts_on"] = timezone.localdate().isoformat()
    for number, said in ((3, {"value": "0", "reason": "Anders."}), (6, {"words": "X"})):
        url = reverse("norm-own", args=["flexensie", number])
        assert at_heideveld.post(url, {**basis, **said}).status_code == 302, number
    assert LocalNorm.objects.count() == 2


def test_the_csv_is_for_members_and_executes_nothing(
    at_heideveld: Client, norms: dict[int, Norm], bureau: Person, vreemde: Person
) -> None:
    make_others(1, norms[1], bureau)
    url = reverse("norms-csv", args=["flexensie"])
    content = at_heideveld.get(url).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert len(rows) == 1 + 6 + 1
    assert rows[-1][-2] == "'=HYPERLINK(1)"
    at_heideveld.force_login(vreemde)
    assert at_heideveld.get(url).status_code == 404


def test_the_page_asks_the_database_as_often_for_one_gemeente_as_for_four(
    at_heideveld: Client, norms: dict[int, Norm], bureau: Person
) -> None:
    others = make_others(4, norms[1], bureau)
    asked = []
    for chosen in (others[:1], others):
        query = "&".join(f"met{i}={o.code}" for i, o in enumerate(chosen, start=1))
        with CaptureQueriesContext(connection) as queries:
            at_heideveld.get(f"{PAGE}?{query}")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_bureau_says_what_a_kader_is_by_a_decision(
    client: Client, norms: dict[int, Norm], bureau: Person
) -> None:
    client.force_login(bureau)
    besluit = norms[5].versions.get().besluit
    assert besluit is not None
    url = reverse("admin:instruments_norm_say", args=[norms[5].pk])
    said = {
        "value": "20",
        "highest": "40",
        "starts_on": timezone.localdate().isoformat(),
        "decision": f"alv-{besluit.pk}",
        "explanation": "Korter is beter.",
    }
    outside = client.post(url, {**said, "highest": "10"}).context["form"]
    assert list(outside.errors) == ["highest"]
    assert client.post(url, said).status_code == 302
    last = norms[5].versions.latest("starts_on")
    assert last.value == last.lowest == Decimal(20)
    assert last.highest == Decimal(40)
