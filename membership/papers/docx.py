"""A paper as a DOCX, to adapt: real headings and lists, in Dutch, with page numbers.

What is to be filled in is marked in yellow between square brackets. The letters are
those that every office program has; a gemeente puts its own house style over them.
"""

import datetime
from collections.abc import Sequence
from functools import singledispatch
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

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

LETTER, DARK, GREY = "Arial", RGBColor(0x06, 0x30, 0x3A), RGBColor(0x4A, 0x5D, 0x62)
# What lies between the margins of an A4, in millimetres.
WIDTH = 165
LABEL = 42
# Who signs alone has room for a long name.
ALONE = 110
# What the format has after the borders of a paragraph; the order is part of it.
_AFTER_BORDERS = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap"),
    *("w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi"),
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection"),
    *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle"),
    *("w:rPr", "w:sectPr", "w:pPrChange"),
)


def as_docx(paper: Paper) -> bytes:
    """The whole document; the same content gives the same words as the PDF."""
    document = docx.Document()
    _set_up(document, paper)
    _head(document, paper)
    for block in paper.blocks:
        _add(block, document)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


def _set_up(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    _styles(document, is_one_page=paper.is_one_page)
    _speak_dutch(document)
    _describe(document, paper)
    _foot(section.footer.paragraphs[0], paper)


def _styles(document: Document, *, is_one_page: bool) -> None:
    """Headings and text, close to the PDF; each can be changed once for the whole."""
    size = 9.5 if is_one_page else 10
    styles = document.styles
    for name, points, before, after in (
        ("Normal", size, 0, 4 if is_one_page else 6),
        ("Heading 1", 16, 0, 6),
        ("Heading 2", 11.5, 8 if is_one_page else 12, 3),
        ("Heading 3", size, 8, 2),
        ("Quote", size, 3, 8),
        ("List Bullet", size, 0, 3),
        ("List Number", size, 0, 3),
    ):
        style = styles[name]
        style.font.name, style.font.size = LETTER, Pt(points)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.15
        if name.startswith("Heading"):
            style.font.color.rgb, style.font.bold = DARK, True
    styles["Quote"].paragraph_format.left_indent = Mm(6)
    styles["Quote"].font.color.rgb = DARK
    notice = styles.add_style("Let op", WD_STYLE_TYPE.PARAGRAPH)
    notice.base_style = styles["Normal"]
    notice.paragraph_format.left_indent = Mm(6)
    _rule(notice.element.get_or_add_pPr(), "left", "F2A900", 24)


def _speak_dutch(document: Document) -> None:
    """The language of all text, for the spelling check and for who listens."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")


def _describe(document: Document, paper: Paper) -> None:
    """Who and what in the properties of the file; no picture of another document."""
    about = document.core_properties
    about.title, about.author, about.comments = paper.title, paper.sender[:255], ""
    about.language, about.last_modified_by = "nl-NL", ""
    made = datetime.datetime.combine(paper.dated, datetime.time(), datetime.UTC)
    about.created = about.modified = made
    relations = document.part.package.rels
    for key, relation in list(relations.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del relations[key]


def _foot(paragraph: DocxParagraph, paper: Paper) -> None:
    paragraph.add_run(f"{paper.foot} · pagina ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" van ")
    _field(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size, run.font.color.rgb, run.font.name = Pt(8), GREY, LETTER


def _field(paragraph: DocxParagraph, name: str) -> None:
    """A number that the office program fills in."""
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)


def _head(document: Document, paper: Paper) -> None:
    """Who writes, to whom, the title and what it is about."""
    sender = document.add_paragraph()
    run = sender.add_run(paper.sender)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(13), DARK
    for line in paper.sender_lines:
        sender.add_run().add_break()
        small = sender.add_run(line)
        small.font.size, small.font.color.rgb = Pt(8.5), GREY
    sender.paragraph_format.space_after = Pt(14)
    _rule(sender._p.get_or_add_pPr(), "bottom", "06303A", 12)
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
_SIZES = {"lead": Pt(11.5), "small": Pt(8.5)}


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
    for row in block.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _fill(cell, words)
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
        _rule(line._p.get_or_add_pPr(), "top", "17272B", 6)
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
    """Each cell has its own width: programs differ in which one they follow."""
    table.autofit = False
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


def _rule(properties: Any, side: str, colour: str, eighths: int) -> None:
    """A line at one side of a paragraph, in eighths of a point."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    values = {"val": "single", "sz": str(eighths), "space": "6", "color": colour}
    for name, value in values.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties.insert_element_before(borders, *_AFTER_BORDERS)


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
