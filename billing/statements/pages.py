"""Pages for a contactpersoon: the statements, one of them, and the lines behind it."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from billing.asking.questions import may_ask
from billing.models import Settlement, Statement
from billing.models.settlements import SettlementQuerySet
from billing.statements.expected import expected
from billing.statements.grounds import grounds_of
from billing.statements.kept import kept
from billing.statements.page import lines_of_assignment, page_of
from billing.statements.rows import (
    facts_of,
    over_time,
    result_of,
    row_of,
    rows_of,
    side_by_side,
    with_state,
)
from contracts.glance import through, uses
from membership.models import Person
from membership.sessions import acting_for, sees_money

private = cache_control(private=True, no_store=True)


@require_safe
@private
@login_required
def statement_list(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    organisation, today = acting_for(request), timezone.localdate()
    if not sees_money(request, organisation):
        raise PermissionDenied("Bij uw rol horen geen bedragen.")
    body = _list_body(
        Settlement.objects.visible_to(request.user)
        .approved()
        .filter(organisation=organisation)
    )
    context = {
        "body": body,
        "expected": expected(today),
        "uses": not body and uses(organisation, today=today),
        "through": not body and through(organisation, today=today),
    }
    return render(request, "billing/statement_list.html", context)


def _list_body(settlements: SettlementQuerySet) -> SafeString | None:
    """The rows and the chart; nothing when there are no statements yet."""
    facts = facts_of(settlements)
    if not facts:
        return None

    def context() -> dict[str, Any]:
        found = side_by_side(settlements)
        return {"rows": rows_of(found), "over_time": over_time(found)}

    return kept("billing/_statement_list_body.html", facts, context)


@require_safe
@private
@login_required
def statement_detail(request: HttpRequest, number: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    settlement = settlement_of(request.user, number)
    ask_at = _ask_at(settlement, request.user)
    context = {
        "settlement": settlement,
        "row": row_of(settlement),
        "result": result_of(settlement),
        "statement": getattr(settlement, "statement", None),
        "body": _body(settlement, ask_at),
        "ask_at": ask_at,
        "grounds": grounds_of(settlement, request.user, on=timezone.localdate()),
        "questions": settlement.questions.with_thread(),
    }
    return render(request, "billing/statement_detail.html", context)


@require_safe
@private
@login_required
def statement_lines(request: HttpRequest, number: str, opdracht: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    settlement = settlement_of(request.user, number)
    content = content_of(settlement)
    lines = lines_of_assignment(content, opdracht) if content else []
    if not lines:
        raise Http404("no such opdracht in this statement")
    context = {
        "row": row_of(settlement),
        "opdracht": opdracht,
        "lines": lines,
        "ask_at": _ask_at(settlement, request.user),
    }
    return render(request, "billing/statement_lines.html", context)


def settlement_of(user: Person, number: str) -> Settlement:
    """Approved, and of an organisation of this person; else 404."""
    year, sequence = number.split("-")
    visible = Settlement.objects.visible_to(user).approved()
    return get_object_or_404(
        with_state(
            visible,
            "statement__settlement",
            "statement__state",
            "statement__json_sha256",
            "bijdrage_nvsi",
            "period__instrument__slug",
        ).select_related("statement"),
        number_year=year,
        number_sequence=sequence,
    )


def content_of(settlement: Settlement) -> Mapping[str, Any] | None:
    """The frozen twin; nothing while it is still being made."""
    statement = getattr(settlement, "statement", None)
    if statement is None or statement.state != Statement.State.DONE:
        return None
    content: dict[str, Any] = json.loads(bytes(statement.json))
    return content


def _ask_at(settlement: Settlement, user: Person) -> str:
    """Where to ask a question; empty for who only looks."""
    if not may_ask(settlement, user):
        return ""
    return reverse("question-ask", args=[settlement.number])


def _body(settlement: Settlement, ask_at: str) -> SafeString | None:
    """The frozen part of the page, made once for each check sum.

    Who may ask has a link beside each line.
    """
    statement = getattr(settlement, "statement", None)
    if statement is None or statement.state != Statement.State.DONE:
        return None
    return kept(
        "billing/_statement_body.html",
        f"{statement.json_sha256} {ask_at}",
        lambda: {"page": page_of(content_of(settlement) or {}), "ask_at": ask_at},
    )
