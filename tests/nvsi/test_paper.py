"""The printer reads our fonts and nothing else, whatever the HTML asks for."""

import datetime
import io
import socket
import sys
import zlib
from typing import Any, NoReturn

import page
import pikepdf
import pytest
from structlog.testing import capture_logs

from nvsi.paper import Enclosure, PaperError, print_pdf

DATED = datetime.date(2026, 7, 20)

OUTSIDE = [
    '<img src="file:///etc/passwd" alt="x">',
    '<img src="http://127.0.0.1:9/x.png" alt="x">',
    '<img src="https://example.org/x.png" alt="x">',
    '<img src="ftp://example.org/x.png" alt="x">',
    '<img src="data:image/svg+xml,<svg/>" alt="x">',
    '<img src="font:../../../../../../etc/passwd" alt="x">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="http://example.org/x.css">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    '<style>@import "http://example.org/x.css";</style>',
    "<style>p { background: url(file:///etc/passwd) }</style><p>x</p>",
    "<style>@font-face { font-family: X; src: url(file:///etc/passwd) }</style>",
    '<p style="background: url(http://example.org/x.png)">x</p>',
    '<object data="file:///etc/passwd">x</object>',
    '<embed src="file:///etc/passwd">',
    '<base href="file:///etc/"><img src="passwd" alt="x">',
    '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/>'
    "</svg>",
]

_opened: list[str] | None = None


def _note_opened(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _opened is not None:
        _opened.append(str(arguments[0]))


sys.addaudithook(_note_opened)


def html(body: str) -> str:
    head = '<!doctype html><html lang="nl"><head><title>Brief</title></head>'
    return f"{head}<body>{body}</body></html>"


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a paper opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("body", OUTSIDE)
def test_html_that_asks_for_something_from_outside_is_not_printed(body: str) -> None:
    with capture_logs() as logs, pytest.raises(PaperError) as refusal:
        print_pdf(html(body), dated=DATED)
    assert [each["event"] for each in logs] == ["paper_fetch_refused"]
    told = f"{logs}{refusal.value}"
    assert "passwd" not in told
    assert "example.org" not in told


@pytest.mark.usefixtures("no_network")
def test_a_printer_that_is_warm_opens_no_file() -> None:
    global _opened
    print_pdf(html("<p>één</p>"), dated=DATED)
    _opened = []
    try:
        print_pdf(html("<p>twee</p>"), dated=DATED)
        opened = _opened
    finally:
        _opened = None
    assert opened == []


def test_a_refused_paper_does_not_spoil_the_next() -> None:
    before = print_pdf(html("<p>Brief</p>"), dated=DATED)
    with pytest.raises(PaperError):
        print_pdf(html(OUTSIDE[0]), dated=DATED)
    assert print_pdf(html("<p>Brief</p>"), dated=DATED) == before


@pytest.mark.parametrize("body", ["<p>Brief</p>", "<table><tr><th>a<td>b</table>"])
def test_a_paper_passes_both_standards(body: str) -> None:
    pdf = print_pdf(html(body), dated=DATED)
    for profile in ("3a", "ua1"):
        report = page.validate_pdf_bytes(pdf, profile=profile)
        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant


def fonts_of(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            str(item.FontName).partition("+")[2]
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
        }


def test_letters_that_our_fonts_lack_come_from_no_other_font() -> None:
    """Otherwise the same paper would differ between two machines."""
    strange = "Łódź 日本 😀 עברית \x07\u200b\u202e ﬁ \ufffd Ünïcøde e\u0301 x\u0308"
    pdf = print_pdf(html(f"<p>{strange}</p>"), dated=DATED)
    assert page.validate_pdf_bytes(pdf, profile="3a").is_compliant
    assert fonts_of(pdf) == {"Paper", "PaperExtra"}


def test_every_letter_that_a_name_may_have_comes_from_our_fonts() -> None:
    letters = [chr(code) for code in range(0xA0, 0x2400)]
    pdf = print_pdf(html(f"<p>{' x'.join(letters)}</p>"), dated=DATED)
    assert page.validate_pdf_bytes(pdf, profile="3a").is_compliant
    assert fonts_of(pdf) == {"Paper", "PaperExtra"}


def test_an_enclosure_whose_packing_ends_in_a_line_end_is_still_read_right() -> None:
    """Its last byte would otherwise seem to be no part of it: one in 256 of all."""
    lengths = (b"a" * number for number in range(257))
    unlucky = next(each for each in lengths if zlib.compress(each).endswith(b"\r"))
    pdf = print_pdf(
        html("<p>Brief</p>"),
        dated=DATED,
        enclosures=[Enclosure("a.json", unlucky, "a")],
    )
    assert page.validate_pdf_bytes(pdf, profile="3a").is_compliant
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.attachments["a.json"].get_file().read_bytes() == unlucky


def test_a_file_whose_own_tables_end_in_a_line_end_is_printed_again() -> None:
    for number in range(9999):
        pdf = print_pdf(html(f"<p>{number}</p>"), dated=DATED)
        assert b"\r\nendstream" not in pdf
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            spare = [i for i in opened.objects if i == pikepdf.Dictionary()]
        if spare:
            break
    assert page.validate_pdf_bytes(pdf, profile="3a").is_compliant
    assert print_pdf(html(f"<p>{number}</p>"), dated=DATED) == pdf


def test_the_headings_of_a_table_point_at_their_column_or_row() -> None:
    table = (
        "<table><thead><tr><th>Uren</th><th>Omzet</th></tr></thead>"
        '<tbody><tr><th scope="row">a</th><td>1</td></tr></tbody></table>'
    )
    pdf = print_pdf(html(table), dated=DATED)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        cells = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
        ]
        scopes = [str(cell.A.Scope) for cell in cells]
        named = opened.Root.StructTreeRoot.IDTree.Names
    assert sorted(scopes) == ["/Column", "/Column", "/Row"]
    assert len(named) == 6
