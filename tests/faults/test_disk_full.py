"""No room on a disk: it is said, nothing half is left, and later it works."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import InternalError, OperationalError, connection
from django.urls import reverse

from billing.uploading.work import ATTEMPTS, work_on_next
from membership.models import Organisation
from tests.billing import uploading
from tests.conftest import make_person
from tests.faults import books
from tests.faults.books import Books, deliver
from tests.faults.cluster import Cluster, Database
from tests.faults.conftest import CopyOf, ManageOf, SiteOf
from tests.faults.contents import everything, imports
from tests.faults.web import Reader, serve

MIB = 1 << 20
# A file of the log of changes has 16 MiB and must fit; a table of these lines does not.
ROOM_OF_THE_DATABASE = 17 * MIB
LARGE = Books(gemeenten=20, lines_each=3000)
LONG_NAME = "Werkgever ".ljust(200, "x")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = books.rows_of(LARGE, prefix="L", seed=11)
    for row in rows:
        row["opdrachtgever_naam"] = LONG_NAME
    return books.write_file(tmp_path_factory.mktemp("large") / "uren.csv", rows)


def test_a_delivery_that_does_not_fit_is_undone_and_fits_later(
    cluster: Cluster, few: Database, copy_of: CopyOf, large_file: Path
) -> None:
    database = copy_of(few)
    before = imports(database)
    with database.in_django():
        with cluster.with_room(ROOM_OF_THE_DATABASE):
            with pytest.raises(InternalError, match="could not extend file"):
                deliver(large_file)
            connection.close()
        assert imports(database) == before
        assert deliver(large_file).new == LARGE.gemeenten * LARGE.lines_each


@contextmanager
def no_room_to_sort(database: Database) -> Iterator[None]:
    """Of who connects now; gives an error of the same class as a full disk does."""
    for limit in ("work_mem", "temp_file_limit"):
        database.ask(f"ALTER DATABASE {database.name} SET {limit} = '64kB'")
    connection.close()
    try:
        yield
    finally:
        database.ask(f"ALTER DATABASE {database.name} RESET ALL")
        connection.close()


def test_a_command_says_that_the_database_has_no_room(
    few: Database, copy_of: CopyOf, manage_of: ManageOf, large_file: Path
) -> None:
    database = copy_of(few)
    before = everything(database)
    with no_room_to_sort(database):
        done = manage_of(database, "import_hours", str(large_file))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Geweigerd: De database kan dit nu niet: temporary file size" in done.stderr
    assert everything(database) == before
    assert manage_of(database, "import_hours", str(large_file)).returncode == 0


def test_an_upload_that_finds_no_room_waits_until_there_is(
    few: Database, copy_of: CopyOf, large_file: Path, tmp_path: Path
) -> None:
    database = copy_of(few)
    with database.in_django():
        source = Organisation.objects.get(code="flexensie")
        sender = make_person("Leverancier", "uitvoerder", source)
        upload = uploading.send(tmp_path, large_file.read_bytes(), sender)
        with no_room_to_sort(database):
            for _ in range(ATTEMPTS + 1):
                with pytest.raises(OperationalError, match="temporary file size"):
                    work_on_next()
        upload.refresh_from_db()
        assert (upload.status, upload.attempts) == ("checking", 0)
        assert uploading.work(upload).status == "ready"


def test_an_upload_that_does_not_fit_is_told_and_the_pages_go_on(
    site_of: SiteOf, few: Database, large_file: Path
) -> None:
    site = site_of(few)
    pages = serve(site, "--workers=1", "--threads=4")
    with site.database.in_django():
        source = Organisation.objects.get(code="flexensie")
        sender = Reader(pages, make_person("Leverancier", "uitvoerder", source))
        instrument = str(books.flexensie().pk)
    new = reverse("upload-new")
    form = sender.form(new) | {"instrument": instrument}
    with pages.with_room(MIB):
        with large_file.open("rb") as file:
            answer = sender.post(new, form, files={"file": file})
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert "niets half gedaan" in answer.text
        assert sender.get(new).status_code == HTTPStatus.OK
    uploads = "SELECT count(*) FROM billing_upload"
    assert site.database.value(uploads) == 0
    with large_file.open("rb") as file:
        answer = sender.post(new, form, files={"file": file})
    assert answer.status_code == HTTPStatus.FOUND
    assert site.database.value(uploads) == 1
