"""The list of gemeenten: the file is the truth of today, and history stays."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from membership.gemeenten import COLUMNS, Imported, import_gemeenten
from membership.models import HistoryEvent, Organisation, Person, Region, RegionMember
from membership.redivision import recording
from nvsi.refusals import TableRefused

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 9)
LATER = datetime.date(2027, 1, 1)
HEADER = ",".join(COLUMNS.required)
HEIDEVELD = "GM9001,Heideveld (O.),Heideveld,Overijssel,12345,AM90,Heide"
WATERKANT = "GM9002,Waterkant,Waterkant,Zeeland,987654,AM91,Kust"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gemeenten.csv"


def take_in(file: Path, *rows: str, today: datetime.date = TODAY) -> Imported:
    file.write_text("\n".join([HEADER, *rows]))
    return import_gemeenten(file, today=today)


def refusals(file: Path, *rows: str) -> list[str]:
    with pytest.raises(TableRefused) as caught:
        take_in(file, *rows)
    return [f"{e.row} {e.column}: {e.message}" for e in caught.value.errors]


def places(code: str) -> list[tuple[str, datetime.date | None, datetime.date | None]]:
    rows = RegionMember.objects.filter(organisation__code=code).order_by("id")
    return [(row.region.code, row.starts_on, row.ends_on) for row in rows]


def test_gemeenten_and_regions_are_added(file: Path, bureau: Person) -> None:
    file.write_text("\n".join([HEADER, HEIDEVELD, WATERKANT]))
    done = import_gemeenten(file, today=TODAY, by=bureau)
    assert done == Imported(2, 0, 0, 2, 0)
    heideveld = Organisation.objects.get(code="GM9001")
    assert (heideveld.kind, heideveld.name) == ("gemeente", "Heideveld (O.)")
    assert (heideveld.short_name, heideveld.inhabitants) == ("Heideveld", 12345)
    assert heideveld.province == "Overijssel"
    region = Region.objects.get(code="AM90")
    assert (region.type, region.name) == ("arbeidsmarktregio", "Heide")
    assert places("GM9001") == [("AM90", None, None)]
    event = HistoryEvent.objects.get()
    assert (event.by, event.action) == (bureau, "imported")
    assert event.facts["new"] == ["GM9001", "GM9002"]


def test_the_same_file_again_changes_nothing(file: Path) -> None:
    take_in(file, HEIDEVELD, WATERKANT)
    assert take_in(file, WATERKANT, HEIDEVELD, today=LATER) == Imported(0, 0, 2, 0, 0)
    assert HistoryEvent.objects.count() == 1


def test_a_changed_fact_is_updated_and_the_rest_is_left(
    file: Path, heideveld: Organisation
) -> None:
    done = take_in(file, HEIDEVELD)
    assert done == Imported(0, 1, 0, 1, 0)
    heideveld.refresh_from_db()
    assert heideveld.name == "Heideveld (O.)"
    assert heideveld.iban == "NL02ABNA0123456789"
    assert Organisation.objects.gemeenten().count() == 1


def test_an_empty_cell_leaves_what_is_known(file: Path) -> None:
    take_in(file, HEIDEVELD)
    assert take_in(file, "gm9001,Heideveld (O.),Heideveld,,,,") == Imported(
        0, 0, 1, 0, 0
    )
    assert Organisation.objects.get(code="GM9001").inhabitants == 12345
    assert places("GM9001") == [("AM90", None, None)]


def test_a_gemeente_that_moves_is_in_the_other_region_from_today(file: Path) -> None:
    take_in(file, HEIDEVELD, WATERKANT)
    moved = HEIDEVELD.replace("AM90,Heide", "AM91,Kust")
    assert take_in(file, moved, WATERKANT, today=LATER) == Imported(0, 1, 1, 0, 0)
    yesterday = LATER - datetime.timedelta(days=1)
    assert places("GM9001") == [("AM90", None, yesterday), ("AM91", LATER, None)]


def test_a_move_that_is_taken_back_on_the_same_day_leaves_one_row(file: Path) -> None:
    take_in(file, HEIDEVELD)
    take_in(file, HEIDEVELD.replace("AM90,Heide", "AM91,Kust"), today=LATER)
    take_in(file, HEIDEVELD, today=LATER)
    yesterday = LATER - datetime.timedelta(days=1)
    assert places("GM9001") == [("AM90", None, yesterday), ("AM90", LATER, None)]


def test_a_planned_move_begins_earlier_when_the_file_says_so(file: Path) -> None:
    take_in(file, HEIDEVELD, WATERKANT)
    old = RegionMember.objects.get(organisation__code="GM9001")
    old.ends_on = LATER - datetime.timedelta(days=1)
    old.save()
    RegionMember.objects.create(
        organisation=old.organisation,
        region=Region.objects.get(code="AM91"),
        starts_on=LATER,
    )
    assert take_in(file, HEIDEVELD).changed == 0
    take_in(file, HEIDEVELD.replace("AM90,Heide", "AM91,Kust"))
    yesterday = TODAY - datetime.timedelta(days=1)
    assert places("GM9001") == [("AM90", None, yesterday), ("AM91", TODAY, None)]


def test_a_region_with_a_new_name_is_renamed(file: Path) -> None:
    take_in(file, HEIDEVELD)
    renamed = HEIDEVELD.replace("AM90,Heide", "AM90,Heide en Veld")
    assert take_in(file, renamed) == Imported(0, 0, 1, 0, 1)
    assert Region.objects.get().name == "Heide en Veld"


def test_every_wrong_row_is_refused_at_once_and_nothing_is_changed(
    file: Path,
) -> None:
    assert refusals(
        file,
        HEIDEVELD,
        "9002,Waterkant,Waterkant,Zeeland,1.000,AM91,",
        HEIDEVELD.replace("AM90,Heide", "AM90,Hei"),
        f"GM9004,,{'x' * 101},Zeeland,-1,,Kust",
        "GM9005,te,kort",
    ) == [
        "3 arbeidsmarktregio: ontbreekt; vul de code en de naam van de regio "
        "allebei in.",
        "3 cbs_code: '9002' is geen CBS-code; schrijf bijvoorbeeld GM0014.",
        "3 inwoners: '1.000' is geen aantal; schrijf alleen cijfers, zonder punten.",
        "4 arbeidsmarktregio: AM90 heet in rij 2 'Heide'.",
        "4 cbs_code: 'GM9001' staat al in rij 2 van dit bestand.",
        "5 arbeidsmarktregio_code: ontbreekt; vul de code en de naam van de regio "
        "allebei in.",
        "5 inwoners: '-1' is geen aantal; schrijf alleen cijfers, zonder punten.",
        "5 naam_cbs: ontbreekt.",
        "5 naam_kort: is langer dan 100 tekens.",
        "6 : Rij 6 heeft 3 cellen, de kop heeft 7.",
    ]
    assert not Organisation.objects.gemeenten().exists()
    assert not HistoryEvent.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_file(
    file: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [
        f"GM{n},Gemeente {n},G{n},Utrecht,{n},AM{n % 35},Regio {n % 35}"
        for n in range(1000, 1342)
    ]
    with django_assert_max_num_queries(15):
        take_in(file, *rows)
    with django_assert_max_num_queries(8):
        assert take_in(file, *rows) == Imported(0, 0, 342, 0, 0)


def test_the_command_sums_up_on_one_line(file: Path) -> None:
    take_in(file, HEIDEVELD)
    out = StringIO()
    call_command("import_gemeenten", file, stdout=out)
    assert out.getvalue() == (
        "Gemeenten: 0 nieuw, 0 gewijzigd, 1 ongewijzigd. "
        "Arbeidsmarktregio's: 0 nieuw, 0 gewijzigd.\n"
    )


def test_codes_that_come_and_go_are_told_and_a_dissolved_gemeente_is_left(
    file: Path, bureau: Person
) -> None:
    take_in(file, HEIDEVELD, WATERKANT)
    successor = "GM9003,Heide aan Zee,Heide aan Zee,Zeeland,987,AM91,Kust"
    done = take_in(file, HEIDEVELD, successor, today=LATER)
    assert (done.new_codes, done.missing) == (("GM9003",), ("GM9002",))
    recording.record_redivision(
        Organisation.objects.get(code="GM9002"),
        successor=Organisation.objects.get(code="GM9003"),
        starts_on=TODAY,
        ground="Stb. 2026, 1",
        by=bureau,
    )
    renamed = WATERKANT.replace("Waterkant", "Anders")
    done = take_in(file, HEIDEVELD, renamed, today=LATER)
    assert (done.missing, done.left_out) == (("GM9003",), ("GM9002",))
    assert Organisation.objects.get(code="GM9002").name == "Waterkant"
    out = StringIO()
    call_command("import_gemeenten", file, stdout=out)
    assert "Niet in dit bestand: GM9003. Is er een herindeling?" in out.getvalue()
    assert "Opgeheven en daarom overgeslagen: GM9002." in out.getvalue()
    assert out.getvalue().count("\n") == 1
