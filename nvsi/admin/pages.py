"""The page and the list of a model: safe by default, in Dutch notation.

Nothing can be added, changed or deleted unless a class says so; and no class says that
something can be deleted.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from nvsi.admin.choosing import SearchSelect
from nvsi.admin.columns import NOTHING, Column, column, is_field
from nvsi.admin.filters import parameter_of
from nvsi.admin.forms import CheckedForm
from nvsi.admin.paginator import CappedPaginator
from nvsi.admin.tables import Table
from nvsi.fields import DayField, DutchDecimalField

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

TYPED = {models.DecimalField: DutchDecimalField, models.DateField: DayField}


class ShownAdmin(ModelAdmin):
    """To look at. `fixed` fields are filled in once, `editable` ones always.

    joined and deferred are for the list and the page alike: what to read in the same
    query, and what not to read at all. in_files says of a column that is a method which
    attribute a file of the list takes; empty: none. totals: the columns of euros that a
    file adds up in a last row. heading: what its app's list of lists calls this one and
    those after it.
    """

    heading: ClassVar[str] = ""

    can_add: ClassVar[bool] = False
    fixed: ClassVar[tuple[str, ...]] = ()
    editable: ClassVar[tuple[str, ...]] = ()
    joined: ClassVar[tuple[str, ...]] = ()
    deferred: ClassVar[tuple[str, ...]] = ()
    in_files: ClassVar[dict[str, str]] = {}
    totals: ClassVar[tuple[str, ...]] = ()

    form = CheckedForm
    actions = None
    empty_value_display = NOTHING
    list_per_page = 50
    paginator = CappedPaginator
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    view_on_site = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.can_add and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.editable) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).defer(*self.deferred)
        return rows.select_related(*self.joined) if self.joined else rows

    def get_list_display(self, request: HttpRequest) -> Any:
        first, *others = self.list_columns(request)
        return [self._shown(first, linked=False), *map(self._shown, others)]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the filters of the list ask: any other field could be guessed."""
        name = lookup.partition("__")[0]
        if not is_field(self.model, name):
            return super().lookup_allowed(lookup, value, request)
        paths = {parameter_of(one) for one in self.get_list_filter(request)}
        return any(lookup == path or lookup.startswith(f"{path}__") for path in paths)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Raises IncorrectLookupParameters for a NUL: PostgreSQL has it in no text."""
        if "%00" in request.GET.urlencode():
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def list_columns(self, request: HttpRequest) -> Sequence[Any]:
        """The names of what the list shows."""
        return self.list_display

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """To fill in what can be, to look at the rest; a new record has no rest."""
        open_fields = self._open_fields(obj)
        sections = []
        for title, options in super().get_fieldsets(request, obj):
            names = flatten_fieldsets([(title, options)])
            fields = [
                name if name in open_fields else self._shown(name)
                for name in names
                if obj or name in open_fields
            ]
            if fields:
                sections.append((title, {**options, "fields": fields}))
        return sections

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        open_fields = self._open_fields(obj)
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        return [field for field in fields if field not in open_fields]

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        return self.editable if obj else self.fixed + self.editable

    def _shown(self, name: Any, *, linked: bool = True) -> str | Column:
        """The column of a field; a method of this class stays as it is."""
        is_own = callable(name) or hasattr(type(self), name)
        if is_own or not is_field(self.model, name):
            return str(name)
        return self._column(name, linked=linked)

    def _column(self, name: str, *, linked: bool = True) -> Column:
        """Django hides a sort that is not in sortable_by; here it does not exist."""
        model: type[models.Model] = self.model
        sortable = self.sortable_by is None
        return column(model, name, linked=linked, sortable=sortable)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.by = request.user  # a class of this request alone
        return form

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SearchSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Numbers and days as the Dutch write them; and without the small buttons
        beside a choice, that open other windows."""
        if type(db_field) in TYPED:
            kwargs.setdefault("form_class", TYPED[type(db_field)])
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def message_user(
        self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Django says 'De' before every name, and half of ours are het-words."""
        name = str(self.opts.verbose_name)
        article, _, rest = str(message).partition(f" {name} ")
        if article == "De":
            message = type(message)(f"{capfirst(name)} {rest}")  # escaped already
        super().message_user(request, message, *args, **kwargs)

    def tables(self, obj: Any) -> Iterable[Table]:
        """What is shown under a record."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if (obj := context.get("original")) is not None:
            context |= self.beside_the_form(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What the page of a record shows around its fields."""
        return {"tables": list(self.tables(obj)), "state": self._state(obj)}

    def _state(self, obj: Any) -> str:
        """For the line under the title."""
        names = [n for n in ("status", "state") if is_field(self.model, n)]
        return self._column(names[0])(obj) if names else ""


def section(title: str | None, *fields: str, text: str = "") -> Any:
    """A part of a page, in the shape that Django wants."""
    return (title, {"fields": fields, "description": text})
