"""The admin of who belongs, who works for whom, and what was done."""

from django.contrib import admin

# Imported before its groups are removed: roles say here who may do what.
from django.contrib.auth import admin as _auth_admin  # noqa: F401
from django.contrib.auth.models import Group

from membership.admin.applications import ApplicationAdmin
from membership.admin.asked import ReminderRuleAdmin
from membership.admin.assemblies import (
    AssemblyAdmin,
    AssemblyDemandAdmin,
    AssemblyPaperAdmin,
    ConvocationTermAdmin,
    NotulenAdmin,
)
from membership.admin.assembly_waiting import PROVIDERS as OF_ASSEMBLIES
from membership.admin.bodies import (
    AgendaItemAdmin,
    BodyAdmin,
    BodyDecisionAdmin,
    BodyMeetingAdmin,
    BodyMeetingAnswerAdmin,
    BodyPaperAdmin,
    SeatAdmin,
)
from membership.admin.body_waiting import orphaned_seats
from membership.admin.consultation_waiting import consultations_to_end
from membership.admin.consultations import (
    ConsultationAdmin,
    ConsultationAnswerAdmin,
    VoterAdmin,
)
from membership.admin.decisions import AlvBesluitAdmin
from membership.admin.dossiers import DossierAdmin, MandateAdmin
from membership.admin.exports import ExportAdmin
from membership.admin.initiatives import (
    InitiativeAdmin,
    InitiativeSupportAdmin,
    MemberVoorstelAdmin,
)
from membership.admin.letter_waiting import letters_to_release
from membership.admin.letters import (
    LetterAdmin,
    LetterAttachmentAdmin,
    LetterReceiverAdmin,
)
from membership.admin.log import EmailAdmin, HistoryEventAdmin
from membership.admin.meetings import (
    MeetingAdmin,
    MeetingGroupAdmin,
    MeetingInvitationAdmin,
)
from membership.admin.merging import PersonMergeAdmin
from membership.admin.networks import (
    ContactAskAdmin,
    NetworkAdmin,
    RegionalContactAdmin,
)
from membership.admin.notices import NoticeAdmin
from membership.admin.organisations import MembershipAdmin, OrganisationAdmin
from membership.admin.people import PersonAdmin, RoleAdmin
from membership.admin.redivisions import RedivisionAdmin, waiting_redivisions
from membership.admin.regions import RegionAdmin, RegionMemberAdmin
from membership.admin.retention import (
    DestructionLineAdmin,
    DestructionListAdmin,
    RetentionTermAdmin,
)
from membership.admin.saved_filters import SavedFilterAdmin
from membership.admin.signers import SignerProposalAdmin
from membership.admin.submitted_notices import SubmittedNoticeAdmin, waiting_notices
from membership.admin.voorstellen import (
    AmendementAdmin,
    BeslispuntAdmin,
    VoorstelAdmin,
)
from membership.admin.vote_waiting import votes_to_count
from membership.admin.votes import (
    AttendanceAdmin,
    BallotAdmin,
    EntitledAdmin,
    ProxyAdmin,
    StemmingAdmin,
    VotingRuleAdmin,
)
from membership.admin.waiting import PROVIDERS
from membership.assembly import pointing
from membership.assembly.deadlines import PROVIDERS as PREPARING
from membership.assembly.resting import SOURCES
from membership.bodies.deadlines import PROVIDERS as OF_BODIES
from membership.colleagues.asked import PROVIDERS as OF_PEOPLE
from membership.consultation.deadlines import PROVIDERS as OF_CONSULTATIONS
from membership.deadlines import asked, own
from membership.models import (
    AgendaItem,
    AlvBesluit,
    Amendement,
    Application,
    Assembly,
    AssemblyDemand,
    AssemblyPaper,
    Attendance,
    Ballot,
    Beslispunt,
    Body,
    BodyDecision,
    BodyMeeting,
    BodyMeetingAnswer,
    BodyPaper,
    Consultation,
    ConsultationAnswer,
    ContactAsk,
    ConvocationTerm,
    DestructionLine,
    DestructionList,
    Dossier,
    Email,
    Entitled,
    Export,
    HistoryEvent,
    Initiative,
    InitiativeSupport,
    Letter,
    LetterAttachment,
    LetterReceiver,
    Mandate,
    Meeting,
    MeetingGroup,
    MeetingInvitation,
    Membership,
    MemberVoorstel,
    Network,
    Notice,
    Notulen,
    Organisation,
    Person,
    PersonMerge,
    Proxy,
    Redivision,
    Region,
    RegionalContact,
    RegionMember,
    ReminderRule,
    RetentionTerm,
    Role,
    SavedFilter,
    Seat,
    SignerProposal,
    Stemming,
    SubmittedNotice,
    Voorstel,
    Voter,
    VotingRule,
)
from membership.redivision import own as dissolving
from membership.redivision import sorts
from membership.redivision import waiting as left_waiting
from nvsi.admin import worklist

admin.site.unregister(Group)

# In the order in which they are listed.
admin.site.register(Organisation, OrganisationAdmin)
admin.site.register(Application, ApplicationAdmin)
admin.site.register(Dossier, DossierAdmin)
admin.site.register(Membership, MembershipAdmin)
admin.site.register(SubmittedNotice, SubmittedNoticeAdmin)
admin.site.register(Notice, NoticeAdmin)
admin.site.register(Person, PersonAdmin)
admin.site.register(PersonMerge, PersonMergeAdmin)
admin.site.register(Role, RoleAdmin)
admin.site.register(Mandate, MandateAdmin)
admin.site.register(SignerProposal, SignerProposalAdmin)
admin.site.register(Redivision, RedivisionAdmin)
admin.site.register(Region, RegionAdmin)
admin.site.register(RegionMember, RegionMemberAdmin)
admin.site.register(Network, NetworkAdmin)
admin.site.register(RegionalContact, RegionalContactAdmin)
admin.site.register(ContactAsk, ContactAskAdmin)
admin.site.register(Meeting, MeetingAdmin)
admin.site.register(MeetingGroup, MeetingGroupAdmin)
admin.site.register(MeetingInvitation, MeetingInvitationAdmin)
admin.site.register(ReminderRule, ReminderRuleAdmin)
admin.site.register(Letter, LetterAdmin)
admin.site.register(LetterAttachment, LetterAttachmentAdmin)
admin.site.register(LetterReceiver, LetterReceiverAdmin)
admin.site.register(Consultation, ConsultationAdmin)
admin.site.register(Voter, VoterAdmin)
admin.site.register(ConsultationAnswer, ConsultationAnswerAdmin)
admin.site.register(Assembly, AssemblyAdmin)
admin.site.register(Voorstel, VoorstelAdmin)
admin.site.register(Beslispunt, BeslispuntAdmin)
admin.site.register(Amendement, AmendementAdmin)
admin.site.register(AssemblyPaper, AssemblyPaperAdmin)
admin.site.register(Notulen, NotulenAdmin)
admin.site.register(AssemblyDemand, AssemblyDemandAdmin)
admin.site.register(MemberVoorstel, MemberVoorstelAdmin)
admin.site.register(Initiative, InitiativeAdmin)
admin.site.register(InitiativeSupport, InitiativeSupportAdmin)
admin.site.register(ConvocationTerm, ConvocationTermAdmin)
admin.site.register(Stemming, StemmingAdmin)
admin.site.register(Entitled, EntitledAdmin)
admin.site.register(Ballot, BallotAdmin)
admin.site.register(Attendance, AttendanceAdmin)
admin.site.register(Proxy, ProxyAdmin)
admin.site.register(VotingRule, VotingRuleAdmin)
admin.site.register(AlvBesluit, AlvBesluitAdmin)
admin.site.register(Body, BodyAdmin)
admin.site.register(Seat, SeatAdmin)
admin.site.register(BodyMeeting, BodyMeetingAdmin)
admin.site.register(AgendaItem, AgendaItemAdmin)
admin.site.register(BodyMeetingAnswer, BodyMeetingAnswerAdmin)
admin.site.register(BodyPaper, BodyPaperAdmin)
admin.site.register(BodyDecision, BodyDecisionAdmin)
admin.site.register(Email, EmailAdmin)
admin.site.register(HistoryEvent, HistoryEventAdmin)
admin.site.register(SavedFilter, SavedFilterAdmin)
admin.site.register(Export, ExportAdmin)
admin.site.register(RetentionTerm, RetentionTermAdmin)
admin.site.register(DestructionList, DestructionListAdmin)
admin.site.register(DestructionLine, DestructionLineAdmin)

worklist.providers += PROVIDERS
worklist.providers += OF_ASSEMBLIES
worklist.providers.append(votes_to_count)
worklist.providers.append(letters_to_release)
worklist.providers.append(consultations_to_end)
worklist.providers.append(orphaned_seats)
worklist.providers.append(waiting_notices)
worklist.providers.append(waiting_redivisions)
sorts.sorts += dissolving.SORTS + left_waiting.SORTS
asked.providers += OF_PEOPLE
asked.providers += own.PROVIDERS
asked.providers += OF_CONSULTATIONS
asked.providers += OF_BODIES
asked.providers += PREPARING
pointing.sources += SOURCES
