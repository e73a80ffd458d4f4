"""Answer to a change of annexes: consent, or object with a reason."""

import datetime

from django.db import transaction

from contracts.annexes.telling import tell_objection
from contracts.models import Consent
from membership import history
from membership.models import Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed

Answer = Consent.Answer


def may_answer(consent: Consent, person: Person) -> bool:
    """Who signs for the organisation, or works for the uitvoerder; the bureau records
    what came by letter."""
    own = person.organisations_as(Role.Name.ONDERTEKENAAR, Role.Name.UITVOERDER)
    return consent.organisation_id in own or person.has_role(Role.Name.BUREAU)


def last_day(consent: Consent, *, for_bureau: bool) -> datetime.date | None:
    """Until when an answer counts: a letter may have been on its way."""
    last, used_from = consent.last_day, consent.version.used_from
    if used_from is None or last is None:
        return None
    if for_bureau:
        return max(last, used_from - datetime.timedelta(days=1))
    return last


@transaction.atomic
def answer(
    consent: Consent,
    choice: str,
    *,
    reason: str,
    basis: str = "",
    now: datetime.datetime,
    today: datetime.date,
    by: Person,
) -> Consent:
    """The last answer counts; the history keeps those before it.

    Raises NotAllowed out of the term, for who may not answer, for an objection without
    a reason, and for a letter without where it shows.
    """
    rows = Consent.objects.select_related("version__instrument", "organisation")
    consent = rows.select_for_update(of=("self",)).get(pk=consent.pk)
    is_bureau = by.has_role(Role.Name.BUREAU)
    _require_open(consent, today, is_bureau)
    if not may_answer(consent, by):
        raise NotAllowed(
            f"Voor {consent.organisation} antwoordt een ondertekenaar. U kunt de "
            "wijziging wel lezen."
        )
    reason, basis = reason.strip(), basis.strip()
    _require_words(choice, reason, basis, is_bureau)
    if (consent.answer, consent.reason, consent.basis) == (choice, reason, basis):
        return consent
    consent.answer, consent.reason, consent.basis = choice, reason, basis
    consent.answered_at, consent.answered_by = now, by
    consent.full_clean()
    consent.save()
    history.record(consent, "answered", by, choice=str(Answer(choice).label))
    if choice == Answer.OBJECTION:
        tell_objection(consent, today)
    return consent


def _require_open(consent: Consent, today: datetime.date, is_bureau: bool) -> None:
    version = consent.version
    if version.withdrawn_at is not None:
        raise NotAllowed("Deze wijziging is ingetrokken. Een antwoord is niet nodig.")
    last = last_day(consent, for_bureau=is_bureau)
    if last is None or today > last:
        ended = f" Dat kon tot en met {day(last)}." if last else ""
        raise NotAllowed(
            f"Antwoorden kan niet meer.{ended} Neem contact op met het bureau."
        )


def _require_words(choice: str, reason: str, basis: str, is_bureau: bool) -> None:
    if choice not in Answer.values:
        raise NotAllowed("Kies of u instemt of bezwaar maakt.", field="answer")
    if choice == Answer.OBJECTION and not reason:
        raise NotAllowed("Schrijf op waartegen u bezwaar maakt.", field="reason")
    if is_bureau and not basis:
        raise NotAllowed("Schrijf op waar het antwoord uit blijkt.", field="basis")
