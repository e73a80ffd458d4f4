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
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from membership.admin.recorded import FrozenAdmin, acting
from membership.models import Person
from nvsi.errors import NotAllowed, Stale


@dataclass(frozen=True)
class Done:
    """What was done, and the record that shows it."""

    sentence: str
    row: models.Model


class Sure(forms.Form):
    """Nothing to fill in: only to be sure."""

    def about(self, obj: Any) -> None:
        """What can be chosen may depend on the record."""


class Seen(Sure):
    """What somebody looked at when he decided; the act compares it with what is."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)


@dataclass(frozen=True)
class Verb:
    """One act on a record: `name` in its address, `label` on its button.

    act gets the record, what was filled in and who asks, and may raise NotAllowed, or
    Stale when it is not any more what was seen. shown gives the facts to judge by, then
    what will happen; it may raise NotAllowed too. is_for_another: who has no button,
    since a colleague is to look; the verb itself refuses him too, and why_another says
    why on the page of the record.
    """

    name: str
    label: str
    roles: tuple[str, ...]
    is_open: Callable[[Any], bool]
    act: Callable[[Any, dict[str, Any], Person], Done]
    shown: Callable[[Any], tuple[str, list[str]]]
    form: type[Sure] = Sure
    initial: Callable[[Any], dict[str, Any]] = lambda _: {}
    is_for_another: Callable[[Any, Person], bool] = lambda _row, _by: False
    why_another: str = "dat doet een collega."

    def bound(self, obj: Any, request: HttpRequest) -> Sure:
        """The form of this request; only what was sent is checked."""
        if request.method == "POST":
            form = self.form(request.POST, request.FILES, label_suffix="")
        else:
            form = self.form(initial=self.initial(obj), label_suffix="")
        form.about(obj)
        return form


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
        """Ask, and act on the answer; a refusal of the act as a whole, when there is
        nothing to fill in, is said on the page of the record."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        has_role = acting(request).has_role(*verb.roles)
        if not has_role or not self.has_view_permission(request, obj):
            raise PermissionDenied
        try:
            form = verb.bound(obj, request)
            if not form.is_valid():
                return self._ask(request, obj, verb, form)
            return self._act(request, obj, verb, form)
        except Stale as refusal:
            return self._look_again(request, obj, verb, refusal)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(page_of(obj))

    def _act(
        self, request: HttpRequest, obj: Any, verb: Verb, form: forms.Form
    ) -> HttpResponse:
        """A refusal is said beside what was filled in, which stays; so is what the
        rules of the row say. Of an act that is no longer open nothing can be filled in.
        """
        try:
            with transaction.atomic():
                done = verb.act(obj, form.cleaned_data, acting(request))
        except Stale:
            raise
        except NotAllowed as refusal:
            now = self.get_object(request, str(obj.pk))
            if not form.visible_fields() or not (now and verb.is_open(now)):
                raise
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
            return self._ask(request, now, verb, form)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self._ask(request, obj, verb, form)
        messages.success(request, done.sentence)
        return redirect(page_of(done.row))

    def _ask(
        self, request: HttpRequest, obj: Any, verb: Verb, form: forms.Form
    ) -> HttpResponse:
        facts, consequences = verb.shown(obj)
        context = {
            **self._around(request, obj, verb),
            "title": f"{verb.label}: {obj}",
            "form": form,
            "facts": facts,
            "consequences": consequences,
        }
        return TemplateResponse(request, "admin/verb.html", context)

    def _look_again(
        self, request: HttpRequest, obj: Any, verb: Verb, refusal: Stale
    ) -> HttpResponse:
        """What was seen is not there any more: say so, and lead back to what is."""
        context = {
            **self._around(request, obj, verb),
            "title": "Er is iets veranderd terwijl u keek",
            "refusal": refusal,
            "page": page_of(obj),
            "again": request.path,
        }
        return TemplateResponse(request, "admin/stale.html", context, status=409)

    def _around(self, request: HttpRequest, obj: Any, verb: Verb) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "verb": verb,
        }

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """A button for each act that is open, or who else is to do it."""
        by = acting(request)
        around: dict[str, Any] = {"buttons": [], "for_another": []}
        for verb in self.verbs:
            if not by.has_role(*verb.roles) or not verb.is_open(obj):
                continue
            if verb.is_for_another(obj, by):
                around["for_another"].append((verb.label, verb.why_another))
            else:
                around["buttons"].append((verb.label, verb_url(obj, verb)))
        return {**super().beside_the_form(request, obj), **around}

    def _url_name(self, verb: Verb) -> str:
        return _name_of(self.model, verb)


def verb_url(row: models.Model, verb: Verb) -> str:
    """Where the button of a verb on a record leads."""
    return reverse(f"admin:{_name_of(type(row), verb)}", args=[row.pk])


def _name_of(model: type[models.Model], verb: Verb) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}_{verb.name}"


def page_of(row: models.Model) -> str:
    """Where the admin shows a record."""
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])
