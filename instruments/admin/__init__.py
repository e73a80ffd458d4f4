"""The admin of instruments: each module registers the records that it is about."""

from instruments import resting
from instruments.admin import norms, productenboek, rates
from membership.assembly import pointing

__all__ = ["norms", "productenboek", "rates"]

pointing.sources += resting.SOURCES
