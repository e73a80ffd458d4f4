"""Attacks on the books in raw SQL, each with the guard that must refuse it."""

from tests.billing.attacks.after import AFTER
from tests.billing.attacks.annexes import A_CONSENT, ANNEXES
from tests.billing.attacks.applications import APPLICATIONS
from tests.billing.attacks.assemblies import ASSEMBLIES
from tests.billing.attacks.bodies import ANOTHER_SEAT, BODIES
from tests.billing.attacks.breaches import BREACHES, CLOSE, decided
from tests.billing.attacks.consultations import AN_ANSWER, CONSULTATIONS
from tests.billing.attacks.deadlines import DEADLINES
from tests.billing.attacks.destroyed import DESTROYED_UNDECIDED
from tests.billing.attacks.dossiers import DOSSIERS, NEXT_STEP, SET_ASIDE
from tests.billing.attacks.facts import (
    DATED,
    OF_HEIDEVELD,
    ORGANISATIONS,
    RATE,
    RATES,
    TERMS,
    WORKED_UNDER,
)
from tests.billing.attacks.figures import FIGURES
from tests.billing.attacks.inbesteding import INBESTEDING
from tests.billing.attacks.kas import A_RESERVATION, ANOTHER_SHARE, KAS
from tests.billing.attacks.leaving import LEAVING
from tests.billing.attacks.letters import LETTERS
from tests.billing.attacks.lines import (
    CORRECTED_AFTER_THE_END,
    LINES,
    PERIODS,
    add_line,
    amounts,
)
from tests.billing.attacks.lists import LISTS
from tests.billing.attacks.money import (
    A_PAID_ORDER,
    BANK,
    BOOKS,
    MADE,
    PAYMENTS,
    STATEMENTS,
    add_entry,
    add_postings,
)
from tests.billing.attacks.norms import NORMS, TAKEN_BACK
from tests.billing.attacks.offers import OFFERS
from tests.billing.attacks.orders import FINISHED, ORDERS
from tests.billing.attacks.people import PEOPLE
from tests.billing.attacks.productenboek import PRODUCTENBOEK
from tests.billing.attacks.questions import QUESTIONS, Q, add_question
from tests.billing.attacks.redivisions import REDIVISIONS
from tests.billing.attacks.regions import A_DUO, A_SUCCESSOR, REGIONS
from tests.billing.attacks.retention import RETENTION
from tests.billing.attacks.runs import RUNS
from tests.billing.attacks.settlements import (
    MIRRORED,
    SETTLEMENT_LINES,
    SETTLEMENTS,
    SL,
    approve_all,
    of,
    turn_back,
)
from tests.billing.attacks.signing import ANOTHER_PARTY, SIGNING
from tests.billing.attacks.sql import NEW, Attack, copy, update
from tests.billing.attacks.steering import STEERING
from tests.billing.attacks.tables import WHOLE_TABLES
from tests.billing.attacks.tariffs import AFTER_THE_PERCENTAGE_ENDED, TARIFFS
from tests.billing.attacks.uploads import (
    AGAIN_AFTER_IT_WAS_WITHDRAWN,
    ANOTHER_FILE,
    UPLOADS,
)
from tests.billing.attacks.votes import A_SECOND_COUNT, A_SECRET_VOTE, A_VOTE, VOTES
from tests.billing.attacks.wishes import DECIDED, WISHES

__all__ = ["ATTACKS", "RIGHT", "Attack"]

ATTACKS = [
    *(WHOLE_TABLES + LINES + PERIODS + RUNS + SETTLEMENTS + SETTLEMENT_LINES + BOOKS),
    *(STATEMENTS + PAYMENTS + BANK + DATED + ORGANISATIONS + RATES + QUESTIONS),
    *PEOPLE,
    *RETENTION,
    *LETTERS,
    *AFTER,
    *ANNEXES,
    *ASSEMBLIES,
    *CONSULTATIONS,
    *BODIES,
    *BREACHES,
    *(LISTS + REGIONS + WORKED_UNDER + UPLOADS + DOSSIERS + APPLICATIONS),
    *LEAVING,
    *REDIVISIONS,
    *DEADLINES,
    *DESTROYED_UNDECIDED,
    *FIGURES,
    *INBESTEDING,
    *KAS,
    *NORMS,
    *OFFERS,
    *ORDERS,
    *PRODUCTENBOEK,
    *SIGNING,
    *STEERING,
    *TARIFFS,
    *VOTES,
    *WISHES,
]

# What must pass: the same statements with nothing wrong in them.
RIGHT = {
    "an answer about annexes": A_CONSENT,
    "a reservation in the kas": A_RESERVATION,
    "a share of the kas for a half-year to come": ANOTHER_SHARE,
    "an order after the ALV decided": DECIDED,
    "an order that is finished for less": FINISHED,
    "a line in an open half-year": add_line(),
    "a line in the partition of an open half-year": add_line("billing_line_%(open)s"),
    "a late line": add_line(datum="'2025-11-03'", worked_in="20252"),
    "a line of exactly 168 hours": add_line(**amounts("168")),
    "a correction": add_line(**amounts("-168"), corrigeert_regel_id="'R1'"),
    "a correction of a day that its agreement lost": CORRECTED_AFTER_THE_END,
    "an approved half-year": approve_all(),
    "a reversal": turn_back()
    + copy(SL, of("settlement_2"), settlement_id=NEW, **MIRRORED),
    "a draft that is deleted": "DELETE FROM billing_settlementline WHERE settlement_id "
    "= %(draft)s; DELETE FROM billing_settlement WHERE id = %(draft)s;",
    "a datalek that another closes": CLOSE,
    "a decision of a college about the AP": decided("left"),
    "a signature of the other party": ANOTHER_PARTY,
    "a duo": A_DUO,
    "a vote of a member, and the close": A_VOTE,
    "a secret vote that is closed": A_SECRET_VOTE,
    "a vote on paper that another counts too": A_SECOND_COUNT,
    "a kader that is taken back before it begins": TAKEN_BACK,
    "a tariff after the percentage ended": AFTER_THE_PERCENTAGE_ENDED,
    "another voorzitter from the next day on": ANOTHER_SEAT,
    "an answer of a member, and a later one": AN_ANSWER,
    "another aanspreekpunt from the next day on": A_SUCCESSOR,
    "a payment for an order": A_PAID_ORDER,
    "an entry": add_entry() + add_postings(("1", "0"), ("0", "1")),
    "a statement that is made": MADE,
    "a question about a line": add_question(),
    "a question that is asked again": update(Q, "answered", "status = 'open'"),
    "the next step of a dossier": NEXT_STEP,
    "a step that is set aside": SET_ASIDE,
    "another upload": ANOTHER_FILE,
    "an upload after it was withdrawn": AGAIN_AFTER_IT_WAS_WITHDRAWN,
    "terms for a half-year to come": copy(
        TERMS, OF_HEIDEVELD, from_halfyear="20261", vergoeding_pct="25"
    ),
    "a contribution for a half-year to come": copy(
        RATE, "instrument_id = %(flexensie)s", from_halfyear="20261"
    ),
}
