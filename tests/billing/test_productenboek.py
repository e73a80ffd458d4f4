"""The productenboek: what was published, who uses it, and examples apart."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.figures.provinces import UNKNOWN, users_of
from contracts.breaches.reporting import instruments_of
from contracts.models import AnnexVersion
from contracts.using import uses
from instruments.factsheets import writing
from instruments.models import Factsheet, Instrument
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed, Stale
from tests.instruments.productenboek import make_example, make_factsheet

LIST, PAGE = "/instrumenten/", "/instrumenten/flexensie/"
VERSIONS = f"{PAGE}versies/"


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def publish(factsheet: Factsheet, by: Person) -> Factsheet:
    return writing.publish(factsheet, seen=writing.fingerprint(factsheet), by=by)


def test_the_world_reads_a_factsheet_once_it_is_published(
    client: Client, flexensie: Instrument, bureau: Person, penningmeester: Person
) -> None:
    draft = make_factsheet(flexensie, rights="")
    seen = writing.fingerprint(draft)
    assert "Antwoord op what." not in read(client, PAGE)
    assert client.get(VERSIONS).status_code == 404
    with pytest.raises(NotAllowed, match="van wie zijn de rechten"):
        publish(draft, bureau)
    draft.rights = "Van de leden."
    draft.save()
    with pytest.raises(Stale):
        writing.publish(draft, seen=seen, by=bureau)
    with pytest.raises(NotAllowed, match="van het bureau"):
        publish(draft, penningmeester)
    publish(draft, bureau)
    page = read(client, PAGE)
    assert "Antwoord op what." in page
    assert "Van de leden." in page
    assert "Versie 1, gepubliceerd door het bureau" in page
    assert bureau.name not in page


def test_two_versions_are_compared_word_by_word(
    client: Client, flexensie: Instrument, bureau: Person
) -> None:
    first = publish(make_factsheet(flexensie, costs="Een vast bedrag."), bureau)
    draft = writing.start(first, note="Prijs.", by=bureau)
    with pytest.raises(NotAllowed, match="al een concept"):
        writing.start(first, note="Nog een.", by=bureau)
    draft.costs = "Een klein bedrag."
    draft.save()
    assert "klein" not in read(client, PAGE)
    publish(draft, bureau)
    page = read(client, VERSIONS)
    assert "<del>vast </del><ins>klein </ins>" in page
    assert "geen verschil" in read(client, f"{VERSIONS}?oud=2&nieuw=2")
    assert "<del>klein </del>" in read(client, f"{VERSIONS}?oud=2&nieuw=1")


def test_who_uses_it_stands_on_the_map_and_by_name(
    client: Client,
    flexensie: Instrument,
    heideveld: Organisation,
    noorderhage: Organisation,
    bureau: Person,
) -> None:
    heideveld.province = "Drenthe"
    heideveld.save()
    publish(make_factsheet(flexensie), bureau)
    users = client.get(PAGE).context["page"].users
    assert {t.first: t.count for t in users.tiles if t.count} == {"Drenthe": 1}
    assert users.provinces == [("Drenthe", ["Heideveld"])]
    assert "gemeente gebruikt het." in read(client, LIST)


def test_every_gemeente_is_told_once_also_without_a_province() -> None:
    names = {"Friesland": "A", "Fryslân": "B", "": "C", "Atlantis": "D"}
    rows = [Organisation(province=p, short_name=name) for p, name in names.items()]
    users = users_of(rows)
    assert users.provinces == [("Friesland", ["A", "B"]), (UNKNOWN, ["C", "D"])]
    assert (users.count, sum(tile.count for tile in users.tiles)) == (4, 2)


def test_examples_stand_apart_and_nowhere_else(
    client: Client, flexensie: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    example = make_example()
    publish(make_factsheet(example, phase="idee"), bureau)
    publish(make_factsheet(flexensie), bureau)
    book = client.get(LIST).context["book"]
    assert [one.instrument for one in book.own] == [flexensie]
    assert [one.instrument for one in book.examples] == [example]
    page = read(client, f"{LIST}{example.slug}/")
    assert "Dit is een voorbeeld." in page
    assert "in cijfers" not in page
    ideas = client.get(f"{LIST}?fase=idee").context["book"]
    assert (ideas.own, len(ideas.examples)) == ([], 1)
    assert client.get(f"{LIST}?fase=onzin").context["book"].phase == ""
    assert [one.slug for one in uses(timezone.localdate())] == ["flexensie"]
    assert instruments_of(None) == [flexensie]


def test_the_list_asks_the_database_as_often_for_more(
    client: Client, flexensie: Instrument, bureau: Person
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    publish(make_factsheet(flexensie), bureau)
    once = count()
    for slug in ("een", "twee", "drie"):
        publish(make_factsheet(make_example(slug)), bureau)
    assert count() == once


def test_who_may_see_them_goes_on_to_the_annexes_about_personal_data(
    client: Client,
    flexensie: Instrument,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
) -> None:
    publish(make_factsheet(flexensie), bureau)
    holds = AnnexVersion.objects.get(instrument=flexensie, number=1)
    address = f'href="/overeenkomsten/bijlagen/{holds.pk}/"'
    assert address not in read(client, PAGE)
    for person, sees in ((lezer, True), (bureau, True), (vreemde, False)):
        client.force_login(person)
        assert (address in read(client, PAGE)) == sees, person
    client.force_login(bureau)
    assert client.get(f"/overeenkomsten/bijlagen/{holds.pk}/").status_code == 200
