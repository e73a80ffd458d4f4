"""Which annexes hold for whom on a day."""

import datetime

from django.db.models import Q, QuerySet

from contracts.models import AnnexVersion, Consent
from instruments.models import Instrument
from membership.models import Organisation

Answer = Consent.Answer


def version_for(
    instrument: Instrument,
    on: datetime.date,
    organisation: Organisation | None = None,
) -> AnnexVersion | None:
    """The version in use; None when there is none.

    For an organisation that objected to a version, and for one that did not say yes
    where that is needed, the one before it goes on.
    """
    rows = AnnexVersion.objects.used_on(on).filter(instrument=instrument)
    if organisation is not None:
        rows = rows.exclude(pk__in=held_off(organisation).values("version"))
    return rows.whole().last()


def held_off(organisation: Organisation) -> QuerySet[Consent]:
    """The changes that do not hold for an organisation."""
    return Consent.objects.filter(
        Q(answer=Answer.OBJECTION) | Q(answer="", version__asks_yes=True),
        organisation=organisation,
    )


def before(version: AnnexVersion) -> AnnexVersion | None:
    """The last version that was laid down before this one; None for the first."""
    rows = AnnexVersion.objects.laid_down().filter(
        instrument=version.instrument, number__lt=version.number
    )
    return rows.whole().order_by("number").last()
