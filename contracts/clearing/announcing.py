"""Tell by e-mail what is asked about data after an agreement, and that it was done."""

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from contracts.models import Clearing
from contracts.models.offers import READERS
from membership import emails
from membership.models import Organisation, Person, Role
from nvsi.dutch import day


def choice_is_asked(rows: Sequence[Clearing]) -> None:
    """To who speaks for the organisation, and its fg: once per agreement."""
    one = rows[0]
    sentences = [
        f"{_ending(one)} Kies of de persoonsgegevens worden teruggegeven of gewist.",
        f"Kies uiterlijk {day(one.choose_by)}. Kiest u niet, dan vragen wij het nog "
        "één keer. Daarna worden de gegevens gewist.",
    ]
    _tell(f"asked|{one.pk}", one.organisation, "kies wat er met uw gegevens gebeurt",
          _readers(one.organisation), sentences, _list())  # fmt: skip


def choice_was_made(rows: Iterable[Clearing], now: datetime.datetime) -> None:
    """To who has the data and can sign here; the bureau has it on its work list."""
    for row in rows:
        if row.clears is None:
            continue
        sentences = [
            f"De overeenkomst met {row.organisation} eindigt op {day(row.ended_on)}. "
            f"De keuze voor de persoonsgegevens: {row.get_choice_display()}.",
            f"Doe dit uiterlijk {day(row.due_on)}, en teken daarna de verklaring.",
        ]
        _tell(f"chosen|{row.pk}|{row.choice}|{now}", row.organisation,
              "ruim de gegevens op", _at(row.clears, Role.Name.UITVOERDER),
              sentences, reverse("clearing-detail", args=[row.pk]))  # fmt: skip


def it_was_called_off(row: Clearing) -> None:
    """To who was told to clear: the data stay."""
    if row.clears is None or not row.choice:
        return
    sentences = [
        f"{row.organisation} gaat door met het gebruik. De vraag om de "
        "persoonsgegevens op te ruimen is vervallen: laat de gegevens staan.",
    ]
    _tell(f"called off|{row.pk}", row.organisation, "laat de gegevens staan",
          _at(row.clears, Role.Name.UITVOERDER), sentences,
          reverse("clearing-detail", args=[row.pk]))  # fmt: skip


def it_was_proven(row: Clearing) -> None:
    """To the organisation: the proof is there."""
    sentences = [
        f"{row.processor} verklaart: {row.get_choice_display()}. De ondertekende "
        "verklaring staat in het portaal. Bewaar haar bij uw overeenkomst.",
    ]
    _tell(f"proven|{row.pk}", row.organisation, "verklaring over uw gegevens",
          _readers(row.organisation), sentences,
          reverse("clearing-detail", args=[row.pk]))  # fmt: skip


def _ending(one: Clearing) -> str:
    """Of the agreement itself, or of a gemeente that leaves it."""
    name, holder = one.agreement._meta.verbose_name, one.agreement.organisation
    if one.organisation_id != holder.pk:
        return f"De {name} van {holder} geldt voor u tot en met {day(one.ended_on)}."
    return f"De {name} eindigt op {day(one.ended_on)}."


def _list() -> str:
    return reverse("clearing-list")


def _readers(organisation: Organisation) -> Iterable[Person]:
    return _at(organisation, *READERS, Role.Name.FG)


def _at(organisation: Organisation, *names: str) -> Iterable[Person]:
    roles = organisation.roles.active_on(timezone.localdate()).filter(name__in=names)
    return Person.objects.filter(is_active=True, pk__in=roles.values("person"))


def _tell(
    key: str,
    organisation: Organisation,
    subject: str,
    people: Iterable[Person],
    sentences: list[str],
    page: str,
) -> None:
    emails.queue_all(
        "agreement_told",
        f"clearing|{key}",
        people,
        organisation=organisation,
        subject=subject,
        sentences=sentences,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
