"""A button per verb on the page of a record: it asks once more, and then acts.

What a verb does and refuses stands in the verb itself; the portal and the commands
call the same one. Here is only the page between the button and the verb.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from membership.admin.recorded import FrozenAdmin, acting
from membership.models import Person
from nvsi.errors import NotAllowed


@dataclass(frozen=True)
class Done:
    """What was done, and the record that shows it."""

    sentence: str
    row: models.Model


class Sure(forms.Form):
    """Nothing to fill in: only to be sure."""


@dataclass(frozen=True)
class Verb:
    """One act on a record: `name` in its address, `label` on its button.

    act gets the record, what was filled in and who asks, and may raise NotAllowed.
    shown gives the facts to judge by, then what will happen.
    """

    name: str
    label: str
    roles: tuple[str, ...]
    is_open: Callable[[Any], bool]
    act: Callable[[Any, dict[str, Any], Person], Done]
    shown: Callable[[Any], tuple[str, list[str]]]
    form: type[forms.Form] = Sure
    initial: Callable[[Any], dict[str, Any]] = lambda _: {}


class VerbAdmin(FrozenAdmin):
    """A record with buttons."""

    verbs: ClassVar[tuple[Verb, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<path:object_id>/{verb.name}/",
                self.admin_site.admin_view(partial(self.verb_view, verb=verb)),
                name=self._url_name(verb),
            )
            for verb in self.verbs
        ]
        return own + super().get_urls()

    def verb_view(
        self, request: HttpRequest, object_id: str, verb: Verb
    ) -> HttpResponse:
        """Ask, and act on the answer; a refusal is said on the page of the record."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form = verb.form(data, initial=verb.initial(obj), label_suffix="")
        if not form.is_valid():
            return self._ask(request, obj, verb, form)
        try:
            with transaction.atomic():
                done = verb.act(obj, form.cleaned_data, acting(request))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(_page(obj))
        messages.success(request, done.sentence)
        return redirect(_page(done.row))

    def _ask(
        self, request: HttpRequest, obj: Any, verb: Verb, form: forms.Form
    ) -> HttpResponse:
        facts, consequences = verb.shown(obj)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{obj} {verb.label.lower()}",
            "opts": self.opts,
            "original": obj,
            "verb": verb,
            "form": form,
            "facts": facts,
            "consequences": consequences,
        }
        return TemplateResponse(request, "admin/verb.html", context)

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        buttons = self._buttons(obj, acting(request))
        return {**super().beside_the_form(request, obj), "buttons": buttons}

    def _buttons(self, obj: Any, by: Person) -> list[tuple[str, str]]:
        """The acts that are open now, for who has a role for them."""
        return [
            (verb.label, reverse(f"admin:{self._url_name(verb)}", args=[obj.pk]))
            for verb in self.verbs
            if verb.is_open(obj) and by.has_role(*verb.roles)
        ]

    def _url_name(self, verb: Verb) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{verb.name}"


def _page(row: models.Model) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])
