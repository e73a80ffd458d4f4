"""The statement ("afrekening") as a PDF: its frozen content, printed.

Pure: the same content and twin give the same bytes. What is kept is those bytes; a
statement is never printed anew with other content.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from billing.statements.paper import paper_of
from nvsi.paper import Enclosure, print_pdf


def render_pdf(content: Mapping[str, Any], twin: bytes) -> bytes:
    """The PDF/A-3a of a statement, with its JSON twin inside.

    `content` is the twin as a dict, see docs/settlement.md; `twin` its exact bytes.
    """
    enclosure = Enclosure(
        name=f"afrekening-{content['number']}.json",
        data=twin,
        description="Dezelfde afrekening, met alle regels, voor uw administratie",
    )
    html = statement_html(content, enclosure.name)
    dated = datetime.date.fromisoformat(content["date"])
    return print_pdf(html, dated=dated, enclosures=[enclosure])


def statement_html(content: Mapping[str, Any], twin_name: str) -> str:
    """The page that is printed; apart, so that it can be looked at in a browser."""
    context = {"paper": paper_of(content), "dated": content["date"], "twin": twin_name}
    return render_to_string("documents/statement.html", context)
