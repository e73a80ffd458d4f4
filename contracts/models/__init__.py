"""What was agreed: the dated facts, and the agreements that they come from."""

from contracts.models.facts import (
    Coverage,
    Gebruiksovereenkomst,
    Terms,
    Verwerkersovereenkomst,
)
from contracts.models.texts import TextVersion

__all__ = [
    "Coverage",
    "Gebruiksovereenkomst",
    "Terms",
    "TextVersion",
    "Verwerkersovereenkomst",
]
