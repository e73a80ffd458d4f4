"""Write down the opzegging of an agreement: it ends on the day that was agreed.

What was worked until then is settled as always. Source: the article on ending in the
texts, domain rule 31.
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from contracts.agreements import lock_parties, require_dates
from contracts.clearing import opening
from contracts.kinds import Kind, Party
from contracts.models import AgreementNotice, Coverage
from contracts.models.facts import Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.models.offers import FACT_OF, Fact
from contracts.models.uitvoering import Uitvoeringsovereenkomst
from contracts.stopping import announcing
from contracts.stopping.protection import require_no_use_after
from contracts.stopping.terms import last_day
from membership import history
from membership.models import Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed, refused_in_words

KINDS: dict[type, Kind] = {
    Verwerkersovereenkomst: Kind.VERWERKERS,
    Gebruiksovereenkomst: Kind.GEBRUIKS,
    Uitvoeringsovereenkomst: Kind.UITVOERINGS,
}


def kind_of(fact: Fact) -> Kind:
    return KINDS[type(fact)]


def agreed_months(fact: Fact) -> int | None:
    """The term that the last paper of an agreement names; None without a paper here."""
    papers = fact.offers.filter(concluded_at__isnull=False).order_by("pk")
    return papers.values_list("notice_months", flat=True).last()


@transaction.atomic
def give_notice(
    fact: Fact,
    *,
    given_by: Party,
    received_on: datetime.date,
    notice_months: int,
    reason: str,
    today: datetime.date,
    by: Person,
) -> AgreementNotice:
    """One of the parties gives notice; the agreement ends by it, and so does the cover
    of its gemeenten.

    Raises NotAllowed for a day to come, one that ends earlier already, hours after that
    day that were settled or not corrected, a verwerkersovereenkomst under which is
    still worked then, and for who may not do it.
    """
    _require_role(given_by, by)
    require_dates(received_on, None)
    if received_on > today:
        raise NotAllowed(
            "De opzegging is nog niet ontvangen: de dag ligt later.",
            field="received_on",
        )
    lock_parties(fact.organisation)
    fact.refresh_from_db()
    ends_on = last_day(kind_of(fact), received_on, notice_months)
    _require_fit(fact, ends_on)
    notice = AgreementNotice(
        given_by=given_by,
        received_on=received_on,
        notice_months=notice_months,
        ends_on=ends_on,
        reason=reason.strip(),
        by=by,
        **{FACT_OF[kind_of(fact)]: fact},
    )
    try:
        with refused_in_words():
            notice.full_clean()
            notice.save()
            _end(fact, ends_on)
    except IntegrityError as error:  # the books refuse it: there are hours
        raise NotAllowed(str(error).splitlines()[0]) from error
    days = {"received": received_on.isoformat(), "ends_on": ends_on.isoformat()}
    history.record(fact, "notice given", by, party=given_by.label, **days)
    announcing.notice_was_given(notice)
    opening.open_for(fact, by=by)
    return notice


def _end(fact: Fact, ends_on: datetime.date) -> None:
    fact.ends_on = ends_on
    fact.full_clean()
    fact.save(update_fields=["ends_on"])
    if not isinstance(fact, Gebruiksovereenkomst):
        return
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)
    for coverage in Coverage.objects.filter(still, agreement=fact):
        if coverage.starts_on > ends_on:
            raise NotAllowed(f"{coverage.gemeente} begint pas later. Wijzig dat eerst.")
        coverage.ends_on = ends_on
        coverage.save(update_fields=["ends_on"])


def _require_fit(fact: Fact, ends_on: datetime.date) -> None:
    if AgreementNotice.objects.filter(**{FACT_OF[kind_of(fact)]: fact}).exists():
        raise NotAllowed("Deze overeenkomst is al opgezegd.")
    if fact.ends_on is not None and fact.ends_on <= ends_on:
        raise NotAllowed(f"Deze overeenkomst eindigt al op {day(fact.ends_on)}.")
    if ends_on < fact.starts_on:
        raise NotAllowed(
            f"De overeenkomst eindigt dan voor zij op {day(fact.starts_on)} begint. "
            "Kies een langere opzegtermijn, zodat zij op die dag of later eindigt."
        )
    if isinstance(fact, Verwerkersovereenkomst):
        require_no_use_after(fact, ends_on)


def _require_role(given_by: Party, by: Person) -> None:
    """The bureau writes down what the other party says; the bestuur ends for us."""
    if given_by == Party.NVSI and not by.has_role(Role.Name.BESTUUR):
        raise NotAllowed("Namens de NVSI zegt alleen het bestuur op.", field="given_by")
    if not by.is_association:
        raise NotAllowed("Een opzegging legt het bureau vast.")
