"""Invite to a meeting of a network, hear who comes, and tell when it changes.

Who is invited gets an e-mail with an item for his calendar. A change or cancellation
goes with a higher sequence, so that the calendar follows.
"""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from membership import emails, history
from membership.models import (
    Meeting,
    MeetingGroup,
    MeetingInvitation,
    Person,
    RegionalContact,
    Role,
)
from membership.models.meetings import MeetingInvitationQuerySet
from membership.regional import calendar_items, links
from membership.regional.words import when
from nvsi.errors import NotAllowed

Answer = MeetingInvitation.Answer
PRIMARY, VERVANGER, BOTH = "primary", "vervanger", "both"


@transaction.atomic
def invite(
    meeting: Meeting, *, who: str, now: datetime.datetime, by: Person
) -> list[MeetingInvitation]:
    """Invite the contacts of its level that were not invited yet.

    `who` is primary (and both of a duo), vervanger or both. Over several groups the
    regions are divided by name, in equal parts. Raises NotAllowed when nobody is left.
    """
    _require_bureau(by)
    meeting = _locked(meeting)
    _require_coming(meeting, now)
    contacts = _contacts(meeting, who)
    if not contacts:
        raise NotAllowed(
            "Er is niemand die nog niet is uitgenodigd. Hebben de regio's hun "
            "aanspreekpunten al doorgegeven?"
        )
    groups = _divide(meeting, contacts)
    invitations = MeetingInvitation.objects.bulk_create(
        MeetingInvitation(
            meeting=meeting, contact=contact, group=groups.get(contact.region_id)
        )
        for contact in contacts
    )
    _tell("meeting_invited", invitations)
    history.record(meeting, "invited", by, invited=len(invitations))
    return invitations


@transaction.atomic
def answer(
    invitation: MeetingInvitation, given: str, *, now: datetime.datetime
) -> MeetingInvitation:
    """What the contact says; he may change his mind until it begins.

    With `vervanger` the vervanger of the region is invited in his place. Raises
    NotAllowed for a meeting that is over or off, and when there is no vervanger.
    """
    invitation = (
        MeetingInvitation.objects.with_meeting()
        .select_for_update(of=("self",))
        .get(pk=invitation.pk)
    )
    _require_coming(invitation.meeting, now)
    if given not in (Answer.YES, Answer.NO, Answer.VERVANGER):
        raise NotAllowed("Kies of u komt.")
    if given == Answer.VERVANGER:
        _invite_vervanger(invitation)
    invitation.answer, invitation.answered_at = given, now
    invitation.save(update_fields=["answer", "answered_at"])
    return invitation


@transaction.atomic
def changed(meeting: Meeting, *, moved: datetime.timedelta, by: Person) -> int:
    """After the bureau changed it: its groups move along, and who may come hears it.

    Gives how many were told: none while nobody was invited.
    """
    _require_bureau(by)
    meeting = _locked(meeting)
    if moved:
        starts_at, ends_at = F("starts_at") + moved, F("ends_at") + moved
        meeting.groups.update(starts_at=starts_at, ends_at=ends_at)
    return _tell_again(meeting, meeting.invitations.all(), "meeting_changed")


@transaction.atomic
def group_changed(group: MeetingGroup, *, by: Person) -> int:
    """After its hours changed: who is in it hears it. Gives how many were told."""
    _require_bureau(by)
    meeting = _locked(group.meeting)
    return _tell_again(meeting, group.invitations.all(), "meeting_changed")


@transaction.atomic
def regrouped(invitation: MeetingInvitation, *, by: Person) -> int:
    """After somebody was put in another group: he hears it."""
    _require_bureau(by)
    meeting = _locked(invitation.meeting)
    own = meeting.invitations.filter(pk=invitation.pk)
    return _tell_again(meeting, own, "meeting_changed")


@transaction.atomic
def cancel(meeting: Meeting, *, now: datetime.datetime, by: Person) -> int:
    """It is off; who was invited hears it. Gives how many were told."""
    _require_bureau(by)
    meeting = _locked(meeting)
    _require_coming(meeting, now)
    history.move(meeting, Meeting.Status.CANCELLED, by)
    return _tell_again(meeting, meeting.invitations.all(), "meeting_cancelled")


def vervanger_of(contact: RegionalContact, on: datetime.date) -> RegionalContact | None:
    """Who comes in his place; a vervanger has nobody behind him."""
    if not contact.is_primary:
        return None
    others = RegionalContact.objects.active_on(on).filter(
        network=contact.network_id,
        region=contact.region_id,
        level=contact.level,
        is_primary=False,
    )
    return others.first()


def is_over(meeting: Meeting, now: datetime.datetime) -> bool:
    return meeting.ends_at <= now


def _require_bureau(by: Person) -> None:
    if not by.has_role(Role.Name.BUREAU):
        raise NotAllowed(f"{by} gaat niet over bijeenkomsten. Dat doet het bureau.")


def _require_coming(meeting: Meeting, now: datetime.datetime) -> None:
    if meeting.is_cancelled:
        raise NotAllowed("Deze bijeenkomst gaat niet door.")
    if is_over(meeting, now):
        raise NotAllowed("Deze bijeenkomst is al geweest.")


def _locked(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_related("network")
    return rows.select_for_update(of=("self",)).get(pk=meeting.pk)


def _contacts(meeting: Meeting, who: str) -> list[RegionalContact]:
    """Of the level, on the day of the meeting; by region, the primary one first."""
    contacts = (
        RegionalContact.objects.active_on(timezone.localdate(meeting.starts_at))
        .filter(network=meeting.network_id, level=meeting.level)
        .exclude(invitations__meeting=meeting)
    )
    if who == PRIMARY:
        contacts = contacts.seated()
    elif who == VERVANGER:
        contacts = contacts.filter(is_primary=False)
    return list(
        contacts.select_related("region", "organisation").order_by(
            "region__name", "region_id", "-is_primary"
        )
    )


def _divide(
    meeting: Meeting, contacts: list[RegionalContact]
) -> dict[int, MeetingGroup | None]:
    """A group per region, where the meeting has any: who is of one region stays
    together, also with whom of it was invited before."""
    groups = list(meeting.groups.all())
    before = meeting.invitations.select_related("contact", "group")
    known = {one.contact.region_id: one.group for one in before}
    new = [
        key for key in dict.fromkeys(c.region_id for c in contacts) if key not in known
    ]
    if not groups:
        return {}
    return {
        **known,
        **{key: groups[at * len(groups) // len(new)] for at, key in enumerate(new)},
    }


def _invite_vervanger(invitation: MeetingInvitation) -> None:
    meeting = invitation.meeting
    on = timezone.localdate(meeting.starts_at)
    vervanger = vervanger_of(invitation.contact, on)
    if vervanger is None:
        raise NotAllowed(
            "Uw regio heeft geen vervanger doorgegeven. Kies of u zelf komt, of niet."
        )
    theirs, is_new = MeetingInvitation.objects.get_or_create(
        meeting=meeting, contact=vervanger, defaults={"group": invitation.group}
    )
    if is_new:
        _tell("meeting_invited", [theirs])


def _tell_again(
    meeting: Meeting, invited: MeetingInvitationQuerySet, event: str
) -> int:
    """To those who did not say no, each calendar item with the next sequence."""
    coming = invited.exclude(answer=Answer.NO).exclude(contact__email="")
    if not (invitations := list(coming.with_meeting().order_by("pk"))):
        return 0
    Meeting.objects.filter(pk=meeting.pk).update(
        sequence=F("sequence") + 1, changed_at=timezone.now()
    )
    meeting = _locked(meeting)
    for invitation in invitations:
        invitation.meeting = meeting
    _tell(event, invitations)
    return len(invitations)


def _tell(event: str, invitations: list[MeetingInvitation]) -> None:
    """Once per version of the meeting."""
    method = (
        calendar_items.CANCEL
        if event == "meeting_cancelled"
        else calendar_items.REQUEST
    )
    for invitation in invitations:
        page = links.answer_url(invitation)
        emails.queue_to_address(
            event,
            f"{invitation.pk}|{invitation.meeting.sequence}",
            invitation.contact.email,
            calendar=calendar_items.calendar_item(invitation, method, page),
            name=invitation.contact.name,
            invitation=invitation,
            meeting=invitation.meeting,
            region=invitation.contact.region,
            when=when(invitation.starts_at, invitation.ends_at),
            page=page,
        )
    emails.send_soon()
