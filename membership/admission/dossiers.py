"""The course of a dossier as a whole: opened, aspirant-lid, admitted, or ended.

Source: domain rules 20 and 27; BW 2 art. 33 (the bestuur admits); seed 000 on the
aspirant-lid.
"""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from membership import history
from membership.admission import announcing
from membership.admission.recording import lock
from membership.admission.steps import Procedure, Step
from membership.models import (
    Dossier,
    DossierStep,
    Membership,
    Organisation,
    Person,
    Role,
)
from membership.papers.keeping import keep_confirmation
from membership.redivision.gone import require_there
from membership.succession import take_up
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time


@transaction.atomic
def open_dossier(organisation: Organisation, aim: str, *, by: Person) -> Dossier:
    """Begin the way of an organisation to membership. By the bureau, who knows that the
    one who asks belongs to it. Raises NotAllowed when it is a lid, or has one running.
    """
    if not by.is_association:
        raise NotAllowed("Een dossier opent het bureau.")
    if organisation.kind == Organisation.Kind.UITVOERDER:
        raise NotAllowed(f"{organisation} is een uitvoerder, en kan geen lid worden.")
    today = timezone.localdate()
    require_there(organisation, today)
    one_at_a_time("dossier number")
    if running := organisation.dossiers.running().first():
        raise NotAllowed(f"{organisation} heeft al een dossier: {running.number}.")
    if organisation.memberships.active_on(today).filter(kind__in=["lid", aim]).exists():
        raise NotAllowed(f"{organisation} is dat al. Zie de lidmaatschappen.")
    last = Dossier.objects.filter(number_year=today.year).aggregate(
        last=Max("number_sequence")
    )["last"]
    dossier = Dossier(
        number_year=today.year,
        number_sequence=(last or 0) + 1,
        organisation=organisation,
        aim=aim,
        opened_by=by,
    )
    dossier.full_clean()
    dossier.save()
    history.record(dossier, "opened", by, aim=aim)
    return dossier


@transaction.atomic
def make_aspirant(
    dossier: Dossier, *, starts_on: datetime.date, by: Person
) -> Membership:
    """Aspirant-lid from a day, on the intention to become a lid: no vote.

    Contracts may be prepared, and even be taken over (seed 000).
    """
    dossier = lock(dossier)
    _require_association(by)
    if dossier.aim != Dossier.Aim.LID:
        raise NotAllowed("Alleen wie lid wil worden, kan aspirant-lid zijn.")
    period = Membership(
        organisation=dossier.organisation,
        kind=Membership.Kind.ASPIRANT_LID,
        starts_on=starts_on,
        dossier=dossier,
    )
    period = take_up(period)
    history.record(dossier, "aspirant", by, starts_on=starts_on.isoformat())
    return period


@transaction.atomic
def admit(dossier: Dossier, *, starts_on: datetime.date, by: Person) -> Membership:
    """The bestuur admits; a participant is taken in by the bureau. The dossier ends.

    The confirmation is made and kept with it: there is no lid without one.
    Raises NotAllowed while a step is missing, for who checked it himself (a lid takes
    two people), or a day before the decision of the organisation.
    """
    dossier = lock(dossier)
    _require_admitter(dossier, by)
    where = dossier.position
    if where.next != Step.ADMITTED:
        missing = where.next.label if where.next else "niets"
        raise NotAllowed(f"Nog niet gedaan: {missing}.")
    decided = dossier.standing_step(Step.DECIDED)
    if decided is not None and starts_on < decided.on:
        raise NotAllowed(
            f"Lid vanaf een dag vóór het besluit ({decided.on:%d-%m-%Y}) kan niet."
        )
    today = timezone.localdate()
    DossierStep.objects.create(dossier=dossier, kind=Step.ADMITTED, on=today, by=by)
    on_college = dossier.procedure == Procedure.COLLEGE
    period = take_up(
        Membership(
            organisation=dossier.organisation,
            kind=dossier.aim,
            collegebesluit_on=decided.on if decided and on_college else None,
            starts_on=starts_on,
            dossier=dossier,
        )
    )
    keep_confirmation(Dossier.objects.with_steps().get(pk=dossier.pk), by=by)
    _end(dossier, Dossier.Status.ADMITTED, by, starts_on=starts_on.isoformat())
    return period


@transaction.atomic
def withdraw(dossier: Dossier, *, reason: str, by: Person) -> None:
    """The organisation does not go on. What it was as aspirant-lid ends today."""
    dossier = lock(dossier)
    mine = dossier.organisation_id in by.organisations_as(Role.Name.CONTACTPERSOON)
    if not (mine or by.is_association):
        raise NotAllowed("U werkt niet voor deze organisatie.")
    _end_aspirant(dossier)
    _end(dossier, Dossier.Status.WITHDRAWN, by, reason=reason)


@transaction.atomic
def refuse(dossier: Dossier, *, reason: str, by: Person) -> None:
    """The bestuur does not admit the organisation (BW 2 art. 33)."""
    dossier = lock(dossier)
    if not by.has_role(Role.Name.BESTUUR):
        raise NotAllowed("Alleen het bestuur kan een organisatie niet toelaten.")
    if not reason.strip():
        raise NotAllowed("Geef de reden; de organisatie heeft daar recht op.")
    _end_aspirant(dossier)
    _end(dossier, Dossier.Status.REFUSED, by, reason=reason)


def _end(dossier: Dossier, status: str, by: Person, **facts: str) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(status=status, ended_at=timezone.now())
    history.record(dossier, status, by, **facts)
    announcing.dossier_ended(dossier, status, by)


def _end_aspirant(dossier: Dossier) -> None:
    today = timezone.localdate()
    running = dossier.organisation.memberships.active_on(today).filter(
        kind=Membership.Kind.ASPIRANT_LID
    )
    for period in running:
        period.ends_on = today
        period.save(update_fields=["ends_on"])


def _require_association(by: Person) -> None:
    if not by.is_association:
        raise NotAllowed("Dat doet het bureau.")


def _require_admitter(dossier: Dossier, by: Person) -> None:
    if dossier.aim == Dossier.Aim.PARTICIPANT:
        _require_association(by)
        return
    if not by.has_role(Role.Name.BESTUUR):
        raise NotAllowed("Een lid wordt toegelaten door het bestuur.")
    checked = dossier.standing_step(Step.CHECKED)
    if checked is not None and checked.by_id == by.pk:
        raise NotAllowed(
            "U hebt dit dossier zelf gecontroleerd. Een ander van het bestuur laat toe."
        )
