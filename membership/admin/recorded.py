"""The pages of the admin with our history: it is shown, and added to.

Every admin class of the project is one of these two.
"""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from membership import history
from membership.admin.telling import Told, story_of
from membership.models import Person, SavedFilter
from nvsi.admin.lists import filter_of
from nvsi.admin.pages import ShownAdmin
from nvsi.errors import NotAllowed

MOST_EVENTS = 200
# What our triggers raise: no unique or check constraint of PostgreSQL itself does.
GUARDED = "23000"
# On the page of the record itself.
LAST_EVENTS = 5


def acting(request: HttpRequest) -> Person:
    """Who is behind an admin page, where nobody is anonymous."""
    assert isinstance(request.user, Person)
    return request.user


def list_page(model: type[models.Model]) -> str:
    """Where the list of these records stands. Raises LookupError when it has none."""
    meta = model._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    except NoReverseMatch:
        raise LookupError(meta.label) from None


def guard_says(error: IntegrityError) -> str:
    """The Dutch sentence of a trigger of ours; empty when something else refused."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None or diagnosis.sqlstate != GUARDED:
        return ""
    return str(diagnosis.message_primary)


class FrozenAdmin(ShownAdmin):
    """What a verb made: to look at, with its history; its list also as a file."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Around the list: the filters that were kept, and the list as a file."""
        by, name = acting(request), self.opts.label_lower
        kept = SavedFilter.objects.visible_to(by).of_list(name).select_related("person")
        query = filter_of(request.GET)
        context = {
            "list_label": name,
            "query": query,
            "kept": [(one, one.query == query, one.person == by) for one in kept],
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        told = self._told(unquote(object_id), MOST_EVENTS)
        context = {**(extra_context or {}), "told": told}
        return super().history_view(request, object_id, context)

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        told = self._told(str(obj.pk), LAST_EVENTS)
        return {**super().beside_the_form(request, obj), "told": told}

    def _told(self, key: str, most: int) -> list[Told]:
        """What happened to a record, the last first."""
        if not (key.isascii() and key.isdecimal()):
            return []
        return story_of(self.model, int(key), most)


class RecordedAdmin(FrozenAdmin):
    """Plain reference data: to add and to change, and each time that is recorded.

    kept_by: the roles that do so; empty for the whole association.
    """

    can_add = True
    kept_by: ClassVar[tuple[str, ...]] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._keeps(request) and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._keeps(request) and super().has_change_permission(request, obj)

    def _keeps(self, request: HttpRequest) -> bool:
        return not self.kept_by or acting(request).has_role(*self.kept_by)

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
        """A verb or a guard of the database that refuses says why on the same page, and
        nothing is saved."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        except IntegrityError as error:
            if not (guarded := guard_says(error)):
                raise
            messages.error(request, guarded)
        return redirect(request.get_full_path())
