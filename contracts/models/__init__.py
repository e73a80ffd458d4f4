"""What was agreed: the dated facts, and the agreements that they come from."""

from contracts.models.ending import AgreementNotice, Pause
from contracts.models.facts import (
    Coverage,
    Gebruiksovereenkomst,
    Terms,
    Verwerkersovereenkomst,
)
from contracts.models.offers import Offer, OfferedGemeente
from contracts.models.texts import TextVersion
from contracts.models.uitvoering import Uitvoeringsovereenkomst

__all__ = [
    "AgreementNotice",
    "Coverage",
    "Gebruiksovereenkomst",
    "Offer",
    "OfferedGemeente",
    "Pause",
    "Terms",
    "TextVersion",
    "Uitvoeringsovereenkomst",
    "Verwerkersovereenkomst",
]
