"""What of organisations, people and e-mails waits for a person."""

import datetime
from collections.abc import Iterator

from membership import emails
from membership.admin.applications import ACCEPT
from membership.admin.log import SEND_AGAIN
from membership.admin.person_verbs import INVITE
from membership.admin.verbs import page_of, verb_url
from membership.invitations import EVENT, LIFETIME
from membership.models import AlvBesluit, Application, Email, Person, Role
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


def applications(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Somebody asks to belong, and proved the address."""
    if not person.has_role(*ACCEPT.roles):
        return
    waiting = Application.objects.waiting().select_related("organisation")
    for one in waiting.order_by("confirmed_at"):
        since = on_day(one.confirmed_at or one.applied_at)
        about = f"{one.of_whom}: {one.get_aim_display()} worden"
        yield Waiting(since, "Aanvraag", about, ACCEPT.label, verb_url(one, ACCEPT))


PROVIDERS = (applications, failed_emails, expired_invitations, decisions_without_a_day)
