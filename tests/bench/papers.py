"""The making of statements, beside bare WeasyPrint on the same HTML; on one core."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle

from django.conf import settings
from weasyprint import CSS, HTML, Attachment  # type: ignore[import-untyped]
from weasyprint.text.fonts import (  # type: ignore[import-untyped]
    FontConfiguration,
)

from billing.models import Statement
from billing.sql import run
from billing.statements import documents
from billing.statements.pdf import statement_html
from tests.bench.books import settle, take_in, without_guards
from tests.bench.data import GEMEENTEN, write_delivery
from tests.bench.timing import Plan, Row, Watch, in_turns

HELPING = documents.AT_ONCE
# Of 175 lines each: a statement of four pages.
LINES = 60_000


def measure(plan: Plan) -> Iterator[Row]:
    """A helping of the worker in each round, with all that it reads and keeps."""
    found(plan)
    places = cycle(range(0, len(GEMEENTEN) - HELPING, HELPING))
    made: list[int] = []

    def ours(watch: Watch) -> None:
        made[:] = ask_for(HELPING, after=next(places))
        with watch.timed():
            documents.make_waiting()

    def bare(watch: Watch) -> None:
        papers = [_as_text(s) for s in Statement.objects.filter(pk__in=made)]
        with watch.timed():
            for html, name, twin in papers:
                print_barely(html, name, twin)

    _style()
    making, printing = in_turns(ours, bare, rounds=plan.rounds)
    subject = f"{HELPING} statements beside bare WeasyPrint, a core"
    yield Row(subject, making.median, printing.median, least=0.8)


def found(plan: Plan) -> None:
    """A half-year that was approved, and none of its statements made."""
    lines = min(plan.lines, LINES)
    take_in(write_delivery(plan.folder / "papier.csv", lines))
    settle()


def ask_for(count: int, *, after: int = 0) -> Sequence[int]:
    """Let so many statements wait, as if they were never made, and no others."""
    asked = list(Statement.objects.order_by("pk").values_list("pk", flat=True))
    asked = asked[after : after + count]
    with without_guards():
        run("UPDATE billing_statement SET state = 'failed'")
        run(
            "UPDATE billing_statement SET state = 'queued', "
            "json = NULL, pdf = NULL, xlsx = NULL WHERE id = ANY(%s)",
            [asked],
        )
    return asked


def _as_text(statement: Statement) -> tuple[str, str, bytes]:
    """What was printed: the HTML, and its twin with the name."""
    assert statement.json is not None, statement.error
    twin = bytes(statement.json)
    content = json.loads(twin)
    name = f"afrekening-{content['number']}.json"
    return statement_html(content, name), name, twin


def print_barely(html: str, name: str, twin: bytes) -> bytes:
    """The same paper in the same variant, by WeasyPrint and nothing else."""
    style, fonts = _style()
    pdf: bytes = HTML(string=html).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        pdf_variant="pdf/a-3a",
        attachments=[Attachment(string=twin, name=name)],
    )
    return pdf


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    """Read once, as a good script does: it takes as long as half a paper."""
    fonts = FontConfiguration()
    sheet = settings.BASE_DIR / "templates" / "documents" / "document.css"
    folder = settings.BASE_DIR / "static" / "vendor" / "fonts"
    css = sheet.read_text().replace('url("font:', f'url("{folder.as_uri()}/')
    return CSS(string=css, font_config=fonts), fonts
