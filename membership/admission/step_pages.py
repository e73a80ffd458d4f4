"""Pages on which an organisation takes a step: a form, half-way or whole.

Nothing is decided here: the verbs refuse, and the page shows why, at the right field.
"""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from membership.admission import drafts, recording, wishes, words
from membership.admission.delegating import ask_colleague
from membership.admission.forms import ColleagueForm, WishForm
from membership.admission.pages import UNPROCESSABLE, dossier_of, private
from membership.admission.step_form import StepForm
from membership.admission.step_forms import FORMS, AnsweredForm
from membership.admission.steps import Step
from membership.admission.weighing_form import WeighedForm
from membership.models import Dossier, Person
from nvsi.errors import NotAllowed, Stale
from nvsi.receiving import was_too_large

CONFLICT, TOO_LARGE = 409, 413
DRAFT = "bewaar"
VERSION = re.compile(r"[0-9]{1,9}")


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def dossier_step(request: HttpRequest, number: str, step: Step) -> HttpResponse:
    """Take a step, change one that was taken, or keep what is half-way."""
    assert isinstance(request.user, Person)
    dossier = _workable(request.user, number, step)
    if step not in FORMS:
        raise Http404("a step of the association")
    if closed := _closed(request, dossier, step):
        return closed
    draft = drafts.draft_of(dossier, step)
    make = FORMS[step]
    if request.method != "POST":
        form = make(dossier, step, request.user, draft=draft)
        return _shown(request, form, draft=draft)
    form = make(dossier, step, request.user, request.POST, request.FILES, draft=draft)
    return _taken(request, form)


def _taken(request: HttpRequest, form: StepForm) -> HttpResponse:
    if was_too_large(request):
        form.add_error("papers", "Dit bestand is te groot. Kies een kleiner bestand.")
        return _shown(request, form, TOO_LARGE)
    try:
        if DRAFT in request.POST:
            return _keep(request, form)
        if isinstance(form, WeighedForm) and form.must_warn:
            return _warned(request, form)
        if not form.is_valid():
            return _shown(request, form, UNPROCESSABLE)
        _record(form)
    except Stale as refusal:
        context = {**_around(form), "refusal": refusal}
        page = "membership/dossier_stale.html"
        return render(request, page, context, status=CONFLICT)
    except (NotAllowed, ValidationError) as refusal:
        form.refuse(refusal)
        return _shown(request, form, CONFLICT)
    messages.success(request, f"Vastgelegd: {form.step.label.lower()}.")
    return redirect("dossier-detail", form.dossier.number)


def _keep(request: HttpRequest, form: StepForm) -> HttpResponse:
    """What is half-way; a file is chosen again later."""
    seen = request.POST.get("version", "")
    drafts.save(
        form.dossier,
        form.step,
        form.draft_values(),
        seen=int(seen) if VERSION.fullmatch(seen) else 0,
        by=form.by,
    )
    messages.success(
        request,
        "Bewaard. U of een collega kan later verder; een bestand kiest u dan opnieuw.",
    )
    return redirect("dossier-detail", form.dossier.number)


def _warned(request: HttpRequest, form: WeighedForm) -> HttpResponse:
    """The same form with what the law says, before anything is checked."""
    values = form.draft_values()
    again = WeighedForm(form.dossier, form.step, form.by, initial=values, warned=True)
    again.initial["version"] = form["version"].data
    return _shown(request, again)


@transaction.atomic
def _record(form: StepForm) -> None:
    if isinstance(form, AnsweredForm):
        for wish, answer in form.answers():
            wishes.answer_wish(wish, answer=answer, by=form.by)
    recording.record(
        form.dossier,
        form.step,
        form.facts(),
        by=form.by,
        papers=form.cleaned_data.get("papers", []),
        without=form.cleaned_data.get("without", []),
        seen=form.cleaned_data["seen"],
    )


def _shown(
    request: HttpRequest, form: StepForm, status: int = 200, **more: Any
) -> HttpResponse:
    is_heard = form.step == Step.HEARD
    wishes_now = form.dossier.wishes.standing() if is_heard else ()
    context = {**_around(form), "wishes": wishes_now, **more}
    return render(request, "membership/dossier_step.html", context, status=status)


def _around(form: StepForm) -> dict[str, Any]:
    """What stands around a form: the dossier, and what is asked."""
    return {
        "dossier": form.dossier,
        "title": words.title_of(form.dossier),
        "step": form.step,
        "ask": words.ask_of(form.step, form.dossier.procedure),
        "form": form,
        "is_mine": recording.works_on(form.dossier, form.by),
        "is_change": form.row is not None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def dossier_ask(request: HttpRequest, number: str, step: Step) -> HttpResponse:
    """Ask a colleague to take a step."""
    assert isinstance(request.user, Person)
    person, dossier = request.user, _workable(request.user, number, step)
    if step not in FORMS or not recording.works_on(dossier, person):
        raise Http404("only colleagues ask each other")
    if closed := _closed(request, dossier, step):
        return closed
    form = ColleagueForm(request.POST or None, label_suffix="")

    def act() -> str:
        ask = ask_colleague(dossier, step, **form.cleaned_data, by=person)
        return f"{ask.person.email} krijgt een e-mail met wat u vraagt."

    ask = words.ask_of(step, dossier.procedure)
    context = {"dossier": dossier, "step": step, "ask": ask}
    return _form_page(request, form, act, "membership/dossier_ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def wish_new(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a wens or bedenking of the raad."""
    assert isinstance(request.user, Person)
    person, dossier = request.user, _workable(request.user, number, Step.HEARD)
    if closed := _closed(request, dossier, Step.HEARD):
        return closed
    form = WishForm(request.POST or None, label_suffix="")

    def act() -> str:
        wish = wishes.add_wish(dossier, **form.cleaned_data, by=person)
        return f"Vastgelegd: {wish}."

    context = {"dossier": dossier, "step": Step.HEARD, "is_new": True}
    page = "membership/dossier_wish.html"
    return _form_page(request, form, act, page, context, to_step=True)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def wish_change(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Mend what was written down of the raad."""
    assert isinstance(request.user, Person)
    person, dossier = request.user, _workable(request.user, number, Step.HEARD)
    wish = get_object_or_404(dossier.wishes.standing(), pk=pk)
    if closed := _closed(request, dossier, Step.HEARD):
        return closed
    initial = {"kind": wish.kind, "by_whom": wish.by_whom, "words": wish.words}
    form = WishForm(request.POST or None, initial=initial, label_suffix="")

    def act() -> str:
        wishes.change_wish(wish, **form.cleaned_data, by=person)
        return f"Gewijzigd: {wish}."

    context = {"dossier": dossier, "step": Step.HEARD, "is_new": False, "wish": wish}
    page = "membership/dossier_wish.html"
    return _form_page(request, form, act, page, context, to_step=True)


@login_required
@require_POST
def wish_take_back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """It was written down by mistake."""
    assert isinstance(request.user, Person)
    dossier = _workable(request.user, number, Step.HEARD)
    wish = get_object_or_404(dossier.wishes, pk=pk)
    if closed := _closed(request, dossier, Step.HEARD):
        return closed
    try:
        wishes.take_back_wish(wish, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Teruggenomen: {wish}.")
    return redirect("dossier-step", number, Step.HEARD)


def _form_page(
    request: HttpRequest,
    form: Any,
    act: Callable[[], str],
    page: str,
    context: dict[str, Any],
    *,
    to_step: bool = False,
) -> HttpResponse:
    """A form of its own beside a step: act on it, or show it with why not."""
    number, status = context["dossier"].number, 200
    if form.is_bound:
        status = UNPROCESSABLE
    if form.is_valid():
        try:
            messages.success(request, act())
        except NotAllowed as refusal:
            form.add_error(refusal.field or None, str(refusal))
            status = CONFLICT
        else:
            if to_step:
                return redirect("dossier-step", number, context["step"])
            return redirect("dossier-detail", number)
    return render(request, page, {**context, "form": form}, status=status)


def _workable(user: Person, number: str, step: Step) -> Dossier:
    """A dossier of which this person may take the step; else 404."""
    dossier = dossier_of(user, number)
    if not recording.may_work_on(dossier, step, user):
        raise Http404("somebody else takes this step")
    return dossier


def _closed(request: HttpRequest, dossier: Dossier, step: Step) -> HttpResponse | None:
    """To the dossier, with why this step cannot be taken now; None when it can."""
    runs = dossier.status == Dossier.Status.RUNNING
    if runs and dossier.position.may_record(step):
        return None
    why = recording.not_now(dossier, step) if runs else f"{dossier} is afgerond."
    messages.warning(request, why.capitalize() if not runs else why)
    return redirect("dossier-detail", dossier.number)
