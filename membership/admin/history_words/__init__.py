"""The history in Dutch: what was done, by subject, and what its facts are called."""

from membership.admin.history_words import (
    agreements,
    belonging,
    general,
    letters,
    money,
    people,
    steering,
)
from membership.admin.history_words.facts import FACTS

__all__ = ["ACTIONS", "FACTS"]

ACTIONS = {
    **general.ACTIONS,
    **agreements.ACTIONS,
    **belonging.ACTIONS,
    **letters.ACTIONS,
    **money.ACTIONS,
    **people.ACTIONS,
    **steering.ACTIONS,
}
