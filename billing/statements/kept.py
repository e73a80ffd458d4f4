"""Parts of pages that follow from what is frozen: made once, and kept.

In the memory of the process, so that a new release starts with its own templates and
nobody else can put something here.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

_parts = LocMemCache(
    "parts of pages", {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 300}}
)


def kept(
    template: str, facts: str, context: Callable[[], Mapping[str, Any]]
) -> SafeString:
    """The template, filled in once for the same facts; they tell all that it shows."""
    key = hashlib.sha256(f"{template} {facts}".encode()).hexdigest()
    part: str | None = _parts.get(key)
    if part is None:
        part = render_to_string(template, context())
        _parts.set(key, part)
    return mark_safe(part)  # noqa: S308 - it came out of the template just above
