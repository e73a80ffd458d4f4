"""What happens in the portal: files that the uitvoerder uploads, and a question."""

import uuid
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from billing.asking.questions import answer, ask
from billing.demo.corrections import forgotten_hours, taken_back
from billing.demo.halfyears import PAID, RUNNING, gemeenten
from billing.demo.hours import delivery, hours_of
from billing.demo.members import CONTACTPERSOON
from billing.demo.mistakes import delivery_with_slips
from billing.demo.stage import BACKOFFICE, BUREAU, Stage
from billing.models import Line, Upload
from billing.uploading import uploads
from billing.uploading.work import work_on_next
from membership.people import person_by_email
from nvsi.dutch import counted, euro

FORGOTTEN = ("GM0014", "GM0034", "GM0344")
FORGOTTEN_TOO = ("GM0153", "GM0193", "GM0363")
CORRECTED = 2  # lines that are taken back in the file that waits

ASKED = (
    "Bij deze regel staan minder uren dan onze consulent verwachtte. Klopt het dat er "
    "in deze week maar zo kort is gewerkt?"
)
ANSWERED = (
    "Wij hebben het nagevraagd. De kandidaat was een deel van de week ziek; de uren "
    "kloppen. U hoeft niets te doen."
)
STILL_ASKED = (
    "Onze accountant vraagt om de regels per opdrachtgever. Is het Excelbestand bij "
    "deze afrekening daarvoor genoeg?"
)


def ask_the_bureau(stage: Stage) -> Iterator[str]:
    """Two questions about one afrekening: one has its answer, the other waits."""
    asker, bureau = person_by_email(CONTACTPERSOON), person_by_email(BUREAU)
    settlement = stage.period(PAID).settlements.get(organisation__code="GM0014")
    line = Line.objects.filter(
        period=settlement.period_id, coverage__gemeente__code="GM0014"
    ).order_by("uren", "regel_id")[0]
    question = ask(
        settlement, text=ASKED, key=_key(ASKED), regel_id=line.regel_id, by=asker
    )
    answer(question, text=ANSWERED, key=_key(ANSWERED), by=bureau)
    yield f"{asker} vraagt: {ASKED}"
    yield f"{bureau} antwoordt: {ANSWERED}"
    ask(settlement, text=STILL_ASKED, key=_key(STILL_ASKED), by=asker)
    yield f"{asker} vraagt ook: {STILL_ASKED}"
    yield "Die tweede vraag wacht op het bureau, in het beheer."


def deliver_running(stage: Stage) -> Iterator[str]:
    """In two steps: look, and then confirm what was seen."""
    lines = hours_of(RUNNING, gemeenten(RUNNING))
    path = stage.write(f"aanlevering-{RUNNING}.csv", delivery(lines))
    upload = _send(stage, path)
    yield f"Tessa levert {path.name} aan en bekijkt wat erin staat: {_content(upload)}."
    uploads.confirm(
        upload,
        fingerprint=upload.fingerprint,
        now=timezone.now(),
        by=person_by_email(BACKOFFICE),
    )
    upload = _worked_on(upload)
    assert upload.status == Upload.Status.DONE, upload.failure
    yield "Zij bevestigt het, en de regels worden verwerkt."
    yield "Dit halfjaar is niet afgerekend; de tabel hieronder geeft de stand."


def deliver_with_slips(stage: Stage) -> Iterator[str]:
    """Refused; what is right in it waits until the rest is mended."""
    lines = forgotten_hours(FORGOTTEN, "V")
    path = stage.write("vergeten-uren-juni.csv", delivery_with_slips(lines))
    upload = _send(stage, path)
    assert upload.status == Upload.Status.REFUSED, upload.failure
    count = counted(upload.errors_count, "fout", "fouten")
    yield f"{path.name} is geweigerd: {count} in {upload.rows_count} regels."
    yield "In het portaal staat wat er niet goed is, en hoe Tessa het herstelt."


def deliver_and_wait(stage: Stage) -> Iterator[str]:
    """Late hours and corrections that are right, and that nobody confirmed yet."""
    known = hours_of(RUNNING, gemeenten(RUNNING))[:CORRECTED]
    late = forgotten_hours(FORGOTTEN_TOO, "N")
    lines = [*late, *taken_back(known, prefix=f"{RUNNING}-C")]
    path = stage.write("nagekomen-uren-juni.csv", delivery(lines))
    upload = _send(stage, path)
    assert upload.status == Upload.Status.READY, upload.failure
    yield f"{path.name} is goed: {_content(upload)}."
    yield "Het wacht tot Tessa het in het portaal bevestigt."


def _send(stage: Stage, path: Path) -> Upload:
    """As on the page: the file is kept, and the worker checks it; here at once."""
    by = person_by_email(BACKOFFICE)
    source = stage.instrument.uitvoerder_on(stage.today)
    assert source, "the migrations bring one"
    upload = uploads.receive(
        path,
        file_name=path.name,
        instrument=stage.instrument,
        source=source,
        today=stage.today,
        by=by,
    )
    return _worked_on(upload)


def _worked_on(upload: Upload) -> Upload:
    while work_on_next():
        pass
    return Upload.objects.get(pk=upload.pk)


def _content(upload: Upload) -> str:
    preview = upload.preview
    assert preview, "it was checked"
    count = counted(preview["new"], "nieuwe regel", "nieuwe regels")
    return f"{count}, {euro(preview['omzet'])} omzet"


def _key(text: str) -> uuid.UUID:
    """The same question of the same demo has the same key."""
    return uuid.uuid5(uuid.NAMESPACE_URL, text)
