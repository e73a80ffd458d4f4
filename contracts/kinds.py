"""The kinds of agreement, their parties, and why one is drawn up. Pure.

Source: seed 001 (gebruik innovatieve oplossingen), seed 002 (one uitvoeringscontract).
"""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What is agreed; the value stands in addresses and in the history."""

    VERWERKERS = "verwerkers", "verwerkersovereenkomst"
    GEBRUIKS = "gebruiks", "gebruiksovereenkomst"
    UITVOERINGS = "uitvoerings", "uitvoeringsovereenkomst"


class Party(TextChoices):
    """The two sides of every agreement."""

    ORGANISATION = "organisation", "de organisatie"
    NVSI = "nvsi", "de NVSI"


class Why(TextChoices):
    """What an agreement does to what was agreed before it.

    A prolongation and a change refer to the fact that goes on; a takeover to an
    agreement with the uitvoerder itself, which no fact of ours holds.
    """

    NEW = "new", "nieuw"
    PROLONGATION = "prolongation", "verlenging"
    CHANGE = "change", "wijziging"
    TAKEOVER = "takeover", "overname van een bestaande overeenkomst"


OF_AN_EARLIER_ONE = (Why.PROLONGATION.value, Why.CHANGE.value)
