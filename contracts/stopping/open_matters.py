"""What is still open when an agreement ends: to settle, to pay, to give back.

Each app tells its own, by functions in `providers`; this knows none.
"""

from collections.abc import Callable, Iterable

from contracts.models import Gebruiksovereenkomst

# Given an agreement: a sentence for each thing that does not end by itself.
Provider = Callable[[Gebruiksovereenkomst], Iterable[str]]
providers: list[Provider] = []


def open_matters(agreement: Gebruiksovereenkomst) -> list[str]:
    """What is to be settled, paid or handed over before this is really over."""
    return [one for provider in providers for one in provider(agreement)]
