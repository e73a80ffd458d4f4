"""People and their roles. A person logs in by e-mail address."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.organisations import Organisation


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str) -> "Person":
        """A person without a password: the invitation lets him choose one."""
        person = self.model(email=email.strip().lower(), name=name.strip())
        person.set_unusable_password()
        person.full_clean()
        person.save()
        return person

    def with_role(self, *names: str, on: datetime.date) -> models.QuerySet["Person"]:
        """Who has one of these roles on a day, and may log in."""
        roles = Role.objects.active_on(on).filter(name__in=names)
        return self.filter(is_active=True, pk__in=roles.values("person"))

    def contacts_of(
        self, organisations: Iterable[Organisation], *, on: datetime.date
    ) -> models.QuerySet["Person"]:
        """The contact persons of organisations on a day, who may log in."""
        roles = Role.objects.active_on(on).filter(
            name=Role.Name.CONTACTPERSOON, organisation__in=list(organisations)
        )
        return self.filter(is_active=True, pk__in=roles.values("person"))

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


@pghistory.track(
    exclude=["password", "last_login", "details_asked_on", "details_confirmed_on"]
)
class Person(AbstractBaseUser):
    """Somebody who works with the portal, for one or more organisations."""

    email = models.EmailField("e-mailadres", unique=True)
    name = models.CharField("naam", max_length=200, validators=[validate_without_bsn])
    function = models.CharField(
        "functie", max_length=200, blank=True, validators=[validate_without_bsn]
    )
    telephone = models.CharField(
        "telefoon", max_length=20, blank=True, validators=[validate_without_bsn]
    )
    is_active = models.BooleanField("actief", default=True)
    details_asked_on = models.DateField(
        "gevraagd of de gegevens kloppen op", null=True, blank=True, editable=False
    )
    details_confirmed_on = models.DateField(
        "gegevens bevestigd op", null=True, blank=True, editable=False
    )

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="an_email_address_is_lower_case",
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_roles(self) -> list["Role"]:
        """What this person is today; asked once per request."""
        today = timezone.localdate()
        return list(self.roles.active_on(today).select_related("organisation"))

    @property
    def organisation_ids(self) -> list[int]:
        """Where this person has a role today, whatever it is."""
        return [r.organisation_id for r in self.current_roles if r.organisation_id]

    def organisations_as(self, *names: str) -> list[int]:
        """The organisations for which this person has one of these roles today."""
        return [
            r.organisation_id
            for r in self.current_roles
            if r.organisation_id and r.name in names
        ]

    @property
    def money_organisation_ids(self) -> list[int]:
        """The organisations whose money this person may see today."""
        return self.organisations_as(*Role.WITH_MONEY)

    def has_role(self, *names: str) -> bool:
        """Whether this person has one of these roles today, in any organisation."""
        return self.is_active and any(r.name in names for r in self.current_roles)

    @property
    def is_association(self) -> bool:
        """Bureau, penningmeester or bestuur: who sees every organisation."""
        return self.has_role(*Role.OF_THE_ASSOCIATION)

    @property
    def is_staff(self) -> bool:
        """Who may enter the admin."""
        return self.is_association

    def has_perm(self, _perm: str, _obj: Any = None) -> bool:
        """The admin classes say what can be changed; this says by whom."""
        return self.is_association

    def has_module_perms(self, _app_label: str) -> bool:
        return self.is_association


class RoleQuerySet(models.QuerySet["Role"]):
    def visible_to(self, user: Person) -> "RoleQuerySet":
        """The association sees all; others those of where they have a role."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisation_ids)

    def active_on(self, day: datetime.date) -> "RoleQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )


@pghistory.track()
class Role(models.Model):
    """What a person may do for an organisation, or for the association itself."""

    class Name(models.TextChoices):
        CONTACTPERSOON = "contactpersoon", "contactpersoon"
        ONDERTEKENAAR = "ondertekenaar", "ondertekenaar"
        FINANCIEEL = "financieel", "financieel"
        FG = "fg", "functionaris gegevensbescherming"
        REGIEGROEPLID = "regiegroeplid", "regiegroeplid"
        UITVOERDER = "uitvoerder", "uitvoerder"
        BUREAU = "bureau", "bureau"
        PENNINGMEESTER = "penningmeester", "penningmeester"
        BESTUUR = "bestuur", "bestuur"

    OF_THE_ASSOCIATION: ClassVar[tuple[str, ...]] = (
        "bureau",
        "penningmeester",
        "bestuur",
    )

    # Who of an organisation sees its settlements and payments: all but the FG.
    WITH_MONEY: ClassVar[tuple[str, ...]] = (
        *("contactpersoon", "ondertekenaar", "financieel"),
        *("regiegroeplid", "uitvoerder"),
    )

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="roles", verbose_name="persoon"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="roles",
        verbose_name="organisatie",
        help_text="Leeg voor een rol bij de vereniging zelf.",
    )
    name = models.CharField("rol", max_length=20, choices=Name.choices)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        ordering = ["person", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    name__in=["bureau", "penningmeester", "bestuur"],
                    organisation__isnull=True,
                )
                | Q(
                    name__in=[
                        "contactpersoon",
                        "ondertekenaar",
                        "financieel",
                        "fg",
                        "regiegroeplid",
                        "uitvoerder",
                    ],
                    organisation__isnull=False,
                ),
                name="a_role_of_the_association_has_no_organisation",
                violation_error_message="Bureau, penningmeester en bestuur horen bij "
                "de vereniging; elke andere rol hoort bij een organisatie.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="a_role_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "name"],
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="a_person_has_a_running_role_once",
                violation_error_message="Deze persoon heeft deze rol al.",
            ),
        ]

    def __str__(self) -> str:
        where = f" van {self.organisation}" if self.organisation else ""
        return f"{self.get_name_display()}{where}"
