"""The admin of instruments: each module registers the records that it is about."""

from instruments import resting
from instruments.admin import norms, productenboek, rates, steering, wishes
from instruments.steering.deadlines import PROVIDERS as OF_STEERING
from membership.assembly import pointing
from membership.deadlines import asked
from nvsi.admin import worklist

__all__ = ["norms", "productenboek", "rates", "steering", "wishes"]

pointing.sources += resting.SOURCES
asked.providers += OF_STEERING
worklist.providers.append(steering.waiting_seats)
