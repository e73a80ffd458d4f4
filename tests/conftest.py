"""The cast: a few gemeenten and people that every test may call on.

Heideveld takes part, Waterkant is on its way, Noorderhage is the stranger. Ask for a
fixture by its name; each comes with the database.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from contracts.agreements import conclude
from contracts.models import Gebruiksovereenkomst, Verwerkersovereenkomst
from instruments.models import Instrument
from membership.models import Membership, Organisation, Person, Role
from tests.billing.database import connected_to
from tests.template import migrated

pytest_plugins = ["tests.environment", "tests.everything_once"]

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("ours", deadline=None)
hypothesis.settings.load_profile("ours")

SINCE = datetime.date(2018, 1, 1)


def make_gemeente(code: str, name: str, **facts: str) -> Organisation:
    return Organisation.objects.create(
        code=code, kind="gemeente", name=name, short_name=name, **facts
    )


def make_person(
    name: str, role: str, organisation: Organisation | None = None
) -> Person:
    """Somebody with one role since 2018, and an address made of the name."""
    person = Person.objects.create_user(f"{name.lower()}@nvsi.example", name)
    Role.objects.create(
        person=person, organisation=organisation, name=role, starts_on=SINCE
    )
    return person


def make_heideveld(flexensie: Instrument) -> Organisation:
    gemeente = make_gemeente("GM9001", "Heideveld", iban="NL02ABNA0123456789")
    Membership.objects.create(
        organisation=gemeente, kind="lid", collegebesluit_on=SINCE, starts_on=SINCE
    )
    Verwerkersovereenkomst.objects.create(organisation=gemeente, starts_on=SINCE)
    conclude(
        gemeente,
        flexensie,
        gemeenten=[gemeente],
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(30),
        by=None,
    )
    return gemeente


def somebody(name: str, role: str, organisation: Organisation | None = None) -> Person:
    """Whom the database of `everything` has already, or somebody new."""
    known = Person.objects.filter(name=name).first()
    return known or make_person(name, role, organisation)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Let the test database be a copy of one that has its migrations."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated()


@pytest.fixture(scope="session", autouse=True)
def force_login_gives_a_second_factor() -> Iterator[None]:
    """Client.force_login logs in as our pages do: with the second factor given."""
    log_in = Client.force_login

    def with_second_factor(client: Client, user: Any, backend: Any = None) -> None:
        log_in(client, user, backend)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", with_second_factor)
        yield


@pytest.fixture
def right_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """The usual one, in which only the migrations were run, or that of everything."""
    if "everything" not in request.fixturenames:
        yield
        return
    with connected_to(request.getfixturevalue("everything_made")):
        yield


@pytest.fixture
def db(right_database: None, db: None) -> None:
    """The database is chosen before the transaction begins that is rolled back."""


@pytest.fixture
def flexensie(db: None) -> Instrument:
    """The instrument that the first migrations bring: 1% and 1%, since 2014."""
    return Instrument.objects.get(slug="flexensie")


@pytest.fixture
def flexensie_nederland(db: None) -> Organisation:
    """The uitvoerder of flexensie."""
    return Organisation.objects.get(code="flexensie")


@pytest.fixture
def heideveld(db: None, flexensie: Instrument) -> Organisation:
    """Lid, with both agreements and a vergoeding of 30%, all since 2018."""
    known = Organisation.objects.filter(code="GM9001").first()
    return known or make_heideveld(flexensie)


@pytest.fixture
def agreement(heideveld: Organisation) -> Gebruiksovereenkomst:
    """Heideveld's gebruiksovereenkomst for flexensie."""
    return heideveld.gebruiksovereenkomsten.get()


@pytest.fixture
def waterkant(db: None) -> Organisation:
    """Aspirant-lid since 2018, without agreements."""
    gemeente = make_gemeente("GM9002", "Waterkant")
    Membership.objects.create(
        organisation=gemeente, kind="aspirant_lid", starts_on=SINCE
    )
    return gemeente


@pytest.fixture
def noorderhage(db: None) -> Organisation:
    """The stranger: a gemeente without membership and without agreements."""
    known = Organisation.objects.filter(code="GM9003").first()
    return known or make_gemeente("GM9003", "Noorderhage")


@pytest.fixture
def bureau(db: None) -> Person:
    return somebody("Bureau", "bureau")


@pytest.fixture
def penningmeester(db: None) -> Person:
    return somebody("Penningmeester", "penningmeester")


@pytest.fixture
def bestuur(db: None) -> Person:
    return somebody("Bestuur", "bestuur")


@pytest.fixture
def backoffice(flexensie_nederland: Organisation) -> Person:
    """Delivers hour lines, for the uitvoerder of flexensie."""
    return somebody("Backoffice", "uitvoerder", flexensie_nederland)


@pytest.fixture
def lezer(heideveld: Organisation) -> Person:
    """Contactpersoon of Heideveld."""
    return somebody("Lezer", "contactpersoon", heideveld)


@pytest.fixture
def vreemde(noorderhage: Organisation) -> Person:
    """Contactpersoon of Noorderhage, who must see nothing of the others."""
    return somebody("Vreemde", "contactpersoon", noorderhage)
