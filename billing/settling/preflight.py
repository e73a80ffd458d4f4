"""What to look at before a half-year is settled: names, never a refusal. Only reads.

The refusals stand in the verbs. These are the things that a person sees and a rule
cannot judge. Source: domain 3.13 (tarief and minimum wage).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from billing.models import Period
from billing.settling.halfyear_facts import HalfyearFacts, Part
from billing.settling.outside import Standing, standing_in
from contracts.models import Coverage, Verwerkersovereenkomst
from instruments.models import MinimumWage
from membership.models import Organisation, Role
from nvsi.dutch import counted, euro, percent, short_day
from nvsi.errors import NotAllowed
from nvsi.money import ZERO


@dataclass(frozen=True)
class Finding:
    """An organisation that a check names (None: nobody's in particular), and why."""

    organisation: Organisation | None
    words: str


@dataclass(frozen=True)
class Check:
    """One line of the list: what was looked for, what it means, and what was found.

    `level` is stop (it cannot be settled so), look (judge it first) or know.
    """

    name: str
    title: str
    meaning: str
    level: str
    found: tuple[Finding, ...]

    @property
    def is_clear(self) -> bool:
        return not self.found


def run_checks(facts: HalfyearFacts) -> list[Check]:
    return [check(facts) for check in CHECKS]


def no_percentage(facts: HalfyearFacts) -> Check:
    """The arithmetic itself says which price is missing."""
    found = []
    if isinstance(facts.outcome, NotAllowed):
        words = str(facts.outcome)
        named = (holder for holder in facts.holders if str(holder) in words)
        found = [Finding(next(named, None), words)]
    return Check(
        "no_percentage",
        "Percentages ontbreken",
        "Zonder vergoeding en bijdrage is het halfjaar niet te berekenen.",
        "stop",
        tuple(found),
    )


def no_agreement(facts: HalfyearFacts) -> Check:
    """Both agreements were there on arrival; since then one may have been ended.

    The verwerkersovereenkomst is of the gemeente, or of the holder (domain rule 31).
    What was corrected to nothing needs none.
    """
    processing: dict[int, list[Any]] = defaultdict(list)
    for one in Verwerkersovereenkomst.objects.filter(
        organisation__in=[
            *(part.gemeente for part in facts.parts),
            *facts.holders,
        ]
    ):
        processing[one.organisation_id].append(one)
    found = []
    for part in facts.parts:
        dated = [*processing[part.gemeente.pk], *processing[part.holder.pk]]
        missing = _missing(part, part.coverage, dated)
        if missing:
            left = standing_in(facts.period, part.coverage)
            missing = _missing(left, part.coverage, dated) if left else []
        if missing:
            words = f"geen geldige {' en '.join(missing)} over alle dagen"
            found.append(Finding(part.gemeente, words))
    return Check(
        "no_agreement",
        "Geen geldige overeenkomst",
        "Er zijn uren op een dag waarop een van beide overeenkomsten niet geldt.",
        "stop",
        tuple(found),
    )


def _missing(
    days: Part | Standing, coverage: Coverage, processing: Iterable[Any]
) -> list[str]:
    """Which of the agreements does not hold on all these days, by name."""
    papers = {"gebruiksovereenkomst": [coverage], "verwerkersovereenkomst": processing}
    return [name for name, dated in papers.items() if not _both_days(dated, days)]


def _both_days(dated: Iterable[Any], part: Part | Standing) -> bool:
    """Whether something was in force on the first and on the last day of the lines."""
    dated = list(dated)
    return all(
        any(
            one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)
            for one in dated
        )
        for day in (part.first_day, part.last_day)
    )


def no_iban(facts: HalfyearFacts) -> Check:
    uitvoerder = facts.period.instrument.uitvoerder_on(facts.period.halfyear.last_day)
    receivers = [*facts.holders, *([uitvoerder] if facts.parts and uitvoerder else [])]
    return Check(
        "no_iban",
        "Geen rekeningnummer (IBAN)",
        "De afrekening wordt gemaakt, maar komt niet in het betaalbestand.",
        "look",
        tuple(Finding(one, "") for one in receivers if not one.iban),
    )


def no_contact(facts: HalfyearFacts) -> Check:
    roles = Role.objects.active_on(facts.today).filter(
        name=Role.Name.CONTACTPERSOON, organisation__in=facts.holders
    )
    known = set(roles.values_list("organisation_id", flat=True))
    return Check(
        "no_contact",
        "Geen contactpersoon",
        "Niemand krijgt bericht als de afrekening klaarstaat.",
        "look",
        tuple(Finding(one, "") for one in facts.holders if one.pk not in known),
    )


def below_minimum_wage(facts: HalfyearFacts) -> Check:
    found = [
        Finding(
            part.gemeente,
            f"{counted(part.below, 'regel', 'regels')}, laagste tarief "
            f"{euro(part.lowest)}",
        )
        for part in facts.parts
        if part.below
    ]
    return Check(
        "below_minimum_wage",
        "Tarief onder het minimumuurloon",
        "Een signaal voor overleg met de uitvoerder; de regels tellen mee. "
        f"{_known_wage(facts.period)}",
        "look",
        tuple(found),
    )


def _known_wage(period: Period) -> str:
    last = MinimumWage.objects.filter(starts_on__lte=period.halfyear.last_day).first()
    if last is None:
        return "Er is nog geen minimumuurloon vastgelegd."
    return f"Vergeleken met {euro(last.amount)} vanaf {short_day(last.starts_on)}."


def changed_much(facts: HalfyearFacts) -> Check:
    """New and gone are changes too; nothing is compared with a first half-year."""
    limit = Decimal(settings.NVSI_CHANGE_PCT)
    now, before = facts.omzet, facts.omzet_before
    gemeenten = sorted(now.keys() | before.keys(), key=lambda one: one.name)
    words = [_change(now.get(one), before.get(one), limit) for one in gemeenten]
    found = [
        Finding(one, said) for one, said in zip(gemeenten, words, strict=True) if said
    ]
    return Check(
        "changed_much",
        f"Meer dan {percent(limit)} anders dan het vorige halfjaar",
        "Het gaat om de bruto-omzet. Kijk of u weet waardoor dat komt.",
        "look",
        tuple(found) if before else (),
    )


def _change(now: Decimal | None, before: Decimal | None, limit: Decimal) -> str:
    """What changed, in words; empty when it is within the limit (a percentage)."""
    if now is None:
        return f"geen regels, was {euro(before or ZERO)}"
    if before is None:
        return f"nieuw, {euro(now)}"
    if abs(now - before) * 100 <= limit * abs(before):
        return ""
    step = f"van {euro(before)} naar {euro(now)}"
    if not before:
        return step
    whole = round(abs(now - before) * 100 / abs(before))
    return f"{step} ({'+' if now > before else '−'} {whole}%)"


def came_late(facts: HalfyearFacts) -> Check:
    found = [
        Finding(part.gemeente, counted(part.late, "regel", "regels"))
        for part in facts.parts
        if part.late
    ]
    return Check(
        "came_late",
        "Nagekomen regels",
        "Werk uit een halfjaar dat al gesloten was. Het telt nu mee, tegen de "
        "percentages van toen.",
        "know",
        tuple(found),
    )


CHECKS: tuple[Callable[[HalfyearFacts], Check], ...] = (
    no_percentage,
    no_agreement,
    no_iban,
    no_contact,
    below_minimum_wage,
    changed_much,
    came_late,
)
