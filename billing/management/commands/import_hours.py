"""import_hours FILE: take in a delivery of hour lines."""

import argparse
from pathlib import Path
from typing import Any

from django.utils import timezone

from billing.deliveries.imports import Delivered, import_hours
from instruments.selection import add_instrument, instrument_from
from membership.people import person_by_email
from nvsi.commands import VerbCommand
from nvsi.dutch import euro, hours
from nvsi.refusals import TableRefused
from nvsi.spreadsheet import write_csv


class Command(VerbCommand):
    help = "Leest een bestand met urenregels in: helemaal, of niet."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV of XLSX met urenregels")
        parser.add_argument(
            "--errors", type=Path, help="schrijf de fouten naar dit CSV"
        )
        parser.add_argument("--dry-run", action="store_true", help="alleen controleren")
        parser.add_argument("--by", help="e-mailadres van wie aanlevert")
        add_instrument(parser)

    def perform(self, options: dict[str, Any]) -> None:
        try:
            delivered = import_hours(
                options["file"],
                file_name=options["file"].name,
                instrument=instrument_from(options),
                today=timezone.localdate(),
                dry_run=options["dry_run"],
                by=person_by_email(options["by"]) if options["by"] else None,
            )
        except TableRefused as error:
            if options["errors"]:
                self._write_errors(options["errors"], error)
            raise
        self.stdout.write(summary(options["file"].name, delivered, options["dry_run"]))

    def _write_errors(self, path: Path, error: TableRefused) -> None:
        """What is wrong with the file is said, also when this file cannot be made."""
        try:
            path.write_bytes(errors_as_csv(error))
        except OSError as reason:
            self.stderr.write(f"'{path}' is niet te schrijven ({reason.strerror}).")


def errors_as_csv(error: TableRefused) -> bytes:
    """The listed errors as a table, to mend the file with."""
    return write_csv(
        ("rij", "kolom", "reden"),
        [(e.row or None, e.column, e.message) for e in error.errors],
    )


def summary(name: str, delivered: Delivered, dry_run: bool) -> str:
    if delivered.same_file:
        return f"{name}: was al ingelezen; er is niets veranderd."
    known = f", {delivered.known} al bekend" if delivered.known else ""
    if not delivered.new:
        return f"{name}: geen nieuwe regels{known}; er is niets veranderd."
    not_kept = " Dit was een proef: er is niets opgeslagen." if dry_run else ""
    return (
        f"{name}: {delivered.new} nieuwe regels{known}; {hours(delivered.uren)} uur, "
        f"omzet {euro(delivered.omzet)}, premies {euro(delivered.premie)}.{not_kept}"
    )
