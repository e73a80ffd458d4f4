"""Which body steers an instrument."""

import datetime

from django.db import transaction

from instruments.models import Instrument, SteeringGroup
from membership import history
from membership.bodies.who import OF_ALL
from membership.models import Body, Person
from nvsi.errors import NotAllowed

LONGEST_CODE = 30


def regiegroep_of(instrument: Instrument) -> Body | None:
    """The regiegroep, also one that ended; None while the instrument has none."""
    return Body.objects.filter(steering__instrument=instrument).first()


@transaction.atomic
def set_up(
    instrument: Instrument,
    *,
    name: str,
    task: str,
    starts_on: datetime.date,
    by: Person,
) -> Body:
    """Give an instrument its regiegroep, with a code of its own: RG-FLEXENSIE.

    Raises NotAllowed for who is not of bureau or bestuur, and for an instrument that
    has one already; ValidationError for what is not filled in.
    """
    if not by.has_role(*OF_ALL):
        raise NotAllowed(f"{by} stelt geen regiegroep in. Dat doet de vereniging.")
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    if regiegroep_of(instrument) is not None:
        raise NotAllowed(f"{instrument} heeft al een regiegroep.")
    body = Body(
        kind=Body.Kind.REGIEGROEP,
        code=f"RG-{instrument.slug.upper()}"[:LONGEST_CODE].rstrip("-"),
        name=name,
        task=task,
        starts_on=starts_on,
    )
    body.full_clean()
    body.save()
    SteeringGroup.objects.create(instrument=instrument, body=body)
    history.record(body, "set up", by, instrument=str(instrument))
    return body
