"""What membership itself asks: steps, decisions, contacts of regions and answers.

One function for each kind; see membership.deadlines.asked.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from membership.admission import words
from membership.admission.steps import OF_THE_BESTUUR, Step
from membership.deadlines.asked import (
    BUREAU,
    WHO_DECIDES,
    WHO_IS_WRITTEN_TO,
    Among,
    Deadline,
    Kind,
    by_mail,
)
from membership.models import (
    Application,
    Dossier,
    MeetingInvitation,
    Membership,
    Network,
    Organisation,
    Region,
    RegionMember,
    Role,
)
from membership.regional import links
from membership.regional.asking import contacts_url
from membership.regional.board import board

BESTUUR = (Role.Name.BESTUUR.value,)


def steps(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """The next step of every dossier that runs: of the organisation, or of ours."""
    for dossier in among.of(Dossier.objects.running().with_steps()):
        following = words.now(dossier)
        if following is None:
            continue
        make = _own_step if following.is_ours else _step_of_ours
        yield make(dossier, following.step)


def _own_step(dossier: Dossier, step: Step) -> Deadline:
    sent = dossier.standing_step(Step.SENT) if step == Step.HEARD else None
    return Deadline(
        key=f"step|{dossier.pk}|{step}",
        kind=Kind.STEP,
        what=words.ask_of(step, dossier.procedure).sentence,
        url=reverse("dossier-detail", args=[dossier.number]),
        since=_since(dossier),
        who=str(dossier.organisation),
        about=dossier,
        roles=WHO_DECIDES,
        organisations=[dossier.organisation],
        by=sent.until if sent else None,  # the term that the gemeente set itself
        when=words.title_of(dossier).lower(),
    )


def _step_of_ours(dossier: Dossier, step: Step) -> Deadline:
    is_of_bestuur = step in OF_THE_BESTUUR and dossier.aim == Dossier.Aim.LID
    return Deadline(
        key=f"admission|{dossier.pk}|{step}",
        kind=Kind.ADMISSION,
        what=f"{step.label}: dossier {dossier.number} van {dossier.organisation}",
        url=reverse("admin:membership_dossier_change", args=[dossier.pk]),
        since=_since(dossier),
        who="het bestuur" if is_of_bestuur else "het bureau",
        about=dossier,
        roles=BESTUUR if is_of_bestuur else BUREAU,
        organisations=[dossier.organisation],
    )


def _since(dossier: Dossier) -> datetime.date:
    return timezone.localdate(dossier.moved_at)


def decisions(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of an aspirant-lid without a dossier, which would ask for it step by step."""
    rows = Membership.objects.active_on(today).filter(kind=Membership.Kind.ASPIRANT_LID)
    with_dossier = Dossier.objects.running().values("organisation")
    rows = rows.exclude(organisation__in=with_dossier)
    for period in among.of(rows).select_related("organisation"):
        yield Deadline(
            key=f"decision|{period.pk}",
            kind=Kind.DECISION,
            what="Mail ons het collegebesluit over het lidmaatschap",
            url=by_mail("Collegebesluit", period.organisation),
            since=period.starts_on,
            who=str(period.organisation),
            about=period,
            roles=WHO_DECIDES,
            organisations=[period.organisation],
            when="zodra het besluit is genomen",
        )


def contacts(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of each region that was asked whom it sends, and did not say so for both levels.

    Any contactpersoon of any of its gemeenten may answer: the region decides together.
    """
    asking = [
        (network, ask)
        for network in Network.objects.prefetch_related("asks")
        if (ask := next(iter(network.asks.all()), None))
    ]
    if not asking:
        return
    members = _members(among, today)
    for network, ask in asking:
        here = [region for region in members if region.type == network.type]
        for row in board(network, ask, on=today, regions=here):
            if not row.is_answered:
                yield Deadline(
                    key=f"contacts|{ask.pk}|{row.region.pk}",
                    kind=Kind.CONTACTS,
                    what=f"Geef de aanspreekpunten van {row.region} door voor "
                    f"{network}",
                    url=contacts_url(network, row.region),
                    since=timezone.localdate(ask.asked_at),
                    who=f"regio {row.region}",
                    about=network,
                    roles=WHO_IS_WRITTEN_TO,
                    organisations=members[row.region],
                    by=ask.due_on,
                )


def _members(among: Among, today: datetime.date) -> dict[Region, list[Organisation]]:
    """The regions in which these organisations are, each with all that are in it."""
    now = RegionMember.objects.active_on(today)
    found: dict[Region, list[Organisation]] = defaultdict(list)
    rows = now.filter(region__in=among.of(now).values("region"))
    for row in rows.select_related("region", "organisation").order_by("region__name"):
        found[row.region].append(row.organisation)
    return found


def invitations(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Whether somebody comes; and, once he said so, the meeting itself."""
    rows = MeetingInvitation.objects.with_meeting().filter(
        meeting__status="planned", meeting__starts_at__gte=_begin_of(today)
    )
    rows = rows.exclude(answer=MeetingInvitation.Answer.NO)
    for one in among.sent_to(rows, "contact__email").exclude(contact__email=""):
        meeting = one.meeting
        is_asked = one.answer == MeetingInvitation.Answer.NONE
        yield Deadline(
            key=f"invitation|{one.pk}",
            kind=Kind.INVITATION if is_asked else Kind.MEETING,
            what=f"Laat weten of u komt: {meeting}" if is_asked else str(meeting),
            url=reverse("meeting-answer", args=[links.token_of(one)]),
            since=min(timezone.localdate(meeting.changed_at), today),
            who=f"{one.contact.name}, {one.contact.region}",
            about=meeting,
            organisations=[one.contact.organisation],
            email=one.contact.email.lower(),
            by=timezone.localdate(one.starts_at),
            asks=is_asked,
        )


def _begin_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def applications(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Somebody asks to belong: for the bureau."""
    if among.organisations is not None:
        return
    for one in Application.objects.waiting().select_related("organisation"):
        yield Deadline(
            key=f"application|{one.pk}",
            kind=Kind.APPLICATION,
            what=f"Beoordeel de aanvraag van {one.of_whom}",
            url=reverse("admin:membership_application_change", args=[one.pk]),
            since=timezone.localdate(one.confirmed_at or one.applied_at),
            who="het bureau",
            about=one,
            roles=BUREAU,
            organisations=[one.organisation] if one.organisation else [],
        )


PROVIDERS = (steps, decisions, contacts, invitations, applications)
