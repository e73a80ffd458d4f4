"""The prices of an agreement over time, beside what used them.

What used them is of a higher app: it adds its table by a function in `tables`.
"""

from collections.abc import Callable

from contracts.models import Gebruiksovereenkomst
from nvsi.admin.tables import Table

Provider = Callable[[Gebruiksovereenkomst], Table]
tables: list[Provider] = []


def price_tables(agreement: Gebruiksovereenkomst) -> list[Table]:
    """For under the agreement: what was settled at which price."""
    return [make(agreement) for make in tables]
