"""The personal link of an invitation: who has it may answer, and sees this meeting.

Signed with SECRET_KEY and stored nowhere; the address holds no name.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from membership.models import MeetingInvitation

_signer = Signer(salt="membership.regional.links", sep=".")


def token_of(invitation: MeetingInvitation) -> str:
    return _signer.sign(str(invitation.pk))


def invitation_of(token: str) -> MeetingInvitation | None:
    """None for what we did not sign."""
    try:
        key = _signer.unsign(token)
    except BadSignature:
        return None
    return MeetingInvitation.objects.with_meeting().filter(pk=key).first()


def answer_url(invitation: MeetingInvitation) -> str:
    """The whole address, for in an e-mail."""
    path = reverse("meeting-answer", args=[token_of(invitation)])
    return f"{settings.SITE_URL}{path}"
