"""Which organisations use an instrument on a day: for whom a letter may be."""

import datetime
from collections.abc import Iterator

from django.db.models import Q

from contracts.models import Coverage, Gebruiksovereenkomst
from instruments.models import Instrument
from membership.letters.segments import Use


def uses(on: datetime.date) -> Iterator[Use]:
    """Every instrument, with its holders and the gemeenten under their agreements."""
    agreements = Gebruiksovereenkomst.objects.active_on(on)
    covered = Coverage.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on
    )
    pairs = {
        *agreements.values_list("instrument_id", "organisation_id"),
        *covered.values_list("instrument_id", "gemeente_id"),
    }
    for instrument in Instrument.objects.order_by("name"):
        who = frozenset(pk for at, pk in pairs if at == instrument.pk)
        yield Use(instrument.slug, instrument.name, who)
