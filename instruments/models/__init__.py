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
from instruments.models.norms import LocalNorm, Norm, NormVersion
from instruments.models.ontwikkelvoorstellen import Ontwikkelvoorstel
from instruments.models.steering import SeatRequest, SteeringGroup
from instruments.models.tariff_rows import (
    TariffBand,
    TariffBudget,
    TariffExemption,
    TariffIndexation,
)
from instruments.models.tariffs import Tariff
from instruments.models.wish_rules import AlvLimit, CoverCriterion
from instruments.models.wish_steps import VerbeterwensStep
from instruments.models.wish_support import WensFollower, WensRemark, WensSupport
from instruments.models.wishes import Verbeterwens

__all__ = [
    "PERCENTAGE",
    "AlvLimit",
    "Binding",
    "ContributionRate",
    "CoverCriterion",
    "Factsheet",
    "Instrument",
    "Interest",
    "LocalNorm",
    "Milestone",
    "MinimumWage",
    "Norm",
    "NormVersion",
    "Ontwikkelvoorstel",
    "Phase",
    "SeatRequest",
    "SteeringGroup",
    "Tariff",
    "TariffBand",
    "TariffBudget",
    "TariffExemption",
    "TariffIndexation",
    "Uitvoerder",
    "Verbeterwens",
    "VerbeterwensStep",
    "WensFollower",
    "WensRemark",
    "WensSupport",
]
