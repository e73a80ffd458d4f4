"""export_payments 2026-H1 OUT.xml --by EMAIL: the file that tells the bank to pay."""

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing.paying.dues import left_out
from billing.paying.payments import Export, export
from instruments.selection import add_instrument, instrument_from
from membership.people import person_by_email
from nvsi.commands import VerbCommand, add_halfyear, read_halfyear
from nvsi.dutch import counted, day, euro
from nvsi.errors import NotAllowed


class Command(VerbCommand):
    help = "Maakt het betaalbestand (SEPA) van wat over een halfjaar te betalen is."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_halfyear(parser)
        parser.add_argument("out", type=Path, metavar="OUT.xml")
        add_instrument(parser)
        parser.add_argument("--by", required=True, help="e-mailadres van wie betaalt")

    def perform(self, options: dict[str, Any]) -> None:
        instrument, halfyear = instrument_from(options), read_halfyear(options)
        period = instrument.periods.filter(halfyear=halfyear).first()
        if period is None:
            raise NotAllowed(f"{instrument} {halfyear} is nog niet vastgesteld.")
        by = person_by_email(options["by"])
        with transaction.atomic():  # no file, then no batch either
            outcome = export(period, now=timezone.now(), by=by)
            write_whole(options["out"], bytes(outcome.batch.xml))
        self.stdout.write(f"{halfyear}: {summary(outcome, options['out'])}")


def summary(outcome: Export, out: Path) -> str:
    batch = outcome.batch
    count = counted(batch.payments_count, "betaling", "betalingen")
    said = f"{count}, samen {euro(batch.total)}, in {out}"
    if outcome.was_exported_before:
        at = timezone.localtime(batch.exported_at)
        said += (
            f"; hetzelfde bestand als {batch.exported_by.email} maakte op "
            f"{day(at.date())} om {at:%H:%M}, er is niets nieuws te betalen"
        )
    not_in_it = left_out([*outcome.receivables, *outcome.unpayable])
    fresh = ", ".join(str(account) for account in outcome.new_accounts)
    look = fresh and f"let op, nieuw rekeningnummer: {fresh}"
    return "; ".join(filter(None, [said, not_in_it, look]))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there wholly or not at all, for its owner only.

    Raises NotAllowed when it cannot be written.
    """
    path = path.resolve()
    if not path.parent.is_dir():
        raise NotAllowed(f"De map '{path.parent}' bestaat niet. Maak haar eerst.")
    if path.exists() and not path.is_file():
        raise NotAllowed(f"'{path}' is geen gewoon bestand.")
    beside = Path()
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            beside = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise NotAllowed(f"'{path}' is niet te schrijven: {error.strerror}.") from error
    finally:
        if beside.is_file():
            beside.unlink()
