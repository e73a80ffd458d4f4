"""What of an ALV waits for the bureau or the bestuur."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from membership.admin.assembly_verbs import (
    ANSWER,
    BESTUUR,
    BUREAU,
    CLOSE,
    CONVENE,
    TAKE_OVER,
    term_told,
)
from membership.admin.notulen_verbs import TELL, WRITE
from membership.admin.verbs import page_of, verb_url
from membership.assembly.terms import clocks
from membership.models import (
    Amendement,
    Assembly,
    AssemblyDemand,
    MemberVoorstel,
    Notulen,
    Person,
)
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import day
from nvsi.errors import NotAllowed


def assemblies_to_work_on(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """To convene, to close, and of which the notulen are to be written."""
    if not person.has_role(*BUREAU):
        return
    now = timezone.now()
    for one in Assembly.objects.filter(status=Assembly.Status.DRAFT):
        may = person.has_role(*BESTUUR)
        url = verb_url(one, CONVENE) if may else page_of(one)
        about = f"{one}: {_term(one)}"
        act = CONVENE.label if may else "Bekijken"
        yield Waiting(on_day(one.changed_at), "ALV in voorbereiding", about, act, url)
    over = Assembly.objects.filter(status=Assembly.Status.CONVENED, ends_at__lt=now)
    for one in over:
        since, url = on_day(one.ends_at), verb_url(one, CLOSE)
        yield Waiting(since, "ALV gehouden", str(one), "Sluiten", url)
    held = Assembly.objects.filter(status=Assembly.Status.HELD, notulen=None)
    for one in held.filter(closed_at__isnull=False):
        since, url = on_day(one.closed_at or now), verb_url(one, WRITE)
        yield Waiting(since, "Notulen te schrijven", str(one), WRITE.label, url)
    written = Notulen.objects.filter(status=Notulen.Status.WRITTEN)
    for notulen in written.select_related("assembly"):
        since = on_day(notulen.assembly.closed_at or now)
        about, url = str(notulen.assembly), verb_url(notulen, TELL)
        yield Waiting(since, "Notulen in bewerking", about, TELL.label, url)


def demands_to_answer(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Members demand an ALV: until when it must be held, and when they may act."""
    if not person.has_role(*BUREAU):
        return
    for one in AssemblyDemand.objects.open().order_by("received_on"):
        by = clocks(one.received_on)
        about = (
            f"{one.subject}: ALV uiterlijk {day(by.hold_by)}; vanaf "
            f"{day(by.themselves_from)} mogen de leden zelf oproepen"
        )
        url = verb_url(one, ANSWER)
        yield Waiting(one.received_on, "Verzoek om een ALV", about, "Beantwoorden", url)


def amendementen_to_judge(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """On a voorstel of the bestuur or a body: take it over, or let the ALV vote."""
    if not person.has_role(*BESTUUR):
        return
    rows = Amendement.objects.open().filter(
        beslispunt__voorstel__of_member=None,
        beslispunt__voorstel__assembly__status=Assembly.Status.CONVENED,
    )
    for one in rows.select_related("beslispunt__voorstel", "organisation"):
        about, url = f"{one}, van {one.organisation}", verb_url(one, TAKE_OVER)
        yield Waiting(on_day(one.at), "Amendement", about, TAKE_OVER.label, url)


def voorstellen_to_answer(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Of members, for an ALV that is being prepared."""
    if not person.has_role(*BESTUUR):
        return
    rows = MemberVoorstel.objects.waiting().select_related("assembly", "organisation")
    for one in rows.order_by("at"):
        about = f"{one}, van {one.organisation}, voor {one.assembly}"
        yield Waiting(
            on_day(one.at), "Voorstel van een lid", about, "Beoordelen", page_of(one)
        )


def _term(assembly: Assembly) -> str:
    try:
        return term_told(assembly)
    except NotAllowed as refusal:
        return str(refusal)


PROVIDERS = (
    assemblies_to_work_on,
    demands_to_answer,
    voorstellen_to_answer,
    amendementen_to_judge,
)
