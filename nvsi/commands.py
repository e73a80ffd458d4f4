"""What every command shares: one summary line, exit 0 or 1, refusals in Dutch."""

import sys
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from nvsi.refusals import TableRefused


class Geweigerd(CommandError):
    """A refusal as the command line shows it, behind its own name; exit code 1."""


class VerbCommand(BaseCommand):
    """Parse, call one verb, print one line. Subclasses write `perform`.

    Whatever a person can cause (NotAllowed, TableRefused, a constraint's message, a
    wrong argument), and a database that is away or full, becomes a sentence on standard
    error and exit code 1. On the embedded database the tables are made when they are
    not there yet.
    """

    requires_system_checks: list[str] = []

    def create_parser(self, *args: Any, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(*args, **kwargs)
        parser.error = _refuse_arguments  # type: ignore[method-assign]
        return parser

    def run_from_argv(self, argv: list[str]) -> None:
        """Django reads the arguments outside its own net for refusals."""
        try:
            super().run_from_argv(argv)
        except Geweigerd as error:
            self.stderr.write(f"Geweigerd: {error}")
            sys.exit(1)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare_embedded_database()
            self.perform(options)
        except TableRefused as error:
            raise Geweigerd(written_out(error)) from error
        except NotAllowed as error:
            raise Geweigerd(str(error)) from error
        except ValidationError as error:
            raise Geweigerd(" ".join(error.messages)) from error
        except FileNotFoundError as error:
            raise Geweigerd(f"Bestand '{error.filename}' bestaat niet.") from error
        except (IsADirectoryError, PermissionError) as error:
            raise Geweigerd(f"'{error.filename}' is niet te openen.") from error
        except (OperationalError, InterfaceError) as error:
            raise Geweigerd(without_database(error)) from error

    def perform(self, options: dict[str, Any]) -> None:
        """Do the work and write one summary line with self.stdout."""
        raise NotImplementedError


def _refuse_arguments(message: str) -> NoReturn:
    raise Geweigerd(f"{message}. Zie --help.")


def without_database(error: Exception) -> str:
    """What the database or the way to it said, and that the command may come again."""
    said = str(error).partition("\n")[0].rstrip(".")
    return (
        f"De database kan dit nu niet: {said}. Wat niet af was is niet gebeurd. "
        "Geef het commando later opnieuw."
    )


def written_out(error: TableRefused) -> str:
    """All listed errors, a line each, and the count of all of them."""
    lines = [_one_line(e.row, e.column, e.message) for e in error.errors]
    noun = "fout" if error.count == 1 else "fouten"
    listed = "" if error.count == len(lines) else f"; de eerste {len(lines)} staan hier"
    return "\n".join(
        [
            f"Het bestand is niet ingelezen: {error.count} {noun}{listed}.",
            *lines,
        ]
    )


def _one_line(row: int, column: str, message: str) -> str:
    where = [f"rij {row}"] if row else []
    where += [column] if column else []
    return f"{', '.join(where)}: {message}" if where else message


def add_halfyear(parser: ArgumentParser) -> None:
    parser.add_argument("halfyear", help="het halfjaar, bijvoorbeeld 2026-H1")


def read_halfyear(options: dict[str, Any]) -> HalfYear:
    """Raises NotAllowed for what is not a half-year, such as 2026-H3."""
    try:
        return HalfYear.parse(options["halfyear"])
    except ValueError as error:
        raise NotAllowed(str(error)) from error


def prepare_embedded_database() -> None:
    """Make the tables of the embedded default; elsewhere `migrate` is an act."""
    if not settings.EMBEDDED_DATABASE:
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
