"""How a DOCX looks: the paper, its styles, its language, and what stands at its foot.

Sizes are in half points, as the format itself has them.
"""

import datetime
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from membership.papers.structure import Paper

LETTER, DARK, GREY = "Arial", RGBColor(0x06, 0x30, 0x3A), RGBColor(0x4A, 0x5D, 0x62)
# What the format has after the borders of a paragraph; the order is part of it.
_AFTER_BORDERS = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap"),
    *("w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi"),
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing"),
    *("w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection"),
    *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle"),
    *("w:rPr", "w:sectPr", "w:pPrChange"),
)


def half_points(count: int) -> Length:
    return Length(Pt(1) * count // 2)


def set_up(document: Document, paper: Paper) -> None:
    """Make an empty document ready for a paper: A4, in Dutch, with page numbers."""
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
    size = 19 if is_one_page else 20
    styles = document.styles
    for name, halves, before, after in (
        ("Normal", size, 0, 4 if is_one_page else 6),
        ("Heading 1", 32, 0, 6),
        ("Heading 2", 23, 8 if is_one_page else 12, 3),
        ("Heading 3", size, 8, 2),
        ("Quote", size, 3, 8),
        ("List Bullet", size, 0, 3),
        ("List Number", size, 0, 3),
    ):
        style = styles[name]
        style.font.name, style.font.size = LETTER, half_points(halves)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        if name.startswith("Heading"):
            style.font.color.rgb, style.font.bold = DARK, True
    styles["Quote"].paragraph_format.left_indent = Mm(6)
    styles["Quote"].font.color.rgb = DARK
    notice = styles.add_style("Let op", WD_STYLE_TYPE.PARAGRAPH)
    notice.base_style = styles["Normal"]
    notice.paragraph_format.left_indent = Mm(6)
    rule(notice.element.get_or_add_pPr(), "left", "F2A900", 24)


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
    """A number that the office program fills in.

    Each part stands in a run of its own: else LibreOffice forgets how it looks.
    """
    for kind, words in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        paragraph.add_run()._r.append(part)


def rule(properties: Any, side: str, colour: str, eighths: int) -> None:
    """A line at one side of a paragraph, in eighths of a point."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    values = {"val": "single", "sz": str(eighths), "space": "6", "color": colour}
    for name, value in values.items():
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties.insert_element_before(borders, *_AFTER_BORDERS)
