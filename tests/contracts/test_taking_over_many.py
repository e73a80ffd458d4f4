"""Fifty takeovers in one act: offered one by one, and one can see how far it is.

The real texts, printed; so this takes half a minute of one core. What it costs with a
verwerkersovereenkomst for each stands in docs/benchmarks.md.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contracts.models import ExistingAgreement, Offer, TakeoverLetter
from contracts.taking_over import offering
from contracts.tasks import offer_takeovers
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.conftest import SINCE, make_gemeente
from tests.contracts.offers import TERM, TODAY, make_member

pytestmark = pytest.mark.django_db
ALL, STRANGERS, UNCOVERED = 50, 5, 3
END = datetime.date(2027, 3, 31)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)):
        yield


def make_fifty(instrument: Instrument, uitvoerder: Organisation) -> None:
    """Five of them are of no lid, and three have no verwerkersovereenkomst yet."""
    for number in range(ALL):
        code, name = f"GM97{number:02}", f"Dorp {number}"
        holder = (make_gemeente if number < STRANGERS else make_member)(code, name)
        if number >= STRANGERS + UNCOVERED:
            holder.verwerkersovereenkomsten.create(starts_on=SINCE)
        ExistingAgreement.objects.create(
            organisation=holder,
            instrument=instrument,
            uitvoerder=uitvoerder,
            ends_on=END,
            vergoeding_pct=Decimal(20 + number),
        )


def test_fifty_are_offered_in_one_act_and_a_killed_worker_goes_on(
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    bureau: Person,
    client: Client,
) -> None:
    make_fifty(flexensie, flexensie_nederland)
    client.force_login(bureau)
    page = "/beheer/contracts/existingagreement/bord/2027-03/"
    run_page = client.post(page, {"answer_by": f"{TODAY + TERM}"})["Location"]
    for _ in range(ALL // 2):
        assert offering.work_on_next(today=TODAY)
    half = client.get(run_page).content.decode()
    assert f"20 van {ALL} aangeboden, 5 niet gelukt, 25 te gaan" in half
    offer_takeovers()
    done = client.get(run_page).content.decode()
    assert f"45 van {ALL} aangeboden, 5 niet gelukt" in done
    assert "te gaan" not in done
    offer_takeovers()  # nothing is left, and nothing is done twice
    offers = Offer.objects.exclude(offered_at=None)
    kinds = list(offers.values_list("kind", flat=True))
    assert (kinds.count("gebruiks"), kinds.count("verwerkers")) == (45, UNCOVERED)
    for row in ExistingAgreement.objects.select_related("offer"):
        assert bool(row.refusal) == (row.offer is None)
        assert row.offer is None or row.offer.vergoeding_pct == row.vergoeding_pct
    _read_the_letters(client, run_page)


def _read_the_letters(client: Client, run_page: str) -> None:
    """Each says its own price; to adapt it says the same."""
    letters = TakeoverLetter.objects.select_related("offer__organisation")
    assert letters.count() == ALL - STRANGERS
    for letter in letters:
        document = docx.Document(BytesIO(bytes(letter.docx)))
        cells = [cell.text for table in document.tables
                 for row in table.rows for cell in row.cells]  # fmt: skip
        said = " ".join([*cells, *(one.text for one in document.paragraphs)])
        assert letter.offer.reference in said
        assert letter.offer.organisation.name in said
        assert f"{letter.offer.vergoeding_pct:.0f}%" in said
    run = letters.earliest("pk").run_id
    packed = client.get(reverse("admin:contracts_takeoverrun_letters", args=[run]))
    assert packed.content.count(b"%PDF-") == ALL - STRANGERS
