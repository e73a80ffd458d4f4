"""manage.py import_contracts FILE: take over the agreements that exist today.

With --existing they are agreements with the uitvoerder itself: nothing settles on them,
and each moves to the NVSI when it expires.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from contracts.takeover import import_contracts
from contracts.taking_over.reading import import_existing
from nvsi.commands import VerbCommand


class Command(VerbCommand):
    help = "Neemt lopende overeenkomsten over uit een CSV- of XLSX-bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand, een rij per gemeente")
        parser.add_argument(
            "--existing",
            action="store_true",
            help="het zijn overeenkomsten met de uitvoerder zelf, die nog aflopen",
        )

    def perform(self, options: dict[str, Any]) -> None:
        if options["existing"]:
            found = import_existing(options["file"])
            self.stdout.write(
                f"Bestaande overeenkomsten: {found.new} nieuw, {found.known} bekend."
            )
            return
        done = import_contracts(options["file"], today=timezone.localdate())
        self.stdout.write(
            f"Overeenkomsten: {done.new} nieuw, {done.known} bekend. "
            f"Contactpersonen: {done.contacts} nieuw."
        )
