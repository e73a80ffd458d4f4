"""manage.py import_contracts FILE: take over the agreements that exist today."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from contracts.takeover import import_contracts
from nvsi.commands import VerbCommand


class Command(VerbCommand):
    help = "Neemt lopende overeenkomsten over uit een CSV- of XLSX-bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand, een rij per gemeente")

    def perform(self, options: dict[str, Any]) -> None:
        done = import_contracts(options["file"], today=timezone.localdate())
        self.stdout.write(
            f"Overeenkomsten: {done.new} nieuw, {done.known} bekend. "
            f"Contactpersonen: {done.contacts} nieuw."
        )
