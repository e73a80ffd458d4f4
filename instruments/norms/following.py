"""A value that follows another: what was said stays, and ends the day before."""

import datetime

from instruments.models import LocalNorm, NormVersion
from nvsi.errors import refused_in_words

ONE_DAY = datetime.timedelta(days=1)


def follow_up(
    last: NormVersion | LocalNorm | None, made: NormVersion | LocalNorm
) -> None:
    """Save what was made, after what held. Raises NotAllowed for what cannot be."""
    if last is not None and (last.ends_on is None or last.ends_on >= made.starts_on):
        last.ends_on = made.starts_on - ONE_DAY
        last.save(update_fields=["ends_on"])
    with refused_in_words():
        made.full_clean()
    made.save()
