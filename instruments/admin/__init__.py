"""The admin of instruments: each module registers the records that it is about."""

from instruments.admin import norms, productenboek, rates

__all__ = ["norms", "productenboek", "rates"]
