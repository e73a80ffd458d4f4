"""Tell by e-mail: who gets a seat or leaves it, and when a body meets."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership import emails
from membership.bodies import calendar_items
from membership.bodies.who import members_of
from membership.models import BodyMeeting, BodyMeetingAnswer, Person, Seat
from membership.regional.words import when


def seated(seat: Seat) -> None:
    """To who sits there from now on."""
    emails.queue("seat_given", f"{seat.pk}", seat.person, seat=seat, page=_page(seat))
    emails.send_soon()


def seat_ended(seat: Seat, *, by: Person) -> None:
    """To who sat there, and to voorzitter and secretaris; not to who did it."""
    leading = Seat.objects.active_on(timezone.localdate()).leading()
    leading = leading.filter(body=seat.body).select_related("person")
    people = {seat.person, *(one.person for one in leading)} - {by}
    emails.queue_all(
        "seat_ended",
        f"{seat.pk}|{seat.ends_on}",
        sorted((one for one in people if one.is_active), key=lambda one: one.pk),
        seat=seat,
        page=_page(seat),
    )
    emails.send_soon()


def vervanger(answer: BodyMeetingAnswer, person: Person, *, comes: bool) -> None:
    """To who comes in the place of another, or does not have to any more."""
    meeting = answer.meeting
    page = f"{settings.SITE_URL}{page_of(meeting)}"
    item = calendar_items.calendar_item(meeting, person, page) if comes else ""
    emails.queue(
        "body_meeting_vervanger",
        f"{meeting.pk}|{answer.person_id}|{answer.answered_at}|{comes}",
        person,
        calendar=item,
        comes=comes,
        for_whom=answer.person,
        meeting=meeting,
        body=meeting.body,
        when=when(meeting.starts_at, meeting.ends_at),
        page=page,
    )
    emails.send_soon()


def of_meeting(event: str, meeting: BodyMeeting) -> int:
    """To who sits in the body on that day, and who comes as vervanger; gives how
    many."""
    day = timezone.localdate(meeting.starts_at)
    instead = BodyMeetingAnswer.objects.filter(meeting=meeting).values("vervanger")
    people = [
        *members_of(meeting.body, day),
        *Person.objects.filter(is_active=True, pk__in=instead).order_by("name"),
    ]
    page = f"{settings.SITE_URL}{page_of(meeting)}"
    items = list(meeting.items.all())
    for person in people:
        emails.queue(
            event,
            f"{meeting.pk}|{meeting.sequence}",
            person,
            calendar=calendar_items.calendar_item(meeting, person, page),
            meeting=meeting,
            body=meeting.body,
            items=items,
            when=when(meeting.starts_at, meeting.ends_at),
            page=page,
        )
    emails.send_soon()
    return len(people)


def page_of(meeting: BodyMeeting) -> str:
    return reverse("body-meeting", args=[meeting.pk])


def _page(seat: Seat) -> str:
    return f"{settings.SITE_URL}{reverse('body-detail', args=[seat.body_id])}"
