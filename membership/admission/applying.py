"""From somebody who asks to belong to a dossier: applied, confirmed, and judged.

Anybody may apply. A link proves the e-mail address; that the person belongs to the
organisation is checked by the bureau. What is answered never tells whom we know.
"""

import datetime
import uuid

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.admission import dossiers
from membership.models import (
    Application,
    Dossier,
    Email,
    Organisation,
    Person,
    Role,
)
from membership.people import add_person
from nvsi.errors import NotAllowed, refused_in_words

CONFIRM_EVENT = "application_confirm"
# How long the link works, and how long what was never confirmed is kept.
LIFETIME = datetime.timedelta(days=7)
KEPT = datetime.timedelta(days=14)
LONGEST_SHORT_NAME = 100
_SIGNER = signing.TimestampSigner(salt="membership.admission.applying", sep=".")


@transaction.atomic
def apply(
    *,
    organisation: Organisation | None,
    other_name: str,
    other_kind: str,
    aim: str,
    name: str,
    function: str,
    email: str,
    key: uuid.UUID,
) -> Application:
    """Keep an application, and send the link that confirms it; twice is once.

    Raises ValidationError for what is filled in wrong.
    """
    if known := Application.objects.filter(key=key).first():
        return known
    application = Application(
        organisation=organisation,
        other_name=other_name,
        other_kind=other_kind,
        aim=aim,
        name=name,
        function=function,
        email=email.lower(),
        key=key,
    )
    application.full_clean()
    application.save()
    emails.queue_to_address(
        CONFIRM_EVENT,
        str(application.pk),
        application.email,
        application=application,
        link=settings.SITE_URL + confirm_path(application),
        days=LIFETIME.days,
    )
    emails.send_soon()
    return application


def confirm_path(application: Application) -> str:
    return reverse("apply-confirm", args=[_SIGNER.sign(str(application.pk))])


def application_of(token: str) -> Application | None:
    """Whose link this is; None when it is not ours, too old, or of one that is gone."""
    try:
        key = _SIGNER.unsign(token, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    rows = Application.objects.select_related("organisation")
    return rows.filter(pk=key).first()


@transaction.atomic
def confirm(application: Application) -> Application:
    """The address is theirs: now the bureau is asked to look. Twice is once."""
    application = _held(application)
    if application.status != Application.Status.UNCONFIRMED:
        return application
    application.confirmed_at = timezone.now()
    application.save(update_fields=["confirmed_at"])
    history.move(application, Application.Status.WAITING, None)
    page = reverse("admin:membership_application_change", args=[application.pk])
    emails.queue_all(
        "application_waiting",
        str(application.pk),
        Person.objects.with_role(Role.Name.BUREAU, on=timezone.localdate()),
        application=application,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
    return application


@transaction.atomic
def accept(
    application: Application,
    *,
    organisation: Organisation | None,
    code: str = "",
    verified_by_means_of: str,
    by: Person,
) -> Dossier:
    """Let them in: the organisation, its contactpersoon, and a dossier.

    `organisation` is the one that it is; None makes a new one with this code, of the
    name and kind that were given. A dossier that runs already is joined. Raises
    NotAllowed, also for a code that cannot be.
    """
    application = _held(application)
    _require_bureau(by)
    if not verified_by_means_of.strip():
        raise NotAllowed("Zeg hoe u hebt gecontroleerd dat de aanvrager erbij hoort.")
    organisation = organisation or _new_organisation(application, code, by)
    add_person(
        application.email,
        name=application.name,
        role=Role.Name.CONTACTPERSOON,
        organisation=organisation,
        today=timezone.localdate(),
        by=by,
    )
    running = organisation.dossiers.running().filter(aim=application.aim).first()
    dossier = running or dossiers.open_dossier(organisation, application.aim, by=by)
    application.dossier = dossier
    application.verified_by_means_of = verified_by_means_of
    application.save(update_fields=["dossier", "verified_by_means_of"])
    history.move(application, Application.Status.ACCEPTED, by, dossier=dossier.number)
    page = reverse("dossier-detail", args=[dossier.number])
    _answer("application_accepted", application, page=f"{settings.SITE_URL}{page}")
    return dossier


@transaction.atomic
def turn_down(application: Application, *, reason: str, by: Person) -> Application:
    """No, and why: the applicant gets the reason by e-mail. Raises NotAllowed."""
    application = _held(application)
    _require_bureau(by)
    if not reason.strip():
        raise NotAllowed("Geef de reden; de aanvrager krijgt die te lezen.")
    application.reason = reason
    application.save(update_fields=["reason"])
    history.move(application, Application.Status.TURNED_DOWN, by)
    _answer("application_turned_down", application)
    return application


def tidy(now: datetime.datetime) -> int:
    """Remove what was never confirmed, with its e-mails; gives how many."""
    Email.objects.filter(event=CONFIRM_EVENT, queued_at__lt=now - KEPT).delete()
    old = Application.objects.filter(
        status=Application.Status.UNCONFIRMED, applied_at__lt=now - KEPT
    )
    removed, _ = old.delete()
    return removed


def _held(application: Application) -> Application:
    rows = Application.objects.select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=application.pk)


def _require_bureau(by: Person) -> None:
    if not by.has_role(Role.Name.BUREAU, Role.Name.BESTUUR):
        raise NotAllowed(f"{by} beslist niet over aanvragen. Dat doet het bureau.")


def _new_organisation(application: Application, code: str, by: Person) -> Organisation:
    if not application.other_name:
        raise NotAllowed("Kies de organisatie waarom het gaat.")
    if not code.strip():
        raise NotAllowed("Kies een organisatie, of geef de code van de nieuwe.")
    organisation = Organisation(
        code=code.strip(),
        kind=application.other_kind,
        name=application.other_name,
        short_name=application.other_name[:LONGEST_SHORT_NAME],
    )
    with refused_in_words():
        organisation.full_clean()
    organisation.save()
    history.record(organisation, "added", by)
    return organisation


def _answer(event: str, application: Application, **context: str) -> None:
    emails.queue_to_address(
        event, str(application.pk), application.email, application=application,
        **context,
    )  # fmt: skip
    emails.send_soon()
