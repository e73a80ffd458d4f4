"""import_hours, settle, approve_settlements: one line, exit 0 or 1, twice is once."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from billing.models import Import, Line, Settlement, SettlementRun
from billing.reports import halfyear_as_json
from membership.models import Organisation, Person
from tests.billing.deliveries import as_csv, everything, line
from tests.billing.settled import NOW

Said = tuple[int, str, str]

pytestmark = pytest.mark.usefixtures("heideveld", "bureau", "penningmeester")


@pytest.fixture(autouse=True)
def in_july() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hours(tmp_path: Path) -> Path:
    """A file with the two lines of the worked example."""
    path = tmp_path / "uren.csv"
    path.write_text(as_csv([line("R1"), line("R2", uren="7.5", tarief="15.05")]))
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "fout.csv"
    path.write_text(as_csv([line("R1", uren="0"), line("R2", tarief="=1+1")]))
    return path


def say(capsys: pytest.CaptureFixture[str], *words: object) -> Said:
    """Exit code, standard output, and the refusal that goes to standard error."""
    capsys.readouterr()
    code, refused = 0, ""
    try:
        call_command(*map(str, words))
    except CommandError as error:
        code, refused = error.returncode, str(error)
    printed = capsys.readouterr()
    said = (printed.out, printed.err + refused)
    out, err = (text.replace("\u00a0", " ") for text in said)
    return code, out, err


def refusal(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """What is said when it is refused: on standard error, and nothing changed."""
    before = everything()
    code, out, err = say(capsys, *words)
    assert (code, out) == (1, "")
    assert everything() == before
    return err


def test_importing_says_in_one_line_what_was_taken(
    hours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(capsys, "import_hours", hours) == (
        0,
        "uren.csv: 2 nieuwe regels; 39,50 uur, omzet € 584,88, premies € 79,00.\n",
        "",
    )


def test_importing_twice_says_that_nothing_changed(
    hours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "import_hours", hours)
    code, out, _ = say(capsys, "import_hours", hours)
    assert (code, out) == (0, "uren.csv: was al ingelezen; er is niets veranderd.\n")
    hours.write_text(as_csv([line("R2", uren="7.5", tarief="15.05"), line("R1")]))
    code, out, _ = say(capsys, "import_hours", hours)
    assert (code, out) == (
        0,
        "uren.csv: geen nieuwe regels, 2 al bekend; er is niets veranderd.\n",
    )


def test_a_dry_run_says_that_nothing_was_kept(
    hours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything()
    code, out, _ = say(capsys, "import_hours", hours, "--dry-run")
    assert (code, everything()) == (0, before)
    assert out.endswith("Dit was een proef: er is niets opgeslagen.\n")


def test_who_delivered_is_kept(
    hours: Path, backoffice: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(capsys, "import_hours", hours, "--by", backoffice.email)[0] == 0
    assert Import.objects.get().delivered_by == backoffice


def test_a_refused_file_is_refused_on_standard_error_line_by_line(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refusal(capsys, "import_hours", wrong).splitlines()
    assert "2 fouten" in said[0]
    assert said[1:] == [
        "rij 2, uren: '0' moet tussen 0 en 168 liggen.",
        "rij 3, tarief: '=1+1' is geen getal; schrijf bijvoorbeeld 14,75.",
    ]


def test_the_errors_of_a_refused_file_can_be_had_as_a_table(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = tmp_path / "errors.csv"
    refusal(capsys, "import_hours", wrong, "--errors", errors)
    with errors.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert [row[:2] for row in rows] == [
        ["rij", "kolom"],
        ["2", "uren"],
        ["3", "tarief"],
    ]
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row
    )


def test_errors_that_cannot_be_written_are_still_said(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "geen map" / "errors.csv"
    said = refusal(capsys, "import_hours", wrong, "--errors", nowhere)
    assert "rij 2, uren" in said


def test_a_file_that_is_taken_leaves_no_table_of_errors(
    hours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = tmp_path / "errors.csv"
    assert say(capsys, "import_hours", hours, "--errors", errors)[0] == 0
    assert not errors.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["import_hours", "geen.csv"], "geen.csv' bestaat niet"),
        (["import_hours", "."], "is niet te openen"),
        (["import_hours"], "Zie --help"),
        (["import_hours", "geen.csv", "--instrument", "x"], "Instrument 'x' is niet"),
        (["settle", "2026-H3"], "geen halfjaar"),
        (["settle", "2026-H2"], "nog niet voorbij"),
        (["settle", "2026-H1", "--by", "wie@x.nl"], "Niemand heeft het e-mailadres"),
        (["settle", "2026-H1", "--instrument", "x"], "Instrument 'x' is niet bekend"),
        (["approve_settlements", "2026-H1"], "Zie --help"),
        (
            ["approve_settlements", "2026-H1", "--by", "penningmeester@nvsi.example"],
            "nog niets opgesteld",
        ),
    ],
)
def test_a_wrong_argument_is_refused_with_a_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refusal(capsys, *words)


def test_settling_says_in_one_line_what_it_comes_to(
    hours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "import_hours", hours)
    code, out, err = say(capsys, "settle", "2026-H1")
    content = halfyear_as_json(SettlementRun.objects.get().period)
    assert (code, err) == (0, "")
    begin = content["fingerprint"][:12]
    assert out == (
        "2026-H1: 1 gemeente, concept; bruto-omzet € 584,88, uitkering aan gemeenten "
        f"€ 324,57, bijdrage NVSI € 11,70. Vingerafdruk {begin}.\n"
    )
    assert say(capsys, "settle", "2026-H1") == (code, out, err)


def test_settling_prints_the_json_alone_or_into_a_file(
    hours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "import_hours", hours)
    code, out, err = say(capsys, "settle", "2026-H1", "--json", "-")
    content = halfyear_as_json(SettlementRun.objects.get().period)
    assert json.loads(out) == json.loads(json.dumps(content).replace("\\u00a0", " "))
    assert (code, err) == (0, "")
    path = tmp_path / "out.json"
    code, out, _ = say(capsys, "settle", "2026-H1", "--json", path)
    assert (code, out.count("\n")) == (0, 1)
    assert json.loads(path.read_text(encoding="utf-8"))["totals"] == content["totals"]


def test_a_json_that_cannot_be_written_settles_nothing(
    hours: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "import_hours", hours)
    nowhere = tmp_path / "geen map" / "out.json"
    assert refusal(capsys, "settle", "2026-H1", "--json", nowhere)


def test_a_halfyear_that_runs_is_settled_by_force_and_the_line_says_so(
    hours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hours.write_text(as_csv([line("R1", datum="2026-07-01")]))
    say(capsys, "import_hours", hours)
    assert "nog niet voorbij" in refusal(capsys, "settle", "2026-H2")
    code, out, _ = say(capsys, "settle", "2026-H2", "--force")
    assert code == 0
    assert "opgesteld voor het einde van het halfjaar" in out


def test_approving_says_in_one_line_what_was_done_and_twice_is_once(
    hours: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by = ("--by", "penningmeester@nvsi.example")
    say(capsys, "import_hours", hours)
    say(capsys, "settle", "2026-H1", "--by", "bureau@nvsi.example")
    draft = json.loads(say(capsys, "settle", "2026-H1", "--json", "-")[1])
    code, out, err = say(capsys, "approve_settlements", "2026-H1", *by)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert "is vastgesteld: 1 afrekening (2026-0001)" in out
    before = everything()
    code, out, _ = say(capsys, "approve_settlements", "2026-H1", *by)
    assert code == 0
    assert out == "Flexensie 2026-H1 was al vastgesteld; er is niets veranderd.\n"
    code, out, _ = say(capsys, "settle", "2026-H1", "--json", "-")
    approved = json.loads(out)
    assert (code, everything()) == (0, before)
    assert (approved["status"], approved["gemeenten"][0]["number"]) == (
        "approved",
        "2026-0001",
    )
    assert approved["fingerprint"] == draft["fingerprint"]
    assert approved["totals"] == draft["totals"]


@pytest.mark.parametrize(
    ("preparer", "approver", "said"),
    [
        ("penningmeester", "penningmeester", "Wie de afrekening opstelde"),
        ("bureau", "bureau", "mag niet afrekeningen vaststellen"),
    ],
)
def test_approving_your_own_work_or_without_the_role_is_refused(
    hours: Path,
    preparer: str,
    approver: str,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    say(capsys, "import_hours", hours)
    say(capsys, "settle", "2026-H1", "--by", f"{preparer}@nvsi.example")
    by = f"{approver}@nvsi.example"
    assert said in refusal(capsys, "approve_settlements", "2026-H1", "--by", by)
    assert Settlement.objects.get().status == "draft"


def test_a_half_of_a_file_is_never_there(
    hours: Path, waterkant: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    hours.write_text(as_csv([line("R1"), line("R2", gemeente_code="GM9002")]))
    assert "GM9002 heeft op 09-03-2026" in refusal(capsys, "import_hours", hours)
    assert not Line.objects.exists()
