"""The list of who may vote, with how many votes, and who of them is there.

Who is lid has the votes of the rule; who is suspended stands on the list with none.
Source: BW2 art. 38 lid 1; domain rule 21.
"""

import datetime

from membership.assembly.speaking import proxies_of
from membership.leaving.suspension import suspended_on
from membership.models import (
    Assembly,
    Attendance,
    Entitled,
    Membership,
    Organisation,
    Stemming,
    Voorstel,
)


def votes_on(day: datetime.date, per_member: int) -> dict[Organisation, int]:
    """Each lid of a day with its votes, by name."""
    rows = Membership.objects.active_on(day).filter(kind=Membership.Kind.LID)
    without = set(suspended_on(day).values_list("organisation", flat=True))
    found = Organisation.objects.filter(pk__in=rows.values("organisation"))
    return {
        member: 0 if member.pk in without else per_member
        for member in found.order_by("name", "code")
    }


def write_list(stemming: Stemming, day: datetime.date) -> int:
    """As the vote opens; gives how many votes there are."""
    votes = votes_on(day, stemming.rule.votes_per_member)
    Entitled.objects.bulk_create(
        Entitled(stemming=stemming, organisation=member, votes=count)
        for member, count in votes.items()
    )
    return sum(votes.values())


def freeze_list(stemming: Stemming, day: datetime.date) -> list[Entitled]:
    """As the vote closes: who is lid now, with its votes, and who is there.

    Of a secret electronic vote only who is there: the rest stands since it opened, for
    no ballot can be taken out of it.
    """
    rows = {row.organisation_id: row for row in stemming.entitled.all()}
    if not stemming.is_sealed:
        votes = votes_on(day, stemming.rule.votes_per_member)
        now = {member.pk: count for member, count in votes.items()}
        for key in now.keys() - rows.keys():
            rows[key] = Entitled(stemming=stemming, organisation_id=key, votes=0)
            rows[key].save()
        for key, row in rows.items():
            row.votes = now.get(key, 0)
    there = present_in(stemming)
    for key, row in rows.items():
        row.is_present = row.votes > 0 and (row.has_voted or key in there)
    Entitled.objects.bulk_update(rows.values(), ["votes", "is_present"])
    return list(rows.values())


def present_in(stemming: Stemming) -> set[int]:
    """The members that are present, or represented by who is present, in this vote."""
    return set(present_at(stemming.assembly, stemming.voorstel))


def present_at(assembly: Assembly, voorstel: Voorstel) -> dict[int, int]:
    """The person who is there for each organisation that came, or that is represented
    by who came, when this voorstel is dealt with; both by key."""
    rows = Attendance.objects.present().filter(assembly=assembly)
    came = dict(rows.values_list("organisation", "person"))
    people = set(came.values())
    proxies = proxies_of(assembly)
    found: dict[int, int] = {}
    for member, _voorstel in proxies.rows:
        proxy = proxies.of(member, voorstel)
        if proxy and proxy.of_member_id in came:
            found[member] = came[proxy.of_member_id]
        elif proxy and proxy.holder_id in people:
            found[member] = proxy.holder_id
    return found | came
