"""The admin of instruments: each module registers the records that it is about."""

from instruments.admin import rates

__all__ = ["rates"]
