"""Who was invited to a meeting of a body says whether he comes, or who comes for him.

A vervanger is a colleague of the organisation for which somebody sits there, and has a
login of his own. Another day or hour asks everybody again.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.bodies import telling
from membership.bodies.who import members_of
from membership.models import BodyMeeting, BodyMeetingAnswer, Person, Role, Seat
from membership.models.meetings import MeetingInvitation
from nvsi.errors import NotAllowed

Answer = MeetingInvitation.Answer


@dataclass(frozen=True)
class Coming:
    """What one who was invited said; answer is None while he said nothing."""

    seat: Seat
    answer: BodyMeetingAnswer | None

    @property
    def state(self) -> tuple[str, str]:
        """A colour and the words."""
        if self.answer is None:
            return "asked", "Nog geen antwoord"
        if self.answer.answer == Answer.YES:
            return "done", "Komt"
        if self.answer.vervanger is not None:
            return "waiting", f"Vervanger: {self.answer.vervanger.name}"
        return "quiet", "Komt niet"


@transaction.atomic
def answer(
    meeting: BodyMeeting, given: str, *, vervanger: Person | None, by: Person
) -> BodyMeetingAnswer:
    """He may change his mind until it begins; a vervanger hears when he is asked and
    when he is not any more.

    Raises NotAllowed for who does not sit there on that day, before the invitation and
    after the meeting, and for a vervanger who is no colleague.
    """
    rows = BodyMeeting.objects.select_related("body").select_for_update(of=("self",))
    meeting = rows.get(pk=meeting.pk)
    if not may_answer(meeting, by):
        raise NotAllowed("Antwoorden doet wie voor deze vergadering is uitgenodigd.")
    if given not in (Answer.YES, Answer.NO, Answer.VERVANGER):
        raise NotAllowed("Kies of u komt.", field="answer")
    if given != Answer.VERVANGER:
        vervanger = None
    elif vervanger is None or vervanger not in colleagues_of(meeting, by):
        raise NotAllowed("Kies een collega die in uw plaats komt.", field="vervanger")
    before = answer_of(meeting, by)
    was = before.vervanger if before else None
    row = before or BodyMeetingAnswer(meeting=meeting, person=by)
    row.answer, row.vervanger, row.answered_at = given, vervanger, timezone.now()
    row.full_clean()
    row.save()
    history.record(meeting, "answered", by, answer=given)
    if was is not None and was != vervanger:
        telling.vervanger(row, was, comes=False)
    if vervanger is not None and was != vervanger:
        telling.vervanger(row, vervanger, comes=True)
    return row


def ask_again(meeting: BodyMeeting) -> None:
    """It is at another moment: what was answered says nothing any more."""
    for row in meeting.answers.select_related("vervanger", "person"):
        if row.vervanger is not None:
            telling.vervanger(row, row.vervanger, comes=False)
    meeting.answers.all().delete()


def may_answer(meeting: BodyMeeting, person: Person) -> bool:
    if meeting.is_cancelled or meeting.invited_at is None:
        return False
    if meeting.starts_at <= timezone.now():
        return False
    return person in members_of(meeting.body, timezone.localdate(meeting.starts_at))


def answer_of(meeting: BodyMeeting, person: Person) -> BodyMeetingAnswer | None:
    return meeting.answers.select_related("vervanger").filter(person=person).first()


def colleagues_of(meeting: BodyMeeting, person: Person) -> list[Person]:
    """Who may come for somebody: of the organisation for which he sits there, and not
    in the body themselves."""
    day = timezone.localdate(meeting.starts_at)
    there = Seat.objects.active_on(day).filter(body=meeting.body)
    seat = there.filter(person=person, organisation__isnull=False).first()
    if seat is None:
        return []
    roles = Role.objects.active_on(timezone.localdate())
    roles = roles.filter(organisation=seat.organisation_id)
    people = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
    people = people.exclude(pk__in=there.values("person"))
    return list(people.order_by("name", "pk"))


def coming_to(meeting: BodyMeeting) -> list[Coming]:
    """Everybody who sits there on that day, by name. Two queries."""
    day = timezone.localdate(meeting.starts_at)
    seats = Seat.objects.active_on(day).filter(body=meeting.body)
    seats = seats.filter(person__is_active=True)
    answers = meeting.answers.select_related("vervanger")
    said = {row.person_id: row for row in answers}
    found = seats.select_related("person", "organisation").order_by("person__name")
    return [Coming(seat, said.get(seat.person_id)) for seat in found]
