"""What was agreed: the dated facts, and the agreements that they come from."""

from contracts.models.facts import (
    Coverage,
    Gebruiksovereenkomst,
    Terms,
    Verwerkersovereenkomst,
)

__all__ = [
    "Coverage",
    "Gebruiksovereenkomst",
    "Terms",
    "Verwerkersovereenkomst",
]
