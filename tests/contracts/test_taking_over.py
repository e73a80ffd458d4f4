"""Agreements with the uitvoerder itself move to the NVSI, many in one act."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from contracts.admin.existing import waiting_takeovers
from contracts.admin.offers import waiting_endings
from contracts.kinds import Why
from contracts.models import ExistingAgreement, Offer, TakeoverRun
from contracts.offering.answering import decline
from contracts.offering.drafting import draft
from contracts.offering.expiring import endings
from contracts.taking_over import offering
from contracts.taking_over.plan import board, missing_for
from contracts.taking_over.reading import import_existing
from contracts.tasks import offer_takeovers
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.refusals import TableRefused
from tests.contracts.offers import TERM, TODAY, going_on

END = datetime.date(2027, 3, 31)
HEAD = (
    "organisatie_code;instrument;uitvoerder_code;einddatum;vergoeding_pct;"
    "gemeente_codes"
)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)):
        yield


def existing(
    organisation: Organisation, instrument: Instrument, uitvoerder: Organisation
) -> ExistingAgreement:
    return ExistingAgreement.objects.create(
        organisation=organisation,
        instrument=instrument,
        uitvoerder=uitvoerder,
        ends_on=END,
        vergoeding_pct=Decimal(28),
    )


def test_many_are_offered_in_one_act_and_who_is_no_member_is_told(
    heideveld: Organisation,
    waterkant: Organisation,
    noorderhage: Organisation,
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    bureau: Person,
    penningmeester: Person,
) -> None:
    heideveld.gebruiksovereenkomsten.update(ends_on=END)
    heideveld.coverages.update(ends_on=END)
    rows = [
        existing(one, flexensie, flexensie_nederland)
        for one in (heideveld, waterkant, noorderhage)
    ]
    assert [list(missing_for(row, TODAY)) for row in rows] == [
        ["aanbod"],
        ["verwerkersovereenkomst", "aanbod"],
        ["lidmaatschap of aspirant-lidmaatschap", "verwerkersovereenkomst", "aanbod"],
    ]
    facts = {"answer_by": TODAY + TERM, "today": TODAY}
    with pytest.raises(NotAllowed, match="stelt het bureau op"):
        offering.ask(rows, **facts, by=penningmeester)
    run = offering.ask(rows, **facts, by=bureau)
    assert offering.progress(run) == offering.Progress(3, 0, 0)
    offer_takeovers()
    run.refresh_from_db()
    assert offering.progress(run) == offering.Progress(3, 2, 1)
    assert run.finished_at is not None
    made = Offer.objects.order_by("pk").values_list("organisation__name", "kind", "why")
    assert list(made) == [
        ("Heideveld", "gebruiks", "takeover"),
        ("Waterkant", "verwerkers", "new"),
        ("Waterkant", "gebruiks", "takeover"),
    ]
    first = Offer.objects.earliest("pk")
    assert first.starts_on == END + datetime.timedelta(days=1)
    assert first.vergoeding_pct == Decimal(28)
    assert "Flexensie Nederland" in str(first.filled)
    assert "geen lid" in ExistingAgreement.objects.get(pk=rows[2].pk).refusal
    rows = list(ExistingAgreement.objects.select_related("offer"))
    with pytest.raises(NotAllowed, match="niets om aan te bieden"):
        offering.ask([row for row in rows if row.offer], **facts, by=bureau)
    (month,) = board(rows, TODAY)
    assert (month.name, month.to_offer_count, month.ready_count) == ("2027-03", 0, 0)


def test_a_run_stays_done_when_an_offer_is_declined(
    heideveld: Organisation,
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    bureau: Person,
    lezer: Person,
) -> None:
    heideveld.gebruiksovereenkomsten.update(ends_on=END)
    heideveld.coverages.update(ends_on=END)
    row = existing(heideveld, flexensie, flexensie_nederland)
    run = offering.ask([row], answer_by=TODAY + TERM, today=TODAY, by=bureau)
    assert offering.work_on_next(today=TODAY)
    row.refresh_from_db()
    assert row.offer
    (missing,) = missing_for(row, TODAY)
    assert missing == "handtekeningen onder de gebruiksovereenkomst"
    decline(row.offer, reason="Eerst een advies van de FG.", today=TODAY, by=lezer)
    assert not offering.work_on_next(today=TODAY)  # not again, because it was declined
    run.refresh_from_db()
    assert (offering.progress(run), run.finished_at is None) == (
        offering.Progress(1, 1, 0),
        False,
    )
    ((planned,),) = [month.rows for month in board(rows_of(row), TODAY)]
    assert planned.answer == "afgewezen: Eerst een advies van de FG."
    assert planned.missing == ("aanbod",)
    again = offering.ask([row], answer_by=TODAY + TERM, today=TODAY, by=bureau)
    assert offering.progress(again) == offering.Progress(1, 0, 0)


def rows_of(row: ExistingAgreement) -> list[ExistingAgreement]:
    return list(ExistingAgreement.objects.filter(pk=row.pk).select_related("offer"))


def test_what_would_lapse_is_on_the_work_list_ninety_days_before(
    heideveld: Organisation,
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    bureau: Person,
    lezer: Person,
) -> None:
    existing(heideveld, flexensie, flexensie_nederland)
    early, due = END - datetime.timedelta(91), END - datetime.timedelta(90)
    assert list(waiting_takeovers(bureau, early)) == []
    (one,) = waiting_takeovers(bureau, due)
    assert (one.since, one.about) == (due, "gemeente Heideveld: nog nodig aanbod")
    assert list(waiting_takeovers(lezer, due)) == []


def test_a_file_is_taken_in_as_a_whole_and_twice_is_once(
    heideveld: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "bestaand.csv"
    good = "GM9001;flexensie;flexensie;2027-03-31;28;"
    path.write_text(
        f"{HEAD}\n{good}\nGM9999;flexensie;flexensie;31-03-2027;128;GM9001\n"
    )
    with pytest.raises(TableRefused) as refused:
        import_existing(path)
    assert {(e.row, e.column) for e in refused.value.errors} == {
        (3, "organisatie_code"),
        (3, "vergoeding_pct"),
        (3, "gemeente_codes"),
    }
    assert not ExistingAgreement.objects.exists()
    path.write_text(f"{HEAD}\n{good}\n")
    said = StringIO()
    for _ in range(2):
        call_command("import_contracts", str(path), "--existing", stdout=said)
    assert said.getvalue().splitlines() == [
        "Bestaande overeenkomsten: 1 nieuw, 0 bekend.",
        "Bestaande overeenkomsten: 0 nieuw, 1 bekend.",
    ]
    assert ExistingAgreement.objects.get().vergoeding_pct == 28


def test_the_bureau_offers_a_month_from_the_board(
    client: Client,
    heideveld: Organisation,
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    bureau: Person,
) -> None:
    existing(heideveld, flexensie, flexensie_nederland)
    client.force_login(bureau)
    board = client.get("/beheer/contracts/existingagreement/bord/").content.decode()
    assert "Bied 1 overname aan" in board
    page = "/beheer/contracts/existingagreement/bord/2027-03/"
    assert client.get(page.replace("-03", "-13")).status_code == 404
    told = client.post(page, {"answer_by": f"{TODAY + TERM}"}, follow=True)
    offer_takeovers()
    run = TakeoverRun.objects.get()
    assert f"/takeoverrun/{run.pk}/" in told.redirect_chain[-1][0]
    assert run.agreements.get().refusal.startswith("gemeente Heideveld heeft al een")


def test_what_ends_is_told_with_what_follows_on_it(
    client: Client, heideveld: Organisation, bureau: Person
) -> None:
    heideveld.gebruiksovereenkomsten.update(ends_on=END)
    (one,) = endings(TODAY)
    assert (one.on, one.what, one.is_open) == (END, "Nog niets geregeld", True)
    due = END - datetime.timedelta(90)
    assert [list(waiting_endings(bureau, on)) != [] for on in (TODAY, due)] == [
        False,
        True,
    ]
    fact = heideveld.gebruiksovereenkomsten.get()
    first = END + datetime.timedelta(1)
    content = going_on(fact, Why.PROLONGATION, starts_on=first, vergoeding_pct=30)
    offer = draft(content, today=TODAY, by=bureau)
    (one,) = endings(TODAY)
    assert (one.what, one.is_open) == (f"Verlenging {offer.reference} loopt", False)
    client.force_login(bureau)
    page = client.get("/beheer/contracts/offer/kalender/").content.decode()
    assert "maart 2027" in page.lower()
