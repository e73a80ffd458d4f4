"""Who belongs, who works for whom, and what was done."""

from membership.models.alv import AlvBesluit
from membership.models.applications import Application
from membership.models.assemblies import Assembly, ConvocationTerm, VoorstelKind
from membership.models.assembly_papers import AssemblyDemand, AssemblyPaper, Notulen
from membership.models.attendance import Attendance, Proxy
from membership.models.ballots import Ballot, Choice, Entitled, SealedBallot
from membership.models.bodies import Body, BodyDecision, Seat
from membership.models.body_meetings import (
    AgendaItem,
    BodyMeeting,
    BodyMeetingAnswer,
    BodyPaper,
)
from membership.models.consultations import Consultation, ConsultationAnswer, Voter
from membership.models.contacts import ContactAsk, Level, Network, RegionalContact
from membership.models.deadlines import CalendarFeed, ReminderRule, RemindersOff
from membership.models.dossiers import Dossier, DossierStep
from membership.models.emails import Email
from membership.models.evidence import Evidence, Note, Wish
from membership.models.exports import Export, ExportPiece
from membership.models.history import HistoryEvent
from membership.models.initiatives import (
    Initiative,
    InitiativeSupport,
    MemberVoorstel,
)
from membership.models.letter_receivers import LetterReceiver
from membership.models.letters import Letter, LetterAttachment
from membership.models.mandates import Mandate
from membership.models.meetings import Meeting, MeetingGroup, MeetingInvitation
from membership.models.merges import MovedRow, PersonMerge
from membership.models.notices import Appeal, Notice
from membership.models.organisations import Organisation
from membership.models.people import Person, Role
from membership.models.periods import Membership
from membership.models.redivisions import Dissolution, Redivision, RedivisionDecision
from membership.models.regions import Region, RegionMember
from membership.models.retention import (
    DestructionLine,
    DestructionList,
    RetentionTerm,
)
from membership.models.saved_filters import SavedFilter
from membership.models.signers import SignerProposal
from membership.models.step_work import StepAsk, StepDraft
from membership.models.submitted_notices import SubmittedNotice
from membership.models.voorstel_amounts import VoorstelAmount
from membership.models.voorstellen import Amendement, Beslispunt, Voorstel
from membership.models.votes import Stemming
from membership.models.voting_rules import VotingRule

__all__ = [
    "AgendaItem",
    "AlvBesluit",
    "Amendement",
    "Appeal",
    "Application",
    "Assembly",
    "AssemblyDemand",
    "AssemblyPaper",
    "Attendance",
    "Ballot",
    "Beslispunt",
    "Body",
    "BodyDecision",
    "BodyMeeting",
    "BodyMeetingAnswer",
    "BodyPaper",
    "CalendarFeed",
    "Choice",
    "Consultation",
    "ConsultationAnswer",
    "ContactAsk",
    "ConvocationTerm",
    "DestructionLine",
    "DestructionList",
    "Dissolution",
    "Dossier",
    "DossierStep",
    "Email",
    "Entitled",
    "Evidence",
    "Export",
    "ExportPiece",
    "HistoryEvent",
    "Initiative",
    "InitiativeSupport",
    "Letter",
    "LetterAttachment",
    "LetterReceiver",
    "Level",
    "Mandate",
    "Meeting",
    "MeetingGroup",
    "MeetingInvitation",
    "MemberVoorstel",
    "Membership",
    "MovedRow",
    "Network",
    "Note",
    "Notice",
    "Notulen",
    "Organisation",
    "Person",
    "PersonMerge",
    "Proxy",
    "Redivision",
    "RedivisionDecision",
    "Region",
    "RegionMember",
    "RegionalContact",
    "ReminderRule",
    "RemindersOff",
    "RetentionTerm",
    "Role",
    "SavedFilter",
    "SealedBallot",
    "Seat",
    "SignerProposal",
    "Stemming",
    "StepAsk",
    "StepDraft",
    "SubmittedNotice",
    "Voorstel",
    "VoorstelAmount",
    "VoorstelKind",
    "Voter",
    "VotingRule",
    "Wish",
]
