"""The papers as files: the same words in DOCX and PDF, both as their readers want."""

import io
import re
import zipfile
from dataclasses import replace

import docx
import lxml.html
import page
import pikepdf
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from membership.admission.steps import Step
from membership.papers.content.confirming import proof
from membership.papers.docx import as_docx
from membership.papers.facts import Belongs, DossierFacts, Said, Taken, Who
from membership.papers.kinds import Kind, make
from membership.papers.pdf import as_html, as_pdf
from membership.papers.structure import Paper, Table, clean, text
from tests.membership.paper_facts import (
    ALL_KNOWN,
    NOORDERHAGE,
    NOTHING_KNOWN,
    NVSI,
    STEPS,
    TODAY,
    blanks_of,
    dossier,
    every,
    on,
    words_of,
)

EVERY = every(NOTHING_KNOWN) + every(ALL_KNOWN)
ONE_PAGE = {Kind.INTENTION, Kind.APPROVAL, Kind.APPLICATION, Kind.CONFIRMATION}
HOSTILE = [
    "<img src=file:///etc/passwd>",
    '"><link rel=attachment href="file:///etc/passwd">',
    "</title><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% include 'x' %}",
    "&#x3c;b&#x3e; \x00\x07\u202e\ud7ff 😀 e\u0301",
    "]]><w:p/>",
    "W" * 200,
]


def ids(case: object) -> str:
    return case.value if isinstance(case, Kind) else ""


def a_proof() -> Paper:
    lid = Belongs("lid", on(7, 1), decided_on=on(5, 19))
    register = "https://portaal.example/ledenregister/?dag=2026-11-22"
    return proof(
        NOORDERHAGE, lid, on=TODAY, today=TODAY, issuer=NVSI, register=register
    )


def squeezed(words: str) -> str:
    """Without the spaces, which no file keeps as they were."""
    return re.sub(r"\s+", "", words)


def in_html(paper: Paper) -> str:
    body = lxml.html.document_fromstring(as_html(paper)).find("body")
    assert body is not None
    return squeezed("".join(str(words) for words in body.itertext()))


def opened(paper: Paper) -> Document:
    return docx.Document(io.BytesIO(as_docx(paper)))


def all_of(document: Document) -> list[Paragraph]:
    """Every paragraph, those of the tables in their place."""
    body = document.element.body
    return [Paragraph(part, document) for part in body.iter(qn("w:p"))]


def in_docx(paper: Paper) -> str:
    return squeezed("".join(each.text for each in all_of(opened(paper))))


def stands_in(paper: Paper, whole: str) -> list[str]:
    """The lines of the content that are not there, in their order."""
    missing, at = [], 0
    for line in words_of(paper).splitlines():
        found = whole.find(squeezed(line), at)
        if found < 0:
            missing.append(line)
        else:
            at = found
    return missing


@pytest.mark.parametrize(("kind", "facts"), EVERY, ids=ids)
def test_both_files_have_every_word_in_the_same_order(
    kind: Kind, facts: DossierFacts
) -> None:
    paper = make(kind, facts)
    if not paper.is_ours:  # on our letterhead the address comes beside the reference
        assert stands_in(paper, in_html(paper)) == []
    assert stands_in(paper, in_docx(paper)) == []


@pytest.mark.parametrize(
    "paper",
    [make(Kind.CONFIRMATION, ALL_KNOWN["voorhang"]), a_proof()],
    ids=["confirmation", "proof"],
)
def test_a_paper_of_the_nvsi_is_on_its_letterhead(paper: Paper) -> None:
    assert 'class="mark"' in as_html(paper)
    whole = in_html(paper)
    for line in words_of(paper).splitlines():
        assert squeezed(line) in whole


def test_a_paper_of_a_gemeente_is_not_on_the_letterhead_of_the_nvsi() -> None:
    assert 'class="mark"' not in as_html(make(Kind.PROPOSAL, ALL_KNOWN["voorhang"]))


@pytest.mark.parametrize(("kind", "facts"), EVERY, ids=ids)
def test_a_pdf_is_accessible_and_short_enough(kind: Kind, facts: DossierFacts) -> None:
    pdf = as_pdf(make(kind, facts))
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        pages = len(opened_pdf.pages)
        assert str(opened_pdf.Root.Lang) == "nl"
    assert pages == 1 if kind in ONE_PAGE else pages <= 4


def test_the_proof_is_accessible_and_on_one_page() -> None:
    pdf = as_pdf(a_proof())
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        assert len(opened_pdf.pages) == 1


def test_the_same_facts_give_the_same_pdf() -> None:
    facts = ALL_KNOWN["voorhang"]
    for kind in (Kind.CONFIRMATION, Kind.PROPOSAL):
        assert as_pdf(make(kind, facts)) == as_pdf(make(kind, facts))


# Longer than the names of any gemeente, and of most of what they do together.
LONG = "Gemeenschappelijke Uitvoeringsorganisatie Werk, Inkomen en Zorg Noordoost-Heide"
PERSON = "mr. drs. Wilhelmina Johanna van der Heijden-Oosterhuis van Voorst"
FUNCTION = "gemeentesecretaris en algemeen directeur, loco-burgemeester bij afwezigheid"


ON_ONE = [case for case in every(NOTHING_KNOWN) if make(*case).is_one_page]


@pytest.mark.parametrize(("kind", "facts"), ON_ONE, ids=ids)
def test_what_is_to_be_on_one_page_stays_so_with_long_names(
    kind: Kind, facts: DossierFacts
) -> None:
    long = replace(facts.who, name=LONG, address=LONG, contact_name=PERSON)
    signed = Taken(on(5, 26), signer_name=PERSON, signer_function=FUNCTION)
    steps = {
        **(STEPS if facts.who.is_gemeente else {}),
        Step.DECIDED: Taken(on(5, 19), number="N" * 100),
        Step.APPLIED: signed,
    }
    pdf = as_pdf(make(kind, replace(facts, who=long, steps=steps)))
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        assert len(opened_pdf.pages) == 1


def test_many_wishes_go_on_over_the_pages() -> None:
    said = tuple(Said("wens", f"fractie {n}", "Waarom? " * 40, "") for n in range(20))
    paper = make(Kind.REACTION, dossier(said=said))
    assert page.validate_pdf_bytes(as_pdf(paper), profile="ua1").is_compliant
    assert stands_in(paper, in_docx(paper)) == []


def test_a_docx_is_made_to_be_adapted() -> None:
    document = opened(make(Kind.PROPOSAL, ALL_KNOWN["voorhang"]))
    styles = {each.style.name for each in all_of(document) if each.style}
    assert {"Heading 1", "Heading 2", "List Number", "List Bullet", "Quote"} <= styles
    assert document.core_properties.language == "nl-NL"
    assert document.core_properties.author == "Gemeente Noorderhage"
    assert document.core_properties.comments == ""
    languages = {
        element.get(qn("w:val"))
        for element in document.styles.element.iter(qn("w:lang"))
    }
    assert languages == {"nl-NL"}
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert round(section.page_width.mm) == 210
    assert round(section.page_height.mm) == 297
    fields = [
        element.text for element in section.footer._element.iter(qn("w:instrText"))
    ]
    assert fields == ["PAGE", "NUMPAGES"]
    runs = section.footer.paragraphs[0].runs
    assert {run.font.size for run in runs} == {Pt(8)}
    assert all(len(run._r.findall(qn("w:fldChar"))) < 2 for run in runs)


def test_columns_are_as_wide_as_their_cells() -> None:
    """Office programs differ in which of the two they follow."""
    papers = [make(kind, facts) for kind, facts in EVERY]
    tables = [table for paper in papers for table in opened(paper).tables]
    assert tables
    for table in tables:
        columns = [column.width for column in table.columns]
        assert all([cell.width for cell in row.cells] == columns for row in table.rows)


def test_a_docx_has_no_macro_no_picture_and_no_link_outside() -> None:
    packed = zipfile.ZipFile(
        io.BytesIO(as_docx(make(Kind.PROPOSAL, NOTHING_KNOWN["gemeente"])))
    )
    names = packed.namelist()
    assert not [name for name in names if name.endswith((".bin", ".jpeg", ".png"))]
    for name in names:
        if name.endswith(".rels"):
            assert b"External" not in packed.read(name)


def test_what_is_to_be_filled_in_is_yellow_and_nothing_else_is() -> None:
    paper = make(Kind.APPROVAL, NOTHING_KNOWN["gemeente"])
    marked = {
        run.text
        for each in all_of(opened(paper))
        for run in each.runs
        if run.font.highlight_color is not None
    }
    assert marked == {f"[{what}]" for what in blanks_of(paper)}


def test_each_numbered_list_begins_at_one() -> None:
    paper = make(Kind.PROPOSAL, NOTHING_KNOWN["gemeente"])
    document = opened(paper)
    numbers = {
        each._p.pPr.numPr.numId.val  # type: ignore[union-attr]  # a list has all of these
        for each in all_of(document)
        if each.style is not None and each.style.name == "List Number"
    }
    assert len(numbers) == 2
    numbering = document.part.numbering_part.element
    for number in numbers:
        [start] = numbering.num_having_numId(number).iter(qn("w:startOverride"))
        assert start.get(qn("w:val")) == "1"


# The order in which the format wants what is said of a paragraph; Word refuses others.
ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "tabs",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
    "rPr",
)


@pytest.mark.parametrize("kind", [Kind.PROPOSAL, Kind.REACTION, Kind.APPLICATION])
def test_the_parts_of_a_docx_stand_in_the_order_of_the_format(kind: Kind) -> None:
    document = opened(make(kind, ALL_KNOWN["voorhang"]))
    for root in (document.element, document.styles.element):
        for properties in root.iter(qn("w:pPr")):
            names = [str(part.tag).rpartition("}")[2] for part in properties]
            assert names == sorted(names, key=ORDER.index)


def named(name: str) -> DossierFacts:
    """A dossier in which whatever somebody types is the same."""
    who = Who("gemeente", "GM9003", name, name, name, "1234 AB", name, name, name)
    signed = Taken(on(5, 26), signer_name=name, signer_function=name, number=name)
    weighed = Taken(on(2, 2), words=name, considerations=((name, name),))
    steps = {**STEPS, Step.WEIGHED: weighed, Step.APPLIED: signed, Step.DECIDED: signed}
    said = (Said("wens", name, name, name),)
    return replace(ALL_KNOWN["voorhang"], who=who, steps=steps, said=said)


ODD = st.text(min_size=1, max_size=60).filter(lambda name: clean(name).strip() != "")


@settings(max_examples=25, deadline=None)
@given(name=ODD)
def test_whatever_a_name_holds_it_is_text_in_both_files(name: str) -> None:
    usual = lxml.html.document_fromstring(
        as_html(make(Kind.REACTION, named("Noorderhage")))
    )
    for kind in (Kind.REACTION, Kind.APPLICATION):
        paper = make(kind, named(name))
        assert stands_in(paper, in_html(paper)) == []
        assert stands_in(paper, in_docx(paper)) == []
    elements = [
        element.tag
        for element in lxml.html.document_fromstring(
            as_html(make(Kind.REACTION, named(name)))
        ).iter()
    ]
    assert elements == [element.tag for element in usual.iter()]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "kind", [Kind.COUNCIL_LETTER, Kind.REACTION, Kind.CONFIRMATION]
)
def test_a_hostile_name_is_printed_as_it_is(kind: Kind, name: str) -> None:
    paper = make(kind, named(name))
    assert page.validate_pdf_bytes(as_pdf(paper), profile="ua1").is_compliant
    assert squeezed(clean(name)) in in_docx(paper)


def test_amounts_in_a_table_stand_to_the_right() -> None:
    rows = ((text("Bijdrage"), text("€ 1.250,00")),)
    table = Table(("Waarvoor", "Bedrag"), rows, (3, 1), numbers=(1,))
    paper = replace(make(Kind.PROPOSAL, ALL_KNOWN["voorhang"]), blocks=(table,))
    tree = lxml.html.fromstring(as_html(paper))
    right = [cell for cell in tree.iter() if "number" in cell.get("class", "")]
    words = ["".join(map(str, cell.itertext())).strip() for cell in right]
    assert words == ["Bedrag", "€ 1.250,00"]
    made = docx.Document(io.BytesIO(as_docx(paper))).tables[-1]
    sides = [[c.paragraphs[0].alignment for c in row.cells] for row in made.rows]
    assert sides == [[None, WD_ALIGN_PARAGRAPH.RIGHT]] * 2
