"""The history of a record: who did what and when, as sentences with old and new."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from membership import history, saved_filters
from membership.admin.telling import Change, story_of
from membership.models import HistoryEvent, Organisation, Person, Role, SavedFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_bureau(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


def change(client: Client, organisation: Organisation, **changes: str) -> None:
    names = ["name", "short_name", "kvk_number", "iban", "address", "postcode"]
    names += ["town", "province"]
    filled_in = {name: getattr(organisation, name) for name in names}
    url = f"/beheer/membership/organisation/{organisation.pk}/change/"
    form = {**filled_in, "inhabitants": "", **changes}
    assert client.post(url, form).status_code == 302


def words(client: Client, organisation: Organisation, page: str) -> str:
    url = f"/beheer/membership/organisation/{organisation.pk}/{page}/"
    return client.get(url).content.decode().replace("\u00a0", " ")


def test_a_change_in_the_admin_is_one_story_with_old_and_new(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    change(at_bureau, noorderhage, town="Hage")
    first, *others = story_of(Organisation, noorderhage.pk, 10)
    assert first.sentence == "Gewijzigd, door Bureau."
    assert first.changes == [Change("plaats", "leeg", "Hage")]
    assert first.facts == []
    assert [told.sentence for told in others] == ["Toegevoegd, niet in dit beheer."]


def test_an_iban_is_told_once_and_as_people_write_it(
    at_bureau: Client, heideveld: Organisation
) -> None:
    change(at_bureau, heideveld, iban="NL44RABO0123456789")
    told = story_of(Organisation, heideveld.pk, 10)
    changes = [one for act in told for one in act.changes]
    assert [one.label for one in changes] == ["IBAN"]
    assert changes[0].after.replace("\u00a0", " ") == "NL44 RABO 0123 4567 89"


def test_what_was_written_behind_the_portal_is_told_too(
    noorderhage: Organisation,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE membership_organisation SET town = 'Hage'")
    first, *_ = story_of(Organisation, noorderhage.pk, 10)
    assert first.sentence == "Gewijzigd, niet in dit beheer."
    assert first.changes == [Change("plaats", "leeg", "Hage")]


def test_a_day_and_a_choice_are_told_in_dutch(lezer: Person) -> None:
    role = lezer.roles.get()
    role.ends_on = datetime.date(2026, 3, 9)
    role.save()
    (change,) = story_of(Role, role.pk, 1)[0].changes
    assert (change.label, change.before) == ("tot en met", "leeg")
    assert change.after.replace("\u00a0", " ") == "9 mrt 2026"


@pytest.mark.parametrize(
    ("kept", "told"),
    [("2026-03-09", "9 maart 2026"), ("2026-02-31", "2026-02-31"), ("12", "12")],
)
def test_a_day_among_the_facts_is_written_out(
    lezer: Person, kept: str, told: str
) -> None:
    history.record(lezer, "changed", None, on=kept)
    ((_, fact),) = story_of(Person, lezer.pk, 1)[0].facts
    assert fact.replace("\u00a0", " ") == told


def test_a_move_says_from_where_to_where_and_a_run_that_nobody_did_it(
    noorderhage: Organisation, bureau: Person
) -> None:
    history.record(noorderhage, "draft>approved", bureau)
    history.record(noorderhage, "prepared", None, lines=3)
    acts = story_of(Organisation, noorderhage.pk, 2)
    assert [told.sentence for told in acts] == [
        "Opgesteld, automatisch.",
        "Status van concept naar vastgesteld, door Bureau.",
    ]
    assert acts[0].facts == [("regels", "3")]


def test_the_page_has_the_last_few_and_the_history_all(
    at_bureau: Client, bureau: Person, noorderhage: Organisation
) -> None:
    for number in range(8):
        history.record(noorderhage, "changed", bureau, reason=f"reden {number}!")
    short = words(at_bureau, noorderhage, "change")
    assert "reden 7!" in short
    assert "reden 2!" not in short
    assert "Bekijk de hele geschiedenis" in short
    assert "reden 0!" in words(at_bureau, noorderhage, "history")


def test_the_story_of_many_acts_asks_no_more_than_that_of_one(
    at_bureau: Client,
    bureau: Person,
    noorderhage: Organisation,
    django_assert_max_num_queries: Any,
) -> None:
    for town in ("A", "B", "C", "D"):
        change(at_bureau, noorderhage, town=town)
    with django_assert_max_num_queries(4):
        assert len(story_of(Organisation, noorderhage.pk, 50)) == 5


def test_a_story_is_no_longer_than_asked(
    bureau: Person, noorderhage: Organisation
) -> None:
    for town in ("A", "B", "C"):
        noorderhage.town = town
        noorderhage.save()
    assert len(story_of(Organisation, noorderhage.pk, 2)) == 2
    assert story_of(HistoryEvent, 1, 5) == []


def test_a_list_that_was_taken_along_is_told_by_its_name(bureau: Person) -> None:
    saved = saved_filters.keep(
        "billing.line", name="Hei", query="q=hei", shared=True, by=bureau
    )
    (told,) = story_of(SavedFilter, saved.pk, 5)
    assert told.sentence == "Bewaard, door Bureau."
    assert sorted(told.facts) == [("gedeeld", "ja"), ("lijst", "Urenregels")]
    history.record(saved, "kept", bureau, list="gone.thing")
    assert story_of(SavedFilter, saved.pk, 1)[0].facts == [("lijst", "gone.thing")]
