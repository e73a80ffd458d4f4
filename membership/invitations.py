"""Invite somebody to choose a password, once, by a link that expires.

The token is Django's own: it holds the moment and dies with the first password.
"""

import datetime

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from membership import emails, history
from membership.models import Email, Person, Role
from nvsi.errors import NotAllowed

EVENT = "invitation"
LIFETIME = datetime.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def invite(person: Person, role: Role, *, by: Person | None) -> Email | None:
    """Queue the invitation; None for who can log in or has one that still works."""
    if person.has_usable_password() or person.last_login is not None:
        return None
    earlier = Email.objects.filter(event=EVENT, recipient=person.email)
    still_works = earlier.exclude(state=Email.State.FAILED).filter(
        queued_at__gt=timezone.now() - LIFETIME
    )
    if still_works.exists():
        return None
    email = emails.queue(
        EVENT,
        str(earlier.count()),
        person,
        role=role,
        link=settings.SITE_URL + _path(person),
        days=LIFETIME.days,
    )
    history.record(person, "invited", by)
    return email


@transaction.atomic
def invite_again(person: Person, *, by: Person) -> Email:
    """Invite somebody whose link expired. Raises NotAllowed when there is no need."""
    if not by.is_association:
        raise NotAllowed(f"{by.email} mag niemand uitnodigen. Dat doet het bureau.")
    role = person.roles.active_on(timezone.localdate()).order_by("pk").first()
    if role is None or not person.is_active:
        raise NotAllowed(f"{person} heeft geen rol. Geef eerst een rol.")
    email = invite(person, role, by=by)
    if email is None:
        raise NotAllowed(
            f"{person} kan al inloggen, of heeft een uitnodiging die nog werkt."
        )
    return email


def _path(person: Person) -> str:
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return reverse("invitation", kwargs={"uidb64": uid, "token": token})


def invited_person(uidb64: str, token: str) -> Person | None:
    """Whose link this is; None when it is wrong, too old or used."""
    try:
        key = int(urlsafe_base64_decode(uidb64))
    except ValueError:
        return None
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person is None or not default_token_generator.check_token(person, token):
        return None
    return person


@transaction.atomic
def choose_password(person: Person, password: str) -> None:
    """The password of who was invited; the link that led here is dead now."""
    person.set_password(password)
    person.save(update_fields=["password"])
    history.record(person, "password chosen", person)
