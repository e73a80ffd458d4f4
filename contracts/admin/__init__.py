"""The admin of what was agreed, and what this app tells the ones below it."""

from contracts import checks  # noqa: F401  # registers itself
from contracts.admin import (  # noqa: F401  # register themselves
    annexes,
    facts,
    inbesteding,
    texts,
)
from contracts.admin.annex_waiting import objections
from contracts.admin.breaches import waiting_breaches
from contracts.admin.existing import waiting_takeovers
from contracts.admin.offers import waiting_endings, waiting_offers
from contracts.admin.signing import PROVIDERS as OF_SIGNING
from contracts.annexes.asked import consents
from contracts.breaches.deadlines import PROVIDERS as OF_BREACHES
from contracts.ending import agreements
from contracts.inbesteding import waiting
from contracts.inbesteding.known import evidence_of
from contracts.offering.deadlines import to_sign
from contracts.redivision import SORTS
from contracts.running import still_running
from contracts.signing import verify
from contracts.using import uses
from membership.deadlines import asked
from membership.leaving import notices
from membership.letters import segments
from membership.redivision.sorts import sorts
from nvsi.admin import worklist

notices.still_running.append(still_running)
sorts += SORTS
segments.instruments.append(uses)
asked.providers += (agreements, to_sign)
asked.providers += OF_BREACHES
asked.providers.append(consents)
worklist.providers += OF_SIGNING
verify.others.append(evidence_of)
worklist.providers.append(objections)
worklist.providers += (waiting_offers, waiting_takeovers, waiting_endings)
worklist.providers.append(waiting_breaches)
worklist.providers.append(waiting.inbesteding)
