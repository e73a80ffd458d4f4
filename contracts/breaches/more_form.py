"""What is known now, written over what stood there: nothing of another is wiped."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from contracts.breaches.forms import OF_FOUND, FoundForm
from contracts.breaches.recording import MEANWHILE
from contracts.models.breach_facts import BreachDescription
from contracts.models.breaches import Breach


class MoreForm(FoundForm):
    """All that is known, to add to; `shown` is the description that was looked at.

    is_overtaken: another was first. What was typed stays then, and what was not changed
    follows the description that stands.
    """

    shown = forms.IntegerField(required=False, widget=forms.HiddenInput)
    is_overtaken = False

    def about(self, obj: Any) -> None:
        """Begin with what stands, or compare what was sent with it."""
        assert isinstance(obj, Breach)
        rows = {f"{one.pk}": one for one in obj.descriptions.all()}
        newest = list(rows.values())[-1]
        if not self.is_bound:
            self.initial = {name: getattr(newest, name) for name in OF_FOUND}
            self.initial["shown"] = newest.pk
            return
        seen = self.data.get("shown", "")
        if seen != f"{newest.pk}":
            self.is_overtaken = True
            self.data = _brought_up(self.data, rows.get(seen), newest)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.is_overtaken:
            raise ValidationError(MEANWHILE)
        return said


def _brought_up(
    data: Any, seen: BreachDescription | None, newest: BreachDescription
) -> QueryDict:
    """With the newest in each field that was left as it was seen."""
    brought: QueryDict = data.copy()
    for name in OF_FOUND:
        typed = "\n".join(brought.get(name, "").splitlines()).strip()
        if seen is not None and typed == _as_typed(seen, name):
            brought[name] = _as_typed(newest, name)
    brought["shown"] = f"{newest.pk}"
    return brought


def _as_typed(description: BreachDescription, name: str) -> str:
    value = getattr(description, name)
    return "" if value is None else "\n".join(f"{value}".splitlines()).strip()
