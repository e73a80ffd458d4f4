"""Who belongs, who works for whom, and what was done."""

from membership.models.alv import AlvBesluit
from membership.models.emails import Email
from membership.models.history import HistoryEvent
from membership.models.organisations import Organisation
from membership.models.people import Person, Role
from membership.models.periods import Membership
from membership.models.regions import Region, RegionMember

__all__ = [
    "AlvBesluit",
    "Email",
    "HistoryEvent",
    "Membership",
    "Organisation",
    "Person",
    "Region",
    "RegionMember",
    "Role",
]
