"""What a verb says when it will not do what is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError


class NotAllowed(Exception):
    """A refusal for a person: a Dutch sentence that says what, why and what to do.

    `field` names what was filled in wrong, for a form to show it there; empty when the
    refusal is about the whole.
    """

    def __init__(self, sentence: str = "", *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class Stale(NotAllowed):
    """A refusal because something changed since the person looked: look again."""


@contextmanager
def refused_in_words() -> Iterator[None]:
    """What the rules of a row say against it is the refusal."""
    try:
        yield
    except ValidationError as error:
        raise NotAllowed(" ".join(error.messages)) from error
