"""Count a vote and close it: its outcome, and the decision that follows from it.

An electronic vote is counted by the portal. What was voted on paper or by hands is
counted by one and checked by another, who types in the counts himself.
"""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.assembly import adopting, amending, sealing
from membership.assembly.counting import Counts, Outcome, Verdict, outcome
from membership.assembly.entitling import freeze_list
from membership.models import (
    Ballot,
    Beslispunt,
    Entitled,
    Person,
    Role,
    Stemming,
)
from membership.models.votes import COUNTED
from nvsi.dutch import day
from nvsi.errors import NotAllowed

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
Status = Stemming.Status
DECIDES: dict[Verdict, Callable[[Beslispunt, str, Person], object]] = {
    Verdict.ADOPTED: adopting.adopt,
    Verdict.REJECTED: adopting.reject,
    Verdict.NO_QUORUM: adopting.leave_open,
}


@transaction.atomic
def close(
    stemming: Stemming, *, now: datetime.datetime, by: Person, code: str = ""
) -> Outcome:
    """Count the ballots of an electronic vote; a secret one with the code of who opened
    it, and its ballots are gone then. Raises NotAllowed before the ALV, for another
    code, and for a vote in the room."""
    vote = _locked(stemming, by, now)
    _require(vote, Status.OPEN)
    if not vote.is_electronic:
        raise NotAllowed("Vul in wat er is geteld; een ander controleert.")
    rows = freeze_list(vote, timezone.localdate(now))
    counts = _opened(vote, code) if vote.is_sealed else _counted(rows)
    return _finish(vote, counts, rows, now, by)


@transaction.atomic
def enter_counts(
    stemming: Stemming, counts: Counts, *, now: datetime.datetime, by: Person
) -> Stemming:
    """What one counted in the room, of who is there now: who leaves before another
    counted voted all the same. Raises NotAllowed for more votes than are there."""
    vote = _locked(stemming, by, now)
    _require(vote, Status.OPEN)
    if vote.is_electronic:
        raise NotAllowed("Een elektronische stemming telt het portaal zelf.")
    rows = freeze_list(vote, timezone.localdate(now))
    _require_votes(counts, _present(rows))
    for name in COUNTED:
        setattr(vote, name, getattr(counts, name))
    vote.counted_by, vote.status = by, Status.COUNTED
    vote.save(update_fields=[*COUNTED, "counted_by", "status"])
    history.record(vote, "vote counted", by)
    return vote


@transaction.atomic
def check_counts(
    stemming: Stemming, counts: Counts, *, now: datetime.datetime, by: Person
) -> Outcome:
    """What another counted: the same, and the vote is closed.

    Raises NotAllowed for who counted first, and when the two differ: count again.
    """
    vote = _locked(stemming, by, now)
    _require(vote, Status.COUNTED)
    if vote.counted_by_id == by.pk:
        raise NotAllowed("Een ander dan wie telde, controleert de telling.")
    if counts != vote.counts:
        raise NotAllowed(
            "Dit is niet wat de eerste teller invulde. Tel samen opnieuw, en begin met "
            "'Opnieuw tellen'."
        )
    return _finish(vote, counts, list(vote.entitled.all()), now, by)


@transaction.atomic
def count_again(stemming: Stemming, *, now: datetime.datetime, by: Person) -> None:
    """Two counts differ: the first goes."""
    vote = _locked(stemming, by, now)
    _require(vote, Status.COUNTED)
    for name in (*COUNTED, "counted_by"):
        setattr(vote, name, None)
    vote.status = Status.OPEN
    vote.save(update_fields=[*COUNTED, "counted_by", "status"])
    history.record(vote, "counted>open", by)


@transaction.atomic
def annul(stemming: Stemming, *, reason: str, by: Person) -> None:
    """It was held wrong, or its code is lost: it counts for nothing, and can be held
    again. Raises NotAllowed once it is closed."""
    _require_bureau(by)
    vote = Stemming.objects.select_for_update(of=("self",)).get(pk=stemming.pk)
    if vote.status not in (Status.OPEN, Status.COUNTED):
        raise NotAllowed(f"De {vote} is {vote.get_status_display()}.")
    if not reason.strip():
        raise NotAllowed("Geef de reden; de leden lezen die.", field="reason")
    before = vote.status
    vote.status, vote.reason = Status.ANNULLED, reason
    vote.save(update_fields=["status", "reason"])
    vote.sealed_ballots.all().delete()
    history.record(vote, f"{before}>annulled", by, reason=reason)


def _finish(
    vote: Stemming,
    counts: Counts,
    rows: list[Entitled],
    now: datetime.datetime,
    by: Person,
) -> Outcome:
    """Write down what it came to, and let the decision follow."""
    entitled, present = sum(row.votes for row in rows), _present(rows)
    _require_votes(counts, present)
    found = outcome(vote.rule.rule, counts, entitled=entitled, present=present)
    for name in COUNTED:
        setattr(vote, name, getattr(counts, name))
    vote.entitled_votes, vote.present_votes = entitled, present
    vote.verdict, vote.sentence = found.verdict.value, found.sentence
    vote.status, vote.closed_at, vote.closed_by = Status.CLOSED, now, by
    vote.save()
    vote.sealed_ballots.all().delete()
    history.record(vote, "vote closed", by, sentence=found.sentence)
    _settle(vote, found, now, by)
    return found


def _settle(vote: Stemming, found: Outcome, now: datetime.datetime, by: Person) -> None:
    if vote.beslispunt is not None:
        DECIDES[found.verdict](vote.beslispunt, found.sentence, by)
        return
    assert vote.amendement is not None
    if found.is_adopted:
        amending.adopt_amendement(vote.amendement, now=now, by=by)
    else:
        amending.reject_amendement(vote.amendement, now=now, by=by)


def _counted(rows: list[Entitled]) -> Counts:
    """The ballots of who has votes, each with the weight of its member."""
    weight = {row.pk: row.votes for row in rows}
    sums = dict.fromkeys(COUNTED, 0)
    for key, choice in Ballot.objects.filter(entitled__in=weight).values_list(
        "entitled", "choice"
    ):
        sums[choice] += weight[key]
    return Counts(**sums)


def _opened(vote: Stemming, code: str) -> Counts:
    """All sealed ballots at once; only their sum leaves this function."""
    sums = dict.fromkeys(COUNTED, 0)
    try:
        if sealing.public_key(code) != vote.public_key:
            raise sealing.WrongCode
        for sealed in vote.sealed_ballots.values_list("sealed", flat=True):
            sums[sealing.unseal(bytes(sealed), code)] += 1
    except sealing.WrongCode:
        raise NotAllowed(
            "Dit is niet de sleutel van deze stembus.", field="code"
        ) from None
    return Counts(**sums)


def _locked(stemming: Stemming, by: Person, now: datetime.datetime) -> Stemming:
    _require_bureau(by)
    rows = Stemming.objects.select_related(
        "rule",
        "assembly",
        "beslispunt__voorstel",
        "amendement__beslispunt__voorstel",
    )
    vote = rows.select_for_update(of=("self",)).get(pk=stemming.pk)
    if now < vote.assembly.starts_at:
        raise NotAllowed(
            f"Tellen is in de ALV, op {day(vote.assembly.on)}. Tot dan kunnen leden "
            "stemmen."
        )
    return vote


def _require_bureau(by: Person) -> None:
    if not by.has_role(*BUREAU):
        raise NotAllowed("Tellen doen het bureau en het bestuur.")


def _require(vote: Stemming, status: str) -> None:
    if vote.status != status:
        raise NotAllowed(f"De {vote} is {vote.get_status_display()}.")


def _present(rows: list[Entitled]) -> int:
    return sum(row.votes for row in rows if row.is_present)


def _require_votes(counts: Counts, present: int) -> None:
    if counts.total > present:
        raise NotAllowed(
            f"U telde {counts.total} stemmen, en er zijn er {present} aanwezig of "
            "vertegenwoordigd. Werk eerst de presentielijst bij, of tel opnieuw."
        )
