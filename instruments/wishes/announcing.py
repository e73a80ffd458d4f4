"""Tell who follows a verbeterwens of every step, and who must take the next one."""

import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from instruments.models import Verbeterwens, VerbeterwensStep, WensFollower
from instruments.steering.seats import members_on
from instruments.wishes.ordered import builder_of, uitvoerder_of
from instruments.wishes.stages import FOLLOWS, Party, Step, next_steps, party_for
from membership import emails
from membership.models import Organisation, Person, Role, Seat, Voorstel
from nvsi.dutch import day


def page_of(wens: Verbeterwens) -> str:
    return reverse("wens-detail", args=[wens.pk])


def was_handed_in(wens: Verbeterwens) -> None:
    """Tell the regiegroep."""
    sentence = f"{capfirst(str(wens.organisation))} heeft een verbeterwens ingediend."
    people = members_on(wens.instrument, timezone.localdate())
    _ask(wens, "handed in", people.exclude(pk=wens.by_id), sentence)


def step_was_taken(wens: Verbeterwens, step: VerbeterwensStep) -> None:
    """Tell the followers, who is building what is withdrawn, and who is asked for the
    next step. What was done and why is read in the e-mail: it is the answer to who
    asked."""
    sentence = f"De stap is: {step.get_kind_display()}."
    readers = Q(pk__in=WensFollower.objects.filter(wens=wens).values("person"))
    if step.kind == Step.REJECTED:
        readers |= _steering(wens)
    if step.kind == Step.WITHDRAWN and (builder := builder_of(wens)):
        readers |= Q(pk__in=_people_at(builder, step.on).values("pk"))
    is_last = not FOLLOWS[Step(step.kind)]
    _tell(wens, f"{step.pk}", readers, sentence, step.words, step.by, is_last=is_last)
    _ask_next(wens, step)


def left_the_agenda(
    wens: Verbeterwens,
    left: Voorstel,
    following: Voorstel | None,
    *,
    reason: str,
    by: Person,
) -> None:
    """Tell the followers and the regiegroep why the ALV does not decide yet, and when
    it will (following: None when no ALV is being prepared)."""
    then = (
        f"Het komt op de agenda van de ALV van {day(following.assembly.on)}."
        if following
        else "Het komt op de agenda van een volgende ALV."
    )
    sentence = f"De ALV van {day(left.assembly.on)} besluit niet over deze wens. {then}"
    readers = Q(pk__in=WensFollower.objects.filter(wens=wens).values("person"))
    _tell(wens, f"agenda {left.pk}", readers | _steering(wens), sentence, reason, by)


def _steering(wens: Verbeterwens) -> Q:
    return Q(pk__in=members_on(wens.instrument, timezone.localdate()).values("pk"))


def _tell(
    wens: Verbeterwens,
    key: str,
    readers: Q,
    sentence: str,
    words: str,
    by: Person,
    *,
    is_last: bool = False,
) -> None:
    people = Person.objects.filter(readers, is_active=True).exclude(pk=by.pk)
    emails.queue_all(
        "wens_step",
        key,
        people,
        wens=wens,
        sentence=sentence,
        words=words,
        is_last=is_last,
        page=f"{settings.SITE_URL}{page_of(wens)}",
    )
    emails.send_soon()


def _ask_next(wens: Verbeterwens, step: VerbeterwensStep) -> None:
    voorstel = step.voorstel
    needs_alv = voorstel is None or voorstel.needs_alv
    today = timezone.localdate()
    following = next_steps(step.kind, needs_alv=needs_alv)
    if not following or following[0] == Step.ADOPTED:
        return  # the ALV decides, which nobody is asked here
    party = party_for(following[0], step.kind)
    people = people_of(party, wens, today)
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
    emails.send_soon()


def people_of(party: Party, wens: Verbeterwens, on: datetime.date) -> QuerySet[Person]:
    """Who is a party to a wens on a day, and may log in."""
    instrument = wens.instrument
    members = members_on(instrument, on)
    if party == Party.REGIEGROEP:
        return members
    if party == Party.LEADING:
        leading = Seat.objects.active_on(on).leading()
        ours = leading.filter(body__steering__instrument=instrument)
        return members.filter(pk__in=ours.values("person"))
    if party == Party.UITVOERDER:
        uitvoerder = uitvoerder_of(wens, on)
        return _people_at(uitvoerder, on) if uitvoerder else Person.objects.none()
    name = Role.Name.BESTUUR if party == Party.BESTUUR else Role.Name.BUREAU
    return Person.objects.with_role(name, on=on)


def _people_at(uitvoerder: Organisation, on: datetime.date) -> QuerySet[Person]:
    roles = Role.objects.active_on(on).filter(
        name=Role.Name.UITVOERDER, organisation=uitvoerder
    )
    return Person.objects.filter(is_active=True, pk__in=roles.values("person"))
