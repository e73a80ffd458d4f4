"""A gemeente hands in the model that it must use; the bureau compares and offers it.

The text of such a model is not ours to ship: only what was filled in is kept, with the
version of the model. Source: AVG art. 28 lid 3, 6 and 9.
"""

import datetime
from collections.abc import Collection

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Q

from contracts.annexes.choosing import version_for
from contracts.kinds import Kind
from contracts.models import AnnexVersion, Offer, SubmittedModel
from contracts.models.offers import READERS
from contracts.offering import announcing, making
from contracts.offering.content import Content
from contracts.offering.drafting import draft, keep_own_model, require_maker
from contracts.offering.rules import belongs, require_possible
from membership import history
from membership.admission import evidence
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed, Stale

Status = SubmittedModel.Status


def may_submit(organisation: Organisation, person: Person) -> bool:
    """Who speaks for the organisation."""
    return organisation.pk in person.organisations_as(*READERS)


def can_begin(organisation: Organisation, person: Person, on: datetime.date) -> bool:
    """Whether a person may hand a model in, and there is no agreement yet; for who can
    have one. A samenwerkingsverband can by its gemeenten."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    holds = organisation.verwerkersovereenkomsten.filter(still).exists()
    is_verband = organisation.kind == Organisation.Kind.SAMENWERKINGSVERBAND
    on_its_way = Offer.objects.running().filter(
        organisation=organisation, own_model=True, offered_at__isnull=False
    )
    can = may_submit(organisation, person) and not (holds or on_its_way.exists())
    return can and (is_verband or belongs(organisation, on))


def in_the_way(organisation: Organisation, on: datetime.date) -> str:
    """What is to be done before a model can be handed in; empty when nothing is."""
    content = _content(organisation, "", on)
    try:
        require_possible(content, today=on)
        _require_no_offer(organisation)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def annexes_to_confirm(
    organisation: Organisation, on: datetime.date
) -> list[AnnexVersion]:
    """What the document must say too: the annexes of what it uses, or will."""
    content = Content(Kind.VERWERKERS, organisation, on)
    found = [
        version_for(one, on, organisation) for one in making.instruments_of(content, on)
    ]
    return [version for version in found if version is not None]


@transaction.atomic
def submit(
    organisation: Organisation,
    file: "File[bytes]",
    *,
    model_version: str,
    starts_on: datetime.date,
    confirmed: Collection[int],
    today: datetime.date,
    by: Person,
) -> SubmittedModel:
    """Keep it until the bureau compared it; the same bytes twice are one.

    confirmed: the annexes that were read, by key. Raises NotAllowed for who may not,
    for what cannot be agreed, and for a file that is no PDF; Stale when the annexes
    are others by now.
    """
    if not may_submit(organisation, by):
        raise NotAllowed("Een contactpersoon of ondertekenaar dient het model in.")
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    content = _content(organisation, model_version, starts_on)
    if starts_on < today:
        raise NotAllowed(
            "Kies vandaag of een latere dag: eerder hebben niet beide partijen "
            "getekend.",
            field="starts_on",
        )
    require_possible(content, today=today)
    _require_no_offer(organisation)
    versions = annexes_to_confirm(organisation, today)
    if {one.pk for one in versions} != set(confirmed):
        raise Stale("De bijlagen zijn intussen veranderd. Lees ze opnieuw.")
    paper = evidence.check(file, (evidence.PDF,), field="file")
    waiting = SubmittedModel.objects.waiting().filter(organisation=organisation)
    if (known := waiting.first()) is not None:
        if known.sha256 == paper.sha256:
            return known
        raise NotAllowed(
            "Er is al een eigen model ingediend. Het bureau vergelijkt het."
        )
    row = SubmittedModel(
        organisation=organisation, model_version=model_version.strip(),
        starts_on=starts_on, file_name=paper.file_name, sha256=paper.sha256,
        content=paper.content, by=by,
    )  # fmt: skip
    row.full_clean()
    row.save()
    row.annexes.set(versions)
    history.record(row, "added", by, sha256=paper.sha256)
    announcing.model_came(row)
    return row


@transaction.atomic
def accept(
    row: SubmittedModel, *, answer_by: datetime.date, today: datetime.date, by: Person
) -> Offer:
    """It was compared: it becomes an offer with that document, for both to sign.

    Raises NotAllowed for who handed it in, and as drafting and making do.
    """
    row = _held(row, by)
    content = _content(row.organisation, row.model_version, row.starts_on)
    made = draft(content, today=today, by=by)
    keep_own_model(made, ContentFile(bytes(row.content), row.file_name), by=by)
    offered = making.offer(made, answer_by=answer_by, today=today, by=by)
    row.offer, row.decided_by = offered, by
    row.save(update_fields=["offer", "decided_by"])
    history.move(row, Status.ACCEPTED, by)
    return offered


@transaction.atomic
def turn_back(row: SubmittedModel, *, reason: str, by: Person) -> SubmittedModel:
    """It is not whole, or says something else: the organisation reads why."""
    row = _held(row, by)
    if not reason.strip():
        raise NotAllowed("Geef de reden; de organisatie leest haar.", field="reason")
    row.decided_by, row.reason = by, reason.strip()
    row.full_clean(exclude=["content"])
    row.save(update_fields=["decided_by", "reason"])
    history.move(row, Status.TURNED_BACK, by)
    announcing.model_was_turned_back(row)
    return row


def _content(
    organisation: Organisation, version: str, starts_on: datetime.date
) -> Content:
    return Content(
        kind=Kind.VERWERKERS,
        organisation=organisation,
        starts_on=starts_on,
        own_model_version=version.strip(),
    )


def _require_no_offer(organisation: Organisation) -> None:
    rows = Offer.objects.running().filter(kind=Kind.VERWERKERS)
    other = rows.filter(organisation=organisation, offered_at__isnull=False).first()
    if other is not None:
        raise NotAllowed(
            f"Er ligt al een verwerkersovereenkomst bij u: {other.reference}. Wijs die "
            "eerst af, met de reden dat u uw eigen model gebruikt."
        )


def _held(row: SubmittedModel, by: Person) -> SubmittedModel:
    require_maker(by)
    rows = SubmittedModel.objects.select_related("organisation", "by")
    row = rows.select_for_update(of=("self",)).get(pk=row.pk)
    if row.status != Status.WAITING:
        raise Stale("Over dit model is al besloten.")
    if row.by_id == by.pk:
        raise NotAllowed("U diende dit model zelf in. Een collega vergelijkt het.")
    return row
