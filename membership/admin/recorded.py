"""The pages of the admin with our history: it is shown, and added to.

Every admin class of the project is one of these two.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from membership import history
from membership.admin.words import Told, tell
from membership.models import HistoryEvent, Person
from nvsi.admin.pages import ShownAdmin
from nvsi.errors import NotAllowed

MOST_EVENTS = 200


def acting(request: HttpRequest) -> Person:
    """Who is behind an admin page, where nobody is anonymous."""
    assert isinstance(request.user, Person)
    return request.user


class FrozenAdmin(ShownAdmin):
    """What a verb made: to look at, with its history."""

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {**(extra_context or {}), "told": self._told(unquote(object_id))}
        return super().history_view(request, object_id, context)

    def _told(self, key: str) -> list[Told]:
        """What happened to a record, the last first."""
        if not (key.isascii() and key.isdecimal()):
            return []
        events = HistoryEvent.objects.filter(
            subject_type=self.opts.label_lower, subject_id=key
        )
        return [tell(event) for event in events.select_related("by")[:MOST_EVENTS]]


class RecordedAdmin(FrozenAdmin):
    """Plain reference data: to add and to change, and each time that is recorded."""

    can_add = True

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Save, and say in the history which fields; never what was in them."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            action = "changed" if change else "added"
            fields = sorted(form.changed_data)
            history.record(obj, action, acting(request), fields=fields)

    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A verb that refuses says why on the same page, and nothing is saved."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(request.get_full_path())
