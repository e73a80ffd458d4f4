"""import_bank_statement FILE.xml: what the bank says that was paid (camt.053)."""

import argparse
from pathlib import Path
from typing import Any

from billing.paying.bank import Matched, read_bank_statement
from membership.people import person_by_email
from nvsi.commands import VerbCommand
from nvsi.dutch import listing


class Command(VerbCommand):
    help = "Leest een bankafschrift (camt.053) in en koppelt wat wij betaalden."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.xml")
        parser.add_argument("--by", help="e-mailadres van wie het inleest")

    def perform(self, options: dict[str, Any]) -> None:
        by = person_by_email(options["by"]) if options["by"] else None
        matched = read_bank_statement(options["file"].read_bytes(), by=by)
        self.stdout.write(summary(matched))


def summary(matched: Matched) -> str:
    said = (
        f"{matched.stored} nieuwe bankregels, {matched.matched} gekoppeld, "
        f"{matched.unmatched} om zelf te bekijken; {matched.known} waren al bekend"
    )
    if matched.returned:
        said += f"; teruggekomen: {listing(matched.returned)}"
    return said
