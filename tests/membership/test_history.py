"""History is added to and nothing else, by whatever road; it reads in Dutch."""

import ast
from collections.abc import Iterator

import pytest
from django.db import Error, IntegrityError, connection, transaction

from membership import history
from membership.admin.history_words import ACTIONS
from membership.models import HistoryEvent, Organisation, Person
from tests.test_house import SOURCES, nodes

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_to_which_object_with_which_facts(
    noorderhage: Organisation, bureau: Person
) -> None:
    event = history.record(noorderhage, "visited", bureau, day="2026-03-09", people=3)
    event.refresh_from_db()
    assert (event.by, event.action) == (bureau, "visited")
    assert event.subject_type == "membership.organisation"
    assert event.subject_id == noorderhage.pk
    assert event.subject == "gemeente Noorderhage"
    assert event.facts == {"day": "2026-03-09", "people": 3}
    assert event.at is not None
    assert str(event) == "visited gemeente Noorderhage"


def test_the_scheduled_run_is_nobody(noorderhage: Organisation) -> None:
    assert history.record(noorderhage, "counted", None).by is None


def test_a_long_subject_is_cut_off(noorderhage: Organisation) -> None:
    noorderhage.name = "x" * 300
    assert len(history.record(noorderhage, "named", None).subject) == 200


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE membership_historyevent SET action = 'nothing'",
        "UPDATE membership_historyevent SET by_id = NULL",
        "DELETE FROM membership_historyevent",
        "TRUNCATE membership_historyevent",
        "TRUNCATE membership_historyevent CASCADE",
    ],
)
def test_raw_sql_cannot_change_or_remove_an_event(
    statement: str, noorderhage: Organisation, bureau: Person
) -> None:
    history.record(noorderhage, "visited", bureau)
    connection.check_constraints()  # else TRUNCATE is refused for another reason
    refused = pytest.raises(IntegrityError, match="nooit gewijzigd of verwijderd")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    event = HistoryEvent.objects.get()
    assert (event.action, event.by) == ("visited", bureau)


def test_the_models_cannot_either(noorderhage: Organisation) -> None:
    event = history.record(noorderhage, "visited", None)
    event.action = "nothing"
    for change in (event.save, event.delete, HistoryEvent.objects.all().delete):
        with pytest.raises(Error), transaction.atomic():
            change()
    assert HistoryEvent.objects.get().action == "visited"


def recorded_in_the_code() -> Iterator[str]:
    """Every action that a verb writes down in words, and not as a change of status."""
    for node in (node for path in SOURCES for node in nodes(path)):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="record", value=ast.Name(id="history")),
                args=[_, ast.Constant(value=str(action)), *_],
            ) if ">" not in action:
                yield action


def test_every_action_has_a_name_on_the_screen() -> None:
    actions = set(recorded_in_the_code())
    assert len(actions) > 80
    assert actions - set(ACTIONS) == set()
