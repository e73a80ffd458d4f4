"""The admin of instruments, in the order in which its lists stand."""

from django.contrib import admin

from instruments import resting
from instruments.admin.norms import LocalNormAdmin, NormAdmin, NormVersionAdmin
from instruments.admin.productenboek import FactsheetAdmin, MilestoneAdmin
from instruments.admin.rates import (
    ContributionRateAdmin,
    InstrumentAdmin,
    MinimumWageAdmin,
    TariffAdmin,
    TariffBandAdmin,
    TariffBudgetAdmin,
    TariffExemptionAdmin,
    TariffIndexationAdmin,
    UitvoerderAdmin,
)
from instruments.admin.steering import (
    SeatRequestAdmin,
    SteeringGroupAdmin,
    waiting_seats,
)
from instruments.admin.wishes import (
    AlvLimitAdmin,
    CoverCriterionAdmin,
    OntwikkelvoorstelAdmin,
    VerbeterwensAdmin,
    VerbeterwensStepAdmin,
    WensRemarkAdmin,
    WensSupportAdmin,
)
from instruments.models import (
    AlvLimit,
    ContributionRate,
    CoverCriterion,
    Factsheet,
    Instrument,
    LocalNorm,
    Milestone,
    MinimumWage,
    Norm,
    NormVersion,
    Ontwikkelvoorstel,
    SeatRequest,
    SteeringGroup,
    Tariff,
    TariffBand,
    TariffBudget,
    TariffExemption,
    TariffIndexation,
    Uitvoerder,
    Verbeterwens,
    VerbeterwensStep,
    WensRemark,
    WensSupport,
)
from instruments.redivision import SORTS
from instruments.steering.deadlines import PROVIDERS as OF_STEERING
from membership.assembly import pointing
from membership.deadlines import asked
from membership.redivision.sorts import sorts
from nvsi.admin import worklist

# In the order in which they are listed.
admin.site.register(Instrument, InstrumentAdmin)
admin.site.register(Uitvoerder, UitvoerderAdmin)
admin.site.register(Factsheet, FactsheetAdmin)
admin.site.register(Milestone, MilestoneAdmin)
admin.site.register(ContributionRate, ContributionRateAdmin)
admin.site.register(Tariff, TariffAdmin)
admin.site.register(TariffBudget, TariffBudgetAdmin)
admin.site.register(TariffIndexation, TariffIndexationAdmin)
admin.site.register(TariffBand, TariffBandAdmin)
admin.site.register(TariffExemption, TariffExemptionAdmin)
admin.site.register(Norm, NormAdmin)
admin.site.register(NormVersion, NormVersionAdmin)
admin.site.register(LocalNorm, LocalNormAdmin)
admin.site.register(MinimumWage, MinimumWageAdmin)
admin.site.register(SteeringGroup, SteeringGroupAdmin)
admin.site.register(SeatRequest, SeatRequestAdmin)
admin.site.register(Verbeterwens, VerbeterwensAdmin)
admin.site.register(VerbeterwensStep, VerbeterwensStepAdmin)
admin.site.register(Ontwikkelvoorstel, OntwikkelvoorstelAdmin)
admin.site.register(WensSupport, WensSupportAdmin)
admin.site.register(WensRemark, WensRemarkAdmin)
admin.site.register(AlvLimit, AlvLimitAdmin)
admin.site.register(CoverCriterion, CoverCriterionAdmin)

pointing.sources += resting.SOURCES
asked.providers += OF_STEERING
sorts += SORTS
worklist.providers.append(waiting_seats)
