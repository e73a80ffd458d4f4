"""The pages of votes: who votes for whom, what is looked at before, and the result."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.assembly import closing
from membership.models import Attendance, Organisation, Person, Proxy, Stemming
from tests.conftest import make_person
from tests.membership.assembly_days import (
    DAY,
    allow_electronic,
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


def test_the_association_sees_how_many_voted_and_no_count(
    client: Client, vote: Stemming, members: list[MEMBER], bureau: Person
) -> None:
    log_in(client, bureau)
    assert "Breng uw stem uit" not in text(client, page(vote))
    assert "Van 3 leden met een stem stemden er 0" in text(client, page(vote))
