"""manage.py import_gemeenten FILE: add and update gemeenten and regions."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from membership.gemeenten import import_gemeenten
from nvsi.commands import VerbCommand


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
        )
