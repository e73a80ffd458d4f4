"""manage.py import_gemeenten FILE: add and update gemeenten and regions."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from membership.gemeenten import Imported, import_gemeenten
from nvsi.commands import VerbCommand

MOST_NAMED = 20
HERINDELING = " Is er een herindeling? Leg die vast in het beheer, bij de gemeente."


class Command(VerbCommand):
    help = "Leest gemeenten en arbeidsmarktregio's uit een CSV- of XLSX-bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand met de gemeenten")

    def perform(self, options: dict[str, Any]) -> None:
        done = import_gemeenten(options["file"], today=timezone.localdate())
        self.stdout.write(
            f"Gemeenten: {done.new} nieuw, {done.changed} gewijzigd, "
            f"{done.unchanged} ongewijzigd. Arbeidsmarktregio's: "
            f"{done.regions_new} nieuw, {done.regions_changed} gewijzigd."
            f"{_told(done)}"
        )


def _told(done: Imported) -> str:
    """Codes that came, or are gone: those may be a herindeling."""
    parts = [
        ("Nieuwe codes", done.new_codes, ""),
        ("Niet in dit bestand", done.missing, HERINDELING),
        ("Opgeheven en daarom overgeslagen", done.left_out, ""),
    ]
    return "".join(
        f" {what}: {_listed(codes)}.{advice}" for what, codes, advice in parts if codes
    )


def _listed(codes: Sequence[str]) -> str:
    more = f" en nog {len(codes) - MOST_NAMED}" if len(codes) > MOST_NAMED else ""
    return f"{', '.join(codes[:MOST_NAMED])}{more}"
