"""The admin of instruments: each module registers the records that it is about."""

from instruments.admin import productenboek, rates

__all__ = ["productenboek", "rates"]
