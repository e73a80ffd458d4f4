"""What the road of the money asks, and of whom; see membership.deadlines.asked."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from billing.models import Question, RunStatus, SettlementRun, Upload
from billing.statements.expected import expected
from billing.uploading.words import moment
from contracts.models import Gebruiksovereenkomst
from instruments.models import Uitvoerder
from membership.deadlines.asked import (
    BUREAU,
    WHO_DECIDES,
    Among,
    Deadline,
    Kind,
    by_mail,
)
from membership.models import Organisation, Role
from nvsi.dutch import listing

DELIVERER = (Role.Name.UITVOERDER.value,)
APPROVERS = (Role.Name.PENNINGMEESTER.value, Role.Name.BESTUUR.value)
# Who may tell to which account is paid; who keeps the money there is a role too.
WHO_HAS_THE_ACCOUNT = (*WHO_DECIDES, "financieel")
_UNFINISHED = {
    Upload.Status.READY: "Bevestig uw aanlevering {}",
    Upload.Status.REFUSED: "Herstel uw aanlevering {}",
    Upload.Status.FAILED: "Probeer {} opnieuw",
}


def accounts(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Of who will be paid and has no account yet; before the next settlement."""
    running = Gebruiksovereenkomst.objects.active_on(today)
    holders = Organisation.objects.filter(
        iban="", pk__in=running.values("organisation")
    )
    before = expected(today).on
    for holder in among.of(holders, "pk"):
        yield Deadline(
            key=f"iban|{holder.pk}|{before}",
            kind=Kind.IBAN,
            what="Mail ons het rekeningnummer waarop u de uitkering wilt ontvangen",
            url=by_mail("Rekeningnummer", holder),
            since=expected(today).since,
            who=str(holder),
            about=holder,
            roles=WHO_HAS_THE_ACCOUNT,
            organisations=[holder],
            by=_day_before(before),
        )


def deliveries(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """The hours of the half-year that is settled next, of who carries it out today."""
    coming = expected(today)
    terms = Uitvoerder.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today
    )
    names: dict[Organisation, list[str]] = defaultdict(list)
    for term in among.of(terms).select_related("organisation", "instrument"):
        names[term.organisation].append(term.instrument.name)
    for uitvoerder, instruments in names.items():
        yield Deadline(
            key=f"delivery|{uitvoerder.pk}|{coming.on}",
            kind=Kind.DELIVERY,
            what=f"Lever de urenregels van {listing(instruments)} aan over de "
            f"{coming.period}",
            url=reverse("upload-new"),
            since=coming.since,
            who=str(uitvoerder),
            about=uitvoerder,
            roles=DELIVERER,
            organisations=[uitvoerder],
            by=_day_before(coming.on),
        )


def uploads(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """What was delivered half-way: to confirm, to mend or to try again."""
    rows = among.of(Upload.objects.light().unfinished(), "source")
    for upload in rows.select_related("source"):
        yield Deadline(
            key=f"upload|{upload.pk}|{upload.status}",
            kind=Kind.UPLOAD,
            what=_UNFINISHED[Upload.Status(upload.status)].format(upload.file_name),
            url=reverse("upload-detail", args=[upload.pk]),
            since=timezone.localdate(upload.received_at),
            who=str(upload.source),
            about=upload,
            roles=DELIVERER,
            organisations=[upload.source],
            when=f"van {moment(upload.received_at)}",
        )


def questions(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """What was asked of the bureau and waits for an answer."""
    if among.organisations is not None:
        return
    rows = Question.objects.open().select_related("settlement__organisation")
    for question in rows.longest_first():
        settlement = question.settlement
        yield Deadline(
            key=f"question|{question.pk}",
            kind=Kind.QUESTION,
            what=f"Beantwoord de vraag van {settlement.organisation} over {settlement}",
            url=reverse("admin:billing_question_change", args=[question.pk]),
            since=timezone.localdate(question.last_at),
            who="het bureau",
            about=question,
            roles=(*BUREAU, Role.Name.PENNINGMEESTER.value),
            organisations=[settlement.organisation],
        )


def approvals(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """Settlements that were prepared after their half-year and wait for approval."""
    if among.organisations is not None:
        return
    drafts = SettlementRun.objects.filter(status=RunStatus.DRAFT, forced=False)
    for run in drafts.select_related("period__instrument"):
        yield Deadline(
            key=f"approval|{run.pk}",
            kind=Kind.APPROVAL,
            what=f"Stel de afrekeningen vast: {run}",
            url=reverse("admin:billing_settlementrun_change", args=[run.pk]),
            since=timezone.localdate(run.prepared_at),
            who="penningmeester of bestuur",
            about=run,
            roles=APPROVERS,
        )


def _day_before(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=1)


PROVIDERS = (accounts, deliveries, uploads, questions, approvals)
