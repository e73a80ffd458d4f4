"""The buttons of an offer, and those with which an agreement goes on."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contracts.admin.offer_forms import AnswerByForm, GoOnForm, OwnModelForm, WhyForm
from contracts.kinds import Kind, Why
from contracts.models import (
    Gebruiksovereenkomst,
    Offer,
    Uitvoeringsovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.offering import answering, making
from contracts.offering.content import Content, content_of
from contracts.offering.drafting import MADE_BY, draft, keep_own_model
from contracts.offering.rules import lacking
from contracts.offering.where import stage_on
from contracts.offering.words import in_force
from contracts.stages import UNDER_WAY, Stage
from membership.admin.verbs import Done, Verb
from membership.models import Person
from nvsi.dutch import day, listing, percent
from nvsi.errors import refused_in_words

ONE_DAY = datetime.timedelta(days=1)


def stage_now(offer: Offer) -> Stage:
    return stage_on(offer, timezone.localdate())


def is_draft(offer: Offer) -> bool:
    return stage_now(offer) == Stage.DRAFT


def _is_own_draft(offer: Offer) -> bool:
    return offer.own_model and is_draft(offer)


def _waits(offer: Offer) -> bool:
    return stage_now(offer) in (Stage.OFFERED, Stage.HALF_SIGNED)


def _is_under_way(offer: Offer) -> bool:
    return stage_now(offer) in UNDER_WAY


def facts_of(offer: Offer) -> SafeString:
    """What is agreed, in short, and what still stands in the way of its beginning."""
    content = content_of(offer)
    price = "" if offer.vergoeding_pct is None else percent(offer.vergoeding_pct)
    others = [str(one) for one in content.gemeenten if one != offer.organisation]
    said = format_html(
        "<p><strong>{} met {}</strong>{}{}<br>Geldt {}{}.</p>",
        offer.get_kind_display().capitalize(),
        offer.organisation,
        f", {offer.instrument}" if offer.instrument else "",
        f", voor {listing(others)}" if others else "",
        in_force(offer.starts_on, offer.ends_on),
        f", voor een vergoeding van {price}" if price else "",
    )
    today = timezone.localdate()
    missing = lacking(content, today)
    if stops := making.in_the_way(offer, today=today):
        missing = [stops, *(one for one in missing if one != stops)]
    if not missing:
        return said
    items = format_html_join("", "<li>{}</li>", ((one,) for one in missing))
    return said + format_html("<p>Nog niet in orde:</p><ul>{}</ul>", items)


def _offer(offer: Offer, said: dict[str, Any], by: Person) -> Done:
    made = making.offer(
        offer, answer_by=said["answer_by"], today=timezone.localdate(), by=by
    )
    return Done(f"{made.reference} is aangeboden aan {made.organisation}.", made)


def _extend(offer: Offer, said: dict[str, Any], by: Person) -> Done:
    today = timezone.localdate()
    made = making.extend(offer, answer_by=said["answer_by"], today=today, by=by)
    assert made.answer_by is not None
    return Done(f"Tekenen kan nu tot en met {day(made.answer_by)}.", made)


def _withdraw(offer: Offer, said: dict[str, Any], by: Person) -> Done:
    today = timezone.localdate()
    answering.withdraw(offer, reason=said["reason"], today=today, by=by)
    return Done(f"{offer.reference} is ingetrokken.", offer)


def _own_model(offer: Offer, said: dict[str, Any], by: Person) -> Done:
    keep_own_model(offer, said["document"], by=by)
    return Done("Het model van de gemeente staat nu bij het concept.", offer)


OFFER = Verb(
    name="offer",
    label="Aanbieden",
    roles=MADE_BY,
    is_open=is_draft,
    act=_offer,
    form=AnswerByForm,
    shown=lambda offer: (
        facts_of(offer),
        [
            "Het document wordt gemaakt en verandert daarna niet meer. Kijk eerst naar "
            "het voorbeeld.",
            "De contactpersonen en ondertekenaars krijgen een e-mail, met de dag "
            "waarop het aanbod vervalt.",
        ],
    ),
)
EXTEND = Verb(
    name="extend",
    label="Termijn verzetten",
    roles=MADE_BY,
    is_open=_waits,
    act=_extend,
    form=AnswerByForm,
    shown=lambda offer: (
        facts_of(offer),
        ["De organisatie krijgt een e-mail met de nieuwe dag."],
    ),
)
WITHDRAW = Verb(
    name="withdraw",
    label="Intrekken",
    roles=MADE_BY,
    is_open=_is_under_way,
    act=_withdraw,
    form=WhyForm,
    shown=lambda offer: (
        facts_of(offer),
        [
            "Niemand kan het dan nog tekenen. Wat er stond, blijft te lezen.",
            "Was het al aangeboden? Dan krijgt de organisatie een e-mail.",
        ],
    ),
)
OWN_MODEL = Verb(
    name="own-model",
    label="Eigen model toevoegen",
    roles=MADE_BY,
    is_open=_is_own_draft,
    act=_own_model,
    form=OwnModelForm,
    shown=lambda offer: (
        facts_of(offer),
        [
            "Dit bestand komt in de plaats van onze tekst, en is wat beide partijen "
            "tekenen.",
            "Was er al een bestand? Dan komt dit ervoor in de plaats.",
        ],
    ),
)


def _may_go_on(fact: Any) -> bool:
    """One that runs, with an end, and that nobody gave notice of."""
    is_open = fact.ends_on is None or fact.ends_on >= timezone.localdate()
    return is_open and not hasattr(fact, "notice")


def _may_be_longer(fact: Any) -> bool:
    return fact.ends_on is not None and not hasattr(fact, "notice")


_KINDS: dict[type, Kind] = {
    Verwerkersovereenkomst: Kind.VERWERKERS,
    Gebruiksovereenkomst: Kind.GEBRUIKS,
    Uitvoeringsovereenkomst: Kind.UITVOERINGS,
}


def _going_on(fact: Any, why: Why, said: dict[str, Any]) -> Content:
    """What a fact says now, with what was filled in over it."""
    is_use = isinstance(fact, Gebruiksovereenkomst)
    rows = fact.coverages.filter(ends_on=fact.ends_on) if is_use else ()
    paper = fact.offers.filter(concluded_at__isnull=False).order_by("pk").last()
    kept = ("product", "bureaukosten", "voorwaarden", "notice_months")
    return Content(
        kind=_KINDS[type(fact)],
        why=why,
        organisation=fact.organisation,
        instrument=getattr(fact, "instrument", None),
        gemeenten=tuple(row.gemeente for row in rows),
        goes_on=fact,
        **{name: getattr(paper, name) for name in kept if paper},
        **said,
    )


def _draft_on(why: Why) -> Any:
    def act(fact: Any, said: dict[str, Any], by: Person) -> Done:
        content = _going_on(fact, why, said)
        with refused_in_words():
            offer = draft(content, today=timezone.localdate(), by=by)
        return Done(f"Concept {offer.reference} is klaar om na te kijken.", offer)

    return act


def _about(fact: Any) -> SafeString:
    return format_html(
        "<p><strong>{}</strong><br>Geldt {}.</p>",
        fact,
        in_force(fact.starts_on, fact.ends_on),
    )


PROLONG = Verb(
    name="prolong",
    label="Verlengen",
    roles=MADE_BY,
    is_open=_may_be_longer,
    act=_draft_on(Why.PROLONGATION),
    form=GoOnForm,
    shown=lambda fact: (
        _about(fact),
        [
            "Er komt een concept dat deze overeenkomst verlengt vanaf de dag na de "
            "laatste. U biedt het daarna aan.",
            "Tot beide partijen tekenen, verandert er niets.",
        ],
    ),
)
REVISE = Verb(
    name="revise",
    label="Wijzigen",
    roles=MADE_BY,
    is_open=_may_go_on,
    act=_draft_on(Why.CHANGE),
    form=GoOnForm,
    shown=lambda fact: (
        _about(fact),
        [
            "Er komt een concept voor een nieuwe versie van dezelfde overeenkomst. "
            "Andere gemeenten kiest u daar.",
            "Tot beide partijen tekenen, blijft gelden wat er nu staat.",
        ],
    ),
)
