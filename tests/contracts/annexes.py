"""Annexes for tests: a next version, and those who are asked about it."""

import datetime

from django.utils import timezone

from contracts.annexes import laying
from contracts.models import AnnexVersion, BreachContact, Consent, TextVersion
from contracts.texts import writing
from instruments.models import Instrument
from membership.models import Organisation, Person

WEEK = datetime.timedelta(weeks=1)


def next_version(instrument: Instrument, *, by: Person) -> AnnexVersion:
    """A draft with one more sub-verwerker."""
    draft = laying.start(instrument, note="Er komt een rekencentrum bij.", by=by)
    draft.subprocessors.create(
        name="Rekencentrum b.v.",
        country="Nederland",
        task="Bewaart de gegevens",
        since=timezone.localdate(),
    )
    return draft


def lay(
    draft: AnnexVersion, *, by: Person, today: datetime.date | None = None
) -> list[Consent]:
    """Ask with the shortest term, to begin the day after."""
    today = today or timezone.localdate()
    answer_by = today + laying.TERM
    return laying.lay_before(
        draft,
        used_from=answer_by + datetime.timedelta(days=1),
        answer_by=answer_by,
        seen=laying.fingerprint(draft),
        now=timezone.now(),
        today=today,
        by=by,
    )


def keep_annexes(
    organisation: Organisation, people: dict[str, Person]
) -> dict[str, int]:
    """A change that is asked about, a draft after it, a draft of a text, a contact."""
    flexensie = Instrument.objects.get(slug="flexensie")
    bureau, bestuur = people["bureau"], people["bestuur"]
    asked = next_version(flexensie, by=bureau)
    consents = lay(asked, by=bestuur)
    draft = laying.start(flexensie, note="Nog een keer.", by=bureau)
    text = TextVersion.objects.get(kind="gebruiks", number=1)
    contact = BreachContact.objects.create(
        organisation=organisation,
        function="Servicedesk",
        email="servicedesk@nvsi.example",
        telephone="0201234567",
        starts_on=timezone.localdate(),
    )
    return {
        "annexes_first": AnnexVersion.objects.get(number=1).pk,
        "annexes_asked": asked.pk,
        "annexes_draft": draft.pk,
        "consent": next(row.pk for row in consents if row.organisation == organisation),
        "text": text.pk,
        "draft_text": writing.start(text, note="Proef.", by=bureau).pk,
        "breach_contact": contact.pk,
    }
