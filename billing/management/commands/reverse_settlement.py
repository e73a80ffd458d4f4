"""reverse_settlement 2026-0147 --reason TEXT --by EMAIL: credit an afrekening."""

import argparse
from typing import Any

from django.utils import timezone

from billing import road
from billing.models import Settlement
from membership.people import person_by_email
from nvsi.commands import VerbCommand
from nvsi.dutch import euro
from nvsi.errors import NotAllowed


class Command(VerbCommand):
    help = "Draait een vastgestelde afrekening terug met een creditafrekening."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("number", help="het nummer, bijvoorbeeld 2026-0147")
        parser.add_argument("--reason", required=True, help="waarom, voor het dossier")
        parser.add_argument(
            "--by", required=True, help="e-mailadres van wie terugdraait"
        )

    def perform(self, options: dict[str, Any]) -> None:
        settlement = _numbered(options["number"])
        mirror = road.reverse(
            settlement,
            reason=options["reason"],
            now=timezone.now(),
            by=person_by_email(options["by"]),
        )
        self.stdout.write(
            f"Afrekening {settlement.number} van {settlement.organisation} is "
            f"teruggedraaid met creditafrekening {mirror.number}: uitkering "
            f"{euro(mirror.uitkering_gemeente)}. Reken {settlement.period.halfyear} "
            "opnieuw af met settle."
        )


def _numbered(number: str) -> Settlement:
    year, _, sequence = number.strip().partition("-")
    found = Settlement.objects.filter(
        number_year=int(year) if year.isdecimal() else 0,
        number_sequence=int(sequence) if sequence.isdecimal() else 0,
    ).select_related("period__instrument", "organisation", "run")
    settlement = found.first()
    if settlement is None:
        raise NotAllowed(f"Er is geen afrekening met nummer '{number[:20]}'.")
    return settlement
