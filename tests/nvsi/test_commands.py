"""Every command: one line, exit 0 or 1, and a refusal is a Dutch sentence."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from nvsi.commands import VerbCommand, add_halfyear, read_halfyear
from nvsi.errors import NotAllowed
from nvsi.refusals import CellError, TableRefused

ROOT = Path(__file__).resolve().parents[2]


class Settle(VerbCommand):
    """Says which half-year it got, or does what the test wants."""

    outcome: Callable[[], None] | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_halfyear(parser)

    def perform(self, options: dict[str, Any]) -> None:
        halfyear = read_halfyear(options)
        if self.outcome:
            self.outcome()
        self.stdout.write(f"Opgesteld: {halfyear}.")


@pytest.fixture(autouse=True)
def no_database(settings: Settings) -> None:
    settings.EMBEDDED_DATABASE = False


def run(*words: str, raises: Exception | None = None) -> None:
    """As manage.py does it."""
    command = Settle()

    def outcome() -> None:
        if raises:
            raise raises

    command.outcome = outcome
    command.run_from_argv(["manage.py", "settle", *words])


def refusal(
    capsys: pytest.CaptureFixture[str], *words: str, raises: Exception | None = None
) -> list[str]:
    """The lines on standard error; the exit code is 1 and standard output is empty."""
    with pytest.raises(SystemExit) as exit_:
        run(*words, raises=raises)
    assert exit_.value.code == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err.splitlines()


def test_a_command_sums_up_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    run("2026-H1")
    assert capsys.readouterr() == ("Opgesteld: 2026-H1.\n", "")


@pytest.mark.parametrize(
    ("raises", "sentence"),
    [
        (NotAllowed("Dat mag niet."), "Dat mag niet."),
        (ValidationError(["Dit niet.", "Dat niet."]), "Dit niet. Dat niet."),
        (FileNotFoundError(2, "", "x.csv"), "Bestand 'x.csv' bestaat niet."),
        (PermissionError(13, "", "x.csv"), "'x.csv' is niet te openen."),
    ],
)
def test_a_refusal_is_one_dutch_sentence(
    capsys: pytest.CaptureFixture[str], raises: Exception, sentence: str
) -> None:
    assert refusal(capsys, "2026-H1", raises=raises) == [f"Geweigerd: {sentence}"]


def test_a_refused_table_lists_its_errors(capsys: pytest.CaptureFixture[str]) -> None:
    errors = [
        CellError(0, "", "Het is laat."),
        CellError(2, "", "Rij 2 is kort."),
        CellError(3, "uren", "ontbreekt."),
    ]
    assert refusal(capsys, "2026-H1", raises=TableRefused(errors, 1200)) == [
        "Geweigerd: Het bestand is niet ingelezen: 1200 fouten; de eerste 3 staan "
        "hier.",
        "Het is laat.",
        "rij 2: Rij 2 is kort.",
        "rij 3, uren: ontbreekt.",
    ]


def test_a_wrong_halfyear_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = refusal(capsys, "2026-H3")
    assert line.startswith("Geweigerd: '2026-H3' is geen halfjaar.")


@pytest.mark.parametrize("words", [(), ("2026-H1", "--onbekend")])
def test_wrong_arguments_exit_1_and_point_to_help(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    *_, line = refusal(capsys, *words)
    assert line.endswith("Zie --help.")


def test_a_real_command_refuses_without_a_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_gemeenten"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
