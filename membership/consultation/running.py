"""Open a consultation, call it off, and make the result known.

Who is a lid when it opens may answer, and nobody else: an aspirant-lid and a
participant have no vote, and neither has a lid that is suspended (domain rules 20, 21).
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.consultation.people import written_to
from membership.consultation.result import Result, result_of
from membership.leaving.suspension import suspended_on
from membership.models import (
    Consultation,
    ConsultationAnswer,
    Membership,
    Organisation,
    Person,
    Role,
    Voter,
)
from nvsi.dutch import day
from nvsi.errors import NotAllowed

Status = Consultation.Status
DAY = datetime.timedelta(days=1)


def entitled(today: datetime.date) -> list[Organisation]:
    """The members with a vote on a day, by name."""
    voting = Membership.objects.active_on(today).filter(kind=Membership.Kind.LID)
    voting = voting.exclude(pk__in=suspended_on(today).values("pk"))
    found = Organisation.objects.filter(pk__in=voting.values("organisation"))
    return list(found.order_by("name", "code"))


def end_of(last: datetime.date) -> datetime.datetime:
    """The moment after 23:59 of a day, by the Dutch clock."""
    midnight = datetime.datetime.combine(last + DAY, datetime.time())
    return timezone.make_aware(midnight)


@transaction.atomic
def open_up(
    consultation: Consultation, *, now: datetime.datetime, by: Person
) -> list[Voter]:
    """Freeze who may answer, open it, and tell them. From now until its last day.

    Raises NotAllowed before its first day, for a last day that is over, and when there
    is no member with a vote.
    """
    row = _locked(consultation, by)
    _require(row, Status.DRAFT)
    today = timezone.localdate(now)
    if today < row.opens_on:
        raise NotAllowed(f"Deze raadpleging begint op {day(row.opens_on)}.")
    if row.closes_on < today:
        raise NotAllowed("De laatste dag is al voorbij. Kies een latere dag.")
    if not (members := entitled(today)):
        raise NotAllowed("Er is geen lid met een stem.")
    row.opens_on = today
    row.save(update_fields=["opens_on"])
    voters = Voter.objects.bulk_create(
        Voter(consultation=row, organisation=member) for member in members
    )
    row.status, row.opened_at, row.closes_at = Status.OPEN, now, end_of(row.closes_on)
    row.save(update_fields=["status", "opened_at", "closes_at"])
    history.record(row, "draft>open", by, voters=len(voters))
    tell("consultation_opened", row.voters.all())
    return voters


@transaction.atomic
def call_off(consultation: Consultation, *, reason: str, by: Person) -> None:
    """It stops without a result, such as for a mistake in the question. Raises
    NotAllowed without a reason, and once it is closed: then the result is there."""
    row = _locked(consultation, by)
    _require(row, Status.OPEN)
    if row.is_closed_at(timezone.now()):
        raise NotAllowed(
            "De raadpleging is gesloten. Maak de uitslag bekend, ook als u een nieuwe "
            "raadpleging wilt houden."
        )
    if not reason.strip():
        raise NotAllowed("Geef de reden; de leden lezen die.")
    history.move(row, Status.CALLED_OFF, by, reason=reason)
    tell("consultation_called_off", row.voters.all(), reason=reason)


@transaction.atomic
def publish(
    consultation: Consultation, *, now: datetime.datetime, by: Person
) -> Result:
    """Make the result known to the members. Raises NotAllowed before it is closed."""
    row = _locked(consultation, by)
    _require(row, Status.OPEN)
    if not row.is_closed_at(now):
        raise NotAllowed(
            f"De raadpleging is open tot en met {day(row.closes_on)}. Daarna is er een "
            "uitslag."
        )
    result = outcome(row)
    row.status, row.published_at = Status.PUBLISHED, now
    row.save(update_fields=["status", "published_at"])
    history.record(row, "open>published", by, sentence=result.sentence)
    tell("consultation_published", row.voters.all(), sentence=result.sentence)
    return result


@transaction.atomic
def drop(consultation: Consultation, *, by: Person) -> None:
    """A draft that nobody will be asked."""
    history.move(_locked(consultation, by), Status.DROPPED, by)


def outcome(consultation: Consultation) -> Result:
    """As the answers stand now. Two queries."""
    answers = ConsultationAnswer.objects.standing()
    choices = answers.filter(voter__consultation=consultation)
    return result_of(
        consultation.options,
        choices.values_list("choice", flat=True),
        voters=consultation.voters.count(),
    )


def page_of(consultation: Consultation) -> str:
    """Where members read it and answer."""
    return reverse("consultation-detail", args=[consultation.pk])


def tell(event: str, voters: QuerySet[Voter], **facts: object) -> None:
    """Write to each of these members, once per event and person."""
    for voter in voters.select_related("consultation", "organisation"):
        emails.queue_all(
            event,
            str(voter.pk),
            written_to(voter),
            consultation=voter.consultation,
            organisation=voter.organisation,
            last_day=day(voter.consultation.closes_on),
            page=f"{settings.SITE_URL}{page_of(voter.consultation)}",
            **facts,
        )
    emails.send_soon()


def _locked(consultation: Consultation, by: Person) -> Consultation:
    if not by.has_role(Role.Name.BUREAU, Role.Name.BESTUUR):
        raise NotAllowed("Over een ledenraadpleging gaan het bureau en het bestuur.")
    return Consultation.objects.select_for_update().get(pk=consultation.pk)


def _require(consultation: Consultation, status: Status) -> None:
    if consultation.status != status:
        raise NotAllowed(
            f"De {consultation} is {consultation.get_status_display()}; dit kan nu "
            "niet."
        )
