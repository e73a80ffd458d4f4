"""The words of a letter: Markdown without HTML or pictures, on screen and on paper.

One text is read once and for all by CommonMark, so that page and paper cannot differ in
what they say. A link on paper has its address behind it. Points a, b and c stand under
each other without another mark.
"""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from membership.papers.structure import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Piece,
    Strong,
    Table,
    Text,
    text,
)

_ROLES = {
    "table_open": "table",
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}


_POINT = re.compile(r"\s{0,3}([a-z])[.)]\s+\S")
_FIRST = "a"


def _reader() -> MarkdownIt:
    """What is typed as HTML stays the text that it is."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def html_of(body: str) -> SafeString:
    """For a page of the portal: its headings come under the h1 of that page."""
    reader = _reader()
    tokens = reader.parse(_with_points(body))
    for at, token in enumerate(tokens):
        _dress(token)
        if token.type == "bullet_list_open" and _are_lettered(tokens[at:]):
            token.attrSet("class", "plain")
    html: str = reader.renderer.render(tokens, reader.options, {})
    # Every text in it was escaped by the reader, which knows no HTML and no pictures.
    return SafeString(html)


def _dress(token: Token) -> None:
    """As the pages of the portal show it."""
    if token.type in ("heading_open", "heading_close"):
        level = _level(token.tag)
        token.tag = f"h{level}"
        if token.type == "heading_open":
            token.attrSet("class", f"utrecht-heading-{level}")
    if token.type == "table_open":
        token.attrSet("class", "utrecht-table")
    if token.type in _ROLES:
        token.attrSet("role", _ROLES[token.type])
    for child in token.children or []:
        if child.type == "link_open":
            child.attrSet("class", "utrecht-link")
            child.attrSet("rel", "noopener")


def plain_html_of(words: str) -> SafeString:
    """Paragraphs alone, for a summary."""
    parts = [part.strip() for part in words.splitlines() if part.strip()]
    return format_html_join("", "<p>{}</p>", ((part,) for part in parts))


def blocks_of(body: str) -> tuple[Block, ...]:
    """The same for paper."""
    root = SyntaxTreeNode(_reader().parse(_with_points(body)))
    return tuple(block for node in root.children for block in _blocks(node))


def _with_points(body: str) -> str:
    """Lines that begin with a., b. and so on become points of a list."""
    lines, following = [], _FIRST
    for line in body.splitlines():
        found = _POINT.match(line)
        if found and found[1] == following:
            lines.append(f"- {line.strip()}")
            following = chr(ord(following) + 1)
        else:
            lines.append(line)
            following = following if not line.strip() else _FIRST
    return "\n".join(lines)


def _are_lettered(tokens: Sequence[Token]) -> bool:
    """Whether the points of the list with which these begin have a letter each."""
    opens = tokens[0]
    items = []
    for token in tokens[1:]:
        if token.level == opens.level:
            break
        if token.type == "inline" and token.level == opens.level + 3:
            items.append(token.content)
    return bool(items) and all(map(_POINT.match, items))


def _level(tag: str) -> int:
    return 2 if tag in ("h1", "h2") else 3


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "heading":
        words = _flat(_words(node))
        yield Heading(words, 2) if _level(node.tag) == 2 else Heading(words, 3)
    elif node.type == "paragraph":
        yield Paragraph(text(*_words(node)))
    elif node.type in ("bullet_list", "ordered_list"):
        yield from _list(node)
    elif node.type == "blockquote":
        for child in node.children:
            yield Paragraph(text(*_words(child)), "quote")
    elif node.type in ("fence", "code_block"):
        yield Paragraph(text(node.content))
    elif node.type == "table":
        yield _table(node)


def _list(node: SyntaxTreeNode) -> Iterator[Block]:
    is_numbered = node.type == "ordered_list"
    if not is_numbered and _are_lettered(node.to_tokens()):
        yield from (Paragraph(words) for words in _items(node))
    else:
        yield Listing(tuple(_items(node)), is_numbered=is_numbered)


def _items(node: SyntaxTreeNode) -> Iterator[Text]:
    """Points; a point under a point becomes one of its own, after a dash."""
    for item in node.children:
        for child in item.children:
            if child.type in ("bullet_list", "ordered_list"):
                for deeper in _items(child):
                    yield text("– ", *deeper)
            else:
                yield text(*_words(child))


def _table(node: SyntaxTreeNode) -> Table:
    head, *rest = node.children
    heads = tuple(_flat(_words(cell)) for cell in head.children[0].children)
    rows = tuple(
        tuple(text(*_words(cell)) for cell in row.children)
        for part in rest
        for row in part.children
    )
    return Table(heads, rows, (1,) * len(heads))


def _words(node: SyntaxTreeNode) -> list[Piece]:
    """What is written in a node, with what is bold."""
    if node.type in ("text", "code_inline"):
        return [node.content]
    if node.type in ("softbreak", "hardbreak"):
        return [" "]
    inside = [piece for child in node.children for piece in _words(child)]
    if node.type == "strong":
        return [Strong(_flat(inside))]
    if node.type == "link":
        href, words = str(node.attrs["href"]).removeprefix("mailto:"), _flat(inside)
        return inside if words == href else [*inside, f" ({href})"]
    return inside


def _flat(pieces: list[Piece]) -> str:
    return "".join(
        piece.words if isinstance(piece, Strong) else str(piece) for piece in pieces
    )
