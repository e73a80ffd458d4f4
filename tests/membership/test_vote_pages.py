"""The pages of votes: who votes for whom, what is looked at before, and the result."""

import io
import re
import time

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.assembly import closing
from membership.assembly.attending import announce, arrive
from membership.assembly.casting import cast
from membership.assembly.counting import Counts
from membership.assembly.deadlines import votes
from membership.deadlines.asked import Among
from membership.models import (
    Assembly,
    Attendance,
    Ballot,
    Organisation,
    Person,
    Proxy,
    Stemming,
)
from tests.conftest import make_person
from tests.membership.assembly_days import (
    DAY,
    allow_electronic,
    entry,
    given,
    make_day,
    make_members,
    opened,
)

pytestmark = pytest.mark.django_db
MEMBER = tuple[Organisation, Person]


def log_in(client: Client, person: Person, *, fresh: bool = True) -> None:
    """With a code of an app of just now, or of an hour ago."""
    client.force_login(person)
    session = client.session
    at = time.time() - (0 if fresh else 3600)
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": at}
    ]
    session.save()


@pytest.fixture
def members(db: None) -> list[MEMBER]:
    return make_members(3)


@pytest.fixture
def vote(bureau: Person, members: list[MEMBER]) -> Stemming:
    allow_electronic()
    return opened(make_day(bureau), bureau)


def page(vote: Stemming) -> str:
    return reverse("vote-detail", args=[vote.pk])


def text(client: Client, url: str) -> str:
    words = client.get(url).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words))


def test_a_vote_is_looked_at_before_it_is_cast_and_counts_after_the_close(
    client: Client, vote: Stemming, members: list[MEMBER], bureau: Person
) -> None:
    member, signer = members[0]
    log_in(client, signer)
    assert "U stemt voor" in text(client, page(vote))
    [row] = vote.entitled.filter(organisation=member)
    said = {"members": [row.pk], "choice": "contra"}
    shown = client.post(page(vote), said).content.decode()
    assert "Er is nog niet gestemd" in shown
    assert not vote.entitled.filter(has_voted=True).exists()
    client.post(page(vote), {**said, "sure": "ja"})
    assert "tegen" in text(client, page(vote))
    closing.close(vote, now=timezone.now(), by=bureau)
    after = text(client, page(vote))
    assert "Verworpen met 0 stemmen voor en 1 tegen" in after.replace("\xa0", " ")


def test_who_holds_a_volmacht_votes_for_both_at_once(
    client: Client, vote: Stemming, members: list[MEMBER]
) -> None:
    (one, one_signer), (two, two_signer), _three = members
    log_in(client, one_signer)
    url = reverse("assembly-proxy", args=[vote.assembly_id])
    client.post(url, {"to": f"lid-{two.pk}", "voorstel": ""})
    assert Proxy.objects.get().of_member == two
    again = client.post(url, {"to": f"lid-{two.pk}", "voorstel": ""})
    assert again.status_code == 409
    assert "Er is al een volmacht. Trek die eerst in." in again.content.decode()
    assert "U leest mee" in text(client, page(vote))
    log_in(client, two_signer)
    assert "Gekregen" in text(client, url)
    rows = vote.entitled.filter(organisation__in=[one, two])
    said = {"members": [row.pk for row in rows], "choice": "pro", "sure": "ja"}
    client.post(page(vote), said)
    assert rows.filter(has_voted=True, voted_by=two_signer).count() == 2
    client.post(reverse("proxy-revoke", args=[Proxy.objects.get().pk]))
    assert Proxy.objects.running().count() == 1
    log_in(client, one_signer)
    client.post(reverse("proxy-revoke", args=[Proxy.objects.get().pk]))
    assert not Proxy.objects.running().exists()


def test_who_gives_its_vote_away_is_told_that_a_volmacht_it_holds_stays_behind(
    client: Client, vote: Stemming, members: list[MEMBER]
) -> None:
    (one, one_signer), (two, two_signer), (three, three_signer) = members
    url = reverse("assembly-proxy", args=[vote.assembly_id])
    client.force_login(two_signer)
    assert "gaat niet mee" not in text(client, url)
    for giver, signer in ((three, three_signer), (one, one_signer)):
        Proxy.objects.create(
            assembly=vote.assembly,
            organisation=giver,
            of_member=two,
            given_by=signer,
        )
    names = " en ".join(sorted(map(str, (one, three))))
    assert f"U stemt zelf ook voor {names}." in text(client, url)
    client.force_login(one_signer)
    assert "gaat niet mee" not in text(client, url)


def test_without_a_fresh_second_factor_nothing_is_cast(
    client: Client, vote: Stemming, members: list[MEMBER]
) -> None:
    member, signer = members[0]
    log_in(client, signer, fresh=False)
    [row] = vote.entitled.filter(organisation=member)
    said = {"members": [row.pk], "choice": "pro", "sure": "ja"}
    response = client.post(page(vote), said)
    assert response.status_code == 302
    assert "next=" in response["Location"]
    assert not vote.entitled.filter(has_voted=True).exists()


def test_who_reads_along_hears_who_votes_for_his_organisation(
    client: Client, vote: Stemming, members: list[MEMBER]
) -> None:
    (one, signer), (two, _second), _three = members
    client.force_login(make_person("Kees", "contactpersoon", one))
    shown = text(client, page(vote))
    assert f"Namens {one} stemt {signer.name}. U leest mee." in shown
    Proxy.objects.create(
        assembly=vote.assembly, organisation=one, of_member=two, given_by=signer
    )
    assert "Namens" not in text(client, page(vote)), "another votes for it"


def test_nobody_votes_for_another_and_a_stranger_sees_nothing(
    client: Client, vote: Stemming, members: list[MEMBER], vreemde: Person
) -> None:
    log_in(client, members[0][1])
    [row] = vote.entitled.filter(organisation=members[1][0])
    said = {"members": [row.pk], "choice": "pro", "sure": "ja"}
    assert client.post(page(vote), said).status_code == 422
    log_in(client, vreemde)
    assert client.get(page(vote)).status_code == 404
    for name in ("assembly-proxy", "assembly-attendance"):
        url = reverse(name, args=[vote.assembly_id])
        assert client.get(url).status_code == 404


def test_a_contactpersoon_announces_who_comes_and_cancels(
    client: Client, bureau: Person, members: list[MEMBER]
) -> None:
    assembly = make_day(bureau, starts_in=9 * DAY)
    member, signer = members[0]
    reader = make_person("Leest", "contactpersoon", member)
    log_in(client, reader)
    url = reverse("assembly-attendance", args=[assembly.pk])
    assert client.post(url, {}).status_code == 422
    client.post(url, {"person": signer.pk, "mode": "online"})
    assert Attendance.objects.get().person == signer
    assert "is aangemeld" in text(client, url)
    client.post(url, {"act": "cancel"})
    assert Attendance.objects.get().status == "cancelled"
    give = reverse("assembly-proxy", args=[assembly.pk])
    assert "Een volmacht geeft" in text(client, give)
    assert client.post(give, {"to": f"lid-{member.pk}"}).status_code == 404
    paper = client.get(reverse("assembly-proxy-paper", args=[assembly.pk]))
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert len(pdf.pages) == 1
    Assembly.objects.filter(pk=assembly.pk).update(status="cancelled")
    assert client.get(paper.wsgi_request.path).status_code == 404


def test_the_association_sees_how_many_voted_and_no_count(
    client: Client, vote: Stemming, members: list[MEMBER], bureau: Person
) -> None:
    log_in(client, bureau)
    assert "Breng uw stem uit" not in text(client, page(vote))
    assert "Van 3 leden met een stem stemden er 0" in text(client, page(vote))


def test_bureau_and_bestuur_read_an_open_vote_in_beheer_and_the_penningmeester_not(
    client: Client, vote: Stemming, bureau: Person, members: list[MEMBER],
    penningmeester: Person,
) -> None:  # fmt: skip
    organisation, signer = members[0]
    now = timezone.now()
    row = entry(vote, organisation)
    cast(row, "contra", factor=given(now), now=now, by=signer)
    ballot = Ballot.objects.get()
    pages = [
        reverse("admin:membership_ballot_changelist"),
        reverse("admin:membership_ballot_change", args=[ballot.pk]),
    ]
    member = reverse("admin:membership_entitled_change", args=[ballot.entitled_id])
    client.force_login(bureau)
    for page in pages:
        assert "tegen" in client.get(page).content.decode()
    assert pages[1] in client.get(member).content.decode()
    client.force_login(penningmeester)
    assert [client.get(page).status_code for page in pages] == [403, 403]
    assert pages[1] not in client.get(member).content.decode()


def test_who_counted_a_vote_has_no_button_to_check_it(
    client: Client, bureau: Person, bestuur: Person, members: list[MEMBER]
) -> None:
    now = timezone.now()
    assembly = make_day(bureau)
    for organisation, signer in members:
        row = announce(assembly, organisation, signer, mode="room", now=now, by=bureau)
        arrive(row, now=now, by=bureau)
    vote = opened(assembly, bureau, method="paper")
    closing.enter_counts(vote, Counts(1, 2, 0, 0), now=now, by=bureau)
    page = reverse("admin:membership_stemming_change", args=[vote.pk])
    check = reverse("admin:membership_stemming_check", args=[vote.pk])
    client.force_login(bureau)
    assert check not in client.get(page).content.decode()
    client.force_login(bestuur)
    assert check in client.get(page).content.decode()


def test_who_did_not_vote_yet_is_asked_on_every_page_where_he_looks(
    client: Client, vote: Stemming, members: list[MEMBER]
) -> None:
    """Of three: one voted, one gave a volmacht, and one is asked."""
    (one, first), (two, second), (three, third) = members
    now = timezone.now()
    cast(entry(vote, one), "pro", factor=given(now), now=now, by=first)
    Proxy.objects.create(
        assembly=vote.assembly, organisation=two, of_member=one, given_by=second
    )
    today = timezone.localdate()
    [asked] = votes(Among(), today)
    assert asked.organisations == [three]
    assert asked.url == page(vote)
    where = reverse("assembly-detail", args=[vote.assembly_id])
    client.force_login(third)
    assert text(client, where).count("U kunt nu stemmen") == 1
    client.force_login(first)
    assert "U kunt nu stemmen" in text(client, where), "with the volmacht"
    client.force_login(second)
    assert "U kunt nu stemmen" not in text(client, where)


def test_a_vote_that_is_open_after_midnight_is_not_over(vote: Stemming) -> None:
    after = vote.assembly.on + DAY
    assert not any(asked.is_late(after) for asked in votes(Among(), after))
