"""Tell who follows a verbeterwens of every step, and who must take the next one."""

import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from instruments.models import Instrument, Verbeterwens, VerbeterwensStep, WensFollower
from instruments.steering.seats import members_on
from instruments.wishes.stages import Party, next_steps, party_for
from membership import emails
from membership.models import Person, Role
from membership.regional.sending import send_soon


def page_of(wens: Verbeterwens) -> str:
    return reverse("wens-detail", args=[wens.pk])


def was_handed_in(wens: Verbeterwens) -> None:
    """Tell the regiegroep."""
    sentence = f"{wens.organisation} heeft een verbeterwens ingediend."
    people = members_on(wens.instrument, timezone.localdate())
    _ask(wens, "handed in", people.exclude(pk=wens.by_id), sentence)


def step_was_taken(wens: Verbeterwens, step: VerbeterwensStep) -> None:
    """Tell the followers, and who is asked for the next step. What was done and why
    is read in the e-mail: it is the answer to who asked."""
    sentence = f"De stap is: {step.get_kind_display()}."
    followers = WensFollower.objects.filter(wens=wens).values("person")
    people = Person.objects.filter(is_active=True, pk__in=followers)
    emails.queue_all(
        "wens_step",
        f"{step.pk}",
        people.exclude(pk=step.by_id),
        wens=wens,
        sentence=sentence,
        words=step.words,
        page=f"{settings.SITE_URL}{page_of(wens)}",
    )
    _ask_next(wens, step)
    send_soon()


def _ask_next(wens: Verbeterwens, step: VerbeterwensStep) -> None:
    voorstel = step.voorstel
    needs_alv = voorstel is None or voorstel.needs_alv
    today = timezone.localdate()
    following = next_steps(step.kind, needs_alv=needs_alv)
    if not following:
        return
    party = party_for(following[0], step.kind)
    people = people_of(party, wens.instrument, today)
    sentence = f"Nu is aan de beurt: {party.label}."
    _ask(wens, f"step {step.pk}", people.exclude(pk=step.by_id), sentence)


def _ask(wens: Verbeterwens, key: str, people: QuerySet[Person], sentence: str) -> None:
    emails.queue_all(
        "wens_waiting",
        f"{wens.pk}|{key}",
        people,
        wens=wens,
        sentence=sentence,
        page=f"{settings.SITE_URL}{page_of(wens)}",
    )
    send_soon()


def people_of(
    party: Party, instrument: Instrument, on: datetime.date
) -> QuerySet[Person]:
    """Who is a party for an instrument on a day, and may log in."""
    if party in (Party.REGIEGROEP, Party.LEADING):
        return members_on(instrument, on)
    if party == Party.UITVOERDER:
        uitvoerder = instrument.uitvoerder_on(on)
        roles = Role.objects.active_on(on).filter(
            name=Role.Name.UITVOERDER, organisation=uitvoerder
        )
        found = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
        return found if uitvoerder else found.none()
    name = Role.Name.BESTUUR if party == Party.BESTUUR else Role.Name.BUREAU
    return Person.objects.with_role(name, on=on)
