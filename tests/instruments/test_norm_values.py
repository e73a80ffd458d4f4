"""What a value of a kader means, and how one's own lies beside it. Without database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.norms.values import Room, Said, in_words, room_in_words, state_of

TWO, NOBODY = Said(Decimal(2)), Room(None, None)
AROUND = Room(Decimal("1.50"), Decimal("2.50"))
AMOUNTS = st.decimals(0, 100, places=2)


@pytest.mark.parametrize(
    ("own", "state"),
    [
        ("2.00", "equal"),
        ("1.50", "within"),
        ("2.50", "within"),
        ("1.49", "deviates"),
        ("2.51", "deviates"),
    ],
)
def test_a_value_is_equal_or_within_the_room_or_deviates(own: str, state: str) -> None:
    assert state_of(TWO, AROUND, Said(Decimal(own))) == state


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_only_what_lies_in_the_room_does_not_deviate(
    first: Decimal, second: Decimal, third: Decimal, own: Decimal
) -> None:
    lowest, common, highest = sorted((first, second, third))
    state = state_of(Said(common), Room(lowest, highest), Said(own))
    assert (state == "deviates") == (own < lowest or own > highest)
    assert (state == "equal") == (own == common)


def test_other_words_deviate_for_who_says_so() -> None:
    common = Said(None, "Elke week\r\neen gesprek.")
    assert state_of(common, NOBODY, Said(None, "Elke week een gesprek.")) == "equal"
    own = Said(None, "Op dinsdag.")
    assert state_of(common, NOBODY, own) == "within"
    assert state_of(common, NOBODY, own, reason="Te duur.") == "deviates"


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("euro_per_hour", "2", "€ 2,00 per uur"),
        ("count", "2.00", "2"),
        ("hours", "32.50", "32,5 uur per week"),
        ("weeks", "1", "1 week"),
        ("weeks", "26", "26 weken"),
        ("yes_no", "1", "ja"),
        ("yes_no", "0", "nee"),
    ],
)
def test_a_value_in_words(kind: str, value: str, words: str) -> None:
    said = in_words(kind, Said(Decimal(value))).replace("\u00a0", " ")
    assert said == words


@pytest.mark.parametrize(
    ("kind", "lowest", "highest", "words"),
    [
        ("count", "2", "2", "Geen: voor iedereen gelijk."),
        ("weeks", "0", "52", "Tot en met 52 weken."),
        ("count", "1", "2", "Van 1 tot en met 2."),
        ("euro_per_hour", "1.50", "2.50", "Van € 1,50 tot en met € 2,50 per uur."),
        ("yes_no", "0", "1", "Ja of nee."),
    ],
)
def test_the_room_in_words(kind: str, lowest: str, highest: str, words: str) -> None:
    room = Room(Decimal(lowest), Decimal(highest))
    said = room_in_words(kind, Said(Decimal(highest)), room).replace("\u00a0", " ")
    assert said == words


def test_words_leave_room_to_work_them_out() -> None:
    said = Said(None, "Elke week een gesprek.")
    assert in_words("text", said) == "Elke week een gesprek."
    assert room_in_words("text", said, NOBODY) == "Eigen uitwerking kan."
