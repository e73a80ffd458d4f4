"""A paper as a PDF: accessible, and the same bytes for the same content."""

from django.template.loader import render_to_string

from membership.papers.structure import Paper
from nvsi.paper import print_pdf


def as_pdf(paper: Paper) -> bytes:
    """PDF/UA-1 and PDF/A-3a, dated on the day of the paper."""
    return print_pdf(as_html(paper), dated=paper.dated)


def as_html(paper: Paper) -> str:
    """The page that is printed; apart, so that it can be looked at in a browser."""
    context = {"paper": paper, "dated": paper.dated.isoformat()}
    return render_to_string("documents/paper.html", context)
