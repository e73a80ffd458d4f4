"""Letters for tests: written, with a file, and sent by a colleague."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # has no types

from membership.letters import sending, writing
from membership.models import Letter, LetterReceiver, Person

BODY = """Wij vragen u om een **aanspreekpunt**.

## Wat wij vragen

- Voer het gesprek in uw regio.
- Mail [het bureau](mailto:bureau@nvsi.example).

1. eerst dit
2. dan dat

| wanneer | wat |
|---|---|
| 1 oktober | bijeenkomst |
"""


def write(by: Person, **facts: Any) -> Letter:
    """A draft to all who belong."""
    values = {
        "subject": "Regionale samenwerking",
        "summary": "Wij informeren u over de stappen.\n\nEn vragen u iets.",
        "body": BODY,
        "written_by": by,
        **facts,
    }
    return Letter.objects.create(**values)


def workbook() -> "ContentFile[bytes]":
    output = BytesIO()
    with Workbook(output) as book:
        book.add_worksheet()
    return ContentFile(output.getvalue(), name="planning.xlsx")


def release(letter: Letter, by: Person) -> list[LetterReceiver]:
    """Look at it, and let it go."""
    seen = sending.fingerprint(letter)
    return sending.release(letter, seen=seen, now=timezone.now(), by=by)


def send(writer: Person, releaser: Person, **facts: Any) -> Letter:
    """Written by one, released by another."""
    letter = write(writer, **facts)
    writing.attach(letter, workbook(), by=writer)
    writing.offer(letter, by=writer)
    release(letter, releaser)
    letter.refresh_from_db()
    return letter
