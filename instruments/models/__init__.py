"""What members use together, and what is paid for it."""

from instruments.models.instruments import (
    PERCENTAGE,
    ContributionRate,
    Instrument,
    MinimumWage,
    Uitvoerder,
)
from instruments.models.tariff_rows import (
    TariffBand,
    TariffBudget,
    TariffExemption,
    TariffIndexation,
)
from instruments.models.tariffs import Tariff

__all__ = [
    "PERCENTAGE",
    "ContributionRate",
    "Instrument",
    "MinimumWage",
    "Tariff",
    "TariffBand",
    "TariffBudget",
    "TariffExemption",
    "TariffIndexation",
    "Uitvoerder",
]
