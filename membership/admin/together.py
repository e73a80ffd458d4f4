"""The button of a verb over a whole list: each record in a transaction of its own.

The list is that which was filtered and searched. First is shown what will happen to how
many; then the records that were shown are taken one by one, and what was refused is
told with the reason. What was done stays done when another is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from membership.admin.recorded import acting, list_page
from membership.admin.verbs import Sure, Verb, VerbAdmin
from membership.models import Person
from nvsi.admin.columns import link
from nvsi.admin.lists import filter_of, listed
from nvsi.errors import NotAllowed

# More at once is a filter that was forgotten.
MOST = 500
SHOWN = 20
NOT_OPEN = "Dit kan hier nu niet."
ROWS = "rows"


@dataclass(frozen=True)
class Together:
    """A verb that may be done to many; what happens then, in sentences."""

    verb: Verb
    sentences: Sequence[str]


@dataclass
class Outcome:
    """What came of it: how many were done, and each that was refused with why."""

    done: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def each(
    rows: Iterable[models.Model], verb: Verb, answers: dict[str, Any], by: Person
) -> Outcome:
    """Do a verb to each of them; one that refuses does not hold up the others."""
    outcome = Outcome()
    for row in rows:
        if not verb.is_open(row):
            outcome.refused.append((link(row), NOT_OPEN))
            continue
        try:
            with transaction.atomic():
                verb.act(row, dict(answers), by)
        except NotAllowed as refusal:
            outcome.refused.append((link(row), str(refusal)))
        except ValidationError as error:
            outcome.refused.append((link(row), " ".join(error.messages)))
        else:
            outcome.done += 1
    return outcome


class TogetherAdmin(VerbAdmin):
    """Records with buttons, and some of those over the whole list."""

    together: ClassVar[tuple[Together, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"samen/{one.verb.name}/",
                self.admin_site.admin_view(partial(self.all_view, one=one)),
                name=self._name_of_all(one),
            )
            for one in self.together
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        by = acting(request)
        buttons = [
            (one.verb.label, reverse(f"admin:{self._name_of_all(one)}"))
            for one in self.together
            if by.has_role(*one.verb.roles)
        ]
        context = {"together": buttons, **(extra_context or {})}
        return super().changelist_view(request, context)

    def all_view(self, request: HttpRequest, one: Together) -> HttpResponse:
        """Ask with what is in the list, and act on what was shown then."""
        if not acting(request).has_role(*one.verb.roles):
            raise PermissionDenied
        form = one.verb.form(request.POST or None, label_suffix="")
        if request.method == "POST" and form.is_valid():
            rows = self.get_queryset(request).filter(pk__in=_keys(request))
            outcome = each(rows, one.verb, form.cleaned_data, acting(request))
            return self._show(request, one, outcome)
        try:
            rows = self._rows(request)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(list_page(self.model))
        return self._ask_all(request, one, rows, form)

    def _rows(self, request: HttpRequest) -> list[models.Model]:
        """Those of the list, or those that were shown when the form was not right."""
        if request.method == "POST":
            return list(self.get_queryset(request).filter(pk__in=_keys(request)))
        found = listed(self, acting(request), filter_of(request.GET))
        if found.count(MOST) > MOST:
            raise NotAllowed(
                f"Dit zijn er meer dan {MOST}. Kies eerst een filter, of zoek."
            )
        if not (rows := list(found.rows)):
            raise NotAllowed("De lijst is leeg: er is niemand om dit voor te doen.")
        return rows

    def _ask_all(
        self, request: HttpRequest, one: Together, rows: list[models.Model], form: Sure
    ) -> HttpResponse:
        can = [row for row in rows if one.verb.is_open(row)]
        context = {
            **self._around_all(request, one),
            "title": f"{one.verb.label}: {len(rows)} {self._many(len(rows))}",
            "form": form,
            "rows": [str(row) for row in rows[:SHOWN]],
            "more": max(len(rows) - SHOWN, 0),
            "cannot": len(rows) - len(can),
            "consequences": one.sentences,
            "keys": ",".join(str(row.pk) for row in rows),
        }
        return TemplateResponse(request, "admin/together.html", context)

    def _show(
        self, request: HttpRequest, one: Together, outcome: Outcome
    ) -> HttpResponse:
        """What was done, and what not: too much to carry along to another page."""
        context = {
            **self._around_all(request, one),
            "title": f"{one.verb.label}: {outcome.done} {self._many(outcome.done)} "
            "gedaan",
            "outcome": outcome,
        }
        return TemplateResponse(request, "admin/together_done.html", context)

    def _around_all(self, request: HttpRequest, one: Together) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "verb": one.verb,
        }

    def _many(self, count: int) -> str:
        names = self.opts.verbose_name, self.opts.verbose_name_plural
        return str(names[count != 1])

    def _name_of_all(self, one: Together) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_all-{one.verb.name}"


def _keys(request: HttpRequest) -> list[int]:
    """The records that were shown; what is no key is none of them."""
    asked = request.POST.get(ROWS, "").split(",")
    keys = [int(key) for key in asked if key.isascii() and key.isdecimal()]
    return [key for key in keys if key < 2**63][:MOST]
