"""export_payments: the file is there wholly or not at all, and once."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from billing.models import Payment, PaymentBatch, Period
from membership.models import HistoryEvent, Organisation, Person
from nvsi.commands import Geweigerd
from tests.billing.settled import pay_to


def run(out: Path, by: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("export_payments", "2026-H1", str(out), "--by", by)
    return capsys.readouterr().out.replace("\u00a0", " ").replace(str(out), "OUT.xml")


def test_the_command_writes_the_file_and_says_it_in_one_line(
    period: Period,
    rijkhoven: Organisation,
    bestuur: Person,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pay_to(rijkhoven, "")
    out = tmp_path / "OUT.xml"
    said = run(out, "Bestuur@NVSI.example", capsys)
    assert said == (
        "2026-H1: 2 betalingen, samen € 1.313,50, in OUT.xml; "
        "niet betaalbaar: GM9011 € 83,50 (geen IBAN)\n"
    )
    batch = PaymentBatch.objects.get()
    assert out.read_bytes() == bytes(batch.xml)
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*tmp*")) == []


def test_the_command_run_twice_gives_the_same_file(
    period: Period,
    bestuur: Person,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "OUT.xml"
    run(out, bestuur.email, capsys)
    first = out.read_bytes()
    said = run(out, bestuur.email, capsys)
    at = timezone.localtime(PaymentBatch.objects.get().exported_at)
    assert out.read_bytes() == first
    assert f"als bestuur@nvsi.example maakte op {at.day} " in said
    assert "er is niets nieuws te betalen" in said


def refused(
    out: Path, by: str = "bestuur@nvsi.example", period: str = "2026-H1"
) -> str:
    with pytest.raises(Geweigerd) as refusal:
        call_command("export_payments", period, str(out), "--by", by)
    assert not PaymentBatch.objects.exists()
    assert not Payment.objects.exists()
    return str(refusal.value)


def test_a_file_that_cannot_be_written_leaves_nothing(
    period: Period, bestuur: Person, tmp_path: Path
) -> None:
    assert "bestaat niet" in refused(tmp_path / "nergens" / "OUT.xml")
    assert "geen gewoon bestand" in refused(tmp_path)
    assert "geen gewoon bestand" in refused(Path("/dev/null"))
    assert "is niet te schrijven" in refused(Path("/proc/OUT.xml"))
    assert not HistoryEvent.objects.filter(action="exported").exists()


def test_a_full_disk_leaves_nothing_and_the_old_file_as_it_was(
    period: Period, bestuur: Person, tmp_path: Path
) -> None:
    out = tmp_path / "OUT.xml"
    out.write_text("van vorig jaar")
    before = sorted(tmp_path.iterdir())
    with files_of_at_most(100):
        assert "is niet te schrijven" in refused(out)
    assert out.read_text() == "van vorig jaar"
    assert sorted(tmp_path.iterdir()) == before


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process can grow beyond, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_command_refuses_an_unknown_half_year_or_person(
    period: Period, bestuur: Person, tmp_path: Path
) -> None:
    out = tmp_path / "OUT.xml"
    assert "nog niet vastgesteld" in refused(out, period="2025-H2")
    assert "geen halfjaar" in refused(out, period="2026-H3")
    assert "heeft het e-mailadres" in refused(out, by="wie@nvsi.example")
    assert not out.exists()
