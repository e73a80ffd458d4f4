"""Send a letter: the number, a line per receiver, and an e-mail in the queue for each.

The worker sends what is queued. What came back is written down on the line, and sent
again to an address that was mended. Source: seed 003.
"""

import datetime
import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.letters.paper import addressee_of
from membership.letters.segments import Target, targets
from membership.letters.writing import locked
from membership.models import (
    Email,
    Letter,
    LetterReceiver,
    Organisation,
    Person,
)
from membership.people import clean_email
from nvsi.errors import NotAllowed, Stale
from nvsi.locks import one_at_a_time

EVENT = "member_letter"
Status = Letter.Status


def fingerprint(letter: Letter) -> str:
    """What somebody sees who releases it: every word, every file and every receiver."""
    seen = {
        "words": [letter.subject, letter.salutation, letter.summary, letter.body],
        "files": list(letter.attachments.values_list("sha256", flat=True)),
        "to": [
            [target.organisation.pk, *(person.email for person in target.people)]
            for target in targets(letter)
        ],
    }
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


@transaction.atomic
def release(
    letter: Letter, *, seen: str, now: datetime.datetime, by: Person
) -> list[LetterReceiver]:
    """Give it its number and queue it for every receiver; gives their lines.

    `seen` is the fingerprint of what was looked at. Raises NotAllowed for who wrote it,
    and Stale when it, or who receives it, is not any more what was seen.
    """
    one_at_a_time("letter number")
    letter = locked(letter, by)
    if letter.status != Status.OFFERED:
        raise NotAllowed(f"{letter} wacht niet op vrijgave.")
    if letter.written_by_id == by.pk:
        raise NotAllowed("U schreef deze brief. Een collega geeft de brief vrij.")
    if fingerprint(letter) != seen:
        raise Stale("De brief, of wie de brief krijgt, is intussen veranderd.")
    if not (found := targets(letter)):
        raise NotAllowed("Deze brief gaat naar niemand.")
    _number(letter, now, by)
    lines = [line for target in found for line in _lines(letter, target)]
    LetterReceiver.objects.bulk_create(lines)
    for line in lines:
        _queue(line)
    history.record(
        letter, "offered>sent", by, number=letter.number, receivers=len(lines)
    )
    emails.send_soon()
    return lines


def _number(letter: Letter, now: datetime.datetime, by: Person) -> None:
    year = timezone.localdate(now).year
    last = Letter.objects.filter(number_year=year).aggregate(
        last=Max("number_sequence")
    )["last"]
    letter.number_year, letter.number_sequence = year, (last or 0) + 1
    letter.status, letter.sent_at, letter.released_by = Status.SENT, now, by
    letter.save(
        update_fields=[
            *("number_year", "number_sequence"),
            *("status", "sent_at", "released_by"),
        ]
    )


def _lines(letter: Letter, target: Target) -> list[LetterReceiver]:
    """A line per person; one without, for an organisation where nobody has the role."""
    organisation = target.organisation
    addressee = addressee_of(organisation)
    people: tuple[Person | None, ...] = target.people or (None,)
    return [
        LetterReceiver(
            letter=letter,
            organisation=organisation,
            person=person,
            addressee=addressee,
            address=person.email if person else "",
        )
        for person in people
    ]


def _queue(line: LetterReceiver) -> None:
    """Once per line and time that it is sent."""
    if not line.address:
        return
    line.times += 1
    name = line.person.name if line.person else ""
    line.email = emails.queue_to_address(
        EVENT,
        f"{line.pk}|{line.times}",
        line.address,
        **facts(line.letter, line.organisation, name),
    )
    line.save(update_fields=["times", "email"])


def facts(letter: Letter, organisation: Organisation, name: str) -> dict[str, Any]:
    """What the e-mail says to somebody of an organisation; `name` may be empty."""
    path = (
        reverse("letter-detail", args=[letter.slug])
        if letter.is_sent
        else reverse("letter-list")
    )
    return {
        "letter": letter,
        "organisation": organisation,
        "name": name,
        "attachments": [str(one) for one in letter.attachments.defer("content")],
        "page": f"{settings.SITE_URL}{path}",
    }


def as_email(letter: Letter, organisation: Organisation, person: Person) -> Email:
    """The e-mail that somebody would get, not kept."""
    about = facts(letter, organisation, person.name)
    return emails.draft(EVENT, person.email, **about)


@transaction.atomic
def send_test(letter: Letter, *, now: datetime.datetime, by: Person) -> Email:
    """The e-mail to who asks, as the first organisation of the segment gets it."""
    letter = locked(letter, by)
    if not (found := targets(letter)):
        raise NotAllowed("Deze brief gaat naar niemand; er is dus geen voorbeeld.")
    about = facts(letter, found[0].organisation, by.name)
    key = f"test|{letter.pk}|{now.isoformat()}"
    email = emails.queue_to_address(EVENT, key, by.email, is_test=True, **about)
    emails.send_soon()
    return email


@transaction.atomic
def record_bounce(
    line: LetterReceiver, *, on: datetime.date, words: str, by: Person
) -> LetterReceiver:
    """Write down that the e-mail came back, with what the mail server said."""
    line = _locked_line(line, by)
    if line.email is None:
        raise NotAllowed("Naar deze ontvanger is niets verstuurd.")
    if not line.letter.sent_on or not (
        line.letter.sent_on <= on <= timezone.localdate()
    ):
        raise NotAllowed("Kies een dag na het versturen, en niet na vandaag.")
    line.bounced_on, line.bounce = on, " ".join(words.split())[:300]
    line.full_clean()
    line.save(update_fields=["bounced_on", "bounce"])
    history.record(line, "bounced", by, on=on.isoformat())
    return line


@transaction.atomic
def send_again(line: LetterReceiver, *, address: str, by: Person) -> LetterReceiver:
    """Send it once more to this address, such as one that was mended."""
    line = _locked_line(line, by)
    if (clean := clean_email(address)) is None:
        raise NotAllowed("Dit is geen e-mailadres.")
    if line.email and line.email.state == Email.State.QUEUED:
        raise NotAllowed("De vorige e-mail staat nog in de wachtrij.")
    line.address, line.bounced_on, line.bounce = clean, None, ""
    line.save(update_fields=["address", "bounced_on", "bounce"])
    _queue(line)
    history.record(line, "sent again", by)
    emails.send_soon()
    return line


def _locked_line(line: LetterReceiver, by: Person) -> LetterReceiver:
    if not by.is_association:
        raise NotAllowed("Een ledenbrief is van het bureau.")
    rows = LetterReceiver.objects.select_related(
        "letter", "organisation", "person", "email"
    )
    return rows.select_for_update(of=("self",)).get(pk=line.pk)
