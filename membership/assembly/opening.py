"""Put a beslispunt or an amendement to the vote.

Advance votes come from the thirtieth day before the ALV on; a secret vote, and one in
the room, is held in the ALV itself. Source: BW2 art. 38 lid 6 to 8; domain rule 23.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.assembly import sealing
from membership.assembly.entitling import write_list
from membership.assembly.speaking import speakers_of
from membership.models import (
    Amendement,
    Assembly,
    Beslispunt,
    Person,
    Role,
    Stemming,
    VotingRule,
)
from membership.models.voting_rules import AMENDEMENT
from nvsi.dutch import day
from nvsi.errors import NotAllowed

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
ADVANCE = datetime.timedelta(days=30)
Method = Stemming.Method


@transaction.atomic
def open_vote(
    point: Beslispunt,
    *,
    method: str,
    is_secret: bool = False,
    code: str = "",
    amendement: Amendement | None = None,
    now: datetime.datetime,
    by: Person,
) -> Stemming:
    """On a beslispunt, or on an amendement to it. `code` is that of a secret electronic
    vote: who opens it keeps it, and the portal does not.

    Raises NotAllowed for who may not, for a rule that nobody wrote down or that does
    not allow it, too soon, and while something must be voted on first.
    """
    if not by.has_role(*BUREAU):
        raise NotAllowed("Een stemming openen het bureau en het bestuur.")
    voorstel = point.voorstel
    assembly = Assembly.objects.select_for_update(of=("self",)).get(
        pk=voorstel.assembly_id
    )
    point = Beslispunt.objects.select_for_update(of=("self",)).get(pk=point.pk)
    _require_on_agenda(assembly, point, amendement)
    is_electronic = method == Method.ELECTRONIC
    kind = AMENDEMENT if amendement else voorstel.kind
    rule = _rule_of(kind, assembly, electronic=is_electronic)
    _require_time(assembly, now, early=is_electronic and not is_secret)
    vote = Stemming(
        assembly=assembly,
        beslispunt=None if amendement else point,
        amendement=amendement,
        rule=rule,
        method=method,
        is_secret=is_secret,
        public_key=_key(code) if is_electronic and is_secret else "",
        opened_at=now,
        opened_by=by,
    )
    vote.save()
    votes = write_list(vote, timezone.localdate(now))
    if not votes:
        raise NotAllowed("Er is geen lid met een stem.")
    how = vote.get_method_display()
    history.record(vote, "vote opened", by, how=how, secret=is_secret)
    if is_electronic:
        tell_voters(vote)
    return vote


def tell_voters(vote: Stemming) -> None:
    """Who speaks for a member reads that it can vote now, each once."""
    today = timezone.localdate()
    people: dict[int, Person] = {}
    for row in vote.entitled.voting().select_related("organisation"):
        people |= {one.pk: one for one in speakers_of(row.organisation, today)}
    page = f"{settings.SITE_URL}{reverse('vote-detail', args=[vote.pk])}"
    emails.queue_all(
        "vote_opened",
        str(vote.pk),
        people.values(),
        vote=vote,
        assembly=vote.assembly,
        page=page,
    )
    emails.send_soon()


def _require_on_agenda(
    assembly: Assembly, point: Beslispunt, amendement: Amendement | None
) -> None:
    if not assembly.is_convened:
        raise NotAllowed(f"{assembly} is {assembly.get_status_display()}.")
    if point.voorstel.is_withdrawn or not point.is_open:
        raise NotAllowed(f"Over {point} wordt niet meer gestemd.")
    if amendement is None:
        _require_free(point)
    else:
        _require_amendement_free(point, amendement)


def _require_free(point: Beslispunt) -> None:
    if point.stemmingen.standing().exists():
        raise NotAllowed(f"Over {point} is al een stemming.")
    if first := point.amendementen.open().first():
        raise NotAllowed(f"Stem eerst over {first}, of laat het overnemen.")


def _require_amendement_free(point: Beslispunt, amendement: Amendement) -> None:
    if amendement.status != Amendement.Status.INGEDIEND:
        raise NotAllowed(f"Het {amendement} is {amendement.get_status_display()}.")
    if point.stemmingen.standing().exists():
        raise NotAllowed(f"Over {point} wordt al gestemd.")
    others = Stemming.objects.filter(amendement__beslispunt=point)
    if others.filter(status__in=["open", "counted"]).exists():
        raise NotAllowed("Sluit eerst de stemming over het andere amendement.")


def _rule_of(kind: str, assembly: Assembly, *, electronic: bool) -> VotingRule:
    rule = VotingRule.objects.of(kind, assembly.on)
    if rule is None:
        raise NotAllowed(
            f"Er is geen regel voor een stemming over: {kind}. Leg die eerst vast."
        )
    if electronic and not rule.electronic:
        raise NotAllowed(
            "Elektronisch stemmen mag alleen als de statuten dat toestaan. Zo staat "
            f"het nu niet in de regel voor dit soort stemming ({rule.article}).",
            field="method",
        )
    return rule


def _require_time(assembly: Assembly, now: datetime.datetime, *, early: bool) -> None:
    if now >= assembly.starts_at:
        return
    if not early:
        raise NotAllowed(
            f"Deze stemming is in de ALV zelf, op {day(assembly.on)}. Alleen een "
            "elektronische stemming die niet geheim is, kan eerder open."
        )
    first = assembly.on - ADVANCE
    if timezone.localdate(now) < first:
        raise NotAllowed(
            f"Vooraf stemmen kan vanaf de dertigste dag voor de ALV: {day(first)}."
        )
    if assembly.takes_amendements_at(now):
        raise NotAllowed("Leden kunnen nog amendementen indienen. Open daarna.")


def _key(code: str) -> str:
    try:
        return sealing.public_key(code)
    except sealing.WrongCode:
        raise NotAllowed("Dit is geen sleutel van een stembus.", field="code") from None
