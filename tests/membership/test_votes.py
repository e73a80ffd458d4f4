"""Votes of the ALV: who votes, with which volmacht, what is counted, what follows."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given as example_of
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from membership import emails
from membership.assembly import amending, attending, closing, drafting, opening, proxies
from membership.assembly.casting import cast
from membership.assembly.counting import Counts
from membership.leaving.notices import give_notice
from membership.leaving.rules import Ground
from membership.models import (
    Amendement,
    Assembly,
    Attendance,
    Mandate,
    Organisation,
    Person,
    Stemming,
    VotingRule,
)
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.membership.assembly_days import (
    DAY,
    HOUR,
    allow_electronic,
    entry,
    first_point,
    given,
    make_day,
    make_members,
    opened,
)

pytestmark = pytest.mark.django_db


def vote_for(vote: Stemming, member: Organisation, by: Person, choice: str) -> None:
    now = timezone.now()
    cast(entry(vote, member), choice, factor=given(now), now=now, by=by)


def close(vote: Stemming, by: Person, **more: Any) -> Stemming:
    closing.close(vote, now=timezone.now(), by=by, **more)
    vote.refresh_from_db()
    return vote


def proxy_to(
    assembly: Assembly, giver: tuple[Organisation, Person], to: Organisation
) -> None:
    member, signer = giver
    proxies.give(assembly, member, holder=None, of_member=to, voorstel=None,
                 now=timezone.now(), by=signer)  # fmt: skip


def test_a_statutenwijziging_with_volmachten_fails_by_one_vote(bureau: Person) -> None:
    """Nine members, three of them by volmacht: five of eight is no two thirds, and six
    would have been."""
    allow_electronic()
    assembly = make_day(bureau, kind="statutenwijziging")
    members = make_members(9)
    (host, host_signer), *_rest = members
    for giver in members[6:]:
        proxy_to(assembly, giver, host)
    vote = opened(assembly, bureau)
    choices = ["pro"] * 3 + ["contra"] * 3 + ["pro", "pro", "abstained"]
    for (member, signer), choice in zip(members, choices, strict=True):
        by = host_signer if entry(vote, member).organisation in [
            one for one, _signer in members[6:]] else signer  # fmt: skip
        vote_for(vote, member, by, choice)
    close(vote, bureau)
    assert vote.sentence.replace("\xa0", " ") == (
        "Verworpen met 5 stemmen voor en 3 tegen; 1 onthouding. Nodig: ten minste twee "
        "derde van de 8 uitgebrachte stemmen."
    )
    point = first_point(assembly)
    assert (point.outcome, point.sentence) == ("verworpen", vote.sentence)
    used = vote.entitled.filter(proxy__isnull=False)
    assert {row.voted_by for row in used} == {host_signer}
    assert used.count() == 3


def test_a_majority_makes_a_besluit_with_an_identity(bureau: Person) -> None:
    allow_electronic()
    assembly = make_day(bureau)
    members = make_members(3)
    vote = opened(assembly, bureau)
    for (member, signer), choice in zip(members, ["pro", "pro", "contra"], strict=True):
        vote_for(vote, member, signer, choice)
    close(vote, bureau)
    besluit = first_point(assembly).besluit
    assert besluit is not None
    assert besluit.reference == f"ALV-{assembly.on.isoformat()}-1.1"
    assert vote.counts == Counts(2, 1)
    assert (vote.entitled_votes, vote.present_votes) == (3, 3)


def test_an_open_vote_may_change_until_the_close_and_counts_once(
    bureau: Person,
) -> None:
    allow_electronic()
    [(member, signer)] = make_members(1)
    vote = opened(make_day(bureau), bureau)
    for choice in ("pro", "contra", "contra"):
        vote_for(vote, member, signer, choice)
    close(vote, bureau)
    assert vote.counts == Counts(0, 1)
    with pytest.raises(NotAllowed, match="gesloten"):
        vote_for(vote, member, signer, "pro")


def test_who_votes_speaks_for_the_member_and_gave_a_second_factor(
    bureau: Person,
) -> None:
    allow_electronic()
    [(member, signer), (_other, stranger)] = make_members(2)
    reader = make_person("Leest", "contactpersoon", member)
    vote = opened(make_day(bureau), bureau)
    now = timezone.now()
    for person in (stranger, reader, bureau):
        with pytest.raises(NotAllowed, match="U stemt niet voor"):
            vote_for(vote, member, person, "pro")
    for factor in (None, given(now - HOUR)):
        with pytest.raises(NotAllowed, match="tweede stap"):
            cast(entry(vote, member), "pro", factor=factor, now=now, by=signer)
    Mandate.objects.create(
        organisation=member, person=reader, name="Leest", function="adviseur",
        purpose="membership", decided_on=now.date() - DAY, starts_on=now.date() - DAY,
    )  # fmt: skip
    vote_for(vote, member, reader, "pro")
    assert entry(vote, member).voted_by == reader


def test_while_a_volmacht_runs_only_its_holder_votes(bureau: Person) -> None:
    allow_electronic()
    assembly = make_day(bureau)
    one, two, three = make_members(3)
    proxy_to(assembly, one, two[0])
    vote = opened(assembly, bureau)
    with pytest.raises(NotAllowed, match="U stemt niet voor"):
        vote_for(vote, one[0], one[1], "pro")
    with pytest.raises(NotAllowed, match="U stemt niet voor"):
        vote_for(vote, one[0], three[1], "pro")
    vote_for(vote, one[0], two[1], "pro")
    proxy = one[0].proxies_given.get()
    with pytest.raises(NotAllowed, match="trekt in"):
        proxies.revoke(proxy, now=timezone.now(), by=two[1])
    proxies.revoke(proxy, now=timezone.now(), by=one[1])
    vote_for(vote, one[0], one[1], "contra")
    close(vote, bureau)
    assert vote.counts == Counts(0, 1)


def test_a_volmacht_is_not_passed_on(bureau: Person) -> None:
    """Who gave its own vote away, still votes with those it was given."""
    allow_electronic()
    assembly = make_day(bureau)
    one, two, three = make_members(3)
    proxy_to(assembly, one, two[0])
    proxy_to(assembly, two, three[0])
    vote = opened(assembly, bureau)
    with pytest.raises(NotAllowed, match="U stemt niet voor"):
        vote_for(vote, one[0], three[1], "pro")
    vote_for(vote, one[0], two[1], "pro")


def test_nobody_holds_more_volmachten_than_the_rule_says(bureau: Person) -> None:
    allow_electronic("gewoon", proxies_per_person=2)
    assembly = make_day(bureau)
    one, two, three, host = make_members(4)
    for giver in (one, two):
        proxy_to(assembly, giver, host[0])
    with pytest.raises(NotAllowed, match="meer mag niet"):
        proxy_to(assembly, three, host[0])
    proxies.revoke(one[0].proxies_given.get(), now=timezone.now(), by=one[1])
    proxy_to(assembly, three, host[0])


def test_a_volmacht_goes_to_a_colleague_and_is_told(bureau: Person) -> None:
    assembly = make_day(bureau, starts_in=3 * DAY)
    [(member, signer), (_other, stranger)] = make_members(2)
    colleague = make_person("Wethouder", "contactpersoon", member)
    facts: dict[str, Any] = {
        "of_member": None,
        "voorstel": None,
        "now": timezone.now(),
    }
    with pytest.raises(NotAllowed, match="collega"):
        proxies.give(assembly, member, holder=stranger, by=signer, **facts)
    with pytest.raises(NotAllowed, match="ondertekenaar"):
        proxies.give(assembly, member, holder=signer, by=colleague, **facts)
    proxy = proxies.give(assembly, member, holder=colleague, by=signer, **facts)
    emails.send_waiting()
    assert [message.to for message in mail.outbox] == [["wethouder@nvsi.example"]]
    assert proxy.holder == colleague


def test_a_suspended_member_stands_on_the_list_without_a_vote(
    bureau: Person, bestuur: Person
) -> None:
    allow_electronic()
    [(member, signer), (_other, other_signer)] = make_members(2)
    today = timezone.localdate()
    give_notice(member.memberships.get(), ground=Ground.EXPULSION, received_on=today,
                burdened_on=None, reason="proef", today=today, by=bestuur)  # fmt: skip
    vote = opened(make_day(bureau), bureau)
    with pytest.raises(NotAllowed, match="geen stem"):
        vote_for(vote, member, signer, "contra")
    vote_for(vote, _other, other_signer, "pro")
    close(vote, bureau)
    assert (vote.entitled_votes, vote.counts) == (1, Counts(1, 0))


def test_a_vote_of_who_is_no_lid_at_the_close_does_not_count(bureau: Person) -> None:
    """The list is frozen at the close: who left in between is on it with no vote, and
    who came in may have voted by volmacht only from then on."""
    allow_electronic()
    [(stays, signer), (leaves, other)] = make_members(2)
    assembly = make_day(bureau)
    vote = opened(assembly, bureau)
    vote_for(vote, stays, signer, "pro")
    vote_for(vote, leaves, other, "contra")
    period = leaves.memberships.get()
    period.ends_on = timezone.localdate() - DAY
    period.starts_on = period.ends_on - DAY
    period.save()
    close(vote, bureau)
    assert (vote.entitled_votes, vote.counts) == (1, Counts(1, 0))


def test_electronic_only_if_the_statuten_allow_and_early_from_the_thirtieth_day(
    bureau: Person,
) -> None:
    make_members(1)
    early = make_day(bureau, starts_in=31 * DAY)
    with pytest.raises(NotAllowed, match="statuten"):
        opened(early, bureau)
    allow_electronic()
    with pytest.raises(NotAllowed, match="dertigste dag"):
        opened(early, bureau)
    with pytest.raises(NotAllowed, match="in de ALV zelf"):
        opened(early, bureau, method="paper")
    Assembly.objects.filter(pk=early.pk).update(
        starts_at=timezone.now() + 30 * DAY, ends_at=timezone.now() + 31 * DAY
    )
    vote = opened(Assembly.objects.get(pk=early.pk), bureau)
    with pytest.raises(NotAllowed, match="Tellen is in de ALV"):
        close(vote, bureau)


def test_paper_is_counted_by_two(bureau: Person, bestuur: Person) -> None:
    """Who came counts, and the counts of the two must be the same."""
    assembly = make_day(bureau)
    members = make_members(3)
    now = timezone.now()
    for member, signer in members[:2]:
        row = attending.announce(assembly, member, signer, mode="room", now=now,
                                 by=signer)  # fmt: skip
        attending.arrive(row, now=now, by=bureau)
    proxy_to(assembly, members[2], members[0][0])
    vote = opened(assembly, bureau, method="paper")
    now = timezone.now()
    with pytest.raises(NotAllowed, match="er 3 aanwezig"):
        closing.enter_counts(vote, Counts(3, 1), now=now, by=bureau)
    closing.enter_counts(vote, Counts(2, 1), now=now, by=bureau)
    with pytest.raises(NotAllowed, match="Een ander"):
        closing.check_counts(vote, Counts(2, 1), now=now, by=bureau)
    with pytest.raises(NotAllowed, match="niet wat de eerste"):
        closing.check_counts(vote, Counts(1, 2), now=now, by=bestuur)
    closing.count_again(vote, now=now, by=bestuur)
    closing.enter_counts(vote, Counts(2, 1), now=now, by=bestuur)
    found = closing.check_counts(vote, Counts(2, 1), now=now, by=bureau)
    assert found.is_adopted
    vote.refresh_from_db()
    assert (vote.entitled_votes, vote.present_votes) == (3, 3)


def test_without_a_quorum_nothing_is_decided(bureau: Person, bestuur: Person) -> None:
    VotingRule.objects.filter(kind="financieel").update(
        quorum_numerator=1, quorum_denominator=2
    )
    assembly = make_day(bureau)
    (member, signer), *_rest = make_members(3)
    now = timezone.now()
    row = attending.announce(assembly, member, signer, mode="room", now=now, by=signer)
    attending.arrive(row, now=now, by=bureau)
    vote = opened(assembly, bureau, method="show")
    now = timezone.now()
    closing.enter_counts(vote, Counts(1, 0), now=now, by=bureau)
    closing.check_counts(vote, Counts(1, 0), now=now, by=bestuur)
    vote.refresh_from_db()
    assert vote.verdict == "no_quorum"
    assert first_point(assembly).besluit is None


def test_an_amendement_is_voted_on_before_its_beslispunt(
    bureau: Person, bestuur: Person
) -> None:
    allow_electronic()
    assembly = make_day(bureau)
    [(member, signer)] = make_members(1)
    point = first_point(assembly)
    asked = Amendement.objects.create(
        beslispunt=point, number=1, organisation=member, old_text=point.text,
        new_text="Stelt de bijdrage vast op 0,9%.", explanation="Kan.", by=signer,
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="Stem eerst over amendement 1"):
        opened(assembly, bureau)
    vote = opening.open_vote(point, method="electronic", amendement=asked,
                             now=timezone.now(), by=bureau)  # fmt: skip
    vote_for(vote, member, signer, "pro")
    close(vote, bureau)
    point.refresh_from_db()
    assert point.text == "Stelt de bijdrage vast op 0,9%."
    again = opened(assembly, bureau)
    vote_for(again, member, signer, "pro")
    close(again, bureau)
    point.refresh_from_db()
    assert point.besluit is not None
    assert point.besluit.text == "Stelt de bijdrage vast op 0,9%."


def test_an_annulled_vote_counts_for_nothing_and_is_held_again(bureau: Person) -> None:
    allow_electronic()
    assembly = make_day(bureau)
    [(member, signer)] = make_members(1)
    vote = opened(assembly, bureau)
    vote_for(vote, member, signer, "pro")
    with pytest.raises(NotAllowed, match="reden"):
        closing.annul(vote, reason=" ", by=bureau)
    closing.annul(vote, reason="Verkeerde tekst.", by=bureau)
    assert first_point(assembly).is_open
    again = opened(assembly, bureau)
    assert not entry(again, member).has_voted


def test_online_somebody_says_himself_that_he_is_there(bureau: Person) -> None:
    assembly = make_day(bureau, starts_in=2 * HOUR)
    [(member, signer)] = make_members(1)
    now = timezone.now()
    row = attending.announce(assembly, member, signer, mode="online", now=now,
                             by=signer)  # fmt: skip
    with pytest.raises(NotAllowed, match="vanaf een uur"):
        attending.arrive(row, now=now, by=signer)
    attending.arrive(row, now=assembly.starts_at, by=signer)
    with pytest.raises(NotAllowed, match="is er al"):
        attending.announce(assembly, member, signer, mode="room", now=now, by=signer)
    attending.leave(row, now=assembly.starts_at + HOUR, by=bureau)
    assert Attendance.objects.get().status == "left"


def test_nothing_of_a_voorstel_changes_while_members_vote_on_it(
    bureau: Person, bestuur: Person
) -> None:
    [(member, signer)] = make_members(1)
    day = make_day(bureau)
    opened(day, bureau, method="show")
    point, now = first_point(day), timezone.now()
    amendement = Amendement.objects.create(
        beslispunt=point,
        number=1,
        organisation=member,
        by=signer,
        old_text=point.text,
        new_text="Anders.",
        explanation="Zo is het beter.",
    )
    with pytest.raises(NotAllowed, match="is een stemming open"):
        amending.take_over(amendement, now=now, by=bestuur)
    with pytest.raises(NotAllowed, match="is een stemming open"):
        drafting.take_off_agenda(point.voorstel, reason="Later.", now=now, by=bureau)


class AnyOrder(TestCase):
    """However members vote, give volmachten and come and go, the counts add up."""

    @settings(max_examples=12)
    @example_of(
        st.lists(
            st.tuples(
                st.sampled_from(["vote", "proxy", "revoke", "leave"]),
                st.integers(0, 3),
                st.integers(0, 3),
                st.sampled_from(["pro", "contra", "abstained", "blank"]),
            ),
            max_size=12,
        )
    )
    def test_votes_counted_never_exceed_votes_entitled(
        self, acts: list[tuple[str, int, int, str]]
    ) -> None:
        bureau = make_person("Bureau", "bureau")
        allow_electronic()
        assembly = make_day(bureau)
        members = make_members(4)
        vote = opened(assembly, bureau)
        for act, one, other, choice in acts:
            try:
                self._act(assembly, vote, members, act, one, other, choice)
            except NotAllowed:
                continue
        closing.close(vote, now=timezone.now(), by=bureau)
        vote.refresh_from_db()
        counts = vote.counts
        assert vote.present_votes is not None
        assert vote.entitled_votes is not None
        assert counts.total <= vote.present_votes <= vote.entitled_votes <= 4
        marked = sum(row.votes for row in vote.entitled.filter(has_voted=True))
        assert counts.total == marked
        point = first_point(assembly)
        assert (point.besluit is not None) == (counts.pro > counts.contra)

    def _act(
        self,
        assembly: Assembly,
        vote: Stemming,
        members: list[tuple[Organisation, Person]],
        act: str,
        one: int,
        other: int,
        choice: str,
    ) -> None:
        member, signer = members[one]
        if act == "vote":
            vote_for(vote, members[other][0], signer, choice)
        elif act == "proxy" and one != other:
            proxy_to(assembly, members[one], members[other][0])
        elif act == "revoke":
            for proxy in member.proxies_given.running():
                proxies.revoke(proxy, now=timezone.now(), by=signer)
        elif act == "leave":
            member.memberships.update(
                starts_on=datetime.date(2018, 1, 1),
                ends_on=timezone.localdate() - DAY,
            )
