"""The text of an agreement: read, complete, filled in, printed."""

import datetime
import io
import json

import page
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.kinds import Kind
from contracts.models import TextVersion
from contracts.texts import Filled, TrailEntry, fill, missing, pdf, problems, text_for
from contracts.texts.fields import examples
from contracts.texts.filling import fill_in
from contracts.texts.printing import as_html
from contracts.texts.reading import read
from contracts.texts.required import NEEDED_ANNEXES, PROCESSOR, REQUIRED
from contracts.texts.structure import paragraph
from instruments.models import Instrument
from nvsi.errors import NotAllowed
from nvsi.paper import Enclosure

DAY = datetime.date(2026, 12, 1)
SIGNED = TrailEntry(
    "Namens het college",
    *("K. Vos", "burgemeester", "1 december 2026, 10:00 uur"),
    (("Controlegetal", "ab" * 32),),
)
SMALL = """# Overeenkomst {kenmerk}

## Partijen
{partij}

::: als einddatum
### Einde #einde
1. Zij eindigt op {einddatum}.
:::

### Gebruik #gebruik
1. Eerst, zie {art gebruik}.
   a. een punt dat
   doorloopt
::: als einddatum
2. Ook {art einde}.
:::
3. **Vet** en <b>geen HTML</b>.

@ondertekening
"""


def first_text(kind: str) -> TextVersion:
    return TextVersion.objects.get(kind=kind, number=1)


def filled(kind: str, body: str, **changes: str) -> Filled:
    return fill_in(
        kind,
        body,
        {**examples(kind, with_optional=False), **changes},
        dated=DAY,
        annexes={name: [paragraph("Iets.")] for name in NEEDED_ANNEXES[kind]},
    )


def headings(paper: Filled) -> list[str]:
    return [block["words"] for block in paper.blocks if block["kind"] == "heading"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind.values)
def test_the_first_text_of_each_kind_settles_all_that_is_required(kind: str) -> None:
    text = first_text(kind)
    assert problems(kind, text.body) == []
    for with_optional in (True, False):
        known = examples(kind, with_optional=with_optional)
        paper = filled(kind, text.body, **known)
        words = json.dumps(paper.as_json(), ensure_ascii=False)
        assert "{" not in words.replace('{"', "").replace("{}", "")
        assert "bewerker" not in words.replace("verwerker", "")


@pytest.mark.django_db
@pytest.mark.parametrize("key", [item.key for item in PROCESSOR])
def test_a_text_from_which_something_of_article_28_is_missing_says_what(
    key: str,
) -> None:
    body = first_text("verwerkers").body
    marks = [line for line in body.splitlines() if line.startswith("@regelt")]
    for line in marks:
        left = [word for word in line.split() if word != key]
        body = body.replace(line, " ".join(left))
    assert [one.key for one in missing("verwerkers", body)] == [key]
    assert any("Er is niet geregeld" in one for one in problems("verwerkers", body))


def test_an_article_that_only_stands_in_a_passage_or_is_empty_settles_nothing() -> None:
    always = "# A\n### B\n@regelt product\nWoorden."
    assert "product" not in [one.key for one in missing("gebruiks", always)]
    sometimes = "# A\n::: als einddatum\n### B\n@regelt product\nWoorden.\n:::"
    assert "product" in [one.key for one in missing("gebruiks", sometimes)]
    empty = "# A\n### B\n@regelt product\n"
    assert "product" in [one.key for one in missing("gebruiks", empty)]
    assert {one.key for one in REQUIRED["gebruiks"]} >= {"vergoeding", "voorwaarden"}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Woorden.", "geen titel"),
        ("# A\n# B", "één keer"),
        ("# A\n@anders", "niet bekend: @anders"),
        ("# A\n::: soms", "Regel 2: een passage begint"),
        ("# A\n:::", "die niet begon"),
        ("# A\n::: als einddatum\nx", "eindigt niet"),
        ("# A\n::: als einddatum\n::: als wijzigt\n:::", "niet in een andere"),
        ("# A\n### B #b\nx\n### C #b\nx", "twee artikelen"),
        ("# A\n{onbekend}", "{onbekend} is er niet"),
        ("# A\n{Kenmerk}", "{Kenmerk} is er niet"),
        ("# A\n{instrumenten}", "is er niet bij deze soort"),
        ("# A\n{einddatum}", "niet altijd ingevuld"),
        ("# A\n{art weg}", "geen artikel met de naam #weg"),
        ("# A\n@bijlage foto", "'foto' is er niet"),
        ("# A\n### B\n@regelt niets\nx", "'@regelt niets'"),
        ("# A\nx", "@ondertekening"),
    ],
)
def test_what_cannot_be_understood_is_told(body: str, sentence: str) -> None:
    assert any(sentence in one for one in problems("gebruiks", body))


def test_passages_come_and_go_and_the_numbers_follow() -> None:
    with_end = filled("gebruiks", SMALL, einddatum="31 december 2030")
    without = filled("gebruiks", SMALL)
    assert headings(with_end) == ["Partijen", "Artikel 1. Einde", "Artikel 2. Gebruik"]
    assert headings(without) == ["Partijen", "Artikel 1. Gebruik"]
    [clauses] = [one for one in without.blocks if one["kind"] == "clauses"]
    first, last = clauses["items"]
    assert first["said"] == ["Eerst, zie artikel 1."]
    assert first["points"] == [["een punt dat doorloopt"]]
    assert last["said"] == [{"words": "Vet"}, " en <b>geen HTML</b>."]
    assert "&lt;b&gt;geen HTML&lt;/b&gt;" in as_html(without)
    assert without.reference[0] == ("Kenmerk", "OVK-2026-0007")


def test_a_field_or_an_annex_that_is_not_there_is_refused_by_its_name() -> None:
    with pytest.raises(NotAllowed, match=r"wie de overeenkomst sluit \(\{partij\}\)"):
        filled("gebruiks", SMALL, partij=" ")
    with pytest.raises(NotAllowed, match="verwijst naar artikel #einde"):
        filled(
            "gebruiks",
            SMALL.replace("::: als einddatum\n2.", "::: zonder einddatum\n2."),
        )
    with pytest.raises(NotAllowed, match="bijlage met sub-verwerkers is er nog niet"):
        filled("gebruiks", f"{SMALL}\n@bijlage subverwerkers")


def test_a_name_that_ends_with_a_dot_ends_its_sentence_too() -> None:
    body = SMALL.replace("3. **Vet**", "3. Dat is {uitvoerder}. **Vet**")
    text = as_html(filled("gebruiks", body, uitvoerder="Voorbeeld b.v."))
    assert "Dat is Voorbeeld b.v. <" in text
    assert "b.v.." not in text


@given(st.text(max_size=80), st.text(max_size=40))
def test_what_is_filled_in_stays_the_text_that_it_is(party: str, name: str) -> None:
    """No value can become a field, a mark, a passage or a tag."""
    paper = filled("gebruiks", SMALL, partij=f"x{party}", kenmerk=f"k{name}{{partij}}")
    assert len(headings(paper)) == 2
    assert "{partij}" in paper.title
    assert read(SMALL).problems == []
    assert Filled.from_json(
        json.loads(json.dumps(paper.as_json()))
    ) == Filled.from_json(paper.as_json())


@pytest.mark.django_db
def test_the_document_is_for_ever_and_for_everybody_and_holds_what_was_attached() -> (
    None
):
    text = first_text("verwerkers")
    known = {**examples("verwerkers"), "kenmerk": "OVK-2026-0001"}
    annexes = {name: [paragraph("Iets.")] for name in NEEDED_ANNEXES["verwerkers"]}
    paper = fill(text, known, dated=DAY, annexes=annexes)
    plain = pdf(paper)
    assert plain == pdf(Filled.from_json(json.loads(json.dumps(paper.as_json()))))
    signed = pdf(
        paper,
        trail=[SIGNED, SIGNED],
        attachments=[
            Enclosure("gelezen.pdf", plain, "wat is gelezen", "Source"),
            Enclosure("bewijs.json", b"{}", "het bewijs"),
        ],
    )
    for content in (plain, signed):
        for profile in ("3a", "ua1"):
            report = page.validate_pdf_bytes(content, profile=profile)
            assert [failure.message for failure in report.failures] == []
    with pikepdf.open(io.BytesIO(signed)) as opened:
        assert set(opened.attachments) == {"gelezen.pdf", "bewijs.json"}
        assert opened.attachments["gelezen.pdf"].relationship == "/Source"


@pytest.mark.django_db
def test_the_text_of_an_instrument_goes_before_that_of_all_and_the_last_one_holds(
    flexensie: Instrument,
) -> None:
    def version(number: int, used_from: datetime.date, **facts: object) -> TextVersion:
        return TextVersion.objects.create(
            kind="gebruiks",
            number=number,
            body="# A",
            note="anders",
            used_from=used_from,
            published_at="2026-01-01T10:00Z",
            **facts,
        )

    first = first_text("gebruiks")
    second = version(2, DAY)
    own = version(1, DAY, instrument=flexensie)
    other = Instrument.objects.create(slug="ander", name="Ander")
    before = DAY - datetime.timedelta(days=1)
    assert text_for("gebruiks", flexensie, before) == first
    assert text_for("gebruiks", flexensie, DAY) == own
    assert text_for("gebruiks", other, DAY) == second
    assert text_for("verwerkers", None, DAY) == first_text("verwerkers")
    with pytest.raises(NotAllowed, match="geen tekst in gebruik"):
        text_for("gebruiks", other, datetime.date(2025, 12, 31))
