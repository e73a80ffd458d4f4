"""check_books: compute everything again and compare; exit 1 on any difference."""

import argparse
import json
from pathlib import Path
from typing import Any

from billing.checks import Report, check_books
from nvsi.commands import VerbCommand
from nvsi.errors import NotAllowed


class Command(VerbCommand):
    help = "Rekent alles opnieuw uit vanaf de urenregels en vergelijkt tot op de cent."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", help="bestand voor de uitkomst, of - voor stdout")

    def perform(self, options: dict[str, Any]) -> None:
        report = check_books()
        if options["json"] == "-":
            self.stdout.write(_written(report))
        elif options["json"]:
            Path(options["json"]).write_text(_written(report))
        if not report.is_clean:
            count = len(report.findings)
            noun = "verschil" if count == 1 else "verschillen"
            raise NotAllowed(
                "\n".join(
                    [f"De boeken kloppen niet: {count} {noun}.", *report.findings]
                )
            )
        if options["json"] != "-":
            self.stdout.write(f"De boeken kloppen tot op de cent: {_counted(report)}.")


def _counted(report: Report) -> str:
    return ", ".join(f"{count} {noun}" for noun, count in report.checked.items())


def _written(report: Report) -> str:
    content = {
        "clean": report.is_clean,
        "checked": report.checked,
        "findings": report.findings,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
