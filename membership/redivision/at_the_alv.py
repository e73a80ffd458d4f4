"""What a dissolved gemeente brings before the ALV: its volmachten, a voorstel and an
initiatief that wait.

A volmacht is between two members and lapses; a voorstel goes on only when the
successor takes it over. What is on an agenda already is of the ALV, and stays there.
"""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from membership.assembly import handing_in, initiating, proxies
from membership.models import (
    Assembly,
    Initiative,
    InitiativeSupport,
    MemberVoorstel,
    Organisation,
    Proxy,
)
from membership.redivision.outcomes import Outcome
from membership.redivision.sorts import Move, Sort
from nvsi.dutch import day as in_words


def _proxies(gemeente: Organisation, day: datetime.date) -> QuerySet[Any]:
    """Given or held, for an ALV on a day on which it is not there any more."""
    rows = Proxy.objects.running().filter(
        Q(organisation=gemeente) | Q(of_member=gemeente),
        assembly__status=Assembly.Status.CONVENED,
        assembly__starts_at__date__gte=day,
    )
    return rows.select_related("assembly", "organisation", "of_member", "holder")


def _lapse(row: Proxy, move: Move) -> None:
    why = (
        f"{capfirst(str(move.gemeente))} gaat per {in_words(move.first_day)} op in "
        f"{move.successor}, en is er op de dag van de ALV niet meer."
    )
    proxies.lapse(row, reason=why, now=timezone.now(), by=move.by)


def _voorstellen(gemeente: Organisation, day: datetime.date) -> QuerySet[Any]:
    """That the bestuur did not answer, for an ALV on a day from this one on."""
    rows = MemberVoorstel.objects.waiting().filter(
        organisation=gemeente, assembly__starts_at__date__gte=day
    )
    return rows.select_related("assembly")


def _hand_voorstel(row: MemberVoorstel, move: Move) -> None:
    handing_in.hand_over(row, move.successor, by=move.by)


def _end_voorstel(row: MemberVoorstel, move: Move) -> None:
    handing_in.lapse(row, now=timezone.now(), by=move.by)


def _initiatives(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    return Initiative.objects.gathering().filter(organisation=gemeente)


def _hand_initiative(row: Initiative, move: Move) -> None:
    initiating.hand_over(row, move.successor, now=timezone.now(), by=move.by)


def _end_initiative(row: Initiative, move: Move) -> None:
    initiating.lapse(row, now=timezone.now(), by=move.by)


def _supports(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    """Of initiatieven of others."""
    rows = InitiativeSupport.objects.filter(
        organisation=gemeente, initiative__in=Initiative.objects.gathering()
    )
    others = rows.exclude(initiative__organisation=gemeente)
    return others.select_related("initiative")


def _leave_out(row: InitiativeSupport, move: Move) -> None:
    initiating.leave_out(row, by=move.by)


OVER, ENDS = Outcome.GOES_OVER, Outcome.ENDS
SORTS = [
    Sort(
        name="proxy",
        label="Volmacht",
        model=Proxy,
        find=_proxies,
        tell=lambda row: (
            f"van {row.organisation} aan {row.of_member or row.holder}, voor "
            f"{row.assembly}"
        ),
        acts={ENDS: _lapse},
        more="De volmacht vervalt vandaag; wie haar gaf en wie haar heeft, lezen dat. "
        "De opvolger geeft zo nodig zelf een volmacht.",
        at_once=True,
    ),
    Sort(
        name="member-voorstel",
        label="Voorstel voor de ALV",
        model=MemberVoorstel,
        find=_voorstellen,
        tell=lambda row: f"{row}, voor {row.assembly}",
        acts={OVER: _hand_voorstel, ENDS: _end_voorstel},
        more="Overgaan kan als de opvolger het voorstel overneemt, en op de "
        "dag van de ALV lid is. Een voorstel dat al op een agenda staat, blijft daar.",
        at_once=True,
    ),
    Sort(
        name="initiative",
        label="Initiatief voor een ALV",
        model=Initiative,
        find=_initiatives,
        tell=str,
        acts={OVER: _hand_initiative, ENDS: _end_initiative},
        more="Overgaan kan als de opvolger het initiatief overneemt, en nu lid is.",
        at_once=True,
    ),
    Sort(
        name="initiative-support",
        label="Doet mee aan een initiatief",
        model=InitiativeSupport,
        find=_supports,
        tell=lambda row: str(row.initiative),
        acts={ENDS: _leave_out},
        more="De gemeente doet vanaf vandaag niet meer mee. De opvolger doet zo nodig "
        "zelf mee, in het portaal.",
        at_once=True,
    ),
]
