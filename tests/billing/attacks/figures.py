"""Attacks on what was published of a half-year."""

from tests.billing.attacks.sql import Attack, copy


def publish(**changes: str) -> str:
    """Another like the one of the approved half-year."""
    return copy("billing_figures", "run_id = %(approved_run)s", **changes)


FIGURES = [
    Attack(
        "figures_say_of_which_halfyear_they_are",
        "of none",
        publish(content="content - 'halfyear'"),
    ),
    Attack(
        "only_what_is_approved_is_published",
        "a concept",
        publish(run_id="%(run)s"),
        "Alleen cijfers die zijn vastgesteld",
    ),
]
