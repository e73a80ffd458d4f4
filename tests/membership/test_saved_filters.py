"""Filters that somebody keeps: his own, and what he shares with colleagues."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from membership.models import HistoryEvent, Person, SavedFilter

pytestmark = pytest.mark.django_db

LIST = "/beheer/membership/organisation/"
KEEP = "/beheer/membership/savedfilter/bewaren/"


def at(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def keep(client: Client, name: str, **facts: str) -> Any:
    form = {"list": "membership.organisation", "query": "q=heide", "name": name}
    return client.post(KEEP, {**form, **facts}, follow=True)


def shown(client: Client) -> str:
    return client.get(LIST).content.decode()


def test_a_filter_is_kept_and_stands_above_its_list_alone(bureau: Person) -> None:
    client = at(bureau)
    response = keep(client, "  Op de  hei ")
    assert response.redirect_chain == [(f"{LIST}?q=heide", 302)]
    assert "Het filter &#x27;Op de hei&#x27; is bewaard." in response.content.decode()
    assert '<a href="?q=heide">Op de hei</a>' in shown(client)
    assert "Op de hei" not in client.get("/beheer/membership/role/").content.decode()
    assert HistoryEvent.objects.get(action="kept").by == bureau


def test_only_what_is_chosen_can_be_kept(bureau: Person) -> None:
    client = at(bureau)
    assert "Dit filter bewaren" not in shown(client)
    assert "Dit filter bewaren" not in client.get(f"{LIST}?p=1").content.decode()
    assert "Dit filter bewaren" in client.get(f"{LIST}?q=x").content.decode()


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", "q=x", "Geef het filter een naam"),
        ("x" * 61, "q=x", "Geef het filter een naam"),
        ("alles", "", "Kies eerst een filter"),
        ("lang", f"q={'x' * 1000}", "Kies eerst een filter"),
        ("Hei", "q=x", "al een filter met die naam"),
    ],
)
def test_what_cannot_be_kept_is_explained(
    name: str, query: str, said: str, bureau: Person
) -> None:
    client = at(bureau)
    keep(client, "Hei")
    assert said in keep(client, name, query=query).content.decode()
    assert SavedFilter.objects.count() == 1


def test_a_colleague_sees_what_is_shared_and_removes_only_his_own(
    bureau: Person, bestuur: Person
) -> None:
    mine, theirs = at(bureau), at(bestuur)
    keep(mine, "Van mij")
    keep(mine, "Van ons", shared="on")
    text = shown(theirs)
    assert "Van mij" not in text
    assert "Van ons" in text
    assert "van Bureau" in text
    own, shared = (SavedFilter.objects.get(name=n) for n in ("Van mij", "Van ons"))
    assert remove(theirs, own).status_code == 404
    assert "die kan het weghalen" in remove(theirs, shared).content.decode()
    assert "is weg" in remove(mine, shared).content.decode()
    assert list(SavedFilter.objects.all()) == [own]
    assert HistoryEvent.objects.get(action="removed").by == bureau


def remove(client: Client, saved: SavedFilter) -> Any:
    url = f"/beheer/membership/savedfilter/{saved.pk}/weghalen/"
    return client.post(url, follow=True)


@pytest.mark.parametrize("of", ["", "x", "sessions.session", "membership.exportpiece"])
def test_a_filter_is_of_a_list(of: str, bureau: Person) -> None:
    assert keep(at(bureau), "Hei", list=of).status_code == 404


def test_a_stranger_keeps_and_removes_nothing(lezer: Person, bureau: Person) -> None:
    keep(at(bureau), "Van ons", shared="on")
    saved = SavedFilter.objects.get()
    client = at(lezer)
    url = f"/beheer/membership/savedfilter/{saved.pk}/weghalen/"
    assert client.post(url).status_code == 302
    assert client.post(KEEP, {"list": "membership.role"}).status_code == 302
    assert SavedFilter.objects.count() == 1
    assert not SavedFilter.objects.visible_to(lezer).exists()


@pytest.mark.parametrize("empty", ["name", "query"])
def test_the_database_keeps_no_empty_filter(empty: str, bureau: Person) -> None:
    facts = {"name": "Hei", "query": "q=x", empty: ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedFilter.objects.create(person=bureau, list_label="x", **facts)
