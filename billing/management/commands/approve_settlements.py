"""approve_settlements 2026-H1 --by EMAIL: close, number, book and render."""

import argparse
from typing import Any

from django.utils import timezone

from billing import road
from billing.models import RunStatus, Statement
from instruments.selection import add_instrument, instrument_from
from membership.people import person_by_email
from nvsi.commands import VerbCommand, add_halfyear, read_halfyear
from nvsi.dutch import counted


class Command(VerbCommand):
    help = "Stelt alle concepten van een halfjaar vast, als een ander dan de opsteller."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_halfyear(parser)
        add_instrument(parser)
        parser.add_argument("--by", required=True, help="e-mailadres van wie vaststelt")

    def perform(self, options: dict[str, Any]) -> None:
        by = person_by_email(options["by"])
        run = road.find_run(instrument_from(options), read_halfyear(options))
        if run.status == RunStatus.APPROVED:
            retried = road.make_failed_statements(by=by)
            again = f" {retried} mislukte documenten gaan opnieuw." if retried else ""
            self.stdout.write(
                f"{run} was al vastgesteld; er is niets veranderd.{again}"
            )
            return
        approved = road.approve(run, now=timezone.now(), by=by)
        # In the order of their numbers, as they were given.
        ends = approved[:1] + approved[1:][-1:]
        span = f" ({' tot en met '.join(str(s.number) for s in ends)})" if ends else ""
        settled = counted(len(approved), "afrekening", "afrekeningen")
        made = Statement.objects.filter(
            settlement__in=approved, state=Statement.State.DONE
        ).count()
        self.stdout.write(
            f"{run} is vastgesteld: {settled}{span}, geboekt; "
            f"{counted(made, 'document', 'documenten')} gemaakt, "
            f"{len(approved) - made} in de wachtrij."
        )
