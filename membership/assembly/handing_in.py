"""A lid hands in a voorstel for an ALV that is being prepared; the bestuur puts it on
the agenda as it is, or answers why not."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.assembly.amending import may_amend
from membership.assembly.drafting import put_on_agenda
from membership.assembly.telling import readers_of
from membership.assembly.writing import beslispunten_of
from membership.consultation.running import entitled
from membership.emails import send_soon
from membership.models import (
    Assembly,
    MemberVoorstel,
    Organisation,
    Person,
    Role,
    Voorstel,
)
from nvsi.errors import NotAllowed

Status = MemberVoorstel.Status
MOST_WAITING = 5


@transaction.atomic
def hand_in(
    assembly: Assembly,
    organisation: Organisation,
    *,
    title: str,
    beslispunten: str,
    toelichting: str,
    now: datetime.datetime,
    by: Person,
) -> MemberVoorstel:
    """A voorstel of a lid. Raises NotAllowed after the moment for it, for who does not
    speak for a lid with a vote, and for beslispunten that are not numbered."""
    row = Assembly.objects.select_for_update(of=("self",)).get(pk=assembly.pk)
    if not row.takes_voorstellen_at(now):
        raise NotAllowed("Een voorstel indienen voor deze ALV kan niet meer.")
    if not may_amend(by, organisation, timezone.localdate(now)):
        raise NotAllowed("Een voorstel dient een lid in dat mag stemmen.")
    waiting = MemberVoorstel.objects.waiting().filter(assembly=row)
    mine = waiting.filter(organisation=organisation)
    if mine.count() >= MOST_WAITING:
        raise NotAllowed(
            f"Er wachten al {MOST_WAITING} voorstellen van {organisation}. Wacht op "
            "het antwoord van het bestuur."
        )
    try:
        beslispunten_of(beslispunten)
    except ValueError as error:
        raise NotAllowed(str(error), field="beslispunten") from None
    made = MemberVoorstel(
        assembly=row,
        organisation=organisation,
        title=title,
        beslispunten=beslispunten,
        toelichting=toelichting,
        by=by,
        at=now,
    )
    made.full_clean()
    made.save()
    history.record(made, "handed in", by, organisation=str(organisation))
    return made


@transaction.atomic
def withdraw(
    handed_in: MemberVoorstel, *, now: datetime.datetime, by: Person
) -> MemberVoorstel:
    """By the lid, until the bestuur has answered."""
    row = _waiting(handed_in)
    if not may_amend(by, row.organisation, timezone.localdate(now)):
        raise NotAllowed("Alleen het lid dat het voorstel indiende, trekt het in.")
    return _settle(row, Status.WITHDRAWN, now, by)


@transaction.atomic
def hand_over(
    handed_in: MemberVoorstel, successor: Organisation, *, by: Person
) -> MemberVoorstel:
    """At a herindeling: the successor takes it over, word for word. Raises NotAllowed
    when it has no vote on the day of the ALV."""
    row = _waiting(handed_in)
    if successor not in entitled(row.assembly.on):
        raise NotAllowed(
            f"{successor} is op de dag van de ALV geen lid met een stem. Kies "
            "'eindigt', of wacht tot de opvolger lid is."
        )
    row.organisation = successor
    row.full_clean()
    row.save(update_fields=["organisation"])
    history.record(row, "handed over", by, organisation=str(successor))
    return row


@transaction.atomic
def lapse(
    handed_in: MemberVoorstel, *, now: datetime.datetime, by: Person
) -> MemberVoorstel:
    """The lid is not there on the day of the ALV, and nobody takes it over."""
    return _settle(_waiting(handed_in), Status.WITHDRAWN, now, by)


@transaction.atomic
def take_up(
    handed_in: MemberVoorstel, *, kind: str, now: datetime.datetime, by: Person
) -> Voorstel:
    """Put it on the agenda after what is there, in the words of the member; the member
    is told. Raises NotAllowed once the ALV was convened."""
    _require_preparing(by)
    row = _waiting(handed_in)
    last = row.assembly.voorstellen.aggregate(last=Max("position"))["last"] or 0
    voorstel = put_on_agenda(
        row.assembly,
        position=last + 1,
        title=row.title,
        kind=kind,
        toelichting=row.toelichting,
        beslispunten=beslispunten_of(row.beslispunten),
        of_member=row.organisation,
        by=by,
    )
    row.voorstel = voorstel
    _settle(row, Status.ON_AGENDA, now, by)
    _tell(row)
    return voorstel


@transaction.atomic
def refuse(
    handed_in: MemberVoorstel, *, answer: str, now: datetime.datetime, by: Person
) -> MemberVoorstel:
    """It does not come on the agenda; the member reads why."""
    _require_preparing(by)
    row = _waiting(handed_in)
    if not answer.strip():
        raise NotAllowed("Geef de reden; het lid leest die.", field="answer")
    row.answer = answer.strip()
    _settle(row, Status.REFUSED, now, by)
    _tell(row)
    return row


def require_answered(assembly: Assembly, now: datetime.datetime) -> None:
    """Members get what was promised: raises NotAllowed while they may still hand in a
    voorstel, or wait for an answer."""
    if assembly.takes_voorstellen_at(now):
        until = timezone.localtime(assembly.voorstellen_until)
        raise NotAllowed(
            f"Leden kunnen nog voorstellen indienen tot {until:%d-%m-%Y %H:%M} uur. "
            "Roep daarna bijeen."
        )
    waiting = MemberVoorstel.objects.waiting().filter(assembly=assembly)
    if first := waiting.select_related("organisation").first():
        raise NotAllowed(
            f"Antwoord eerst {first.organisation} op het voorstel '{first}': zet het "
            "op de agenda, of leg uit waarom niet."
        )


def answer_all(assembly: Assembly, *, reason: str, by: Person) -> None:
    """The ALV does not take place: who waits for an answer reads why."""
    waiting = MemberVoorstel.objects.waiting().filter(assembly=assembly)
    for row in waiting:
        words = f"De ALV gaat niet door. {reason}"
        refuse(row, answer=words, now=timezone.now(), by=by)


def _waiting(handed_in: MemberVoorstel) -> MemberVoorstel:
    rows = MemberVoorstel.objects.select_related("assembly", "organisation", "by")
    row = rows.select_for_update(of=("self",)).get(pk=handed_in.pk)
    if not row.is_waiting:
        raise NotAllowed(f"Dit voorstel is al afgedaan: {row.get_status_display()}.")
    return row


def _settle(
    row: MemberVoorstel, to: MemberVoorstel.Status, now: datetime.datetime, by: Person
) -> MemberVoorstel:
    row.status, row.settled_at = to, now
    row.full_clean()
    row.save()
    history.record(row, f"waiting>{to}", by)
    return row


def _tell(row: MemberVoorstel) -> None:
    page = reverse("member-voorstel", args=[row.pk])
    emails.queue_all(
        "voorstel_answered",
        str(row.pk),
        readers_of([row.organisation]),
        handed_in=row,
        assembly=row.assembly,
        page=f"{settings.SITE_URL}{page}",
    )
    send_soon()


def _require_preparing(by: Person) -> None:
    if not by.has_role(Role.Name.BESTUUR):
        raise NotAllowed("Op een voorstel van een lid antwoordt het bestuur.")
