"""manage.py import_existing FILE: agreements that move to the NVSI when they expire."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from contracts.taking_over.reading import import_existing
from nvsi.commands import VerbCommand


class Command(VerbCommand):
    help = (
        "Leest overeenkomsten met de uitvoerder zelf in, uit een CSV- of XLSX-bestand."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="het bestand, een rij per stuk")

    def perform(self, options: dict[str, Any]) -> None:
        done = import_existing(options["file"])
        self.stdout.write(
            f"Bestaande overeenkomsten: {done.new} nieuw, {done.known} bekend."
        )
