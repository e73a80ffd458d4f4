"""Who belongs, who works for whom, and what was done."""

from membership.models.alv import AlvBesluit
from membership.models.dossiers import Dossier, DossierStep, Evidence, Note, Wish
from membership.models.emails import Email
from membership.models.exports import Export, ExportPiece
from membership.models.history import HistoryEvent
from membership.models.mandates import Mandate
from membership.models.organisations import Organisation
from membership.models.people import Person, Role
from membership.models.periods import Membership
from membership.models.regions import Region, RegionMember
from membership.models.saved_filters import SavedFilter

__all__ = [
    "AlvBesluit",
    "Dossier",
    "DossierStep",
    "Email",
    "Evidence",
    "Export",
    "ExportPiece",
    "HistoryEvent",
    "Mandate",
    "Membership",
    "Note",
    "Organisation",
    "Person",
    "Region",
    "RegionMember",
    "Role",
    "SavedFilter",
    "Wish",
]
