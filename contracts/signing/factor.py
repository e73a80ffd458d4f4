"""The second factor with which somebody signs: see membership.fresh_factor."""

from membership.fresh_factor import FRESH, Given, fresh, last_given

__all__ = ["FRESH", "Given", "fresh", "last_given"]
