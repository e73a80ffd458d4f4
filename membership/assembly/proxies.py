"""Give a volmacht, write one down that came on paper, and revoke it.

Source: BW2 art. 38 lid 4 and 5 (in writing, also electronically); domain rule 22. The
number that one may hold is a rule of the association, kept as data.
"""

import datetime

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from membership import emails, history
from membership.admission.evidence import JPEG, PDF, PNG, check
from membership.assembly.entitling import votes_on
from membership.assembly.speaking import represents, speakers_of
from membership.consultation.people import READERS, who_has
from membership.models import (
    Assembly,
    Organisation,
    Person,
    Proxy,
    Role,
    Voorstel,
    VoorstelKind,
    VotingRule,
)
from membership.redivision.gone import dissolution_of, gone_into
from nvsi.dutch import counted
from nvsi.errors import NotAllowed, refused_in_words

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
SCANS = (PDF, PNG, JPEG)


def can_hold(organisation: Organisation, by: Person | None) -> list[Person]:
    """The people of a member to whom it can give its vote; never who gives it."""
    own = who_has(organisation, *READERS, on=timezone.localdate())
    return [person for person in own if person != by]


def other_members(organisation: Organisation) -> list[Organisation]:
    """The members to which it can give its vote: those that have one themselves."""
    votes = votes_on(timezone.localdate(), 1)
    return [one for one, count in votes.items() if count and one != organisation]


@transaction.atomic
def give(
    assembly: Assembly,
    organisation: Organisation,
    *,
    holder: Person | None,
    of_member: Organisation | None,
    voorstel: Voorstel | None,
    now: datetime.datetime,
    by: Person,
) -> Proxy:
    """In the portal, by who speaks for a member; the record is the writing.

    Raises NotAllowed for who does not speak for it, to whom it cannot go, and beyond
    the number that one may hold.
    """
    if not represents(by, organisation.pk, timezone.localdate(now)):
        raise NotAllowed(
            f"Een volmacht van {organisation} geeft een ondertekenaar, of wie daarvoor "
            "een mandaat heeft."
        )
    if holder is not None and holder not in can_hold(organisation, by):
        raise NotAllowed("Kies een collega uit de lijst.", field="to")
    proxy = Proxy(
        assembly=assembly,
        organisation=organisation,
        holder=holder,
        of_member=of_member,
        voorstel=voorstel,
        given_by=by,
        given_at=now,
    )
    return _keep(proxy, by)


@transaction.atomic
def record_on_paper(
    assembly: Assembly,
    organisation: Organisation,
    *,
    holder: Person | None,
    of_member: Organisation | None,
    file: "File[bytes]",
    now: datetime.datetime,
    by: Person,
) -> Proxy:
    """A signed volmacht that came to the bureau, with its scan. As give."""
    if not by.has_role(*BUREAU):
        raise NotAllowed("Volmachten op papier legt het bureau vast.")
    checked = check(file, SCANS, field="scan")
    proxy = Proxy(
        assembly=assembly,
        organisation=organisation,
        holder=holder,
        of_member=of_member,
        given_by=by,
        given_at=now,
        on_paper=True,
        content=checked.content,
        file_name=checked.file_name,
        media_type=checked.media_type,
        sha256=checked.sha256,
    )
    return _keep(proxy, by)


@transaction.atomic
def revoke(proxy: Proxy, *, now: datetime.datetime, by: Person) -> Proxy:
    """It counts no more, from now on; what was voted with it stands.

    Raises NotAllowed for who does not speak for the member, and after the ALV.
    """
    _convened(proxy.assembly)
    row = Proxy.objects.select_for_update(of=("self",)).get(pk=proxy.pk)
    own = represents(by, row.organisation_id, timezone.localdate(now))
    if not (own or by.has_role(*BUREAU)):
        raise NotAllowed("Een volmacht trekt in wie haar gaf, of het bureau.")
    if not row.is_running:
        raise NotAllowed("Deze volmacht is al ingetrokken.")
    _end(row, now, by)
    _tell("proxy_revoked", row)
    return row


@transaction.atomic
def lapse(proxy: Proxy, *, reason: str, now: datetime.datetime, by: Person) -> Proxy:
    """It counts no more, since who gave it or would vote with it is not there on the
    day of the ALV. Both read why."""
    _convened(proxy.assembly)
    row = Proxy.objects.select_for_update(of=("self",)).get(pk=proxy.pk)
    _end(row, now, by, reason=reason)
    holders = _voting_with(row)
    givers = speakers_of(row.organisation, timezone.localdate(now))
    page = reverse("assembly-proxy", args=[row.assembly_id])
    emails.queue_all(
        "proxy_lapsed",
        str(row.pk),
        list(dict.fromkeys([*givers, *holders])),
        proxy=row,
        assembly=row.assembly,
        reason=reason,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
    return row


def _end(row: Proxy, now: datetime.datetime, by: Person, **facts: str) -> None:
    row.revoked_at, row.revoked_by = now, by
    row.save(update_fields=["revoked_at", "revoked_by"])
    history.record(row, "proxy revoked", by, **facts)


def _keep(proxy: Proxy, by: Person) -> Proxy:
    """Check and save, one at a time for each ALV, so that a limit is a limit."""
    _convened(proxy.assembly)
    for one in filter(None, (proxy.organisation, proxy.of_member)):
        _require_there_then(one, proxy.assembly)
    votes = votes_on(timezone.localdate(proxy.given_at), 1)
    if not votes.get(proxy.organisation):
        raise NotAllowed(f"{proxy.organisation} heeft nu geen stem in de ALV.")
    if proxy.of_member is not None and not votes.get(proxy.of_member):
        raise NotAllowed(f"{proxy.of_member} heeft zelf geen stem.", field="to")
    if proxy.voorstel and proxy.voorstel.assembly_id != proxy.assembly_id:
        raise NotAllowed("Dit voorstel is niet van deze ALV.", field="voorstel")
    _require_room(proxy)
    with refused_in_words():
        proxy.full_clean()
    proxy.save()
    history.record(proxy, "proxy given", by, on_paper=proxy.on_paper)
    _tell("proxy_given", proxy)
    return proxy


def _require_there_then(organisation: Organisation, assembly: Assembly) -> None:
    found = dissolution_of(organisation)
    if found and found.redivision.starts_on <= assembly.on:
        raise NotAllowed(
            f"{organisation} {gone_into(found)}, en is er op de dag van de ALV niet "
            "meer.",
            field="to",
        )


def _require_room(proxy: Proxy) -> None:
    """Of whom another member already gave one; what this one gave before is the same
    volmacht, for another voorstel."""
    rule = _strictest(proxy)
    if rule is None or rule.proxies_per_person is None:
        return
    most = rule.proxies_per_person
    rows = Proxy.objects.running().filter(assembly=proxy.assembly)
    held = rows.filter(holder=proxy.holder, of_member=proxy.of_member)
    others = held.exclude(organisation=proxy.organisation)
    if others.values("organisation").distinct().count() >= most:
        raise NotAllowed(
            f"{capfirst(str(proxy.of_member or proxy.holder))} heeft al "
            f"{counted(most, 'volmacht', 'volmachten')}; meer mag niet "
            f"({rule.article}). Kies een ander.",
            field="to",
        )


def _strictest(proxy: Proxy) -> VotingRule | None:
    """Of the rules that say how many one may hold, for what it votes on: all that is
    on the agenda, or one voorstel. None where no rule says so."""
    kinds: set[str] = {proxy.voorstel.kind if proxy.voorstel else VoorstelKind.GEWOON}
    if proxy.voorstel is None:
        standing = proxy.assembly.voorstellen.standing()
        kinds.update(standing.values_list("kind", flat=True))
    rules = [VotingRule.objects.of(kind, proxy.assembly.on) for kind in kinds]
    limits = [(one.proxies_per_person, one) for one in rules if one]
    found = [(most, one) for most, one in limits if most is not None]
    return min(found, key=lambda limit: limit[0])[1] if found else None


def _convened(assembly: Assembly) -> None:
    row = Assembly.objects.select_for_update(of=("self",)).get(pk=assembly.pk)
    if not row.is_convened:
        raise NotAllowed(f"{row} is {row.get_status_display()}.")


def _tell(event: str, proxy: Proxy) -> None:
    """Who votes with it, or did."""
    page = reverse("assembly-proxy", args=[proxy.assembly_id])
    emails.queue_all(
        event,
        str(proxy.pk),
        _voting_with(proxy),
        proxy=proxy,
        assembly=proxy.assembly,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def _voting_with(proxy: Proxy) -> list[Person]:
    if proxy.of_member:
        return speakers_of(proxy.of_member, timezone.localdate())
    return [proxy.holder] if proxy.holder else []
