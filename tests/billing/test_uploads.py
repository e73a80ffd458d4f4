"""Uploads: sent, checked, shown, confirmed and taken in; each thing once."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from billing.models import Import, Line, Upload
from billing.uploading import keeping as upload_keeping
from billing.uploading import uploads
from billing.uploading import work as upload_work
from contracts.models import Gebruiksovereenkomst, Terms
from membership.models import Email, HistoryEvent, Organisation, Person, Role
from nvsi.errors import NotAllowed, Stale
from nvsi.halfyear import HalfYear
from tests.billing.database import database_refuses
from tests.billing.deliveries import line, take_in
from tests.billing.uploading import EARLIER, checked, confirm, send, work
from tests.conftest import make_person

ROWS = [line("R1", **EARLIER), line("R2", **EARLIER)]
WRONG = [line("R1", **EARLIER), line("R2", **EARLIER, uren="200")]

pytestmark = pytest.mark.usefixtures("heideveld")


def test_a_checked_file_is_shown_and_nothing_of_it_is_in_the_books(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    assert upload.status == "ready"
    assert not Line.objects.exists()
    assert not Import.objects.exists()
    assert upload.preview is not None
    assert (upload.preview["new"], upload.preview["omzet"]) == (2, "944.00")
    assert upload.preview["halfyears"] == [
        {
            "halfyear": "2025-H2",
            "gemeenten": [
                {
                    "code": "GM9001",
                    "name": "Heideveld",
                    "lines": 2,
                    "uren": "64.00",
                    "omzet": "944.00",
                    "before": "0.00",
                    "previous": "0.00",
                    "vergoeding_pct": ["30.00"],
                }
            ],
            "before": "0.00",
            "previous": "0.00",
            "absent": 0,
        }
    ]


def test_the_preview_stands_beside_the_previous_halfyear(
    backoffice: Person, tmp_path: Path
) -> None:
    before = {"datum": "2025-03-10", "factuurdatum": "2025-03-15"}
    take_in(tmp_path, [line("V1", **before)])
    take_in(tmp_path, [line("V2", **EARLIER)], file_name="b.csv")
    upload = checked(tmp_path, ROWS, backoffice)
    assert upload.preview is not None
    (heideveld,) = upload.preview["halfyears"][0]["gemeenten"]
    assert (heideveld["before"], heideveld["previous"]) == ("472.00", "472.00")


def test_what_was_confirmed_is_taken_in_and_told(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = confirm(checked(tmp_path, ROWS, backoffice), backoffice)
    assert (upload.status, Line.objects.count()) == ("done", 2)
    assert upload.delivery is not None
    assert upload.delivery.delivered_by == backoffice
    assert upload.delivery.file_name == "uren.csv"
    assert Email.objects.get(event="delivery_done").recipient == backoffice.email


def test_a_wrong_row_refuses_the_whole_file_and_the_reasons_are_kept(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, WRONG, backoffice)
    assert (upload.status, upload.rows_count) == ("refused", 2)
    assert upload.errors == [[3, "uren", "'200' moet tussen 0 en 168 liggen."]]
    assert not Line.objects.exists()
    assert "1 fout" in Email.objects.get(event="delivery_refused").body.replace(
        "\xa0", " "
    )


def test_the_same_file_is_the_same_upload(backoffice: Person, tmp_path: Path) -> None:
    first = send(tmp_path, ROWS, backoffice)
    assert send(tmp_path, ROWS, backoffice) == first
    confirm(work(first), backoffice)
    assert send(tmp_path, ROWS, backoffice) == first
    assert Upload.objects.count() == 1
    assert Line.objects.count() == 2


def test_confirming_twice_is_confirming_once(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    for _ in range(2):
        uploads.confirm(
            upload, fingerprint=upload.fingerprint, now=timezone.now(), by=backoffice
        )
    done = confirm(upload, backoffice)
    confirm(done, backoffice)
    assert (Import.objects.count(), Line.objects.count()) == (1, 2)
    assert HistoryEvent.objects.filter(action="ready>confirmed").count() == 1


def test_what_was_not_seen_is_not_confirmed(backoffice: Person, tmp_path: Path) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    with pytest.raises(Stale, match="intussen opnieuw"):
        uploads.confirm(upload, fingerprint="x", now=timezone.now(), by=backoffice)
    upload.refresh_from_db()
    assert (upload.status, upload.confirmed_by) == ("ready", None)


def test_lines_that_came_meanwhile_are_told_before_it_is_taken_in(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    take_in(tmp_path, [line("R1", **EARLIER)], file_name="b.csv")
    upload = confirm(upload, backoffice)
    assert (upload.status, upload.confirmed_by) == ("ready", None)
    assert Line.objects.count() == 1
    assert "Nieuwe regels: eerst 2, nu 1." in upload.changes
    assert "anders" in Email.objects.get(event="delivery_refused").body
    upload = confirm(upload, backoffice)
    assert (upload.status, Line.objects.count()) == ("done", 2)


def test_terms_that_changed_meanwhile_are_told_before_it_is_taken_in(
    backoffice: Person, tmp_path: Path, agreement: Gebruiksovereenkomst
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    Terms.objects.create(
        agreement=agreement, from_halfyear=HalfYear(2025, 2), vergoeding_pct="25.00"
    )
    upload = confirm(upload, backoffice)
    assert upload.status == "ready"
    assert upload.changes == ["Heideveld: uw vergoeding was 30%, en is nu 25%."]
    assert not Line.objects.exists()


def test_an_agreement_that_ended_meanwhile_refuses_what_was_confirmed(
    backoffice: Person, tmp_path: Path, heideveld: Organisation
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    heideveld.verwerkersovereenkomsten.update(ends_on=datetime.date(2025, 1, 1))
    upload = confirm(upload, backoffice)
    assert (upload.status, upload.errors_count) == ("refused", 2)
    assert not Line.objects.exists()


def test_a_file_without_anything_new_is_done_at_once(
    backoffice: Person, tmp_path: Path
) -> None:
    take_in(tmp_path, ROWS, file_name="b.csv")
    upload = checked(tmp_path, [*ROWS][::-1], backoffice)
    assert (upload.status, upload.delivery) == ("done", None)
    assert upload.preview is not None
    assert (upload.preview["new"], upload.preview["known"]) == (0, 2)


def test_what_is_withdrawn_leaves_no_bytes_and_may_be_sent_again(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, WRONG, backoffice)
    uploads.withdraw(upload, by=backoffice)
    uploads.withdraw(upload, by=backoffice)
    upload.refresh_from_db()
    assert (upload.status, upload.errors, upload.refused_csv) == ("withdrawn", [], None)
    assert not upload.pieces.exists()
    assert send(tmp_path, WRONG, backoffice) != upload


def test_what_is_in_the_books_or_on_its_way_is_not_withdrawn(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = send(tmp_path, ROWS, backoffice)
    with pytest.raises(NotAllowed, match="nog bezig"):
        uploads.withdraw(upload, by=backoffice)
    done = confirm(work(upload), backoffice)
    with pytest.raises(NotAllowed, match="kan niet ingetrokken worden"):
        uploads.withdraw(done, by=backoffice)


def test_a_refused_file_that_is_sent_again_is_checked_again(
    backoffice: Person, tmp_path: Path, heideveld: Organisation
) -> None:
    until = datetime.date(2025, 1, 1)
    heideveld.verwerkersovereenkomsten.update(ends_on=until)
    first = checked(tmp_path, ROWS, backoffice)
    assert first.status == "refused"
    heideveld.verwerkersovereenkomsten.update(ends_on=None)
    again = checked(tmp_path, ROWS, backoffice)
    assert (again, again.status, again.errors) == (first, "ready", [])


def test_only_who_delivers_for_this_uitvoerder_may(
    backoffice: Person, bureau: Person, lezer: Person, tmp_path: Path
) -> None:
    other = Organisation.objects.create(code="ander", kind="uitvoerder", name="Ander")
    rival = make_person("Ander", "uitvoerder", other)
    upload = checked(tmp_path, ROWS, backoffice)
    for stranger in (bureau, lezer, rival):
        with pytest.raises(NotAllowed, match="mag geen urenregels aanleveren"):
            send(tmp_path, ROWS, stranger)
        with pytest.raises(NotAllowed):
            confirm(upload, stranger)
        with pytest.raises(NotAllowed):
            uploads.withdraw(upload, by=stranger)
    assert list(Upload.objects.visible_to(bureau)) == [upload]
    assert not Upload.objects.visible_to(rival).exists()
    assert not Upload.objects.visible_to(lezer).exists()


def test_a_role_that_ended_after_confirming_takes_nothing_in(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = checked(tmp_path, ROWS, backoffice)
    uploads.confirm(
        upload, fingerprint=upload.fingerprint, now=timezone.now(), by=backoffice
    )
    Role.objects.filter(person=backoffice).update(ends_on=datetime.date(2020, 1, 1))
    upload = work(upload)
    assert upload.status == "failed"
    assert "mag geen urenregels aanleveren" in upload.failure
    assert not Line.objects.exists()


def test_who_no_longer_carries_the_instrument_out_sends_nothing(
    backoffice: Person, flexensie_nederland: Organisation, tmp_path: Path
) -> None:
    flexensie_nederland.carries_out.update(ends_on=datetime.date(2020, 1, 1))
    with pytest.raises(NotAllowed, match="niet de uitvoerder van Flexensie"):
        send(tmp_path, ROWS, backoffice)


def test_a_file_that_kills_its_worker_is_given_up_after_three_times(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = send(tmp_path, ROWS, backoffice)
    Upload.objects.update(attempts=upload_work.ATTEMPTS)
    upload = work(upload)
    assert (upload.status, upload.failure) == ("failed", upload_work.GAVE_UP)
    uploads.check_again(upload, by=backoffice)
    assert work(upload).status == "ready"


def test_a_file_whose_bytes_are_gone_is_refused_and_holds_up_nobody(
    backoffice: Person, tmp_path: Path
) -> None:
    broken = send(tmp_path, ROWS, backoffice)
    broken.pieces.all().delete()
    good = send(tmp_path, ROWS[:1], backoffice)
    work(good)
    states = [Upload.objects.get(pk=u.pk).status for u in (broken, good)]
    assert states == ["refused", "ready"]


def test_bytes_go_after_a_week_or_when_nobody_acts_for_a_month(
    backoffice: Person, tmp_path: Path
) -> None:
    done = confirm(checked(tmp_path, ROWS, backoffice), backoffice)
    left = checked(tmp_path, WRONG, backoffice)
    now = timezone.now()
    assert upload_keeping.tidy(now) == 0
    assert upload_keeping.tidy(now + datetime.timedelta(days=8)) == 1
    assert (done.pieces.exists(), left.pieces.exists()) == (False, True)
    assert upload_keeping.tidy(now + datetime.timedelta(days=31)) == 1
    left.refresh_from_db()
    assert (left.status, left.pieces.exists()) == ("withdrawn", False)


def test_an_upload_never_disappears(backoffice: Person, tmp_path: Path) -> None:
    upload = send(tmp_path, ROWS, backoffice)
    upload.pieces.all().delete()
    with database_refuses("billing_upload"):
        Upload.objects.filter(pk=upload.pk).delete()


def test_the_database_keeps_one_upload_per_file(
    backoffice: Person, tmp_path: Path
) -> None:
    upload = send(tmp_path, ROWS, backoffice)
    upload.pk = None
    with database_refuses("a_file_is_uploaded_once"):
        upload.save(force_insert=True)


def test_the_database_takes_in_only_what_was_confirmed(
    backoffice: Person, tmp_path: Path
) -> None:
    take_in(tmp_path, ROWS)
    upload = send(tmp_path, ROWS[:1], backoffice)
    with database_refuses("an_upload_is_taken_in_after_it_was_confirmed"):
        Upload.objects.filter(pk=upload.pk).update(delivery=Import.objects.get())
    with database_refuses("a_confirmed_upload_says_by_whom_and_when"):
        Upload.objects.filter(pk=upload.pk).update(
            status="confirmed", preview={}, fingerprint="x"
        )
