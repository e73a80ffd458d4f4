"""The pages of the uitvoerder: send, look, confirm; and what strangers get."""

import datetime
import re
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from billing.models import Line, Upload
from membership.models import Organisation, Person, Role
from tests.billing.deliveries import as_csv, line, take_in
from tests.billing.test_pages import text_of
from tests.billing.uploading import EARLIER, checked, confirm
from tests.conftest import make_person
from tests.nvsi.test_spreadsheets import packed, parts_of, with_rows

NEW = "/aanleveringen/nieuw/"
ROWS = [line("R1", **EARLIER), line("R2", **EARLIER)]
WRONG = [line("R1", **EARLIER), line("R2", **EARLIER, uren="200")]

pytestmark = pytest.mark.usefixtures("heideveld")

Commit = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def back(client: Client, backoffice: Person) -> Client:
    """The browser of the back office."""
    client.force_login(backoffice)
    return client


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Commit) -> Commit:
    """What rings after the commit is answered at once, as without a broker."""
    return django_capture_on_commit_callbacks


def post(client: Client, content: str | bytes, name: str = "uren.csv") -> Any:
    content = content.encode() if isinstance(content, str) else content
    # Two fields, as the form has them: the token goes before the file.
    return client.post(
        NEW, {"instrument": instrument(), "file": SimpleUploadedFile(name, content)}
    )


def instrument() -> int:
    from_form = Upload._meta.get_field("instrument").related_model
    return int(from_form._default_manager.get(slug="flexensie").pk)


def words(client: Client, upload: Upload) -> str:
    return text_of(client, f"/aanleveringen/{upload.pk}/")


def test_a_file_is_sent_shown_and_confirmed(back: Client, commit: Commit) -> None:
    with commit(execute=True):
        response = post(back, as_csv(ROWS))
    upload = Upload.objects.get()
    assert response["Location"] == f"/aanleveringen/{upload.pk}/"
    text = words(back, upload)
    assert "Klopt dit? Bevestig dan" in text
    assert "Omzet € 944,00" in text
    assert not Line.objects.exists()
    with commit(execute=True):
        url = f"/aanleveringen/{upload.pk}/bevestigen/"
        back.post(url, {"fingerprint": upload.fingerprint})
        back.post(url, {"fingerprint": upload.fingerprint})
    assert "Uw regels zijn verwerkt." in words(back, upload)
    assert Line.objects.count() == 2
    assert "Laatste aanlevering" in text_of(back, "/")


def test_the_same_form_twice_leads_to_the_same_page(
    back: Client, commit: Commit
) -> None:
    with commit(execute=True):
        first = post(back, as_csv(ROWS))
        second = post(back, as_csv(ROWS), name="kopie.csv")
    assert first["Location"] == second["Location"]
    assert Upload.objects.count() == 1


def test_a_stale_confirm_says_so_and_does_nothing(
    back: Client, backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    response = back.post(
        f"/aanleveringen/{upload.pk}/bevestigen/", {"fingerprint": "0"}, follow=True
    )
    assert "intussen opnieuw gedaan" in response.content.decode()
    upload.refresh_from_db()
    assert upload.status == "ready"
    assert not Line.objects.exists()


def test_what_changed_since_is_shown_and_asked_again(
    back: Client,
    backoffice: Person,
    heideveld: Organisation,
    tmp_path: Path,
    commit: Commit,
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    confirm(checked(tmp_path, ROWS[:1], backoffice), backoffice)
    with commit(execute=True):
        back.post(
            f"/aanleveringen/{upload.pk}/bevestigen/",
            {"fingerprint": upload.fingerprint},
        )
    text = words(back, upload)
    assert "Sinds uw bevestiging is er iets veranderd." in text
    assert "Nieuwe regels: eerst 2, nu 1." in text


def test_refused_rows_are_told_and_downloaded(
    back: Client, backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, WRONG, backoffice)
    text = words(back, upload)
    assert "1 fout in een bestand van 2 regels. Er is niets verwerkt." in text
    assert "moet tussen 0 en 168 liggen" in text
    response = back.get(f"/aanleveringen/{upload.pk}/geweigerd.csv")
    assert response["Content-Type"] == "text/csv"
    assert "attachment" in response["Content-Disposition"]
    assert response.content.decode("utf-8-sig").startswith("aanlevering;rij;reden;")


def test_a_file_beyond_the_limit_gets_a_page_and_nothing_is_kept(
    back: Client,
) -> None:
    with override_settings(UPLOAD_MOST_BYTES=200_000):
        before = set(Path(tempfile.gettempdir()).glob("*.upload*"))
        response = post(back, b"x" * 1_000_000)
        assert set(Path(tempfile.gettempdir()).glob("*.upload*")) == before
    assert response.status_code == 413
    assert "Het bestand is te groot." in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand is leeg."),
        (b" \n\n ", "Het bestand is leeg."),
        (b"<!doctype html><html></html>", "een webpagina (HTML)"),
        (b"%PDF-1.7", "een PDF"),
        (b"\xff\xfer\0e\0", "UTF-16"),
    ],
)
def test_what_is_no_table_is_told_on_the_form(
    back: Client, content: bytes, sentence: str
) -> None:
    response = post(back, content)
    text = response.content.decode()
    assert response.status_code == 200
    assert sentence in text
    assert 'href="#id_file"' in text  # the error summary leads to the field
    assert not Upload.objects.exists()


def test_a_form_without_a_file_asks_for_it(back: Client) -> None:
    response = back.post(NEW, {"instrument": instrument()})
    assert "Kies een bestand." in response.content.decode()


def test_a_zip_bomb_is_refused(back: Client, commit: Commit, tmp_path: Path) -> None:
    parts = parts_of(with_rows(tmp_path / "uren.xlsx", list(ROWS[0])))
    parts["xl/media/image1.png"] = bytes(60_000_000)
    bomb = packed(tmp_path / "bom.xlsx", parts).read_bytes()
    with commit(execute=True):
        post(back, bomb, name="uren.xlsx")
    upload = Upload.objects.get()
    assert (upload.status, upload.refused_csv) == ("refused", None)
    assert "te groot" in words(back, upload)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\map\\uren.csv", "uren.csv"),
        ("uren\u202evsc.csv", "urenvsc.csv"),
        ("uren\r\nSet-Cookie: x.csv", "uren%0D%0ASet-Cookie: x.csv"),
        (f"{'u' * 900}.csv", "u" * 200),
        ("=uren & <b>.csv", "=uren & <b>.csv"),
    ],
)
def test_a_name_is_only_a_name(
    back: Client, commit: Commit, name: str, kept: str
) -> None:
    with commit(execute=True):
        response = raw_post(back, name, as_csv(WRONG).encode())
    assert response.status_code == 302
    upload = Upload.objects.get()
    assert upload.file_name == kept
    page = back.get(f"/aanleveringen/{upload.pk}/").content.decode()
    assert "<b>" not in page
    download = back.get(f"/aanleveringen/{upload.pk}/geweigerd.csv")
    assert "\n" not in download["Content-Disposition"]
    assert "Set-Cookie" not in download.headers


def test_a_name_without_end_is_not_read(back: Client) -> None:
    response = raw_post(back, f"{'u' * 5000}.csv", as_csv(ROWS).encode())
    assert response.status_code == 400
    assert "Er is niets opgeslagen." in response.content.decode()
    assert not Upload.objects.exists()


def raw_post(client: Client, name: str, content: bytes) -> Any:
    """As a browser that does not clean the name of a file."""
    quoted = name.replace("\r\n", "%0D%0A").replace('"', "%22")
    head = (
        '--x\r\nContent-Disposition: form-data; name="instrument"\r\n\r\n'
        f'{instrument()}\r\n--x\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{quoted}"\r\nContent-Type: text/csv\r\n\r\n'
    )
    body = head.encode() + content + b"\r\n--x--\r\n"
    return client.generic("POST", NEW, body, "multipart/form-data; boundary=x")


def test_a_session_that_ended_while_sending_loses_nothing_silently(
    client: Client, backoffice: Person
) -> None:
    response = post(client, as_csv(ROWS))
    assert response["Location"] == (
        "/inloggen/?next=/aanleveringen/nieuw/%3Fverlopen%3D1"
    )
    assert not Upload.objects.exists()
    client.force_login(backoffice)
    text = text_of(client, f"{NEW}?verlopen=1")
    assert "Uw sessie was verlopen" in text
    assert "er is niets opgeslagen" in text
    assert "Uw sessie was verlopen" not in text_of(client, NEW)


def test_a_form_without_its_token_keeps_nothing(backoffice: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(backoffice)
    assert post(strict, as_csv(ROWS)).status_code == 403
    assert not Upload.objects.exists()


def test_a_role_that_ended_is_refused_at_the_next_request(
    back: Client, backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    Role.objects.filter(person=backoffice).update(ends_on=datetime.date(2020, 1, 1))
    assert back.get(f"/aanleveringen/{upload.pk}/").status_code == 404
    assert post(back, as_csv(WRONG)).status_code == 403
    response = back.post(f"/aanleveringen/{upload.pk}/bevestigen/", {})
    assert response.status_code == 404


def test_a_stranger_sees_no_upload_and_changes_none(
    client: Client, backoffice: Person, lezer: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, WRONG, backoffice)
    other = Organisation.objects.create(code="ander", kind="uitvoerder", name="Ander")
    for stranger in (lezer, make_person("Ander", "uitvoerder", other)):
        client.force_login(stranger)
        for page in ("", "geweigerd.csv"):
            url = f"/aanleveringen/{upload.pk}/{page}"
            assert client.get(url).status_code == 404
        for act in ("bevestigen", "intrekken", "opnieuw"):
            url = f"/aanleveringen/{upload.pk}/{act}/"
            assert client.post(url, {"fingerprint": "x"}).status_code == 404
        assert upload.file_name not in client.get("/aanleveringen/").content.decode()


def test_the_bureau_looks_and_does_not_act(
    client: Client, backoffice: Person, bureau: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    client.force_login(bureau)
    assert "Dit wacht op de uitvoerder" in words(client, upload)
    client.post(
        f"/aanleveringen/{upload.pk}/bevestigen/", {"fingerprint": upload.fingerprint}
    )
    client.post(f"/aanleveringen/{upload.pk}/intrekken/")
    upload.refresh_from_db()
    assert upload.status == "ready"


def test_while_a_worker_is_busy_the_page_asks_again_by_itself(
    back: Client, commit: Commit
) -> None:
    with commit(execute=False):
        post(back, as_csv(ROWS))
    upload = Upload.objects.get()
    page = back.get(f"/aanleveringen/{upload.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert re.search(r'<div id="upload" data-live="\d+">', page)
    assert "U mag deze pagina sluiten" in page
    assert "<form" not in page.split("<main")[1]


def test_withdrawing_leads_to_the_list(
    back: Client, backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, WRONG, backoffice)
    response = back.post(f"/aanleveringen/{upload.pk}/intrekken/", follow=True)
    text = response.content.decode()
    assert "is ingetrokken" in text
    assert "Ingetrokken" in text


def test_the_list_has_who_and_when_also_of_what_came_by_command(
    back: Client, backoffice: Person, tmp_path: Path
) -> None:
    take_in(tmp_path, [line("C1", **EARLIER)], file_name="oud.csv")
    confirm(checked(tmp_path, ROWS, backoffice), backoffice)
    text = text_of(back, "/aanleveringen/")
    assert "Backoffice" in text
    assert "oud.csv Niet via het portaal" in text
    assert text.count("Verwerkt") == 2


def test_home_asks_for_what_is_not_finished(
    back: Client, backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    page = back.get("/").content.decode()
    assert "Bevestig uw aanlevering uren.csv" in page
    assert reverse("upload-detail", args=[upload.pk]) in page
    assert "Lever de urenregels van Flexensie aan over de" in page
    assert "uiterlijk" in page
