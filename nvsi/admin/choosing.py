"""The field of the admin that searches while you type."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple


def _keys(sent: Iterable[str]) -> list[str]:
    """Those that can be keys: Django's own widgets look what was sent up as numbers,
    and fail on what is none."""
    keys = [one for one in sent if one.isascii() and one.isdecimal()]
    # As text a bigint has at most 18 digits that always fit.
    return [key for key in keys if len(key) <= 18]


class SearchSelect(AutocompleteSelect):
    """Choose one by typing. A refused form is shown again, whatever was sent."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, _keys(value), attr)


class SearchSelectMany(AutocompleteSelectMultiple):
    """The same for some out of many; `field` names where they are kept."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Each can be taken away. A button for all would stand among them in their
        list, where a screen reader does not expect it."""
        attrs = super().build_attrs(*args, **kwargs)
        return {**attrs, "data-allow-clear": "false"}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, _keys(value), attr)
