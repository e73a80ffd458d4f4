"""The preview of an upload, beside `import_hours --dry-run` of the same file."""

from collections.abc import Iterator

from django.utils import timezone

from billing.deliveries.imports import import_hours
from billing.models import Upload
from billing.uploading import uploads
from billing.uploading import work as upload_work
from membership.models import Organisation, Person, Role
from tests.bench.books import SINCE, flexensie
from tests.bench.data import write_delivery
from tests.bench.timing import Plan, Row, Watch, in_turns

LINES = 100_000


def measure(plan: Plan) -> Iterator[Row]:
    """From the received file to what its page shows, by a worker that is free."""
    lines = min(plan.lines, LINES)
    path = write_delivery(plan.folder / "aanlevering.csv", lines)
    source = Organisation.objects.get(code="flexensie")
    person = Person.objects.create_user("aanleveraar@nvsi.example", "Aanleveraar")
    Role.objects.create(
        person=person, organisation=source, name="uitvoerder", starts_on=SINCE
    )
    name, instrument, today = path.name, flexensie(), timezone.localdate()

    def preview(watch: Watch) -> None:
        with watch.timed():
            upload = uploads.receive(
                path,
                file_name=name,
                instrument=instrument,
                source=source,
                today=today,
                by=person,
            )
            upload_work.work_on_next()
        upload.refresh_from_db()
        assert upload.status == Upload.Status.READY, upload.failure
        uploads.withdraw(upload, by=person)

    def dry_run(watch: Watch) -> None:
        with watch.timed():
            import_hours(
                path, file_name=name, instrument=instrument, today=today, dry_run=True
            )

    previewing, importing = in_turns(preview, dry_run, rounds=plan.rounds)
    subject = f"preview of {lines:,} lines beside --dry-run"
    yield Row(subject, previewing.median, importing.median, 1.5)
