"""Votes for tests: members that may vote, and a vote of each kind."""

from typing import Any

from membership.assembly.sealing import new_code, public_key, seal
from membership.models import (
    Assembly,
    Attendance,
    Ballot,
    Beslispunt,
    Entitled,
    Organisation,
    Person,
    Proxy,
    SealedBallot,
    Stemming,
    VotingRule,
)
from tests.membership.assemblies import NOW, make_voorstel
from tests.membership.consultations import make_member

CLOSED = {
    "status": "closed", "pro": 1, "contra": 0, "abstained": 0, "blank": 0,
    "entitled_votes": 2, "present_votes": 2, "verdict": "adopted",
    "sentence": "Aangenomen.", "closed_at": NOW,
}  # fmt: skip


def make_vote(point: Beslispunt, by: Person, **facts: Any) -> Stemming:
    """Open since NOW, by the rule for an ordinary voorstel."""
    values = {
        "assembly": point.voorstel.assembly,
        "rule": VotingRule.objects.get(kind="gewoon"),
        "method": "electronic",
        "opened_at": NOW,
        "opened_by": by,
        **facts,
    }
    return Stemming.objects.create(beslispunt=point, **values)


def entitle(vote: Stemming, member: Organisation, **facts: Any) -> Entitled:
    values = {"votes": 1, "is_present": True, **facts}
    return Entitled.objects.create(stemming=vote, organisation=member, **values)


def mark(row: Entitled, by: Person) -> None:
    row.has_voted, row.voted_by = True, by
    row.save(update_fields=["has_voted", "voted_by"])


def keep_votes(assembly: int, bureau: Person, bestuur: Person) -> dict[str, int]:
    """For the guards, in an ALV that was convened: an open vote, a secret one, one that
    was counted, one that is closed; who comes, and two volmachten."""
    convened = Assembly.objects.get(pk=assembly)
    one, signer = make_member("GM9181", "Stadeen")
    two, other = make_member("GM9182", "Stadtwee")
    three, _third = make_member("GM9183", "Staddrie")
    points = list(make_voorstel(convened).beslispunten.all())
    points += make_voorstel(convened).beslispunten.all()
    public = make_vote(points[0], bureau)
    code = new_code()
    secret = make_vote(points[1], bureau, is_secret=True, public_key=public_key(code))
    paper = make_vote(points[2], bureau, method="paper")
    show = make_vote(points[3], bureau, method="show")
    rows = {
        vote.pk: [entitle(vote, member) for member in (one, two)]
        for vote in (public, secret, paper, show)
    }
    mark(rows[public.pk][0], signer)
    ballot = Ballot.objects.create(
        entitled=rows[public.pk][0], choice="pro", by=signer, at=NOW
    )
    mark(rows[secret.pk][0], signer)
    sealed = seal("pro", secret.public_key)
    SealedBallot.objects.create(stemming=secret, sealed=sealed)
    Stemming.objects.filter(pk=paper.pk).update(
        status="counted", counted_by=bureau, pro=1, contra=0, abstained=0, blank=0
    )
    Stemming.objects.filter(pk=show.pk).update(
        counted_by=bureau, closed_by=bestuur, **CLOSED
    )
    attendance = Attendance.objects.create(
        assembly=convened, organisation=one, person=signer, announced_by=signer
    )
    proxy, revoked = (
        Proxy.objects.create(
            assembly=convened, organisation=giver, of_member=one, given_by=other,
            given_at=NOW, **facts,
        )
        for giver, facts in (
            (two, {}), (three, {"revoked_at": NOW, "revoked_by": other})
        )
    )  # fmt: skip
    return {
        "vote_open": public.pk,
        "vote_secret": secret.pk,
        "vote_counted": paper.pk,
        "vote_closed": show.pk,
        "point_in_vote": points[0].pk,
        "entitled_voted": rows[public.pk][0].pk,
        "entitled_silent": rows[public.pk][1].pk,
        "entitled_secret": rows[secret.pk][0].pk,
        "ballot": ballot.pk,
        "attendance": attendance.pk,
        "proxy": proxy.pk,
        "proxy_revoked": revoked.pk,
        "member_of_none": three.pk,
        "voter_person": signer.pk,
    }
