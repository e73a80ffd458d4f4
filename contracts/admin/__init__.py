"""The admin of what was agreed, and what this app tells the ones below it."""

from django.contrib import admin

from contracts import checks  # noqa: F401  # registers itself
from contracts.admin.annex_waiting import objections
from contracts.admin.annexes import (
    AnnexVersionAdmin,
    BreachContactAdmin,
    ConsentAdmin,
    ProcessingAdmin,
    SecurityMeasureAdmin,
    SubProcessorAdmin,
)
from contracts.admin.breaches import BreachAdmin, BreachLimitAdmin, waiting_breaches
from contracts.admin.clearings import ClearingAdmin, to_clear, waiting_clearings
from contracts.admin.existing import (
    ExistingAgreementAdmin,
    TakeoverRunAdmin,
    waiting_takeovers,
)
from contracts.admin.facts import (
    CoverageAdmin,
    GebruiksovereenkomstAdmin,
    TermsAdmin,
    UitvoeringsovereenkomstAdmin,
    VerwerkersovereenkomstAdmin,
)
from contracts.admin.inbesteding import (
    ActivityAdmin,
    AwardAdmin,
    ControlFactAdmin,
    ForecastAdmin,
    InbestedingEvidenceAdmin,
)
from contracts.admin.interests import InterestAdmin, waiting_interests
from contracts.admin.offers import OfferAdmin, waiting_endings, waiting_offers
from contracts.admin.orders import UitvoeringsopdrachtAdmin
from contracts.admin.own_models import SubmittedModelAdmin, waiting_models
from contracts.admin.signing import PROVIDERS as OF_SIGNING
from contracts.admin.signing import ScanAdmin, SealedDocumentAdmin, SignatureAdmin
from contracts.admin.texts import TextVersionAdmin
from contracts.annexes.asked import consents
from contracts.breaches.deadlines import PROVIDERS as OF_BREACHES
from contracts.breaches.known import breach_letter_of
from contracts.clearing.deadlines import PROVIDERS as OF_CLEARING
from contracts.clearing.known import statement_of
from contracts.ending import agreements
from contracts.inbesteding import waiting
from contracts.inbesteding.known import evidence_of
from contracts.models import (
    Activity,
    AnnexVersion,
    Award,
    Breach,
    BreachContact,
    BreachLimit,
    Clearing,
    Consent,
    ControlFact,
    Coverage,
    ExistingAgreement,
    Forecast,
    Gebruiksovereenkomst,
    InbestedingEvidence,
    Offer,
    Processing,
    Scan,
    SealedDocument,
    SecurityMeasure,
    Signature,
    SubmittedModel,
    SubProcessor,
    TakeoverRun,
    Terms,
    TextVersion,
    Uitvoeringsopdracht,
    Uitvoeringsovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.offering.deadlines import to_sign
from contracts.orders import acts as orders
from contracts.orders.known import order_of
from contracts.redivision import SORTS
from contracts.retention import destroying, due, words
from contracts.running import still_running
from contracts.signing import verify
from contracts.stopping import open_matters
from contracts.taking_over.known import takeover_letter_of
from contracts.using import uses, uses_it
from instruments.interests import showing
from instruments.models import Interest
from membership.admin.retention import GOES, RECORDS
from membership.deadlines import asked
from membership.leaving import notices
from membership.letters import segments
from membership.models.retention import Kept
from membership.redivision.sorts import sorts
from membership.retention.destroying import DESTROY
from membership.retention.due import COUNTED_FROM, DUE
from nvsi.admin import worklist

# In the order in which they are listed.
admin.site.register(Interest, InterestAdmin)
admin.site.register(Offer, OfferAdmin)
admin.site.register(SubmittedModel, SubmittedModelAdmin)
admin.site.register(Scan, ScanAdmin)
admin.site.register(Signature, SignatureAdmin)
admin.site.register(SealedDocument, SealedDocumentAdmin)
admin.site.register(Verwerkersovereenkomst, VerwerkersovereenkomstAdmin)
admin.site.register(Gebruiksovereenkomst, GebruiksovereenkomstAdmin)
admin.site.register(Uitvoeringsovereenkomst, UitvoeringsovereenkomstAdmin)
admin.site.register(Coverage, CoverageAdmin)
admin.site.register(Terms, TermsAdmin)
admin.site.register(Uitvoeringsopdracht, UitvoeringsopdrachtAdmin)
admin.site.register(Clearing, ClearingAdmin)
admin.site.register(ExistingAgreement, ExistingAgreementAdmin)
admin.site.register(TakeoverRun, TakeoverRunAdmin)
admin.site.register(TextVersion, TextVersionAdmin)
admin.site.register(AnnexVersion, AnnexVersionAdmin)
admin.site.register(Processing, ProcessingAdmin)
admin.site.register(SubProcessor, SubProcessorAdmin)
admin.site.register(SecurityMeasure, SecurityMeasureAdmin)
admin.site.register(Consent, ConsentAdmin)
admin.site.register(BreachContact, BreachContactAdmin)
admin.site.register(Breach, BreachAdmin)
admin.site.register(BreachLimit, BreachLimitAdmin)
admin.site.register(Activity, ActivityAdmin)
admin.site.register(Forecast, ForecastAdmin)
admin.site.register(ControlFact, ControlFactAdmin)
admin.site.register(Award, AwardAdmin)
admin.site.register(InbestedingEvidence, InbestedingEvidenceAdmin)

orders.register()
notices.still_running.append(still_running)
sorts += SORTS
segments.instruments.append(uses)
showing.already_uses.append(uses_it)
worklist.providers.append(waiting_interests)
asked.providers += (agreements, to_sign)
asked.providers += OF_BREACHES
asked.providers += OF_CLEARING
asked.providers.append(consents)
worklist.providers += OF_SIGNING
verify.others += (
    *(evidence_of, statement_of, order_of),
    *(breach_letter_of, takeover_letter_of),
)
worklist.providers.append(objections)
worklist.providers += (waiting_offers, waiting_takeovers, waiting_endings)
worklist.providers.append(waiting_breaches)
worklist.providers.append(waiting_models)
worklist.providers.append(waiting_clearings)
open_matters.providers.append(to_clear)
worklist.providers.append(waiting.inbesteding)
COUNTED_FROM.update(due.COUNTED_FROM)
DUE.update(due.DUE)
DESTROY.update(destroying.DESTROY)
GOES.update(words.GOES)
RECORDS.update(
    {
        Kept.OFFER: Offer,
        Kept.AGREEMENT: Offer,
        Kept.SCAN: Scan,
        Kept.MODEL: SubmittedModel,
        Kept.CLEARING: Clearing,
        Kept.BREACH: Breach,
    }
)
