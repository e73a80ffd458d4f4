"""Pages about the people of one's own organisation: who they are, and who changes.

Nothing is decided here: the verbs refuse, and the page shows why, at the right field.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from membership.colleagues import roles, signers
from membership.colleagues.forms import (
    HandOverForm,
    InviteForm,
    LeaveForm,
    ProposeForm,
)
from membership.colleagues.listing import people_of
from membership.models import Mandate, Organisation, Person, Role, SignerProposal
from membership.models.dossiers import WORKERS
from membership.people import GIVEN_BY_COLLEAGUES
from membership.sessions import acting_for
from nvsi.dutch import day
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
@private
@login_required
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who has which role at the organisation, and who may sign for it."""
    assert isinstance(request.user, Person)
    user, today = request.user, timezone.localdate()
    organisation = acting_for(request)
    works = organisation.pk in user.organisations_as(*WORKERS)
    mandates = Mandate.objects.visible_to(user).active_on(today)
    proposals = SignerProposal.objects.visible_to(user).proposed()
    context = {
        "organisation": organisation,
        "people": people_of(organisation, user, today=today),
        "may_invite": roles.is_contactpersoon(organisation, user),
        "works": works,
        "mandates": mandates.filter(organisation=organisation) if works else (),
        "proposals": proposals.filter(organisation=organisation),
    }
    return render(request, "membership/colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def colleague_invite(request: HttpRequest) -> HttpResponse:
    """Give a colleague a role."""
    organisation, user = _of_contactpersoon(request)
    form = InviteForm(request.POST or None, label_suffix="")

    def act() -> str:
        role = roles.invite(
            organisation, **form.cleaned_data, today=timezone.localdate(), by=user
        )
        return f"{role.person.name} is nu {role.get_name_display()}."

    page = "membership/colleague_invite.html"
    return _form_page(request, form, act, page, {"organisation": organisation})


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def signer_propose(request: HttpRequest) -> HttpResponse:
    """Put somebody forward who may sign; the bureau confirms."""
    organisation, user = _of_contactpersoon(request)
    form = ProposeForm(request.POST or None, label_suffix="")

    def act() -> str:
        proposal = signers.propose(organisation, **form.cleaned_data, by=user)
        return (
            f"{proposal.name} is voorgedragen. Het bureau kijkt ernaar; u krijgt een "
            "e-mail."
        )

    context = {"organisation": organisation}
    return _form_page(request, form, act, "membership/signer_propose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def role_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's own role to a colleague, from a day on."""
    role, user = _own_role(request, pk)
    if role.name not in GIVEN_BY_COLLEAGUES:
        raise Http404("the bureau gives this role")
    form = HandOverForm(request.POST or None, label_suffix="")

    def act() -> str:
        today = timezone.localdate()
        new = roles.hand_over(role, **form.cleaned_data, today=today, by=user)
        said = f"{new.person.name} is {new.get_name_display()} vanaf"
        return f"{said} {day(new.starts_on)}. Uw rol eindigt de dag ervoor."

    return _form_page(request, form, act, "membership/role_hand_over.html", _on(role))


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def role_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own role."""
    role, user = _own_role(request, pk)
    today = timezone.localdate()
    form = LeaveForm(
        request.POST or None, label_suffix="", initial={"last_on": today.isoformat()}
    )

    def act() -> str:
        roles.leave(role, **form.cleaned_data, today=today, by=user)
        return "Uw rol eindigt na uw laatste dag. U krijgt een e-mail."

    contact = role.name == Role.Name.CONTACTPERSOON
    last = contact and roles.is_last(role, today, today)
    context = {**_on(role), "is_last": last}
    return _form_page(request, form, act, "membership/role_leave.html", context)


def _on(role: Role) -> dict[str, Any]:
    return {"role": role, "organisation": role.organisation}


def _of_contactpersoon(request: HttpRequest) -> tuple[Organisation, Person]:
    """The organisation for which this person acts as its contactpersoon; else 404."""
    assert isinstance(request.user, Person)
    organisation = acting_for(request)
    if not roles.is_contactpersoon(organisation, request.user):
        raise Http404("only a contactpersoon arranges this")
    return organisation, request.user


def _own_role(request: HttpRequest, pk: int) -> tuple[Role, Person]:
    """A role that this person has now, at an organisation; else 404."""
    assert isinstance(request.user, Person)
    user = request.user
    own = Role.objects.visible_to(user).active_on(timezone.localdate())
    rows = own.filter(person=user, organisation__isnull=False, ends_on=None)
    return get_object_or_404(rows.select_related("organisation"), pk=pk), user


def _form_page(
    request: HttpRequest,
    form: Any,
    act: Callable[[], str],
    page: str,
    context: dict[str, Any],
) -> HttpResponse:
    """A form: act on it, or show it with why not."""
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            messages.success(request, act())
        except NotAllowed as refusal:
            form.add_error(refusal.field or None, str(refusal))
            status = CONFLICT
        else:
            return redirect("colleagues" if _still_acts(request) else "home")
    return render(request, page, {**context, "form": form}, status=status)


def _still_acts(request: HttpRequest) -> bool:
    """Whether somebody still has a role, after what he just did."""
    assert isinstance(request.user, Person)
    own = request.user.roles.active_on(timezone.localdate())
    return own.filter(organisation__isnull=False).exists()
