"""Ask a colleague to do a step: somebody of the same organisation, by e-mail.

Who is asked becomes contactpersoon of that organisation, and so sees its dossier. Only
for an address of the organisation's own domain: another one is added by the bureau.
"""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.admission.recording import require_open, works_on
from membership.admission.steps import Step
from membership.admission.words import ask_of
from membership.models import Dossier, Person, Role, StepAsk
from membership.people import add_person, require_colleague
from nvsi.errors import NotAllowed


@transaction.atomic
def ask_colleague(
    dossier: Dossier, step: Step, *, name: str, email: str, words: str, by: Person
) -> StepAsk:
    """Give a colleague access and ask for the step. The same colleague is asked once.

    Raises NotAllowed for who does not work for the organisation itself, a step that is
    not open, and an address that is not of the organisation.
    """
    dossier = require_open(dossier, step, by)
    if not works_on(dossier, by):
        raise NotAllowed("Een collega vragen doet iemand van de organisatie zelf.")
    address = require_colleague(email, dossier.organisation, by)
    added = add_person(
        address,
        name=name,
        role=Role.Name.CONTACTPERSOON,
        organisation=dossier.organisation,
        today=timezone.localdate(),
        by=by,
    )
    person = added.role.person
    ask, is_new = StepAsk.objects.get_or_create(
        dossier=dossier, kind=step, person=person, defaults={"by": by}
    )
    if is_new:
        _tell(ask, words)
        history.record(
            dossier, "colleague asked", by, step=step.label, person=person.pk
        )
    return ask


def _tell(ask: StepAsk, words: str) -> None:
    dossier, step = ask.dossier, Step(ask.kind)
    page = reverse("dossier-step", args=[dossier.number, step])
    emails.queue(
        "colleague_asked",
        str(ask.pk),
        ask.person,
        by=ask.by,
        dossier=dossier,
        ask=ask_of(step, dossier.procedure),
        words=words,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
