"""Pages of a question: to ask it, and to read and go on with what was said.

The thread itself also stands under its statement (billing.statements.pages).
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from billing.asking import questions
from billing.asking.forms import TextForm
from billing.models import Question, Settlement
from billing.statements.page import LineRow, line_of
from billing.statements.pages import content_of, private, settlement_of
from billing.statements.rows import row_of
from membership.models import Person
from nvsi.errors import NotAllowed

CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def question_ask(request: HttpRequest, number: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    settlement = settlement_of(request.user, number)
    regel_id = request.GET.get("regel", "")
    if not questions.may_ask(settlement, request.user):
        raise Http404("only who works for the holder asks")
    form = TextForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            facts = {**form.cleaned_data, "regel_id": regel_id}
            question = questions.ask(settlement, by=request.user, **facts)
        except NotAllowed as refusal:
            form.refuse(str(refusal))
            status = CONFLICT
        else:
            messages.success(request, "Uw vraag is verstuurd.")
            return redirect("question-detail", number, question.pk)
    context = {
        "form": form,
        "row": row_of(settlement),
        "regel": regel_id,
        "lines": _lines(settlement, regel_id),
    }
    return render(request, "billing/question_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def question_detail(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    assert isinstance(request.user, Person)
    question = _question(request.user, number, pk)
    form = TextForm(request.POST or None)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            questions.ask_on(question, by=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.refuse(str(refusal))
            status = CONFLICT
        else:
            messages.success(request, "Uw reactie is verstuurd.")
            return redirect("question-detail", number, question.pk)
    context = {
        "form": form,
        "question": question,
        "row": row_of(question.settlement),
        "lines": _lines(question.settlement, question.regel_id),
        "may_ask": questions.may_ask(question.settlement, request.user),
    }
    return render(request, "billing/question_detail.html", context, status=status)


@login_required
@require_POST
def question_close(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    assert isinstance(request.user, Person)
    question = _question(request.user, number, pk)
    questions.close(question, by=request.user)
    messages.success(request, "De vraag is gesloten.")
    return redirect("statement-detail", number)


def _question(user: Person, number: str, pk: int) -> Question:
    """Of a statement that this person sees; else 404."""
    settlement = settlement_of(user, number)
    visible = Question.objects.visible_to(user).with_thread()
    question: Question = get_object_or_404(visible, settlement=settlement, pk=pk)
    question.settlement = settlement
    return question


def _lines(settlement: Settlement, regel_id: str) -> list[LineRow]:
    """The line that a question is about; 404 when it is not in the statement."""
    if not regel_id:
        return []
    content: Any = content_of(settlement)
    line = line_of(content, regel_id) if content else None
    if line is None:
        raise Http404("no such line in this statement")
    return [line]
