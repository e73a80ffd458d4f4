"""The nouns on the road of the money, in the order in which it runs."""

from billing.models.bank import BankLine, BankStatement, Match
from billing.models.documents import Statement
from billing.models.figures import Figures
from billing.models.imports import Import, Line
from billing.models.innovatiekas import KasDotatie, KasMovement, KasShare
from billing.models.ledger import Account, Entry, Posting
from billing.models.limits import SignalLimit
from billing.models.payments import Payment, PaymentBatch
from billing.models.periods import Period
from billing.models.questions import Message, Question
from billing.models.settlements import (
    Amounts,
    RunStatus,
    Settlement,
    SettlementLine,
    SettlementRun,
)
from billing.models.uploads import Upload, UploadPiece

__all__ = [
    "Account",
    "Amounts",
    "BankLine",
    "BankStatement",
    "Entry",
    "Figures",
    "Import",
    "KasDotatie",
    "KasMovement",
    "KasShare",
    "Line",
    "Match",
    "Message",
    "Payment",
    "PaymentBatch",
    "Period",
    "Posting",
    "Question",
    "RunStatus",
    "Settlement",
    "SettlementLine",
    "SettlementRun",
    "SignalLimit",
    "Statement",
    "Upload",
    "UploadPiece",
]
