"""The votes of the ALV: by hands, on paper, electronically, secretly, and one open now.

Nine invented ondertekenaars vote for their gemeente; one of them sends another with a
volmacht. Every result follows from what they vote.
"""

import datetime
from collections.abc import Iterator, Sequence

from django.utils import timezone

from billing.demo.stage import BESTUUR, BUREAU, Stage, command
from membership import history
from membership.assembly import attending, closing, opening, proxies
from membership.assembly.casting import cast
from membership.assembly.counting import Counts, Outcome
from membership.assembly.sealing import new_code
from membership.assembly.speaking import may_cast
from membership.fresh_factor import Given
from membership.models import (
    AlvBesluit,
    Assembly,
    Beslispunt,
    Entitled,
    Organisation,
    Person,
    Stemming,
    VoorstelKind,
    VotingRule,
)
from membership.models.voting_rules import AMENDEMENT
from membership.people import person_by_email

MINUTE = datetime.timedelta(minutes=1)
ELECTRONIC_FROM = datetime.date(2026, 7, 1)
ARTICLE = "statuten, artikel 14 (verzonnen)"
# Who votes for which gemeente: e-mail address, name, code. The last one stays at home.
VOTERS = (
    ("burgemeester@almere.example", "Joris Meindertsma", "GM0034"),
    ("burgemeester@stadskanaal.example", "Anneke Wubbolts", "GM0037"),
    ("burgemeester@leeuwarden.example", "Douwe Hoekstra", "GM0080"),
    ("burgemeester@enschede.example", "Lotte Rikkerink", "GM0153"),
    ("burgemeester@nijmegen.example", "Emiel Jansen", "GM0268"),
    ("burgemeester@amersfoort.example", "Soraya Bensaïd", "GM0307"),
    ("burgemeester@haarlem.example", "Maarten Teunissen", "GM0392"),
    ("burgemeester@gouda.example", "Ineke van der Laan", "GM0513"),
    ("burgemeester@breda.example", "Cas Oomen", "GM0758"),
)
PRO, CONTRA, ABSTAINED = "pro", "contra", "abstained"
Votes = Sequence[str]


def add_voters(_: Stage) -> Iterator[str]:
    """An ondertekenaar for nine members, who votes for it."""
    for email, name, code in VOTERS:
        words = (email, "--name", name, "--role", "ondertekenaar")
        yield from list(command("add_person", *words, "--organisation", code))[1:]


def open_the_doors(assembly: Assembly) -> str:
    """Everyone comes but the last, who sends the first with a volmacht."""
    starts_at, bureau = assembly.starts_at, person_by_email(BUREAU)
    *coming, absent = voters()
    proxies.give(
        assembly,
        absent[1],
        holder=None,
        of_member=coming[0][1],
        voorstel=None,
        now=starts_at - 60 * MINUTE,
        by=absent[0],
    )
    for person, member in coming:
        row = attending.announce(
            assembly, member, person, mode="room", now=starts_at, by=bureau
        )
        attending.arrive(row, now=starts_at, by=bureau)
    return (
        f"{len(coming)} leden tekenen de presentielijst; {absent[1]} geeft "
        f"{coming[0][1]} een volmacht."
    )


def count_in_the_room(
    assembly: Assembly, label: str, counts: Counts, *, method: str, at: int
) -> str:
    """The bureau counts, and somebody of the bestuur counts again; at so many minutes
    after the start."""
    then, bureau = assembly.starts_at + at * MINUTE, person_by_email(BUREAU)
    vote = opening.open_vote(
        _point(assembly, label), method=method, now=then, by=bureau
    )
    closing.enter_counts(vote, counts, now=then + MINUTE, by=bureau)
    checker = person_by_email(BESTUUR)
    found = closing.check_counts(vote, counts, now=then + 2 * MINUTE, by=checker)
    return _told(vote, found)


def vote_electronically(
    assembly: Assembly, label: str, choices: Votes, *, is_secret: bool, at: int
) -> str:
    """What each of the nine votes, in their order, until the vote is closed."""
    then, bureau = assembly.starts_at + at * MINUTE, person_by_email(BUREAU)
    code = new_code() if is_secret else ""
    vote = opening.open_vote(
        _point(assembly, label),
        method=Stemming.Method.ELECTRONIC,
        is_secret=is_secret,
        code=code,
        now=then,
        by=bureau,
    )
    cast_each(vote, choices, then + MINUTE)
    return _told(vote, closing.close(vote, now=then + 5 * MINUTE, by=bureau, code=code))


def open_now(assembly: Assembly, label: str, choices: Votes, stage: Stage) -> Stemming:
    """An advance vote, which stays open: some voted, the rest can."""
    vote = opening.open_vote(
        _point(assembly, label),
        method=Stemming.Method.ELECTRONIC,
        now=stage.now,
        by=person_by_email(BUREAU),
    )
    cast_each(vote, choices, stage.now)
    return vote


def cast_each(vote: Stemming, choices: Votes, now: datetime.datetime) -> None:
    """Who holds a volmacht votes for who gave it."""
    rows = vote.entitled.select_related("organisation", "stemming")
    by_member = {row.organisation_id: row for row in rows}
    for (person, member), choice in zip(voters(), choices, strict=False):
        _cast(by_member[member.pk], choice, person, now)


def allow_electronic(besluit: AlvBesluit) -> None:
    """The rules of all kinds from July on, as the statuten were changed."""
    for kind in (*VoorstelKind.values, AMENDEMENT):
        rule = VotingRule.objects.of(kind, ELECTRONIC_FROM)
        assert rule, "the migrations bring one"
        rule.pk, rule.starts_on, rule.electronic = None, ELECTRONIC_FROM, True
        rule.article, rule.besluit, rule.proxies_per_person = ARTICLE, besluit, 3
        rule._state.adding = True
        rule.full_clean()
        rule.save()
        history.record(rule, "added", None)


def _cast(row: Entitled, choice: str, person: Person, now: datetime.datetime) -> None:
    """By who speaks for the member, or else by who came first, with its volmacht."""
    own = may_cast(person, row, timezone.localdate(now))
    by = person if own else voters()[0][0]
    cast(row, choice, factor=Given("totp", now), now=now, by=by)


def voters() -> list[tuple[Person, Organisation]]:
    """Who votes, and for whom."""
    return [
        (person_by_email(email), Organisation.objects.get(code=code))
        for email, _name, code in VOTERS
    ]


def _point(assembly: Assembly, label: str) -> Beslispunt:
    position, number = label.split(".")
    points = Beslispunt.objects.select_related("voorstel__assembly")
    return points.get(
        voorstel__assembly=assembly, voorstel__position=position, number=number
    )


def _told(vote: Stemming, found: Outcome) -> str:
    about = str(vote.beslispunt).capitalize()
    secret = ", geheim" if vote.is_secret else ""
    return f"{about} ({vote.get_method_display()}{secret}): {found.sentence}"
