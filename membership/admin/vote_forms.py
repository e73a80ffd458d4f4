"""What the bureau fills in for a vote, the presentielijst and a volmacht on paper."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from membership.admin.verbs import Sure
from membership.assembly import sealing
from membership.assembly.counting import Counts
from membership.assembly.entitling import votes_on
from membership.consultation.people import READERS, who_has
from membership.identifiers import validate_without_bsn
from membership.models import (
    Amendement,
    Assembly,
    Attendance,
    Beslispunt,
    Membership,
    Organisation,
    Person,
    Role,
    Stemming,
)

HOW = [
    ("show", "Door handopsteken"),
    ("paper", "Op papier"),
    ("paper-secret", "Op papier, geheim"),
    ("electronic", "Elektronisch"),
    ("electronic-secret", "Elektronisch, geheim"),
]


class OpenForm(Sure):
    """On what, and how; the code is for a secret electronic vote alone."""

    about_what = forms.ChoiceField(
        label="Waarover", error_messages={"required": "Kies waarover wordt gestemd."}
    )
    how = forms.ChoiceField(
        label="Hoe",
        choices=HOW,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe er wordt gestemd."},
    )
    code = forms.CharField(
        label="Sleutel van de stembus",
        widget=forms.TextInput(attrs={"readonly": True, "size": 48}),
        help_text="Alleen voor een geheime elektronische stemming. U ziet deze sleutel "
        "één keer, en het portaal bewaart hem niet. Schrijf hem op: u sluit er de "
        "stemming mee. Zonder de sleutel kan niemand de stemmen tellen.",
    )
    kept = forms.BooleanField(
        label="Ik heb de sleutel opgeschreven (bij een geheime elektronische stemming)",
        required=False,
    )

    def about(self, obj: Assembly) -> None:
        points = Beslispunt.objects.filter(
            voorstel__assembly=obj, voorstel__withdrawn_at=None, outcome=""
        ).select_related("voorstel")
        self.points = {f"punt-{one.pk}": one for one in points}
        asked = Amendement.objects.open().filter(beslispunt__in=points)
        self.asked = {
            f"amendement-{one.pk}": one
            for one in asked.select_related("beslispunt__voorstel", "organisation")
        }
        field = self.fields["about_what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            *((key, f"{one}: {_short(one.text)}") for key, one in self.points.items()),
            *((key, capfirst(str(one))) for key, one in self.asked.items()),
        ]

    def clean(self) -> Any:
        data = super().clean() or {}
        if data.get("how") == "electronic-secret" and not data.get("kept"):
            self.add_error("kept", "Schrijf eerst de sleutel op.")
        if not self.errors:
            data["facts"] = self._facts(data)
        return data

    def _facts(self, said: dict[str, Any]) -> dict[str, Any]:
        """What the verb asks for."""
        method, _dash, secret = said["how"].partition("-")
        amendement = self.asked.get(said["about_what"])
        point = amendement.beslispunt if amendement else self.points[said["about_what"]]
        return {
            "point": point,
            "amendement": amendement,
            "method": method,
            "is_secret": bool(secret),
            "code": said["code"],
        }

    @staticmethod
    def initial_of(_assembly: Assembly) -> dict[str, Any]:
        return {"code": sealing.new_code(), "how": "show"}


class CountsForm(Sure):
    pro = forms.IntegerField(label="Voor", min_value=0)
    contra = forms.IntegerField(label="Tegen", min_value=0)
    abstained = forms.IntegerField(label="Onthouding", min_value=0)
    blank = forms.IntegerField(label="Blanco of ongeldig", min_value=0)

    @staticmethod
    def counts_of(said: dict[str, Any]) -> Counts:
        names = ("pro", "contra", "abstained", "blank")
        return Counts(*(said[name] for name in names))


class CloseForm(Sure):
    code = forms.CharField(
        label="Sleutel van de stembus",
        widget=forms.TextInput(attrs={"size": 48, "autocomplete": "off"}),
        help_text="Zoals u hem opschreef toen u de stemming opende.",
        error_messages={"required": "Vul de sleutel in."},
    )

    def about(self, obj: Stemming) -> None:
        if not obj.is_sealed:
            del self.fields["code"]


class AnnulForm(Sure):
    reason = forms.CharField(
        label="Reden",
        max_length=500,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De leden lezen dit op de pagina van de stemming.",
        error_messages={"required": "Geef de reden."},
    )


class PresentForm(Sure):
    """At the door: who is there, for which organisation."""

    who = forms.ChoiceField(
        label="Wie is er", error_messages={"required": "Kies wie er is."}
    )
    mode = forms.ChoiceField(
        label="Hoe", choices=Attendance.Mode.choices, initial=Attendance.Mode.ROOM
    )

    def about(self, obj: Assembly) -> None:
        today = timezone.localdate()
        there = obj.attendances.present().values("organisation")
        belongs = Membership.objects.active_on(today).exclude(organisation__in=there)
        roles = Role.objects.active_on(today).filter(
            name__in=READERS,
            person__is_active=True,
            organisation__in=belongs.values("organisation"),
        )
        rows = roles.select_related("organisation", "person")
        self.people: dict[str, tuple[Organisation, Person]] = {}
        for role in rows.order_by("organisation__name", "person__name"):
            assert role.organisation is not None
            key = f"{role.organisation_id}-{role.person_id}"
            self.people[key] = (role.organisation, role.person)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Kies"),
            *((key, f"{org}: {one}") for key, (org, one) in self.people.items()),
        ]

    def clean_who(self) -> tuple[Organisation, Person]:
        return self.people[self.cleaned_data["who"]]


class PaperProxyForm(Sure):
    """A signed volmacht as it came."""

    giver = forms.ChoiceField(
        label="Van", error_messages={"required": "Kies welk lid haar geeft."}
    )
    to = forms.ChoiceField(
        label="Aan", error_messages={"required": "Kies wie er stemt."}
    )
    scan = forms.FileField(
        label="De getekende volmacht",
        help_text="PDF, PNG of JPEG, ten hoogste 10 MB.",
        error_messages={"required": "Voeg de getekende volmacht toe."},
    )

    def about(self, obj: Assembly) -> None:
        today = timezone.localdate()
        members = [one for one, count in votes_on(today, 1).items() if count]
        self.members = {str(one.pk): one for one in members}
        self.holders: dict[str, Person | Organisation] = {
            f"lid-{one.pk}": one for one in members
        }
        people = [one for member in members for one in who_has(
            member, *READERS, on=today)]  # fmt: skip
        self.holders |= {f"persoon-{one.pk}": one for one in people}
        for name, rows in (("giver", self.members), ("to", self.holders)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Kies"), *((key, str(one)) for key, one in
                                            rows.items())]  # fmt: skip

    def clean_giver(self) -> Organisation:
        return self.members[self.cleaned_data["giver"]]

    def clean_to(self) -> Person | Organisation:
        return self.holders[self.cleaned_data["to"]]


def _short(text: str) -> str:
    first = text.splitlines()[0]
    return first if len(first) <= 80 else f"{first[:79]}…"
