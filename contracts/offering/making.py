"""Offer an agreement: its document is made and frozen, and its term begins to run."""

import datetime
import hashlib

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contracts.annexes import annexes_for, version_for
from contracts.kinds import Kind
from contracts.models.existing import ExistingAgreement
from contracts.models.facts import Coverage, Verwerkersovereenkomst
from contracts.models.offers import Offer
from contracts.offering import announcing
from contracts.offering.content import Content, content_of
from contracts.offering.drafting import held, held_draft, require_maker
from contracts.offering.rules import require_possible
from contracts.offering.where import stage_on
from contracts.stages import Stage
from contracts.texts import Filled, fill, pdf, text_for, values_for
from instruments.models import Instrument
from membership import history
from membership.models import Person
from nvsi.dutch import counted, day, percent
from nvsi.errors import NotAllowed

# How long an organisation has to answer, unless the bureau chooses another day.
TERM = datetime.timedelta(weeks=6)
LONGEST_TERM = datetime.timedelta(days=366)


@transaction.atomic
def offer(
    draft: Offer, *, answer_by: datetime.date, today: datetime.date, by: Person
) -> Offer:
    """Freeze what it says and tell the organisation. Raises NotAllowed for what cannot
    be agreed any more, a field or annex that is missing, and a term that cannot be."""
    row = held_draft(draft, by)
    content = content_of(row)
    require_possible(content, today=today)
    require_term(answer_by, today)
    if row.own_model:
        _require_own_model(row)
    else:
        _freeze(row, content, today)
    row.offered_at, row.offered_by, row.answer_by = timezone.now(), by, answer_by
    row.full_clean()
    row.save()
    facts = {"sha256": row.document_sha256, "due_on": answer_by.isoformat()}
    history.record(row, "made", by, **facts)
    announcing.was_offered(row)
    return row


@transaction.atomic
def extend(
    made: Offer, *, answer_by: datetime.date, today: datetime.date, by: Person
) -> Offer:
    """More time to answer. Raises NotAllowed once it lapsed or was answered."""
    require_maker(by)
    row = held(made)
    if stage_on(row, today) not in (Stage.OFFERED, Stage.HALF_SIGNED):
        raise NotAllowed(f"{row} wacht niet meer op antwoord.")
    require_term(answer_by, today)
    row.answer_by = answer_by
    row.save(update_fields=["answer_by"])
    history.record(row, "term changed", by, due_on=answer_by.isoformat())
    announcing.term_was_changed(row)
    return row


def preview(draft: Offer, *, today: datetime.date) -> bytes:
    """The document as it would be offered today. Raises NotAllowed as `offer` does."""
    if draft.own_model or draft.offered_at is not None:
        return bytes(draft.document or b"")
    return pdf(_filled(draft, content_of(draft), today))


def in_the_way(draft: Offer, *, today: datetime.date) -> str:
    """Why a draft cannot be offered today; empty when it can, or was already."""
    if draft.offered_at is not None:
        return ""
    content = content_of(draft)
    try:
        require_possible(content, today=today)
        if draft.own_model:
            _require_own_model(draft)
        else:
            _filled(draft, content, today)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _require_own_model(row: Offer) -> None:
    if not row.document_sha256:
        raise NotAllowed("Voeg eerst het ingevulde model van de gemeente toe.")


def _freeze(row: Offer, content: Content, today: datetime.date) -> None:
    filled = _filled(row, content, today)
    row.text = text_for(row.kind, row.instrument, on=today)
    row.document = pdf(filled)
    row.document_sha256 = hashlib.sha256(row.document).hexdigest()
    row.document_name = f"{row.reference}.pdf"
    row.filled = filled.as_json()


def _filled(row: Offer, content: Content, today: datetime.date) -> Filled:
    text = text_for(row.kind, row.instrument, on=today)
    annexes = {}
    if row.kind != Kind.GEBRUIKS:  # those are behind the verwerkersovereenkomst
        annexes = annexes_for(row.organisation, instruments_of(content, today), today)
    values = values_of(row, content, today)
    return fill(text, values, dated=today, annexes=annexes)


def values_of(row: Offer, content: Content, today: datetime.date) -> dict[str, str]:
    """What the text can name: of the parties, and of this offer."""
    used = instruments_of(content, today)
    values = values_for(
        row.kind,
        row.organisation,
        instruments=used,
        gemeenten=content.gemeenten,
        on=row.starts_on,
    )
    price = "" if row.vergoeding_pct is None else percent(row.vergoeding_pct)
    own = {
        "kenmerk": row.reference,
        "ingangsdatum": day(row.starts_on),
        "einddatum": day(row.ends_on) if row.ends_on else "",
        "product": row.product,
        "vergoeding": f"{price} van de bruto-omzet" if price else "",
        "bureaukosten": row.bureaukosten,
        "voorwaarden": row.voorwaarden,
        "wijzigt": _before(content),
        "oude_overeenkomst": _taken_over(row),
        "opzegtermijn": counted(row.notice_months, "maand", "maanden"),
        "verwerkersovereenkomst": _verwerkers_since(content),
    }
    return {**values, **{name: said for name, said in own.items() if said}}


def instruments_of(content: Content, on: datetime.date) -> list[Instrument]:
    """Of a verwerkersovereenkomst: what its parties use or are about to use; of who
    begins, all that have annexes."""
    if content.instrument is not None:
        return [content.instrument]
    who = {content.organisation, *content.gemeenten}
    used = Coverage.objects.filter(agreement__organisation__in=who)
    soon = Offer.objects.running().filter(organisation__in=who, kind=Kind.GEBRUIKS)
    rows = Instrument.objects.filter(
        Q(pk__in=used.values("instrument")) | Q(pk__in=soon.values("instrument"))
    )
    return list(rows) or [
        one
        for one in Instrument.objects.all()
        if version_for(one, on, content.organisation) is not None
    ]


def _taken_over(row: Offer) -> str:
    """The agreement with the uitvoerder itself that goes on as this one."""
    existing = ExistingAgreement.objects.filter(offer=row).first()
    if existing is None:
        return ""
    uitvoerder, end = existing.uitvoerder.formal_name, day(existing.ends_on)
    return f"de overeenkomst met {uitvoerder}, die eindigt op {end}"


def _before(content: Content) -> str:
    fact = content.goes_on
    if fact is None:
        return ""
    paper = fact.offers.filter(concluded_at__isnull=False).order_by("pk").last()
    named = f", kenmerk {paper.reference}" if paper else ""
    return f"de overeenkomst van {day(fact.starts_on)}{named}"


def _verwerkers_since(content: Content) -> str:
    """From when the verwerkersovereenkomst holds that covers this use: the one in
    force, or the one that is on its way. What ended before the use begins covers
    nothing. Raises NotAllowed when there is neither."""
    if content.kind != Kind.GEBRUIKS:
        return ""
    who = (content.organisation, *content.gemeenten)
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=content.starts_on)
    for rows in (
        Verwerkersovereenkomst.objects.filter(organisation__in=who),
        Offer.objects.running().filter(organisation__in=who, kind=Kind.VERWERKERS),
    ):
        if found := rows.filter(still).order_by("-starts_on").first():
            return day(found.starts_on)
    raise NotAllowed(
        "Er is nog geen verwerkersovereenkomst. Stel die eerst op, en bied beide aan."
    )


def require_term(answer_by: datetime.date, today: datetime.date) -> None:
    """Raises NotAllowed for a term that is over, or longer than a year."""
    if not today < answer_by <= today + LONGEST_TERM:
        raise NotAllowed(
            "Kies een dag na vandaag, en hoogstens een jaar later.", field="answer_by"
        )
