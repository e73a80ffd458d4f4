"""The field of the admin that searches while you type."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect


class SearchSelect(AutocompleteSelect):
    """Shows a refused form again also when what was sent cannot be a key at all.

    Django's own looks the sent value up as a number, and fails on what is none.
    """

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        keys = [one for one in value if one.isascii() and one.isdecimal()]
        # As text a bigint has at most 18 digits that always fit.
        return super().optgroups(name, [k for k in keys if len(k) <= 18], attr)
