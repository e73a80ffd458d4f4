"""settle 2026-H1: prepare, or recalculate while still draft, all settlements."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import road
from billing.models import SettlementRun
from billing.reports import halfyear_as_json
from instruments.selection import add_instrument, instrument_from
from membership.people import person_by_email
from nvsi.commands import VerbCommand, add_halfyear, read_halfyear
from nvsi.dutch import counted, euro
from nvsi.halfyear import HalfYear


class Command(VerbCommand):
    help = "Stelt de afrekeningen van een halfjaar op, of rekent ze opnieuw uit."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_halfyear(parser)
        add_instrument(parser)
        parser.add_argument("--by", help="e-mailadres; zonder is het de geplande taak")
        parser.add_argument("--json", help="bestand voor de uitkomst, of - voor stdout")
        parser.add_argument(
            "--force", action="store_true", help="ook als het halfjaar nog loopt"
        )

    def perform(self, options: dict[str, Any]) -> None:
        with transaction.atomic():  # nothing is prepared when the file cannot be made
            run = road.prepare(
                instrument_from(options),
                read_halfyear(options),
                today=timezone.localdate(),
                forced=options["force"],
                by=person_by_email(options["by"]) if options["by"] else None,
            )
            content = halfyear_as_json(run.period)
            if options["json"] not in (None, "-"):
                Path(options["json"]).write_text(_written(content), encoding="utf-8")
        if options["json"] == "-":
            self.stdout.write(_written(content))
        else:
            self.stdout.write(summary(run, run.period.halfyear, content))


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def summary(run: SettlementRun, halfyear: HalfYear, content: dict[str, Any]) -> str:
    state = {"draft": "concept", "approved": "vastgesteld", "paid": "betaald"}
    totals = content["totals"]
    return (
        f"{halfyear}: {counted(len(content['gemeenten']), 'gemeente', 'gemeenten')}, "
        f"{state[content['status']]}; bruto-omzet {euro(totals['bruto_omzet'])}, "
        f"uitkering aan gemeenten {euro(totals['uitkering_gemeente'])}, bijdrage NVSI "
        f"{euro(totals['bijdrage_nvsi'])}. Vingerafdruk {content['fingerprint'][:12]}"
        f"{', opgesteld voor het einde van het halfjaar' if run.forced else ''}."
    )
