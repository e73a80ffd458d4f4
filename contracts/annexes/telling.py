"""Write to who is asked about annexes, and to the bureau what they answered."""

import datetime
from collections.abc import Callable, Sequence

from django.conf import settings
from django.urls import reverse

from contracts.annexes.choosing import who_must_say_yes
from contracts.annexes.parties import readers_of
from contracts.models import AnnexVersion, Consent
from membership import emails
from membership.models import Person, Role
from nvsi.dutch import day


def tell_asked(
    version: AnnexVersion, rows: Sequence[Consent], today: datetime.date
) -> None:
    """An e-mail to everybody who reads the annexes of an organisation."""
    assert version.used_from is not None
    used_from = day(version.used_from)
    must = who_must_say_yes(version, [row.organisation_id for row in rows])

    def facts(row: Consent) -> dict[str, object]:
        assert row.last_day is not None, "the first version asks nobody"
        return {
            "answer_by": day(row.last_day),
            "used_from": used_from,
            "needs_yes": row.organisation_id in must,
        }

    _tell_all("annexes_asked", version, rows, today, facts)


def tell_withdrawn(version: AnnexVersion, today: datetime.date) -> None:
    rows = list(version.consents.select_related("organisation"))
    _tell_all("annexes_withdrawn", version, rows, today)


def tell_objection(consent: Consent, today: datetime.date) -> None:
    """To the bureau, which has to find a way out within the term."""
    page = reverse("admin:contracts_consent_change", args=[consent.pk])
    bureau = Person.objects.with_role(Role.Name.BUREAU, on=today)
    emails.queue_all(
        "annexes_objected",
        f"{consent.pk}|{consent.answered_at}",
        bureau,
        consent=consent,
        version=consent.version,
        organisation=consent.organisation,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def _tell_all(
    event: str,
    version: AnnexVersion,
    rows: Sequence[Consent],
    today: datetime.date,
    facts: Callable[[Consent], dict[str, object]] = lambda _row: {},
) -> None:
    page = f"{settings.SITE_URL}{reverse('annex-detail', args=[version.pk])}"
    people = readers_of([row.organisation for row in rows], today)
    for row in rows:
        emails.queue_all(
            event,
            f"{version.pk}|{row.organisation_id}",
            people.get(row.organisation_id, []),
            version=version,
            organisation=row.organisation,
            page=page,
            **facts(row),
        )
    emails.send_soon()
