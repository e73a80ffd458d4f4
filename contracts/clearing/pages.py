"""Data after an agreement, in the portal: choose, prove, and take the proof along.

Rows come from `visible_to`; a stranger gets 404. The organisation chooses; who has the
data proves, in the portal with a second factor or on paper.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from contracts.clearing import choosing, proving, shown
from contracts.clearing.forms import ChoiceForm, PaperProofForm, ProofForm
from contracts.models import Clearing
from contracts.models.clearings import ClearingQuerySet
from membership import fresh_factor
from membership.models import Person
from membership.second_factor import has_one, page_that_asks
from membership.sessions import acting_for
from nvsi.dutch import day
from nvsi.errors import NotAllowed, Stale
from nvsi.receiving import was_too_large

private = cache_control(private=True, no_store=True)
CONFLICT, TOO_LARGE, UNPROCESSABLE = 409, 413, 422


@require_safe
@private
@login_required
def clearing_list(request: HttpRequest) -> HttpResponse:
    """By agreement: who still has data, what was chosen, and what is proven."""
    assert isinstance(request.user, Person)
    rows, today = _rows(request), timezone.localdate()
    organisation = None if request.user.is_association else acting_for(request)
    if organisation is not None:
        rows = rows.about(organisation)
    context = {"organisation": organisation, "agreements": shown.ended(rows, today)}
    return render(request, "contracts/clearing_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def clearing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One who has data: the choice about it, and the proof."""
    assert isinstance(request.user, Person)
    row = _row(request, pk)
    others = _others(row)
    form = None
    if _may(request, row)["may_choose"]:
        posted = request.POST if request.method == "POST" else None
        form = ChoiceForm(
            posted,
            others=len(others),
            initial={"choice": row.choice},
            label_suffix="",
        )
    if request.method == "POST" and form is None:
        raise PermissionDenied("Een contactpersoon of ondertekenaar kiest.")
    if form is not None and form.is_valid():
        chosen = [row, *others] if form.cleaned_data.get("for_all") else [row]
        choice = form.cleaned_data["choice"]
        try:
            choosing.choose(chosen, choice, now=timezone.now(), by=request.user)
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Uw keuze is opgeslagen.")
            return redirect("clearing-list")
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    context = {**_around(request, row), "form": form, "others": others}
    return render(request, "contracts/clearing_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def clearing_prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the statement here, or (`?op=papier`) add one that was signed by hand."""
    assert isinstance(request.user, Person)
    by, row = request.user, _row(request, pk)
    if row.proven_at is not None:
        messages.info(request, "De verklaring is er al.")
        return redirect("clearing-detail", pk)
    if row.called_off_at is not None:
        messages.info(request, "Dit is vervallen: het gebruik gaat door.")
        return redirect("clearing-detail", pk)
    if row.choice and row.ended_on >= timezone.localdate():
        messages.info(request, f"Dat kan pas na {day(row.ended_on)}.")
        return redirect("clearing-detail", pk)
    may = _may(request, row)
    if not may["may_hand_in"]:
        raise PermissionDenied("Eerst kiest de organisatie; dan tekent wie opruimt.")
    on_paper = request.GET.get("op") == "papier" or not may["may_sign"]
    form = _proof_form(request, on_paper)
    too_large = was_too_large(request)
    if too_large:
        form.add_error("file", "Dit bestand is te groot. Maak het kleiner dan 10 MB.")
    elif form.is_valid():
        answer = _prove(request, row, form, on_paper)
        if answer is not None:
            return answer
    context = {
        **_around(request, row),
        "form": form,
        "on_paper": on_paper,
        "given": fresh_factor.fresh(request),
        "has_factor": has_one(by),
        "ask_again": _asking(by, pk),
    }
    status = TOO_LARGE if too_large else UNPROCESSABLE if form.is_bound else 200
    return render(request, "contracts/clearing_prove.html", context, status=status)


@require_safe
@private
@login_required
def clearing_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed statement, as it was signed or handed in; always to save."""
    assert isinstance(request.user, Person)
    row = get_object_or_404(Clearing.objects.visible_to(request.user), pk=pk)
    if row.proven_at is None or row.is_destroyed:
        raise Http404("there is no statement yet, or not any more")
    response = HttpResponse(bytes(row.content), content_type="application/pdf")
    disposition = content_disposition_header(True, row.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _prove(
    request: HttpRequest, row: Clearing, form: ProofForm, on_paper: bool
) -> HttpResponse | None:
    """Act on a form that is right; None when it is refused at a field of it."""
    by, now = request.user, timezone.now()
    assert isinstance(by, Person)
    facts = form.cleaned_data
    try:
        if on_paper:
            proving.hand_in(row, facts.pop("file"), **facts, now=now, by=by)
        elif (given := fresh_factor.fresh(request)) is None:
            messages.warning(request, "Bevestig nog een keer dat u het bent.")
            return redirect(_asking(by, row.pk))
        else:
            proving.sign(row, **facts, factor=given, now=now, by=by)
    except Stale as refusal:
        messages.warning(request, str(refusal))
    except NotAllowed as refusal:
        form.refuse(refusal)
        return None
    else:
        messages.success(request, "De verklaring is opgeslagen.")
    return redirect("clearing-detail", row.pk)


def _proof_form(request: HttpRequest, on_paper: bool) -> ProofForm:
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    kind = PaperProofForm if on_paper else ProofForm
    today = timezone.localdate()
    return kind(data, files, initial={"done_on": today}, label_suffix="")


def _rows(request: HttpRequest) -> ClearingQuerySet:
    assert isinstance(request.user, Person)
    return Clearing.objects.visible_to(request.user).listed()


def _row(request: HttpRequest, pk: int) -> Clearing:
    return get_object_or_404(_rows(request), pk=pk)


def _others(row: Clearing) -> list[Clearing]:
    """Under the same agreement, of whom nothing is proven yet."""
    same = Clearing.objects.listed().unproven().under_the_same(row)
    return list(same.exclude(pk=row.pk))


def _around(request: HttpRequest, row: Clearing) -> dict[str, Any]:
    assert isinstance(request.user, Person)
    today = timezone.localdate()
    return {
        "row": row,
        "title": shown.title_of(row),
        "shown": shown.shown(row, today),
        **_may(request, row),
        "runs": row.ended_on >= today,
    }


def _may(request: HttpRequest, row: Clearing) -> dict[str, bool]:
    assert isinstance(request.user, Person)
    return shown.rights(row, request.user, timezone.localdate())


def _asking(by: Person, pk: int) -> str:
    """To the page that asks for a second factor, and from there back here."""
    back = urlencode({"next": reverse("clearing-prove", args=[pk])})
    return f"{reverse(page_that_asks(by))}?{back}"
