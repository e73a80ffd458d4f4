"""The statement as a PDF: archivable, accessible, the same bytes every time."""

import hashlib
import io
import os
import re
import subprocess
import sys
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from django.conf import settings
from structlog.testing import capture_logs

from billing.statements.pdf import render_pdf, statement_html
from tests.billing.statement_content import (
    THE_EXAMPLE,
    Content,
    gemeente,
    job,
    reversal,
    statement,
    twin_of,
)

HOSTILE = [
    "<img src=file:///etc/passwd>",
    '"><link rel=attachment href="file:///etc/passwd">',
    '<style>@import "http://127.0.0.1:9/x.css";</style>',
    "</title><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% include 'x' %}",
    "http://127.0.0.1:9/x.png",
    "url(file:///etc/passwd)",
    "&#x3c;b&#x3e; \x00\u202e\ud7ff 😀 e\u0301",
    "W" * 400,
]

LATE = job("Groen & Zn.", "8.00", nagekomen=["2025-H2"], van="2025-11-03")
BACK = job("Groen & Zn.", "-4.00", correctie=True)
SHAPES: dict[str, Content] = {
    "one page": statement(),
    "with remarks": statement(gemeente("GM0014", "Groningen", [LATE, BACK])),
    "many pages": statement(
        gemeente(
            "GM0014",
            "Groningen",
            [job(f"Opdrachtgever {i % 14}", f"{i + 1}.25") for i in range(60)],
        )
    ),
    "several gemeenten": statement(
        gemeente("GM0014", "Groningen", THE_EXAMPLE),
        gemeente("GM1966", "Het Hogeland", [LATE, BACK], "27.50"),
    ),
    "owed": statement(gemeente("GM0014", "Groningen", [job("A", "9.00", "2.10")])),
    "credit": reversal(statement()),
    "interim": statement(forced=True),
}

_IN_ANOTHER_PROCESS = """
import hashlib, json, sys
from pathlib import Path
import django
from django.conf import settings
root = Path(sys.argv[1])
sys.path.insert(0, str(root))
backend = "django.template.backends.django.DjangoTemplates"
templates = [{"BACKEND": backend, "DIRS": [root / "templates"]}]
settings.configure(BASE_DIR=root, TEMPLATES=templates)
django.setup()
from billing.statements.pdf import render_pdf
twin = sys.stdin.buffer.read()
print(hashlib.sha256(render_pdf(json.loads(twin), twin)).hexdigest())
"""


def printed(content: Content) -> bytes:
    return render_pdf(content, twin_of(content))


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def dictionaries(pdf: pikepdf.Pdf) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_statement_passes_both_standards(shape: str) -> None:
    pdf = printed(SHAPES[shape])
    for profile in ("3a", "ua1"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant


def test_the_twin_is_inside_as_its_data_byte_for_byte() -> None:
    content = statement()
    twin = twin_of(content)
    with opened(render_pdf(content, twin)) as pdf:
        [(name, attached)] = pdf.attachments.items()
        file = attached.get_file()
        assert name == "afrekening-2026-0147.json"
        assert file.read_bytes() == twin
        assert file.mime_type == "application/json"
        assert attached.relationship == pikepdf.Name.Data
        assert attached.obj in list(pdf.Root.AF)
        for moment in (file.creation_date, file.mod_date):
            assert moment is not None
            assert moment.replace(tzinfo=None) == datetime(2026, 7, 20)  # noqa: DTZ001  # a date of paper has no zone


def test_the_file_says_what_it_is_and_when_in_both_its_metadata() -> None:
    with opened(printed(statement())) as pdf:
        title = "Afrekening Flexensie 2026-0147, gemeente Groningen, "
        assert pdf.docinfo["/Title"] == f"{title}eerste helft van 2026"
        assert pdf.docinfo["/CreationDate"] == "D:20260720"
        assert pdf.Root.Lang == "nl"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
            assert metadata["xmp:CreateDate"] == "2026-07-20"
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_a_second_printing_gives_the_same_bytes_whatever_came_between() -> None:
    first = printed(SHAPES["one page"])
    printed(SHAPES["many pages"])
    assert printed(SHAPES["one page"]) == first


def test_another_process_folder_and_machine_give_the_same_bytes(
    tmp_path: Path,
) -> None:
    """A machine without a single font of its own, and with another hash seed."""
    empty = tmp_path / "fonts.conf"
    empty.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    content = SHAPES["with remarks"]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "FONTCONFIG_FILE": str(empty),
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
    }
    done = subprocess.run(
        [sys.executable, "-c", _IN_ANOTHER_PROCESS, str(settings.BASE_DIR)],
        input=twin_of(content),
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    here = hashlib.sha256(render_pdf(content, twin_of(content))).hexdigest()
    assert done.stdout.decode().strip() == here


def test_no_path_of_the_machine_is_in_the_file() -> None:
    unpacked = io.BytesIO()
    with opened(printed(statement())) as pdf:
        pdf.save(
            unpacked,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    inside = unpacked.getvalue()
    assert b"dc:title" in inside
    for path in (str(settings.BASE_DIR), str(Path.home()), "weasyprint-", "/tmp/"):  # noqa: S108  # looked for, not used
        assert path.encode() not in inside


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_on_the_paper_and_nothing_more(name: str) -> None:
    part = gemeente("GM0014", name, [job(name, "8.00")])
    content = statement(part)
    content["organisation"] |= {"name": name, "address": [name, name]}
    content["issuer"]["name"] = content["uitvoerder"]["name"] = name
    content["instrument_name"] = name
    part["rates"][0]["source"] = name
    with capture_logs() as logs:
        pdf = printed(content)
    assert logs == []
    with opened(pdf) as checked:
        assert list(checked.attachments) == ["afrekening-2026-0147.json"]
        kinds = [item.get("/Subtype") for item in dictionaries(checked)]
        assert "/Image" not in kinds
        assert "/Link" not in kinds
    assert page.validate_pdf_bytes(pdf, profile="3a").is_compliant


def test_a_hostile_name_is_escaped_before_it_is_printed() -> None:
    part = gemeente("GM0014", "Groningen", [job(HOSTILE[0], "8.00")])
    html = statement_html(statement(part), "x.json")
    assert "&lt;img src=file:///etc/passwd&gt;" in html
    assert "<img" not in html


def test_the_headings_of_the_work_come_back_on_each_page() -> None:
    with opened(printed(SHAPES["many pages"])) as pdf:
        heads = [i for i in dictionaries(pdf) if i.get("/S") == "/THead"]
        assert len(pdf.pages) > 2
        # One per page of the work, and one of the check on the first page.
        assert len(heads) == len(pdf.pages)


def test_the_paper_has_one_title_and_headings_without_a_gap() -> None:
    for content in SHAPES.values():
        html = statement_html(content, "x.json")
        levels = [int(level) for level in re.findall(r"<h(\d)", html)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_table_says_which_way_its_headings_point() -> None:
    for content in SHAPES.values():
        html = statement_html(content, "x.json")
        assert html.count("<th ") == html.count("<th scope=")
        assert "<th>" not in html
