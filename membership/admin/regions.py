"""Regions of a type, which gemeenten are in them, and which is the centre."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from membership.admin.recorded import RecordedAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.models import Organisation, Person, Region, RegionMember, Role
from membership.regional.centre import choose_centrumgemeente
from nvsi.admin.columns import NOTHING, add_url, link, list_url
from nvsi.admin.filters import chosen
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class CentreForm(Sure):
    organisation = forms.ModelChoiceField(
        label="Centrumgemeente",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Niet bekend",
    )

    def about(self, obj: Region) -> None:
        field: Any = self.fields["organisation"]
        field.queryset = obj.organisations_on(timezone.localdate()).order_by("name")


def _choose(region: Region, answers: dict[str, Any], by: Person) -> Done:
    today = timezone.localdate()
    choose_centrumgemeente(region, answers["organisation"], on=today, by=by)
    return Done("De centrumgemeente is opgeslagen.", region)


CENTRE = Verb(
    name="centre",
    label="Centrumgemeente kiezen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=lambda region: True,
    act=_choose,
    form=CentreForm,
    initial=lambda region: {
        "organisation": region.centrumgemeente_on(timezone.localdate())
    },
    shown=lambda region: (
        "",
        [
            "De gemeente is vanaf vandaag de centrumgemeente van deze regio.",
            "Wie het daarvoor was, blijft dat voor de dagen daarvoor.",
        ],
    ),
)


class RegionAdmin(VerbAdmin, RecordedAdmin):
    verbs = (CENTRE,)
    fixed = ("type", "code")
    editable = ("name",)
    fieldsets = [section(None, "type", "code", "name", "centre")]
    list_display = ["name", "type", "code"]
    list_filter = ["type"]
    search_fields = ["name", "code"]
    search_help_text = "Zoek op naam of code van de regio."

    @admin.display(description="centrumgemeente nu")
    def centre(self, obj: Region) -> str:
        found = obj.centrumgemeente_on(timezone.localdate())
        return link(found) if found else NOTHING

    def tables(self, obj: Region) -> list[Table]:
        fields = ("organisation", "organisation__code", "is_centrumgemeente")
        return [
            Table(
                obj.members.select_related("organisation"),
                (*fields, "starts_on", "ends_on"),
                all_at=list_url(RegionMember, region=obj.pk),
                add_at=add_url(RegionMember, region=obj.pk),
                title="Gemeenten",
            )
        ]


class RegionMemberForm(CheckedForm):
    def clean(self) -> Any:
        """One arbeidsmarktregio at a time: what the trigger refuses, said first."""
        data = super().clean()
        region, organisation = self._value("region"), self._value("organisation")
        if region and organisation and (other := self._other(region, organisation)):
            raise ValidationError(
                f"{organisation.formal_name} is in die tijd al in arbeidsmarktregio "
                f"{other.region}. Laat die periode eerst eindigen."
            )
        return data

    def _other(self, region: Region, organisation: Organisation) -> Any:
        """The row in another arbeidsmarktregio that shares a day with this one."""
        if region.type != Region.Type.ARBEIDSMARKTREGIO:
            return None
        rows: QuerySet[RegionMember] = organisation.region_members.filter(
            region__type=region.type
        ).sharing_a_day(
            self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        )
        others = rows.exclude(pk=self.instance.pk).exclude(region=region)
        return others.select_related("region").first()


class RegionMemberAdmin(RecordedAdmin):
    form = RegionMemberForm
    fixed = ("region", "organisation")
    editable = ("is_centrumgemeente", "starts_on", "ends_on")
    joined = ("region", "organisation")
    autocomplete_fields = ["region", "organisation"]
    fieldsets = [
        section(
            *(None, "region", "organisation", "is_centrumgemeente"),
            *("starts_on", "ends_on"),
        )
    ]
    list_display = [
        *("organisation", "region", "region__type", "is_centrumgemeente"),
        *("starts_on", "ends_on"),
    ]
    list_filter = [
        "region__type",
        "is_centrumgemeente",
        chosen("region", "regio"),
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["organisation__code", "organisation__name", "region__name"]
    search_help_text = "Zoek op gemeente of regio."
