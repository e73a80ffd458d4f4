"""Pages of a region: whom it sends to a network, and who comes to a meeting.

The page of an invitation is for who has its link, also without a login; it shows that
one meeting and nothing else.
"""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from membership.models import MeetingInvitation, Network, Person, Region
from membership.regional import calendar_items, links, meetings
from membership.regional.asking import contacts_url
from membership.regional.board import board, latest_ask
from membership.regional.contacts import give_contacts, may_give
from membership.regional.forms import AnswerForm, ContactsForm
from membership.regional.rows import InvitationRow, RegionRow, networks_of
from membership.regional.words import when
from nvsi.errors import NotAllowed

CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
@never_cache
@login_required
def region_list(request: HttpRequest) -> HttpResponse:
    """Every network of the regions that somebody sees, and what is asked there."""
    assert isinstance(request.user, Person)
    today = timezone.localdate()
    regions = Region.objects.visible_to(request.user, on=today).order_by("name")
    context = {"networks": networks_of(list(regions), today=today)}
    return render(request, "membership/region_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def region_contacts(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    """Give the four names of a region, see what a colleague gave, and correct it."""
    assert isinstance(request.user, Person)
    now = timezone.now()
    today = timezone.localdate(now)
    region = get_object_or_404(Region.objects.visible_to(request.user, on=today), pk=pk)
    chosen = get_object_or_404(Network, slug=network, type=region.type)
    ask = latest_ask(chosen)
    row = board(chosen, ask, on=today, regions=[region])[0]
    may = may_give(request.user, region, on=today)
    if request.method == "POST" and not may:
        raise Http404("only who may give the contacts of this region")
    members = region.organisations_on(today).order_by("short_name")
    form = ContactsForm(row, members, request.POST or None)
    status = 200
    if form.is_bound:
        status = _take_in(form, chosen, region, now, request.user)
        if status == 200:
            messages.success(request, "De aanspreekpunten zijn opgeslagen.")
            return redirect(contacts_url(chosen, region))
    context = {
        "network": chosen,
        "region": RegionRow(row, chosen, ask, today),
        "form": form,
        "may_give": may,
        "invitations": _invitations(request.user, chosen, region, now),
    }
    return render(request, "membership/region_contacts.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meeting_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether you come, by the link that was sent to you alone."""
    invitation = _invitation(token)
    now = timezone.now()
    is_open = not (
        invitation.meeting.is_cancelled or meetings.is_over(invitation.meeting, now)
    )
    on = timezone.localdate(invitation.meeting.starts_at)
    vervanger = meetings.vervanger_of(invitation.contact, on)
    given = invitation.answer
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        has_vervanger=vervanger is not None,
        initial={"answer": "" if given == "none" else given},
    )
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            meetings.answer(invitation, form.cleaned_data["answer"], now=now)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, "Dank u wel. Uw antwoord is opgeslagen.")
            return redirect("meeting-answer", token)
    context: dict[str, Any] = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "when": when(invitation.starts_at, invitation.ends_at),
        "form": form,
        "is_open": is_open,
        "vervanger": vervanger,
        "token": token,
    }
    return render(request, "membership/region_meeting.html", context, status=status)


@require_safe
@never_cache
def meeting_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting as it is now, for a calendar."""
    invitation = _invitation(token)
    page = links.answer_url(invitation)
    item = calendar_items.calendar_item(invitation, calendar_items.PUBLISH, page)
    return HttpResponse(
        item,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="bijeenkomst.ics"'},
    )


def _invitation(token: str) -> MeetingInvitation:
    invitation = links.invitation_of(token)
    if invitation is None:
        raise Http404("a link that we did not sign")
    return invitation


def _take_in(
    form: ContactsForm,
    network: Network,
    region: Region,
    now: datetime.datetime,
    by: Person,
) -> int:
    """All that was filled in, or nothing; gives the status of the answer."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        with transaction.atomic():
            for level in form.filled:
                decided_on = form.decision.cleaned_data["decided_on"]
                give_contacts(
                    *(network, region, level.level, level.pair),
                    decided_on=decided_on,
                    now=now,
                    by=by,
                )
    except NotAllowed as refusal:
        form.refusals.append(str(refusal))
        return CONFLICT
    except ValidationError as error:
        form.refusals += error.messages
        return UNPROCESSABLE
    return 200


def _invitations(
    user: Person, network: Network, region: Region, now: datetime.datetime
) -> list[InvitationRow]:
    """What is still to come; who is invited himself can answer from here."""
    rows = MeetingInvitation.objects.visible_to(user, on=timezone.localdate(now))
    coming = rows.filter(
        meeting__network=network, contact__region=region, meeting__ends_at__gt=now
    )
    return [
        InvitationRow(one, user)
        for one in coming.with_meeting().order_by("meeting__starts_at", "pk")
    ]
