"""Who may rely on inbesteding on a day, why not, and the evidence that is frozen."""

import datetime
import hashlib
import json
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contracts.inbesteding import recording
from contracts.inbesteding.evidence import freeze, pdf_of, zip_of
from contracts.inbesteding.gathering import as_belonging, assess
from contracts.inbesteding.paper import paper_of
from contracts.inbesteding.shown import shown
from contracts.inbesteding.words import reasons
from contracts.models import Activity, ControlFact, Forecast, InbestedingEvidence
from instruments.models import Instrument
from membership.models import Membership, Organisation, Person
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_html
from nvsi.admin.worklist import waiting_for
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.contracts.inbesteding import (
    SINCE,
    keep_award,
    keep_control,
    keep_fact,
    keep_inbesteding,
    keep_year,
)
from tests.membership.dossiers import PAPER, paper

ON = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today() -> object:
    """An award today, in 2026."""
    with time_machine.travel(datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def proven(
    flexensie: Instrument, flexensie_nederland: Organisation, bureau: Person
) -> Instrument:
    keep_inbesteding(flexensie, flexensie_nederland, by=bureau, award_year=2026)
    return flexensie


def why_not(
    instrument: Instrument, organisation: Organisation, on: datetime.date = ON
) -> list[str]:
    found = assess(instrument, on)
    member = as_belonging(organisation, found.everyone)
    said = reasons(found, member, instrument.name)
    assert found.may_rely(member) == (not said)
    return said


def test_a_gemeente_that_is_lid_may_rely_on_it_and_others_may_not(
    proven: Instrument,
    heideveld: Organisation,
    waterkant: Organisation,
    noorderhage: Organisation,
) -> None:
    assert why_not(proven, heideveld) == []
    assert "aspirant-lid" in why_not(proven, waterkant)[0]
    assert "geen lid" in why_not(proven, noorderhage)[0]
    Membership.objects.create(
        organisation=noorderhage, kind="participant", starts_on=SINCE
    )
    assert "participant" in why_not(proven, noorderhage)[0]


def test_what_is_not_recorded_is_named(
    flexensie: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    said = " ".join(why_not(flexensie, heideveld))
    assert "geen cijfers over drie hele jaren" in said
    for word in ("vertegenwoordigt", "beslissen", "belangen", "privékapitaal"):
        assert word in said
    keep_control(by=bureau)
    keep_year(flexensie, 2023, by=bureau)
    keep_year(flexensie, 2025, by=bureau)
    assert why_not(flexensie, heideveld) == [
        "De cijfers van Flexensie over 2024 zijn er nog niet."
    ]


def test_the_award_date_chooses_the_years_and_the_facts(
    proven: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    assert "drie hele jaren" in why_not(proven, heideveld, datetime.date(2025, 6, 1))[0]
    influence = ControlFact.objects.get(kind="influence")
    recording.end_fact(influence, ends_on=datetime.date(2026, 6, 30), by=bureau)
    assert why_not(proven, heideveld, datetime.date(2026, 6, 30)) == []
    assert why_not(proven, heideveld, datetime.date(2026, 7, 1)) == [
        "Nog niet vastgelegd is hoe de leden samen beslissen."
    ]
    with pytest.raises(NotAllowed, match="al een einde"):
        recording.end_fact(influence, ends_on=ON, by=bureau)


def test_all_members_must_be_represented(
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    heideveld: Organisation,
    noorderhage: Organisation,
    bureau: Person,
) -> None:
    Membership.objects.create(organisation=noorderhage, kind="lid", starts_on=SINCE)
    keep_inbesteding(flexensie, flexensie_nederland, by=bureau, award_year=2026)
    whole = ControlFact.objects.get(kind="representation")
    recording.set_aside(whole, reason="geldt niet voor allen", by=bureau)
    some: dict[str, Any] = {"by": bureau, "covers_all": False}
    keep_fact("representation", members=[heideveld], **some)
    expected = "Nog niet vastgelegd is wie gemeente Noorderhage vertegenwoordigt."
    assert why_not(flexensie, heideveld) == [expected]
    keep_fact("representation", members=[heideveld, noorderhage], **some)
    assert why_not(flexensie, heideveld) == []
    with pytest.raises(NotAllowed, match="Kies de leden"):
        keep_fact("representation", **some)


def test_a_private_member_is_checked_and_controls_nothing(
    proven: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    stichting = Organisation.objects.create(
        code="WERKT", kind="maatschappelijke_organisatie", name="Stichting Werkt"
    )
    Membership.objects.create(organisation=stichting, kind="lid", starts_on=SINCE)
    assert why_not(proven, heideveld) == [
        "Nog niet gecontroleerd op privékapitaal: Stichting Werkt."
    ]
    keep_fact("capital_check", organisation=stichting, by=bureau)
    assert why_not(proven, heideveld) == []
    assert "geen overheid" in why_not(proven, stichting)[0]
    keep_fact("capital_check", organisation=stichting, is_met=False, by=bureau)
    assert why_not(proven, heideveld) == [
        "Vastgesteld is dat er privékapitaal deelneemt."
    ]


def test_a_fact_that_denies_outweighs_one_that_affirms(
    proven: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    keep_fact("interests", is_met=False, by=bureau, starts_on=ON)
    assert "een belang is tegen dat" in why_not(proven, heideveld)[0]
    assert why_not(proven, heideveld, ON - datetime.timedelta(days=1)) == []


def test_another_instrument_counts_in_that_of_the_association(
    proven: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    other = Instrument.objects.create(slug="ander", name="Ander")
    little = {"controlling": Decimal(0), "total": Decimal(1_000_000)}
    keep_year(other, 2025, by=bureau, **little)
    [said] = why_not(proven, heideveld)
    assert said.startswith(
        "In 2023 tot en met 2025 was 63,75% van de omzet van de NVSI"
    )
    assert said.endswith("Dat is niet meer dan 80%.")
    page = shown(proven, ON, heideveld)
    assert [share.is_met for share in page.shares] == [True, False]
    assert page.shares[1].margin == "€\u00a0650.000,00"


def test_a_forecast_only_where_three_years_do_not_exist(
    flexensie: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    keep_control(by=bureau)
    keep_year(flexensie, 2025, by=bureau)
    expected = {
        "award_year": 2026,
        "controlling": Decimal(90),
        "total": Decimal(100),
        "reasoning": "Veertig leden tekenden een intentie.",
    }
    forecast = Forecast(instrument=flexensie, **expected)
    recording.record_forecast(forecast, file=None, by=bureau)
    assert why_not(flexensie, heideveld) == []
    made = freeze(heideveld, flexensie, awarded_on=ON, by=bureau)
    assert made.content["shares"][0]["reasoning"] == expected["reasoning"]
    keep_year(flexensie, 2023, by=bureau)
    keep_year(flexensie, 2024, by=bureau)
    again = Forecast(instrument=flexensie, **{**expected, "award_year": 2026})
    with pytest.raises(NotAllowed, match="al drie jaar activiteit"):
        recording.record_forecast(again, file=None, by=bureau)


def test_what_cannot_be_is_refused(
    proven: Instrument,
    flexensie_nederland: Organisation,
    heideveld: Organisation,
    bureau: Person,
    penningmeester: Person,
) -> None:
    with pytest.raises(NotAllowed, match="nog niet voorbij"):
        keep_year(proven, 2026, by=bureau)
    with pytest.raises(ValidationError, match="al een activiteit"):
        keep_year(proven, 2025, by=bureau)
    with pytest.raises(ValidationError, match="niet meer zijn dan"):
        keep_year(proven, 2020, by=bureau, total=Decimal(1))
    with pytest.raises(NotAllowed, match="bureau of het bestuur"):
        keep_year(proven, 2020, by=penningmeester)
    with pytest.raises(NotAllowed, match="Voeg het stuk toe"):
        recording.record_fact(ControlFact(kind="vote"), file=None, by=bureau)
    with pytest.raises(NotAllowed, match="geen uitvoerder"):
        keep_award(proven, heideveld, by=bureau)
    with pytest.raises(ValidationError, match="Boven de drempel"):
        keep_award(proven, flexensie_nederland, by=bureau, procedure="single")
    row = Activity.objects.get(year=2025)
    recording.set_aside(row, reason="Verkeerde jaarrekening", by=bureau)
    with pytest.raises(NotAllowed, match="al opzij"):
        recording.set_aside(row, reason="Nog eens", by=bureau)
    assert keep_year(proven, 2025, by=bureau).pk != row.pk


def test_the_evidence_is_frozen_once_with_all_that_it_rests_on(
    proven: Instrument, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    made = freeze(heideveld, proven, awarded_on=ON, by=lezer)
    assert made.number == "INB-2026-0001"
    assert hashlib.sha256(made.pdf).hexdigest() == made.pdf_sha256
    assert freeze(heideveld, proven, awarded_on=ON, by=lezer) == made
    other_day = freeze(heideveld, proven, awarded_on=ON.replace(day=1), by=lezer)
    assert other_day.number == "INB-2026-0002"
    keep_fact("capital", by=bureau, summary="Opnieuw nagegaan", starts_on=ON)
    assert freeze(heideveld, proven, awarded_on=ON, by=lezer).pk > other_day.pk
    made.refresh_from_db()
    assert hashlib.sha256(zip_of(made)).hexdigest() == made.zip_sha256


def test_who_may_not_rely_on_it_gets_no_evidence(
    proven: Instrument, waterkant: Organisation, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match="aspirant-lid"):
        freeze(waterkant, proven, awarded_on=ON, by=bureau)
    for day in (datetime.date(2027, 1, 1), datetime.date(2016, 6, 30)):
        with pytest.raises(NotAllowed):
            freeze(waterkant, proven, awarded_on=day, by=bureau)
    assert not InbestedingEvidence.objects.exists()


def test_the_paper_is_to_keep_and_carries_its_data(
    proven: Instrument, heideveld: Organisation, lezer: Person
) -> None:
    made = freeze(heideveld, proven, awarded_on=ON, by=lezer)
    assert pdf_of(made.content) == bytes(made.pdf)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
        assert pdf.Root.MarkInfo.Marked
        [name] = pdf.attachments
        data = json.loads(pdf.attachments[name].get_file().read_bytes())
    assert data == made.content
    assert data["shares"][0]["pct"] == "85.00"
    assert data["members"] == ["gemeente Heideveld"]
    assert data["award"]["tenderned"] == "123456"


def test_the_zip_has_the_papers_but_not_those_that_stay(
    proven: Instrument, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    keep_fact("vote", by=bureau, starts_on=ON, goes_along=False, summary="Besloten")
    made = freeze(heideveld, proven, awarded_on=ON, by=lezer)
    with zipfile.ZipFile(BytesIO(zip_of(made))) as archive:
        names = archive.namelist()
        sums = archive.read("controlegetallen.txt").decode().splitlines()
        assert sums == [
            f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}"
            for name in names[:-1]
        ]
    assert names[:2] == ["INB-2026-0001.pdf", "INB-2026-0001.json"]
    assert len(names) == 2 + 5 + 1  # the five facts of keep_control, and the sums
    written = as_html(paper_of(made.content, the_issuer()))
    assert "(bij de NVSI in te zien)" in written


def test_a_member_asks_for_a_day_and_takes_its_evidence_along(
    proven: Instrument, heideveld: Organisation, lezer: Person, vreemde: Person
) -> None:
    client, page = Client(), reverse("inbesteding", args=["flexensie"])
    client.force_login(lezer)
    assert "Ja, dat kan" in client.get(page).text
    assert client.get(page, {"datum": "2027-01-01"}).status_code == 422
    sent = client.post(page, {"datum": "2026-11-20"}, follow=True)
    made = InbestedingEvidence.objects.get()
    assert made.awarded_on == datetime.date(2026, 11, 20)
    assert made.number in sent.text
    for fmt, begin in (("pdf", b"%PDF-"), ("zip", b"PK")):
        file = client.get(reverse("inbesteding-file", args=[made.number, fmt]))
        assert file.content.startswith(begin)
    client.force_login(vreemde)
    assert "Nee, dat kan niet" in client.get(page).text
    assert client.post(page, {"datum": "2026-11-20"}).status_code == 409
    file = client.get(reverse("inbesteding-file", args=[made.number, "pdf"]))
    assert file.status_code == 404


def test_the_fg_reads_it_and_makes_no_evidence(
    proven: Instrument, heideveld: Organisation
) -> None:
    client, page = Client(), reverse("inbesteding", args=["flexensie"])
    client.force_login(make_person("Functionaris", "fg", heideveld))
    assert "Maak het bewijsdossier" not in client.get(page).text
    assert client.post(page, {"datum": "2026-11-20"}).status_code == 404


def test_the_bureau_records_in_the_admin(
    flexensie: Instrument, heideveld: Organisation, bureau: Person, tmp_path: Path
) -> None:
    client = Client()
    client.force_login(bureau)
    add = reverse("admin:contracts_activity_add")
    said = {
        "instrument": flexensie.pk,
        "year": 2026,
        "measure": "turnover",
        "controlling": "85",
        "total": "100",
        "source": "Jaarrekening",
    }
    assert "2026 is nog niet voorbij" in client.post(add, said).text
    assert client.post(add, {**said, "year": 2025}).status_code == 302
    assert Activity.objects.get().by == bureau
    add = reverse("admin:contracts_controlfact_add")
    fact = {
        "kind": "capital",
        "summary": "Nagegaan",
        "is_met": "on",
        "covers_all": "on",
    }
    fact |= {"starts_on": "01-01-2024", "goes_along": "on"}
    assert "Voeg het stuk toe" in client.post(add, fact).text
    wrong = SimpleUploadedFile("stuk.pdf", b"geen pdf")
    assert "Dit is geen" in client.post(add, {**fact, "paper_file": wrong}).text
    file = SimpleUploadedFile("statuten.pdf", PAPER)
    assert client.post(add, {**fact, "paper_file": file}).status_code == 302
    row = ControlFact.objects.get()
    given = client.get(reverse("admin:contracts_controlfact_file", args=[row.pk]))
    assert given.content == PAPER
    board = client.get(reverse("admin:contracts_activity_board")).text
    assert "Nog geen drie jaar, en geen prognose" in board
    aside = reverse("admin:contracts_controlfact_set-aside", args=[row.pk])
    assert client.post(aside, {"reason": "Verkeerd stuk"}).status_code == 302
    row.refresh_from_db()
    assert row.set_aside_by == bureau


def test_what_is_missing_stands_on_the_work_list_once_it_is_kept(
    flexensie: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    def waiting() -> list[str]:
        return [one.about for one in waiting_for(bureau, ON) if "Inbest" in one.what]

    assert waiting() == []
    keep_control(by=bureau)
    assert waiting() == [
        "Hoe de uitvoering is gegund, is niet vastgelegd",
        "Nog geen drie jaar, en geen prognose",
    ]
    keep_year(flexensie, 2023, by=bureau)
    keep_year(flexensie, 2025, by=bureau)
    keep_fact("interests", by=bureau, ends_on=ON)
    assert waiting()[:1] == ["Activiteit 2024 ontbreekt"]
    assert "Loopt af op 23-11-2026" in waiting()[-1]


def test_the_same_paper_is_kept_once(bureau: Person) -> None:
    first = recording.keep_paper(paper(), by=bureau)
    assert recording.keep_paper(paper(), by=bureau) == first
    assert recording.keep_paper(paper(name="ander.pdf"), by=bureau) != first
