"""The kinds of what is asked."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What sort of thing is asked: the bureau sets the reminders of each."""

    STEP = "step", "stap in een dossier"
    DECISION = "decision", "collegebesluit van een aspirant-lid"
    CONTACTS = "contacts", "aanspreekpunten van een regio"
    INVITATION = "invitation", "antwoord op een uitnodiging"
    MEETING = "meeting", "bijeenkomst"
    AGREEMENT = "agreement", "overeenkomst die eindigt"
    OFFER = "offer", "overeenkomst om te tekenen"
    ANNEX = "annex", "gewijzigde bijlagen"
    CLEARING = "clearing", "gegevens na afloop"
    BREACH = "breach", "datalek"
    IBAN = "iban", "rekeningnummer"
    DELIVERY = "delivery", "urenregels"
    UPLOAD = "upload", "aanlevering die niet af is"
    CONSULTATION = "consultation", "ledenraadpleging"
    ASSEMBLY = "assembly", "algemene ledenvergadering"
    LETTER = "letter", "ledenbrief"
    WISH = "wish", "verbeterwens"
    NOTICE = "notice", "opzegging"
    REDIVISION = "redivision", "herindeling"
    DETAILS = "details", "controle van gegevens"
    APPLICATION = "application", "aanvraag om mee te doen"
    ADMISSION = "admission", "oordeel, controle of toelating"
    QUESTION = "question", "vraag over een afrekening"
    APPROVAL = "approval", "vaststelling"


def label_of(kind: str) -> str:
    """In words; a kind that is asked no more keeps its own name."""
    return str(Kind(kind).label) if kind in Kind.values else kind
