"""What of the association itself rests on a decision of the ALV."""

from collections.abc import Iterator

from membership.assembly.pointing import Rests
from membership.models import AlvBesluit, Appeal, Body, Person, VotingRule


def bodies(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    """What it set up."""
    for body in Body.objects.filter(besluit=besluit):
        yield Rests("orgaan", str(body), body.starts_on)


def voting_rules(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    for rule in VotingRule.objects.filter(besluit=besluit):
        yield Rests("regel voor stemmen", str(rule), rule.starts_on)


def appeals(besluit: AlvBesluit, person: Person) -> Iterator[Rests]:
    """Of members against their expulsion: for the association alone."""
    if not person.is_association:
        return
    rows = Appeal.objects.filter(besluit=besluit)
    for row in rows.select_related("notice__membership__organisation"):
        about = str(row.notice.membership.organisation)
        yield Rests("beroep van een lid", about, row.decided_on)


SOURCES = (bodies, voting_rules, appeals)
