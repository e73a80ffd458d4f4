"""People and their roles. Giving a role is the verb that also invites.

Who may give or end which role, membership.people says.
"""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone

from membership.admin.finding import DetailsFilter, RoleFilter
from membership.admin.merging import compare_url, compare_view
from membership.admin.person_verbs import CHANGE_ADDRESS, FORGET, INVITE
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.together import Together, TogetherAdmin
from membership.merging.people import MERGERS
from membership.models import Person, Role
from membership.people import add_person, objection
from nvsi.admin.columns import add_url
from nvsi.admin.filters import chosen
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class PersonForm(CheckedForm):
    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean_is_active(self) -> bool:
        active = bool(self.cleaned_data["is_active"])
        if not active and self.instance == self.by:
            raise ValidationError("U kunt uzelf niet op niet-actief zetten.")
        return active


class PersonAdmin(TogetherAdmin, RecordedAdmin):
    heading = "Mensen"
    verbs = (INVITE, CHANGE_ADDRESS, FORGET)
    together = (
        Together(
            INVITE,
            (
                "Wie nog nooit inlogde, krijgt een e-mail met een persoonlijke link om "
                "een wachtwoord te kiezen.",
            ),
        ),
    )
    form = PersonForm
    fixed = ("email",)
    editable = ("name", "function", "telephone", "is_active")
    fieldsets = [
        section(None, "email", "name", "function", "telephone"),
        section("Inloggen", "is_active", "last_login"),
        section("Gegevens", "details_asked_on", "details_confirmed_on"),
    ]
    list_display = [
        *("name", "email", "function", "is_active", "last_login"),
        "details_confirmed_on",
    ]
    list_filter = ["is_active", RoleFilter, DetailsFilter]
    search_fields = ["name", "email"]
    search_help_text = "Zoek op naam of e-mailadres."

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Without a password: the invitation that comes with a role asks for one."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        compare = path(
            "<path:object_id>/compare/",
            self.admin_site.admin_view(partial(compare_view, self)),
            name="membership_person_compare",
        )
        return [compare, *super().get_urls()]

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """With a button to the page that compares him with somebody else."""
        context = super().beside_the_form(request, obj)
        if obj.is_active and acting(request).has_role(*MERGERS):
            button = ("Samenvoegen", compare_url(obj.pk))
            context["buttons"] = [*context["buttons"], button]
        return context

    def tables(self, obj: Person) -> list[Table]:
        roles = Table(
            obj.roles.select_related("organisation"),
            ("name", "organisation", "starts_on", "ends_on"),
            add_at=add_url(Role, person=obj.pk),
            nothing="Deze persoon heeft nog geen rol, en kan nog niet inloggen.",
        )
        merged = obj.merged_into.select_related("kept")
        if not merged.exists():
            return [roles]
        into = ("__str__", "kept", "at", "undone_at")
        return [roles, Table(merged, into, title="Opgegaan in")]


class RoleForm(CheckedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.starts_on = timezone.localdate()

    def clean(self) -> Any:
        data = super().clean()
        person = self._value("person")
        why = objection(self._value("name"), person and person.email, self.by)
        if why:
            raise ValidationError(why)
        return data


class RoleAdmin(RecordedAdmin):
    form = RoleForm
    fixed = ("person", "name", "organisation")
    editable = ("ends_on",)
    joined = ("person", "organisation")
    autocomplete_fields = ["person", "organisation"]
    fieldsets = [
        section(None, "person", "name", "organisation", "starts_on", "ends_on")
    ]
    list_display = ["person", "name", "organisation", "starts_on", "ends_on"]
    list_filter = [
        "name",
        ("ends_on", admin.EmptyFieldListFilter),
        chosen("person", "persoon"),
        chosen("organisation", "organisatie"),
    ]
    search_fields = [
        *("person__name", "person__email"),
        *("organisation__code", "organisation__name"),
    ]
    search_help_text = "Zoek op persoon, e-mailadres of organisatie."

    def _open_fields(self, obj: Role | None) -> tuple[str, ...]:
        return self.editable if obj else self.fixed

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """A new role runs from today and comes with an invitation."""
        if change:
            super().save_model(request, obj, form, change)
            return
        person = obj.person
        added = add_person(
            person.email,
            name=person.name,
            role=obj.name,
            organisation=obj.organisation,
            today=timezone.localdate(),
            by=acting(request),
        )
        obj.pk = added.role.pk
