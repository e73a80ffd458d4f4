"""What of organisations, people and e-mails waits for a person."""

import datetime
from collections.abc import Iterator

from django.conf import settings

from membership import emails
from membership.admin.applications import ACCEPT
from membership.admin.dossier_verbs import ADMIT, CHECK, JUDGE, NOTE
from membership.admin.log import SEND_AGAIN
from membership.admin.networks import REMIND
from membership.admin.person_verbs import INVITE
from membership.admin.retention import DECIDE
from membership.admin.signers import CONFIRM
from membership.admin.verbs import Verb, page_of, verb_url
from membership.admission.steps import Step
from membership.colleagues import details
from membership.invitations import EVENT, LIFETIME
from membership.models import (
    AlvBesluit,
    Application,
    DestructionList,
    Dossier,
    Email,
    Network,
    Person,
    Role,
    SignerProposal,
)
from membership.regional.board import board
from nvsi.admin.columns import list_url
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import counted

MOST = 10


def failed_emails(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """An invitation that failed is made anew; its text was never kept."""
    if not person.has_role(*SEND_AGAIN.roles):
        return
    failed = list(Email.objects.filter(state=Email.State.FAILED).order_by("pk"))
    for email in failed[:MOST]:
        again = emails.can_be_sent_again(email)
        url = verb_url(email, SEND_AGAIN) if again else page_of(email)
        act = SEND_AGAIN.label if again else "Bekijken"
        about = f"{email.subject}, aan {email.recipient}"
        yield Waiting(on_day(email.queued_at), "E-mail mislukt", about, act, url)
    if rest := failed[MOST:]:
        about = counted(len(rest), "andere e-mail", "andere e-mails")
        url = list_url(Email, state__exact=Email.State.FAILED)
        since = on_day(rest[0].queued_at)
        yield Waiting(since, "E-mail mislukt", about, "Bekijken", url)


def expired_invitations(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Who has a role, never came in, and has no link that still works."""
    if not person.has_role(*INVITE.roles):
        return
    sent = dict(
        Email.objects.filter(event=EVENT)
        .order_by("queued_at")
        .values_list("recipient", "queued_at")
    )
    waiting = Person.objects.filter(
        is_active=True, last_login=None, roles__in=Role.objects.active_on(today)
    ).distinct()
    for one in waiting.filter(email__in=sent).order_by("name"):
        expired = sent[one.email] + LIFETIME
        if on_day(expired) < today and not one.has_usable_password():
            yield Waiting(
                on_day(expired),
                "Uitnodiging verlopen",
                f"{one} ({one.email})",
                INVITE.label,
                verb_url(one, INVITE),
            )


def decisions_without_a_day(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """A statement names the decision; without its day nobody can find it back."""
    if not person.is_association:
        return
    for besluit in AlvBesluit.objects.filter(taken_on=None).order_by("pk"):
        about = f"{besluit.reference}: {besluit.subject}"
        url = page_of(besluit)
        yield Waiting(today, "Datum van ALV-besluit ontbreekt", about, "Invullen", url)


def dossiers(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What waits for the association; and which stood still for too long."""
    acts = {Step.JUDGED: JUDGE, Step.CHECKED: CHECK, Step.ADMITTED: ADMIT}
    for dossier in Dossier.objects.running().with_steps():
        following, since = dossier.position.next, on_day(dossier.moved_at)
        about = f"{dossier.organisation} ({dossier.number})"
        if following in acts:
            act = acts[following]
            if _may(person, act, dossier):
                url = verb_url(dossier, act)
                yield Waiting(
                    since, f"Dossier: {act.label.lower()}", about, act.label, url
                )
        elif following and person.has_role(*NOTE.roles) and _is_stale(since, today):
            about = f"{about}, bij {following.label.lower()}"
            url = page_of(dossier)
            yield Waiting(since, "Dossier staat stil", about, "Bekijken", url)


def _is_stale(since: datetime.date, today: datetime.date) -> bool:
    return (today - since).days >= settings.NVSI_STALE_DAYS


def _may(person: Person, act: Verb, dossier: Dossier) -> bool:
    """Who checked a dossier is not asked to admit, nor who is not of the bestuur."""
    if act != ADMIT or dossier.aim == Dossier.Aim.PARTICIPANT:
        return person.has_role(*act.roles)
    checked = dossier.standing_step(Step.CHECKED)
    is_other = checked is None or checked.by_id != person.pk
    return is_other and person.has_role(Role.Name.BESTUUR)


def applications(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Somebody asks to belong, and proved the address."""
    if not person.has_role(*ACCEPT.roles):
        return
    waiting = Application.objects.waiting().select_related("organisation")
    for one in waiting.order_by("confirmed_at"):
        since = on_day(one.confirmed_at or one.applied_at)
        about = f"{one.of_whom}: {one.get_aim_display()} worden"
        yield Waiting(since, "Aanvraag", about, ACCEPT.label, verb_url(one, ACCEPT))


def signers(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Who is put forward to sign, by somebody else."""
    if not person.has_role(*CONFIRM.roles):
        return
    waiting = SignerProposal.objects.proposed().select_related("organisation")
    for one in waiting.exclude(by=person).order_by("at"):
        about = f"{one.name} voor {one.organisation}"
        yield Waiting(
            on_day(one.at),
            "Ondertekenaar voorgedragen",
            about,
            CONFIRM.label,
            verb_url(one, CONFIRM),
        )


def unanswered_details(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Who did not say for weeks whether his details still hold: in one line."""
    if not person.has_role(Role.Name.BUREAU):
        return
    before = today - datetime.timedelta(weeks=settings.NVSI_DETAILS_WEEKS)
    late = details.unanswered_since(before, today)
    if first := late.order_by("details_asked_on").first():
        about = f"{counted(late.count(), 'persoon', 'personen')} zonder antwoord"
        url = list_url(Person, gegevens="wacht")
        since = first.details_asked_on or today
        yield Waiting(since, "Gegevens niet bevestigd", about, "Bekijken", url)


def destruction_lists(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What had its time, and waits for a decision: a line per month."""
    if not person.has_role(*DECIDE.roles):
        return
    waiting = DestructionList.objects.filter(lines__decision="").distinct()
    for made in waiting.order_by("month"):
        count = made.lines.open_for(person).count()
        if not count:
            continue
        about = counted(count, "regel", "regels")
        yield Waiting(
            on_day(made.made_at),
            str(made).capitalize(),
            about,
            DECIDE.label,
            verb_url(made, DECIDE),
        )


def regions(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Asked whom they send, and silent after the day for which it was asked."""
    if not person.has_role(*REMIND.roles):
        return
    for network in Network.objects.prefetch_related("asks"):
        ask = next(iter(network.asks.all()), None)
        if ask is None or ask.due_on >= today:
            continue
        silent = [row for row in board(network, ask, on=today) if not row.is_answered]
        if silent:
            many = counted(len(silent), "regio", "regio's")
            may = REMIND.is_open(network)
            act = REMIND.label if may else "Bekijken"
            url = verb_url(network, REMIND) if may else page_of(network)
            about = f"{network}: {many}"
            yield Waiting(ask.due_on, "Aanspreekpunten ontbreken", about, act, url)


PROVIDERS = (
    destruction_lists,
    applications,
    signers,
    unanswered_details,
    dossiers,
    regions,
    failed_emails,
    expired_invitations,
    decisions_without_a_day,
)
