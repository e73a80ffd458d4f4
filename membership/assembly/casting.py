"""Vote, for a member, in a vote that is open and electronic.

Who votes gave his second factor just now. An open vote may be changed until the close;
a secret one is sealed and cannot be (membership.models.ballots says why).
"""

import datetime

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.assembly.sealing import seal
from membership.assembly.speaking import may_cast, proxy_for
from membership.fresh_factor import Given
from membership.models import (
    Ballot,
    Choice,
    Entitled,
    Person,
    SealedBallot,
    Stemming,
)
from nvsi.errors import NotAllowed


@transaction.atomic
def cast(
    entitled: Entitled,
    choice: str,
    *,
    factor: Given | None,
    now: datetime.datetime,
    by: Person,
) -> Entitled:
    """Cast the votes of a member. Raises NotAllowed once it is closed, for who does not
    vote for this member, without a fresh second factor, and for a second secret vote.
    """
    vote = Stemming.objects.select_for_update(of=("self",)).get(pk=entitled.stemming_id)
    row = Entitled.objects.select_for_update(of=("self",)).get(pk=entitled.pk)
    _require_open(vote, row, now)
    if choice not in Choice.values:
        raise NotAllowed("Kies wat u stemt.", field="choice")
    if not may_cast(by, row, timezone.localdate(now)):
        raise NotAllowed(f"U stemt niet voor {row.organisation}.")
    if factor is None or not factor.is_fresh(now):
        raise NotAllowed("Bevestig eerst dat u het bent, met uw tweede stap.")
    proxy = proxy_for(row)
    if vote.is_sealed:
        _seal(vote, row, choice, by)
    else:
        _write(row, choice, now, by)
    row.has_voted, row.voted_by, row.proxy = True, by, proxy
    row.save(update_fields=["proxy"])
    return row


def _require_open(vote: Stemming, row: Entitled, now: datetime.datetime) -> None:
    if not vote.is_electronic:
        raise NotAllowed("Deze stemming is in de vergadering zelf.")
    if not vote.is_open or now < vote.opened_at:
        raise NotAllowed(f"De {vote} is {vote.get_status_display()}.")
    if not row.votes:
        raise NotAllowed(f"{row.organisation} heeft in deze stemming geen stem.")


def _seal(vote: Stemming, row: Entitled, choice: str, by: Person) -> None:
    """A sealed ballot for each vote, and the mark; nothing in the history."""
    if row.has_voted:
        raise NotAllowed(
            f"Voor {row.organisation} is al gestemd. Een geheime stem is niet te "
            "wijzigen."
        )
    _mark(row, by)
    for _vote in range(row.votes):
        SealedBallot.objects.create(stemming=vote, sealed=seal(choice, vote.public_key))


def _write(row: Entitled, choice: str, now: datetime.datetime, by: Person) -> None:
    ballot = row.ballots.first()
    if ballot is not None and (ballot.choice, ballot.by_id) == (choice, by.pk):
        return
    _mark(row, by)
    action = "voted" if ballot is None else "vote changed"
    ballot = ballot or Ballot(entitled=row)
    ballot.choice, ballot.by, ballot.at = choice, by, now
    ballot.save()
    history.record(row, action, by, choice=ballot.get_choice_display())


def _mark(row: Entitled, by: Person) -> None:
    row.has_voted, row.voted_by = True, by
    row.save(update_fields=["has_voted", "voted_by"])
