"""What a verb says when it will not do what is asked."""


class NotAllowed(Exception):
    """A refusal for a person: a Dutch sentence that says what, why and what to do."""


class Stale(NotAllowed):
    """A refusal because something changed since the person looked: look again."""
