"""Tell that a statement is there: to the contact persons of whom it is about, and to
who does the money there.

Once per statement and person, in the transaction that made it; without amounts.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from billing.models import Settlement, SettlementLine, Statement
from membership import emails
from membership.models import Person, Role
from nvsi.dutch import half_year


def announce(statements: Iterable[Statement], *, today: datetime.date) -> None:
    """Queue the e-mails of statements that were just made.

    The holder's contact persons are led to it; those of other gemeenten in it cannot
    see it themselves, and are told who can.
    """
    made = [statement.settlement for statement in statements]
    concerned = _concerned(made)
    ids = {organisation for group in concerned.values() for organisation in group}
    contacts = _contacts(ids, today)
    for settlement in made:
        own = contacts[settlement.organisation_id]
        _tell(settlement, own, is_holder=True)
        others = [p for id_ in concerned[settlement.pk] for p in contacts[id_]]
        _tell(settlement, [p for p in others if p not in own], is_holder=False)


def _concerned(made: Iterable[Settlement]) -> dict[int, set[int]]:
    """Per settlement the organisations that it is about: the holder and gemeenten."""
    made = list(made)
    concerned = {settlement.pk: {settlement.organisation_id} for settlement in made}
    for line in SettlementLine.objects.filter(settlement__in=made):
        concerned[line.settlement_id].add(line.gemeente_id)
    return concerned


def _contacts(ids: Iterable[int], today: datetime.date) -> dict[int, list[Person]]:
    roles = Role.objects.active_on(today).filter(
        name__in=[Role.Name.CONTACTPERSOON, Role.Name.FINANCIEEL],
        organisation__in=ids,
        person__is_active=True,
    )
    contacts: dict[int, list[Person]] = defaultdict(list)
    for role in roles.select_related("person").order_by("pk"):
        assert role.organisation_id is not None
        contacts[role.organisation_id].append(role.person)
    return contacts


def _tell(settlement: Settlement, people: Iterable[Person], *, is_holder: bool) -> None:
    page = reverse("statement-detail", args=[settlement.number])
    for person in people:
        emails.queue(
            "statement_ready",
            str(settlement.pk),
            person,
            settlement=settlement,
            holder=settlement.organisation,
            period=half_year(settlement.period.halfyear),
            instrument=settlement.period.instrument,
            page=f"{settings.SITE_URL}{page}",
            is_holder=is_holder,
            has_account=person.has_usable_password() or person.last_login is not None,
        )
