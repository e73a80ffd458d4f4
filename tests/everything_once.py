"""One record of every kind, made once per process: a pytest plugin.

Who asks for `everything` is in a database that has it all, and the whole cast. What a
test does there is rolled back.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from billing.models import Period
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.billing.database import filled_database
from tests.billing.settled import H1
from tests.conftest import make_gemeente, make_heideveld, make_person
from tests.everything import half_way, make_everything

ASSOCIATION = ("Bureau", "Penningmeester", "Bestuur")


def make_all(folder: Path) -> None:
    """With the cast under the names that their fixtures give them.

    What waits for the commit, such as e-mail, stays away: as in a test that is rolled
    back.
    """
    flexensie = Instrument.objects.get(slug="flexensie")
    uitvoerder = Organisation.objects.get(code="flexensie")
    with transaction.atomic():
        people: dict[str, Person] = {
            name.lower(): make_person(name, name.lower()) for name in ASSOCIATION
        }
        heideveld = make_heideveld(flexensie)
        noorderhage = make_gemeente("GM9003", "Noorderhage")
        make_person("Backoffice", "uitvoerder", uitvoerder)
        make_person("Lezer", "contactpersoon", heideveld)
        make_person("Vreemde", "contactpersoon", noorderhage)
        make_everything(folder, holder=heideveld, uitvoerder=uitvoerder, **people)
        half_way(noorderhage, by=people["bureau"])
        connection.run_on_commit.clear()


@pytest.fixture(scope="session")
def everything_made(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The name of the database in which it all is, to connect to or to copy."""
    folder = tmp_path_factory.mktemp("everything")
    with filled_database(
        django_db_blocker, lambda: make_all(folder), called="everything"
    ) as (name, _):
        yield name


@pytest.fixture
def everything(db: None) -> Period:
    """2026-H1 of Heideveld, with all that was made around it."""
    return Period.objects.get(instrument__slug="flexensie", halfyear=H1)
