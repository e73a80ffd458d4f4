"""The links to the files of a statement."""

from django.urls import reverse
from django.utils.html import format_html_join

from billing.models import Statement
from billing.statements.files import FORMATS
from nvsi.admin.columns import NOTHING, tag


def files(statement: Statement | None) -> str:
    """What can be downloaded, or why there is nothing yet."""
    if statement is None:
        return NOTHING
    if statement.state != Statement.State.DONE:
        return tag(Statement._meta.get_field("state"))(statement.state)
    links = [(_url(statement, fmt), fmt.upper()) for fmt in FORMATS]
    return format_html_join(" ", '<a class="file" href="{}">{}</a>', links)


def _url(statement: Statement, fmt: str) -> str:
    number = statement.settlement.number
    return reverse("statement-file", kwargs={"number": number, "fmt": fmt})
