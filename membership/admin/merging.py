"""Two records that are one person: side by side, put together, and apart again."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from membership.admin.recorded import acting
from membership.admin.verbs import Done, Verb, VerbAdmin, page_of
from membership.merging import people
from membership.merging.moving import MOVES
from membership.models import MovedRow, Person, PersonMerge
from nvsi.admin.columns import yes_no
from nvsi.admin.pages import section
from nvsi.dutch import counted
from nvsi.errors import NotAllowed


class OtherForm(forms.Form):
    """Who is the same person, by address."""

    met = forms.EmailField(
        label="E-mailadres van het andere record",
        error_messages={
            "required": "Vul het andere e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Controleer het.",
        },
    )

    def clean_met(self) -> Person:
        email = str(self.cleaned_data["met"]).lower()
        other = Person.objects.filter(email=email).first()
        if other is None:
            raise forms.ValidationError("Niemand heeft dit e-mailadres.")
        return other


def compare_view(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Both side by side, and what will move; a POST puts them together.

    Without the other one it asks who that is, and names who it may be.
    """
    kept, by = admin.get_object(request, unquote(object_id)), acting(request)
    if kept is None:
        raise Http404
    if not by.has_role(*people.MERGERS):
        raise PermissionDenied
    form = OtherForm(request.GET if "met" in request.GET else None, label_suffix="")
    gone = form.cleaned_data["met"] if form.is_bound and form.is_valid() else None
    why = people.objection(kept, gone, by) if gone else None
    if request.method == "POST" and gone:
        return _merged(request, kept, gone, by)
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "original": kept,
        "gone": gone,
        "form": form,
        "why": why,
        "rows": side_by_side(kept, gone) if gone else (),
        "moves": moves_of(gone) if gone else (),
        "near": [] if gone else near(kept),
        "other_way": compare_url(gone.pk, kept.email) if gone else "",
        "title": "Twee records, één persoon?" if gone else f"{kept} samenvoegen",
    }
    return TemplateResponse(request, "admin/membership/person/compare.html", context)


def _merged(
    request: HttpRequest, kept: Person, gone: Person, by: Person
) -> HttpResponse:
    try:
        with transaction.atomic():
            done = people.merge(kept, gone, by=by)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(kept))
    messages.success(request, f"Samengevoegd: u vindt alles bij {kept.email}.")
    return redirect(page_of(done))


def compare_url(kept: int, other: str = "") -> str:
    """The page that compares; with the address of the other, when it is known."""
    url = reverse("admin:membership_person_compare", args=[kept])
    return f"{url}?met={other}" if other else url


def near(person: Person) -> list[tuple[str, str, str]]:
    """Who may be the same: the address, why, and where they are compared."""
    found = []
    for pair in people.candidates():
        if person.pk in (pair.one.pk, pair.other.pk):
            other = pair.other if pair.one.pk == person.pk else pair.one
            url = compare_url(person.pk, other.email)
            found.append((f"{other.name}, {other.email}", pair.why, url))
    return found


def all_pairs() -> list[tuple[str, str, str]]:
    """All who may be there twice: both addresses, why, and where they are compared."""
    return [
        (
            f"{pair.one.name}: {pair.one.email} en {pair.other.email}",
            pair.why,
            compare_url(pair.one.pk, pair.other.email),
        )
        for pair in people.candidates()
    ]


def side_by_side(kept: Person, gone: Person) -> list[tuple[str, str, str]]:
    """A label, and what each of both has."""
    return [
        (label, show(kept) or "leeg", show(gone) or "leeg")
        for label, show in (
            ("E-mailadres", lambda one: one.email),
            ("Naam", lambda one: one.name),
            ("Functie", lambda one: one.function),
            ("Telefoon", lambda one: one.telephone),
            ("Actief", lambda one: yes_no(one.is_active)),
            ("Laatste aanmelding", _last_login),
            ("Rollen", _roles),
        )
    ]


def _last_login(person: Person) -> str:
    return "nooit" if person.last_login is None else f"{person.last_login:%d-%m-%Y}"


def _roles(person: Person) -> str:
    roles = person.roles.select_related("organisation").order_by("starts_on")
    return "; ".join(
        f"{role} (vanaf {role.starts_on:%d-%m-%Y}"
        + (f" tot en met {role.ends_on:%d-%m-%Y})" if role.ends_on else ")")
        for role in roles
    )


def moves_of(gone: Person) -> list[str]:
    """What goes along: '1 rol'."""
    counts = [(what, what.rows(gone).count()) for what in MOVES]
    return [counted(count, what.one, what.many) for what, count in counts if count]


def _undo(done: PersonMerge, _answers: object, by: Person) -> Done:
    undone = people.undo(done, by=by)
    return Done("De samenvoeging is ongedaan gemaakt.", undone)


UNDO = Verb(
    name="undo",
    label="Ongedaan maken",
    roles=people.MERGERS,
    is_open=lambda done: done.undone_at is None,
    act=_undo,
    shown=lambda done: (
        "",
        [
            f"{done.gone.email} kan weer inloggen, als dat voor het samenvoegen kon.",
            f"{counted(done.rows.count(), 'record gaat', 'records gaan')} terug naar "
            f"{done.gone.email}.",
            "Is een van die records daarna gewijzigd? Dan gebeurt er niets, en leest u "
            "welke dat is.",
        ],
    ),
)


class PersonMergeAdmin(VerbAdmin):
    verbs = (UNDO,)
    joined = ("kept", "gone", "by", "undone_by")
    fieldsets = [
        section(None, "kept", "gone"),
        section("Samengevoegd", "by", "at"),
        section("Ongedaan gemaakt", "undone_by", "undone_at"),
    ]
    list_display = ["__str__", "kept", "gone", "by", "at", "undone_at"]
    search_fields = ["kept__name", "kept__email", "gone__name", "gone__email"]
    search_help_text = "Zoek op naam of e-mailadres."

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Above what was done: who may be there twice now."""
        context = {**(extra_context or {}), "pairs": all_pairs()}
        return super().changelist_view(request, context)

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        moved = [
            apps.get_model(row.label)._default_manager.filter(pk=row.row_id).first()
            for row in MovedRow.objects.filter(merge=obj)
        ]
        return {**super().beside_the_form(request, obj), "moved": moved}
