"""Attacks on what was published of a half-year, and on the limits of signals."""

from tests.billing.attacks.sql import Attack, copy


def publish(**changes: str) -> str:
    """Another like the one of the approved half-year."""
    return copy("billing_figures", "run_id = %(approved_run)s", **changes)


def limit(**changes: str) -> str:
    """Another limit like the one that is there, for a later half-year."""
    return copy("billing_signallimit", "true", **{"from_halfyear": "20262", **changes})


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
    Attack(
        "signal_limits_change_once_in_a_halfyear", "twice", limit(from_halfyear="20252")
    ),
    *(
        Attack("a_signal_limit_is_above_zero", f"no {name}", limit(**{name: "0"}))
        for name in ("opdracht_uren", "opdracht_weken", "opdrachtgever_kandidaten")
    ),
]
