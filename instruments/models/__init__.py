"""What members use together, and what is paid for it."""

from instruments.models.factsheets import Binding, Factsheet, Phase
from instruments.models.instruments import (
    PERCENTAGE,
    ContributionRate,
    Instrument,
    MinimumWage,
    Uitvoerder,
)
from instruments.models.interests import Interest
from instruments.models.milestones import Milestone
from instruments.models.tariff_rows import (
    TariffBand,
    TariffBudget,
    TariffExemption,
    TariffIndexation,
)
from instruments.models.tariffs import Tariff

__all__ = [
    "PERCENTAGE",
    "Binding",
    "ContributionRate",
    "Factsheet",
    "Instrument",
    "Interest",
    "Milestone",
    "MinimumWage",
    "Phase",
    "Tariff",
    "TariffBand",
    "TariffBudget",
    "TariffExemption",
    "TariffIndexation",
    "Uitvoerder",
]
