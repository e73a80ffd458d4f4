"""Tell by e-mail that an agreement ends, or that its use stops for a while."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from contracts.kinds import Party
from contracts.models import AgreementNotice, Gebruiksovereenkomst, Pause
from contracts.models.offers import READERS
from membership import emails
from membership.models import Organisation, Person, Role
from nvsi.dutch import day


def notice_was_given(notice: AgreementNotice) -> None:
    fact = notice.agreement
    who = "De NVSI" if notice.given_by == Party.NVSI else "Uw organisatie"
    name = fact._meta.verbose_name
    sentences = [
        f"{who} heeft de {name} opgezegd. Dat is ontvangen op "
        f"{day(notice.received_on)}; de laatste dag is {day(notice.ends_on)}.",
        "Wat tot en met die dag is gewerkt, wordt gewoon afgerekend.",
    ]
    key = f"notice|{notice.pk}"
    _tell(key, fact.organisation, f"de {name} eindigt", sentences)


def use_was_paused(pause: Pause) -> None:
    agreement = pause.agreement
    sentences = [
        f"Het gebruik van {agreement.instrument} is gepauzeerd vanaf "
        f"{day(pause.starts_on)}. Uren van die dag en later nemen wij niet aan.",
        "Wat daarvoor is gewerkt, wordt gewoon afgerekend.",
    ]
    key = f"pause|{pause.pk}"
    _tell(key, agreement.organisation, "het gebruik is gepauzeerd", sentences)
    if not pause.by.is_association:
        _tell_bureau(
            key,
            agreement,
            f"{agreement.organisation.formal_name} pauzeert het gebruik van "
            f"{agreement.instrument} vanaf {day(pause.starts_on)}. De reden staat bij "
            "de overeenkomst.",
        )


def use_goes_on(agreement: Gebruiksovereenkomst, from_day: str, by: Person) -> None:
    said = f"Het gebruik van {agreement.instrument} gaat weer door vanaf {from_day}."
    key = f"resumed|{agreement.pk}|{from_day}"
    _tell(key, agreement.organisation, "het gebruik gaat weer door", [said])
    if not by.is_association:
        _tell_bureau(
            key,
            agreement,
            f"{agreement.organisation.formal_name} gebruikt {agreement.instrument} "
            f"weer vanaf {from_day}.",
        )


def _tell_bureau(key: str, agreement: Gebruiksovereenkomst, sentence: str) -> None:
    """What a holder did itself in the portal."""
    page = reverse("admin:contracts_gebruiksovereenkomst_change", args=[agreement.pk])
    emails.queue_all(
        "use_changed",
        key,
        Person.objects.with_role(Role.Name.BUREAU, on=timezone.localdate()),
        organisation=agreement.organisation,
        sentence=sentence,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def _tell(
    key: str, organisation: Organisation, subject: str, sentences: list[str]
) -> None:
    """Who reads agreements there, and of an uitvoerder its own people."""
    roles = organisation.roles.active_on(timezone.localdate()).filter(
        name__in=[*READERS, Role.Name.UITVOERDER]
    )
    people = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
    emails.queue_all(
        "agreement_told",
        key,
        people,
        organisation=organisation,
        subject=subject,
        sentences=sentences,
        page=f"{settings.SITE_URL}{reverse('agreement-list')}",
    )
    emails.send_soon()
