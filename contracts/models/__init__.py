"""What was agreed: the dated facts, and the agreements that they come from."""

from contracts.models.annex_content import (
    BreachContact,
    Processing,
    SecurityMeasure,
    SubProcessor,
)
from contracts.models.annexes import AnnexVersion
from contracts.models.awards import Award, InbestedingEvidence
from contracts.models.breach_facts import (
    BreachCollege,
    BreachDescription,
    BreachEntry,
    BreachInstrument,
)
from contracts.models.breaches import Breach, BreachLimit
from contracts.models.clearings import Clearing
from contracts.models.consents import Consent
from contracts.models.ending import AgreementNotice, Pause
from contracts.models.existing import ExistingAgreement, TakeoverRun
from contracts.models.facts import (
    Coverage,
    Gebruiksovereenkomst,
    Terms,
    Verwerkersovereenkomst,
)
from contracts.models.inbesteding import (
    Activity,
    ControlFact,
    Forecast,
    Measure,
    Represented,
)
from contracts.models.letters import LetterOrder, TakeoverLetter
from contracts.models.offers import Offer, OfferedGemeente
from contracts.models.orders import Uitvoeringsopdracht
from contracts.models.own_models import SubmittedModel
from contracts.models.recorded_facts import KeptPaper
from contracts.models.signatures import Scan, SealedDocument, Signature
from contracts.models.texts import TextVersion
from contracts.models.uitvoering import Uitvoeringsovereenkomst

__all__ = [
    "Activity",
    "AgreementNotice",
    "AnnexVersion",
    "Award",
    "Breach",
    "BreachCollege",
    "BreachContact",
    "BreachDescription",
    "BreachEntry",
    "BreachInstrument",
    "BreachLimit",
    "Clearing",
    "Consent",
    "ControlFact",
    "Coverage",
    "ExistingAgreement",
    "Forecast",
    "Gebruiksovereenkomst",
    "InbestedingEvidence",
    "KeptPaper",
    "LetterOrder",
    "Measure",
    "Offer",
    "OfferedGemeente",
    "Pause",
    "Processing",
    "Represented",
    "Scan",
    "SealedDocument",
    "SecurityMeasure",
    "Signature",
    "SubProcessor",
    "SubmittedModel",
    "TakeoverLetter",
    "TakeoverRun",
    "Terms",
    "TextVersion",
    "Uitvoeringsopdracht",
    "Uitvoeringsovereenkomst",
    "Verwerkersovereenkomst",
]
