"""Close a datalek, by two people: one proposes, another looks and closes.

Closed, it stands: what comes up later is recorded after it was reopened.
"""

import datetime

from django.db import transaction

from contracts.breaches.reading import Known
from contracts.breaches.recording import BUREAU, add_entry, held, hold
from contracts.breaches.rules import Kind, Stage
from contracts.models.breach_facts import BreachEntry
from contracts.models.breaches import Breach
from membership.models import Person
from nvsi.errors import NotAllowed


@transaction.atomic
def propose(
    breach: Breach, outcome: str, *, words: str, now: datetime.datetime, by: Person
) -> BreachEntry:
    """It can be closed, with this conclusion. Raises NotAllowed while a college was not
    told, or nobody knows whether the AP gets a report."""
    known = hold(breach, by)
    if known.stage == Stage.CLOSING:
        raise NotAllowed("Afsluiten is al voorgesteld.")
    _require_done(known, outcome)
    if not words.strip():
        raise NotAllowed("Schrijf een conclusie.", field="words")
    return add_entry(
        known.breach, Kind.CLOSING, outcome=outcome, words=words, at=now, now=now, by=by
    )


@transaction.atomic
def close(breach: Breach, *, now: datetime.datetime, by: Person) -> BreachEntry:
    """Somebody else than who proposed it looked too. Raises NotAllowed otherwise."""
    known = hold(breach, by)
    proposal = _proposal(known)
    if proposal.by_id == by.pk:
        raise NotAllowed("Wie voorstelt om af te sluiten, sluit niet zelf af.")
    _require_done(known, proposal.outcome)
    return add_entry(known.breach, Kind.CLOSED, at=now, now=now, by=by)


@transaction.atomic
def keep_open(
    breach: Breach, *, words: str, now: datetime.datetime, by: Person
) -> BreachEntry:
    """It is not done yet: say why. The proposal is off."""
    known = hold(breach, by)
    _proposal(known)
    if not words.strip():
        raise NotAllowed("Schrijf wat er nog moet gebeuren.", field="words")
    return add_entry(known.breach, Kind.KEPT_OPEN, words=words, at=now, now=now, by=by)


@transaction.atomic
def reopen(
    breach: Breach, *, words: str, now: datetime.datetime, by: Person
) -> BreachEntry:
    """Something came up after it was closed."""
    if not by.has_role(*BUREAU):
        raise NotAllowed("Over een datalek gaan het bureau en het bestuur.")
    known = held(breach)
    if not known.is_closed:
        raise NotAllowed("Dit datalek is niet afgesloten.")
    if not words.strip():
        raise NotAllowed("Schrijf waarom het weer opengaat.", field="words")
    return add_entry(known.breach, Kind.REOPENED, words=words, at=now, now=now, by=by)


def _proposal(known: Known) -> BreachEntry:
    if known.proposal is None:
        raise NotAllowed("Nog niemand stelde voor om dit datalek af te sluiten.")
    return known.proposal


def _require_done(known: Known, outcome: str) -> None:
    if missing := known.to_do(outcome):
        raise NotAllowed(" ".join(missing))
