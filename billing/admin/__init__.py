"""The admin of the road of the money, in the order in which it runs."""

from django.contrib import admin

from billing import deadlines
from billing.admin.bank import BankLineAdmin, BankStatementAdmin, MatchAdmin
from billing.admin.documents import StatementAdmin
from billing.admin.figures import FiguresAdmin, SignalLimitAdmin
from billing.admin.imports import ImportAdmin, LineAdmin
from billing.admin.kas import (
    KasDotatieAdmin,
    KasMovementAdmin,
    KasShareAdmin,
    waiting_dotaties,
)
from billing.admin.ledger import AccountAdmin, EntryAdmin, PostingAdmin
from billing.admin.payments import PaymentAdmin, PaymentBatchAdmin
from billing.admin.periods import PeriodAdmin
from billing.admin.questions import MessageAdmin, QuestionAdmin
from billing.admin.settlements import (
    SettlementAdmin,
    SettlementLineAdmin,
    SettlementRunAdmin,
)
from billing.admin.uploads import UploadAdmin
from billing.admin.waiting import PROVIDERS
from billing.agreements import settled_prices, still_open
from billing.inbesteding import settled_activity
from billing.innovatiekas import cover as kas
from billing.innovatiekas import resting
from billing.models import (
    Account,
    BankLine,
    BankStatement,
    Entry,
    Figures,
    Import,
    KasDotatie,
    KasMovement,
    KasShare,
    Line,
    Match,
    Message,
    Payment,
    PaymentBatch,
    Period,
    Posting,
    Question,
    Settlement,
    SettlementLine,
    SettlementRun,
    SignalLimit,
    Statement,
    Upload,
)
from billing.redivision import SORTS
from billing.running import still_running
from billing.statements.known import statement_of
from billing.uitvoerder import built
from contracts import prices
from contracts.inbesteding import sources
from contracts.signing import verify
from contracts.stopping import open_matters
from instruments.wishes import cover
from membership.assembly import pointing
from membership.deadlines import asked
from membership.leaving import notices
from membership.redivision.sorts import sorts
from nvsi.admin import worklist

# In the order in which they are listed.
admin.site.register(Period, PeriodAdmin)
admin.site.register(Upload, UploadAdmin)
admin.site.register(Import, ImportAdmin)
admin.site.register(Line, LineAdmin)
admin.site.register(SettlementRun, SettlementRunAdmin)
admin.site.register(Settlement, SettlementAdmin)
admin.site.register(SettlementLine, SettlementLineAdmin)
admin.site.register(Statement, StatementAdmin)
admin.site.register(Figures, FiguresAdmin)
admin.site.register(SignalLimit, SignalLimitAdmin)
admin.site.register(Question, QuestionAdmin)
admin.site.register(Message, MessageAdmin)
admin.site.register(Entry, EntryAdmin)
admin.site.register(Posting, PostingAdmin)
admin.site.register(Account, AccountAdmin)
admin.site.register(PaymentBatch, PaymentBatchAdmin)
admin.site.register(Payment, PaymentAdmin)
admin.site.register(BankStatement, BankStatementAdmin)
admin.site.register(BankLine, BankLineAdmin)
admin.site.register(Match, MatchAdmin)
admin.site.register(KasMovement, KasMovementAdmin)
admin.site.register(KasDotatie, KasDotatieAdmin)
admin.site.register(KasShare, KasShareAdmin)

worklist.providers += (*PROVIDERS, waiting_dotaties)
cover.register(kas)
built.register()
verify.others.append(statement_of)
notices.still_running.append(still_running)
sorts += SORTS
asked.providers += deadlines.PROVIDERS
sources.providers.append(settled_activity)
prices.tables.append(settled_prices)
open_matters.providers.append(still_open)
pointing.sources += resting.SOURCES
