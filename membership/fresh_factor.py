"""The second factor of this session that was given last: how, and when.

Only a code of an app or a passkey counts for signing and voting: a recovery code says
that somebody lost his phone, and choosing a first app proves nothing yet.
"""

import datetime
from dataclasses import dataclass

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone

from membership.models import Person
from membership.second_factor import FACTORS

FRESH = datetime.timedelta(minutes=10)
_KINDS = {str(kind.value) for kind in FACTORS}


@dataclass(frozen=True)
class Given:
    """One second factor, as allauth noted it."""

    kind: str
    at: datetime.datetime

    def is_fresh(self, now: datetime.datetime) -> bool:
        return self.at <= now <= self.at + FRESH


def last_given(request: HttpRequest) -> Given | None:
    """None when this session never gave one that counts."""
    assert isinstance(request.user, Person)
    records = get_authentication_records(request, request.user)
    given = [
        Given(
            record["type"], datetime.datetime.fromtimestamp(record["at"], datetime.UTC)
        )
        for record in records
        if record.get("method") == "mfa" and record.get("type") in _KINDS
    ]
    return max(given, key=lambda one: one.at, default=None)


def fresh(request: HttpRequest) -> Given | None:
    """The last one, while it is fresh enough to sign or vote with."""
    given = last_given(request)
    return given if given and given.is_fresh(timezone.now()) else None
