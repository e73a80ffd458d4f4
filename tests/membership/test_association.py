"""The page of the association: what is newest, and only what somebody may read."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from membership.models import Organisation, Person
from tests.membership.bodies import make_body, make_seat
from tests.membership.letters import send
from tests.membership.test_assembly import convened

PAGE = "/vereniging/"


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_it_shows_what_is_newest_to_who_belongs_and_not_to_a_stranger(
    heideveld: Organisation,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    assembly = convened(bestuur)
    body = make_body(name="Regiegroep Proef")
    make_seat(body, organisation=heideveld, person=lezer)
    letter = send(bureau, bestuur)
    page = logged_in(lezer).get(PAGE).content.decode()
    assert f'href="/alv/{assembly.pk}/">{assembly.title}' in page
    assert "Regiegroep Proef</a> <span" in page
    assert "U zit hierin" in page
    assert letter.subject in page
    page = logged_in(vreemde).get(PAGE).content.decode()
    for word in (assembly.title, "Regiegroep Proef", letter.subject):
        assert word not in page
    assert "Er is nog geen brief aan uw organisatie." in page


def test_as_many_queries_with_more_to_show(
    heideveld: Organisation, lezer: Person, bureau: Person, bestuur: Person
) -> None:
    client = logged_in(lezer)
    counts = []
    for number in range(3):
        make_seat(make_body(code=f"RG-{number}"), f"Collega{number}", heideveld)
        send(bureau, bestuur)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert counts[1] == counts[2]
