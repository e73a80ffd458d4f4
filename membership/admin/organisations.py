"""Organisations and their memberships. Only name, address and numbers are data here:
who belongs follows from decisions, and those have verbs.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from membership.accounts import record_iban_change
from membership.admin.dossier_verbs import OPEN
from membership.admin.finding import ContactFilter, DoubleFilter
from membership.admin.notices import NOTICE
from membership.admin.periods import Timeline
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.redivision_verbs import RECORD
from membership.admin.together import Together, TogetherAdmin
from membership.admin.verbs import Done, Verb, VerbAdmin
from membership.asking_details import ask_details
from membership.identifiers import compact_iban
from membership.models import (
    Mandate,
    Membership,
    Organisation,
    Person,
    RegionMember,
    Role,
)
from membership.redivision.gone import told, went_into
from nvsi.admin.columns import NOTHING, add_url
from nvsi.admin.filters import KnownValuesFilter, chosen
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import counted
from nvsi.dutch import day as written


class OrganisationForm(CheckedForm):
    def clean_iban(self) -> str:
        """As people write it: with spaces, in any case."""
        return compact_iban(self.cleaned_data["iban"])


class MembershipFilter(admin.SimpleListFilter):
    """What an organisation is to the association today."""

    title = "lidmaatschap nu"
    parameter_name = "lidmaatschap"
    NONE = "geen"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [*Membership.Kind.choices, (self.NONE, "geen")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() is None:
            return queryset
        now = Membership.objects.active_on(timezone.localdate())
        if self.value() == self.NONE:
            return queryset.exclude(pk__in=now.values("organisation"))
        return queryset.filter(
            pk__in=now.filter(kind=self.value()).values("organisation")
        )


def _ask_details(
    organisation: Organisation, _answers: dict[str, Any], by: Person
) -> Done:
    count = ask_details(organisation, today=timezone.localdate(), by=by)
    many = counted(count, "contactpersoon krijgt", "contactpersonen krijgen")
    return Done(f"{many} de vraag of de gegevens kloppen.", organisation)


DETAILS_SENTENCES = (
    "De contactpersonen krijgen een e-mail met naam, adres en KvK-nummer zoals wij die "
    "kennen, en de vraag of dat klopt.",
    "Aan wie dit in de afgelopen maand is gevraagd, gaat geen nieuwe e-mail.",
)
ASK_DETAILS = Verb(
    name="details",
    label="Gegevens laten controleren",
    roles=(Role.Name.BUREAU,),
    is_open=lambda _organisation: True,
    act=_ask_details,
    shown=lambda _organisation: ("", list(DETAILS_SENTENCES)),
)


class OrganisationAdmin(TogetherAdmin, RecordedAdmin):
    heading = "Leden"
    verbs = (OPEN, RECORD, ASK_DETAILS)
    together = (Together(ASK_DETAILS, DETAILS_SENTENCES),)
    form = OrganisationForm
    fixed = ("code", "kind")
    editable = (
        *("name", "short_name", "kvk_number", "iban"),
        *("address", "postcode", "town", "province", "inhabitants"),
    )
    fieldsets = [
        section(None, "code", "kind", "name", "short_name", "gone"),
        section("Nummers", "kvk_number", "iban"),
        section("Adres", "address", "postcode", "town", "province", "inhabitants"),
    ]
    list_display = ["code", "name", "kind", "province", "town", "iban", "gone"]
    list_filter = [
        "kind",
        MembershipFilter,
        ("iban", admin.EmptyFieldListFilter),
        ContactFilter,
        DoubleFilter,
        ("province", KnownValuesFilter),
    ]
    search_fields = ["code", "name", "short_name", "iban", "kvk_number", "town"]
    search_help_text = "Zoek op code, naam, plaats, IBAN of KvK-nummer."

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(went_into=went_into("pk"))

    @admin.display(description="herindeling")
    def gone(self, obj: Organisation) -> str:
        return told(getattr(obj, "went_into", None)) or NOTHING

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        before = form.initial.get("iban") or ""
        if obj.iban != before:
            record_iban_change(
                obj, before=before, today=timezone.localdate(), by=acting(request)
            )

    def tables(self, obj: Organisation) -> list[Table]:
        return [
            Timeline(
                obj.memberships.select_related("organisation", "dossier"),
                title="Lidmaatschap door de tijd",
            ),
            Table(
                obj.dossiers.select_related("organisation"),
                ("__str__", "aim", "status", "opened_at"),
            ),
            Table(
                obj.mandates.all(),
                ("name", "function", "purpose", "starts_on", "ends_on"),
                add_at=add_url(Mandate, organisation=obj.pk),
            ),
            Table(
                obj.roles.select_related("person"),
                ("name", "person", "starts_on", "ends_on"),
                add_at=add_url(Role, organisation=obj.pk),
                title="Mensen",
            ),
            Table(
                obj.region_members.select_related("region"),
                ("region", "region__type", "starts_on", "ends_on"),
                add_at=add_url(RegionMember, organisation=obj.pk),
                title="Regio's",
            ),
        ]


class MembershipAdmin(VerbAdmin):
    verbs = (NOTICE,)
    joined = ("organisation",)
    fieldsets = [
        section(
            None, "organisation", "kind", "collegebesluit_on", "starts_on", "ends_on"
        )
    ]
    list_display = ["organisation", "kind", "collegebesluit_on", "starts_on", "ends_on"]
    list_filter = ["kind", chosen("organisation", "organisatie")]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de organisatie."

    def beside_the_form(self, request: HttpRequest, obj: Membership) -> dict[str, Any]:
        """The register of its first day: there it stands among the others."""
        first = min(obj.starts_on, timezone.localdate())
        query = urlencode({"dag": first, "naam": obj.organisation.name})
        button = (
            f"Ledenregister op {written(first)}",
            f"{reverse('register')}?{query}",
        )
        around = super().beside_the_form(request, obj)
        buttons = [*around["buttons"], button, *_proof_of(obj)]
        return {**around, "buttons": buttons}


def _proof_of(period: Membership) -> list[tuple[str, str]]:
    """The proof of its last day so far; none of what is still to begin."""
    today = timezone.localdate()
    if period.starts_on > today:
        return []
    on = min(period.ends_on or today, today)
    url = reverse("membership-proof", args=[period.organisation.code])
    return [("Bewijs (PDF)", f"{url}?{urlencode({'dag': on})}")]
