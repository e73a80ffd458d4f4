"""Give a volmacht, write one down that came on paper, and revoke it.

Source: BW2 art. 38 lid 4 and 5 (in writing, also electronically); domain rule 22. The
number that one may hold is a rule of the association, kept as data.
"""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

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
from membership.regional.sending import send_soon
from nvsi.dutch import counted
from nvsi.errors import NotAllowed

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
    row.revoked_at, row.revoked_by = now, by
    row.save(update_fields=["revoked_at", "revoked_by"])
    history.record(row, "proxy revoked", by)
    _tell("proxy_revoked", row)
    return row


def _keep(proxy: Proxy, by: Person) -> Proxy:
    """Check and save, one at a time for each ALV, so that a limit is a limit."""
    _convened(proxy.assembly)
    votes = votes_on(timezone.localdate(proxy.given_at), 1)
    if not votes.get(proxy.organisation):
        raise NotAllowed(f"{proxy.organisation} heeft nu geen stem in de ALV.")
    if proxy.of_member is not None and not votes.get(proxy.of_member):
        raise NotAllowed(f"{proxy.of_member} heeft zelf geen stem.", field="to")
    if proxy.voorstel and proxy.voorstel.assembly_id != proxy.assembly_id:
        raise NotAllowed("Dit voorstel is niet van deze ALV.", field="voorstel")
    _require_room(proxy)
    try:
        proxy.full_clean()
    except ValidationError as error:
        raise NotAllowed(" ".join(error.messages)) from error
    proxy.save()
    history.record(proxy, "proxy given", by, on_paper=proxy.on_paper)
    _tell("proxy_given", proxy)
    return proxy


def _require_room(proxy: Proxy) -> None:
    kind = proxy.voorstel.kind if proxy.voorstel else VoorstelKind.GEWOON
    rule = VotingRule.objects.of(kind, proxy.assembly.on)
    most = rule.proxies_per_person if rule else None
    if most is None:
        return
    rows = Proxy.objects.running().filter(assembly=proxy.assembly)
    held = rows.filter(holder=proxy.holder, of_member=proxy.of_member)
    if held.values("organisation").distinct().count() >= most:
        raise NotAllowed(
            f"{proxy.of_member or proxy.holder} heeft al "
            f"{counted(most, 'volmacht', 'volmachten')}; meer mag niet "
            f"({rule.article if rule else ''}). Kies een ander.",
            field="to",
        )


def _convened(assembly: Assembly) -> None:
    row = Assembly.objects.select_for_update(of=("self",)).get(pk=assembly.pk)
    if not row.is_convened:
        raise NotAllowed(f"{row} is {row.get_status_display()}.")


def _tell(event: str, proxy: Proxy) -> None:
    """Who votes with it, or did."""
    today = timezone.localdate()
    people = [proxy.holder] if proxy.holder else []
    if proxy.of_member:
        people = speakers_of(proxy.of_member, today)
    page = reverse("assembly-proxy", args=[proxy.assembly_id])
    emails.queue_all(
        event,
        str(proxy.pk),
        people,
        proxy=proxy,
        assembly=proxy.assembly,
        page=f"{settings.SITE_URL}{page}",
    )
    send_soon()
