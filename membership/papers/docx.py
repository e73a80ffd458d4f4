"""A paper as a DOCX, to adapt: real headings and lists, in Dutch, with page numbers.

What is to be filled in is marked in yellow between square brackets. The letters are
those that every office program has; a gemeente puts its own house style over them.
"""

from collections.abc import Sequence
from functools import singledispatch
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from membership.papers.docx_styles import DARK, GREY, half_points, rule, set_up
from membership.papers.structure import (
    Blank,
    Block,
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Row,
    Signature,
    Strong,
    Table,
    Text,
    ToFill,
)

# What lies between the margins of an A4, in millimetres.
WIDTH = 165
LABEL = 42
# Who signs alone has room for a long name.
ALONE = 110


def as_docx(paper: Paper) -> bytes:
    """The whole document; the same content gives the same words as the PDF."""
    document = docx.Document()
    set_up(document, paper)
    _head(document, paper)
    for block in paper.blocks:
        _add(block, document)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def _head(document: Document, paper: Paper) -> None:
    """Who writes, to whom, the title and what it is about."""
    sender = document.add_paragraph()
    run = sender.add_run(paper.sender)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), DARK
    for line in paper.sender_lines:
        sender.add_run().add_break()
        small = sender.add_run(line)
        small.font.size, small.font.color.rgb = half_points(17), GREY
    sender.paragraph_format.space_after = Pt(14)
    rule(sender._p.get_or_add_pPr(), "bottom", "06303A", 12)
    if paper.addressee:
        to = document.add_paragraph()
        to.paragraph_format.space_after = Pt(14)
        for number, words in enumerate(paper.addressee):
            if number:
                to.add_run().add_break()
            _write(to, words)
    document.add_heading(paper.title, level=1)
    if paper.reference:
        _labelled(document, paper.reference)


@singledispatch
def _add(block: Block, document: Document) -> None:
    raise TypeError(f"no way to write a {type(block).__name__}")


@_add.register
def _(block: Heading, document: Document) -> None:
    document.add_heading(block.words, level=block.level)


@_add.register
def _(block: Part, document: Document) -> None:
    heading = document.add_heading(block.title, level=1)
    heading.paragraph_format.page_break_before = True


_STYLES = {"quote": "Quote", "notice": "Let op"}
_SIZES = {"lead": half_points(23), "small": half_points(17)}


@_add.register
def _(block: Paragraph, document: Document) -> None:
    paragraph = document.add_paragraph(style=_STYLES.get(block.style))
    paragraph.paragraph_format.keep_with_next = block.style == "intro" or None
    _write(paragraph, block.words, _SIZES.get(block.style))


@_add.register
def _(block: Listing, document: Document) -> None:
    style = "List Number" if block.is_numbered else "List Bullet"
    number = _from_one(document, style) if block.is_numbered else None
    for item in block.items:
        paragraph = document.add_paragraph(style=style)
        if number is not None:
            _number(paragraph, number)
        _write(paragraph, item)


@_add.register
def _(block: Facts, document: Document) -> None:
    _labelled(document, block.rows)


@_add.register
def _(block: Table, document: Document) -> None:
    table = document.add_table(rows=1, cols=len(block.heads), style="Table Grid")
    widths = [Mm(WIDTH * part // sum(block.widths)) for part in block.widths]
    for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
        _fill(cell, (Strong(head),))
    _repeat(table)
    for words_of_row in block.rows:
        for cell, words in zip(table.add_row().cells, words_of_row, strict=True):
            _fill(cell, words)
    for row in table.rows:
        for number in block.numbers:
            row.cells[number].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _widen(table, widths)
    document.add_paragraph()


@_add.register
def _(block: ToFill, document: Document) -> None:
    _write(document.add_paragraph(), (Blank(block.what),))


@_add.register
def _(block: Signature, document: Document) -> None:
    """A table without lines: the places to sign stand side by side, and stay whole."""
    for words in block.lead:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        _write(paragraph, words)
    count = len(block.signers)
    table = document.add_table(rows=1, cols=count)
    for cell, signer in zip(table.rows[0].cells, block.signers, strict=True):
        _fill(cell, (Strong(signer.above),))
        line = cell.add_paragraph()
        line.paragraph_format.space_before = Pt(44)
        rule(line._p.get_or_add_pPr(), "top", "17272B", 6)
        for label, words in signer.rows:
            row = cell.add_paragraph()
            row.paragraph_format.space_after = Pt(2)
            _write(row, (f"{label}: ", *words))
    _whole(table)
    _widen(table, [Mm(WIDTH // count if count > 1 else ALONE)] * count)


def _labelled(document: Document, rows: Sequence[Row]) -> None:
    """What is known, by its name: two columns without lines."""
    table = document.add_table(rows=0, cols=2)
    for label, words in rows:
        first, second = table.add_row().cells
        _fill(first, (label,))
        for run in first.paragraphs[0].runs:
            run.font.color.rgb = GREY
        _fill(second, words)
    _widen(table, [Mm(LABEL), Mm(WIDTH - LABEL)])
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _write(paragraph: DocxParagraph, words: Text, size: Length | None = None) -> None:
    """The words; what is to be filled in in yellow, between square brackets."""
    for piece in words:
        if isinstance(piece, Blank):
            run = paragraph.add_run(f"[{piece.what}]")
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif isinstance(piece, Strong):
            run = paragraph.add_run(piece.words)
            run.bold = True
        else:
            run = paragraph.add_run(piece)
        if size is not None:
            run.font.size = size


def _fill(cell: _Cell, words: Text) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    _write(paragraph, words)


def _widen(table: DocxTable, widths: Sequence[Length]) -> None:
    """The columns have a width and so has each cell: Word follows the cells,
    LibreOffice the columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _repeat(table: DocxTable) -> None:
    """The headings come back on each page."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _whole(table: DocxTable) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _number(paragraph: DocxParagraph, number: int) -> None:
    properties: Any = paragraph._p.get_or_add_pPr()
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().val = 0
    numbering.get_or_add_numId().val = number


def _from_one(document: Document, style: str) -> int:
    """A list of its own: else the second list would go on where the first ended."""
    numbering = document.part.numbering_part.element
    of_style = document.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(of_style).abstractNumId.val
    fresh = numbering.add_num(abstract)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)
