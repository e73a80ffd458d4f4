"""The steps of a verbeterwens: which follows which, who takes it, where it is. Pure.

Source: seed 001, Doorontwikkeling. The same table stands in the database (a trigger),
for what comes in by another way; a test compares the two.
"""

from collections.abc import Mapping

from django.db.models import TextChoices


class Step(TextChoices):
    """What was done with a wens. It was handed in before the first of these."""

    TAKEN_UP = "taken_up", "in behandeling genomen"
    VALIDATED = "validated", "gevalideerd"
    PRIORITISED = "prioritised", "geprioriteerd"
    FROM_KAS = "from_kas", "te betalen uit de innovatiekas"
    OTHER_MONEY = "other_money", "nieuwe functionaliteit, ander geld nodig"
    PROPOSED = "proposed", "voorstel bij het bestuur"
    SENT_BACK = "sent_back", "teruggestuurd door het bestuur"
    AGREED = "agreed", "akkoord van het bestuur"
    ADOPTED = "adopted", "aangenomen door de ALV"
    REJECTED = "rejected", "verworpen door de ALV"
    ORDERED = "ordered", "opdracht gegeven"
    DELIVERED = "delivered", "opgeleverd"
    RETURNED = "returned", "nog niet aanvaard"
    ACCEPTED = "accepted", "aanvaard"
    REPORTED = "reported", "teruggemeld"
    DECLINED = "declined", "afgewezen"
    MERGED = "merged", "samengevoegd"
    WITHDRAWN = "withdrawn", "ingetrokken"


class Party(TextChoices):
    """Who takes a step: one of these, each with its own way to be it."""

    ASKER = "asker", "de organisatie die de wens indiende"
    REGIEGROEP = "regiegroep", "de regiegroep"
    LEADING = "leading", "de voorzitter of secretaris van de regiegroep"
    UITVOERDER = "uitvoerder", "de uitvoerder"
    BESTUUR = "bestuur", "het bestuur"
    BUREAU = "bureau", "het bureau of het bestuur, na het besluit van de ALV"


class Stage(TextChoices):
    """Where a wens is, for who looks at many; in the order of the road."""

    HANDED_IN = "ingediend", "Ingediend"
    WEIGHED = "in_behandeling", "In behandeling"
    VALIDATED = "gevalideerd", "Gevalideerd"
    PRIORITISED = "geprioriteerd", "Geprioriteerd"
    FINANCED = "geld", "Geld zoeken"
    BESTUUR = "bestuur", "Bij het bestuur"
    ALV = "alv", "Bij de ALV"
    DECIDED = "besloten", "Besloten"
    BUILT = "uitvoering", "In uitvoering"
    DELIVERED = "opgeleverd", "Opgeleverd"
    DONE = "klaar", "Klaar"
    ENDED = "niet_doorgegaan", "Niet doorgegaan"


_AWAY = (Step.DECLINED, Step.WITHDRAWN)
MONEY = (Step.FROM_KAS, Step.OTHER_MONEY)

# Which steps may follow on which; the first row is of a wens that was only handed in.
FOLLOWS: Mapping[str, tuple[Step, ...]] = {
    "": (Step.TAKEN_UP, Step.MERGED, *_AWAY),
    Step.TAKEN_UP: (Step.VALIDATED, Step.MERGED, *_AWAY),
    Step.VALIDATED: (Step.PRIORITISED, Step.VALIDATED, Step.MERGED, *_AWAY),
    Step.PRIORITISED: (*MONEY, Step.PRIORITISED, Step.MERGED, *_AWAY),
    Step.FROM_KAS: (Step.PROPOSED, Step.OTHER_MONEY, *_AWAY),
    Step.OTHER_MONEY: (Step.PROPOSED, Step.FROM_KAS, *_AWAY),
    Step.PROPOSED: (Step.AGREED, Step.SENT_BACK, Step.DECLINED),
    Step.SENT_BACK: (Step.PROPOSED, *MONEY, *_AWAY),
    Step.AGREED: (Step.ADOPTED, Step.REJECTED, Step.ORDERED, Step.WITHDRAWN),
    Step.ADOPTED: (Step.ORDERED, Step.WITHDRAWN),
    Step.REJECTED: (),
    Step.ORDERED: (Step.DELIVERED, Step.WITHDRAWN),
    Step.DELIVERED: (Step.ACCEPTED, Step.RETURNED),
    Step.RETURNED: (Step.DELIVERED, Step.WITHDRAWN),
    Step.ACCEPTED: (Step.REPORTED,),
    Step.REPORTED: (),
    Step.DECLINED: (),
    Step.MERGED: (),
    Step.WITHDRAWN: (),
}
_BY: Mapping[Step, Party] = {
    Step.TAKEN_UP: Party.REGIEGROEP,
    Step.VALIDATED: Party.UITVOERDER,
    Step.PRIORITISED: Party.LEADING,
    Step.FROM_KAS: Party.LEADING,
    Step.OTHER_MONEY: Party.LEADING,
    Step.PROPOSED: Party.LEADING,
    Step.SENT_BACK: Party.BESTUUR,
    Step.AGREED: Party.BESTUUR,
    Step.ADOPTED: Party.BUREAU,
    Step.REJECTED: Party.BUREAU,
    Step.ORDERED: Party.BESTUUR,
    Step.DELIVERED: Party.UITVOERDER,
    Step.RETURNED: Party.LEADING,
    Step.ACCEPTED: Party.LEADING,
    Step.REPORTED: Party.REGIEGROEP,
    Step.MERGED: Party.LEADING,
}
_STAGES: Mapping[str, Stage] = {
    "": Stage.HANDED_IN,
    Step.TAKEN_UP: Stage.WEIGHED,
    Step.VALIDATED: Stage.VALIDATED,
    Step.PRIORITISED: Stage.PRIORITISED,
    Step.FROM_KAS: Stage.FINANCED,
    Step.OTHER_MONEY: Stage.FINANCED,
    Step.SENT_BACK: Stage.FINANCED,
    Step.PROPOSED: Stage.BESTUUR,
    Step.ADOPTED: Stage.DECIDED,
    Step.ORDERED: Stage.BUILT,
    Step.RETURNED: Stage.BUILT,
    Step.DELIVERED: Stage.DELIVERED,
    Step.ACCEPTED: Stage.DONE,
    Step.REPORTED: Stage.DONE,
}
# From here on a decision was taken, and only the bestuur may still take it back.
_AFTER_THE_AKKOORD = (Step.AGREED, Step.ADOPTED, Step.ORDERED, Step.RETURNED)
# A wens at one of these is done with, or will never be built.
OVER = (
    *(Step.ACCEPTED, Step.REPORTED, Step.REJECTED),
    *(Step.DECLINED, Step.MERGED, Step.WITHDRAWN),
)
# While a wens waits at one of these, its place in the order of the regiegroep counts.
IN_ORDER = (Step.PRIORITISED, Step.FROM_KAS, Step.OTHER_MONEY, Step.SENT_BACK)
# Taken by itself when the ALV votes in the portal.
OF_THE_ALV = (Step.ADOPTED, Step.REJECTED)
# What a regiegroep decides, and keeps in the list of its decisions.
DECISIONS = (
    *(Step.PRIORITISED, Step.FROM_KAS, Step.OTHER_MONEY, Step.PROPOSED),
    *(Step.ACCEPTED, Step.RETURNED, Step.DECLINED, Step.MERGED),
)


def next_steps(last: str, *, needs_alv: bool) -> tuple[Step, ...]:
    """What may follow on the last step; needs_alv says whether the ALV must decide."""
    if last != Step.AGREED:
        return FOLLOWS[last]
    not_now = (Step.ORDERED,) if needs_alv else (Step.ADOPTED, Step.REJECTED)
    return tuple(step for step in FOLLOWS[last] if step not in not_now)


def party_for(step: Step, last: str) -> Party:
    """Who takes this step after that one."""
    if step == Step.DECLINED:
        return Party.BESTUUR if last == Step.PROPOSED else Party.LEADING
    if step == Step.WITHDRAWN:
        return Party.BESTUUR if last in _AFTER_THE_AKKOORD else Party.ASKER
    return _BY[step]


def stage_of(last: str, *, needs_alv: bool) -> Stage:
    """Where a wens is, by its last step ('' when it was only handed in)."""
    if last == Step.AGREED:
        return Stage.ALV if needs_alv else Stage.DECIDED
    return _STAGES.get(last, Stage.ENDED)
