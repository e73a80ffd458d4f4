"""Pages about the money: for now the files of a statement."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from billing.models import Statement
from billing.statements.files import file_of
from membership.models import Person


@require_safe
@cache_control(private=True, no_store=True)
@login_required
def statement_file(request: HttpRequest, number: str, fmt: str) -> HttpResponse:
    """The PDF, XLSX or JSON of a statement, as it was made once."""
    assert isinstance(request.user, Person)
    year, sequence = number.split("-")
    statement = get_object_or_404(
        Statement.objects.visible_to(request.user)
        .select_related("settlement__organisation")
        .only(fmt, "settlement", "settlement__kind", "settlement__organisation"),
        settlement__number_year=year,
        settlement__number_sequence=sequence,
        state=Statement.State.DONE,
    )
    file = file_of(statement, fmt)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = file.disposition
    response["X-Content-Type-Options"] = "nosniff"
    return response
