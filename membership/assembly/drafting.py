"""Prepare an ALV: its agenda, the text of what is asked, and the papers.

The bureau prepares; the bestuur convenes (membership.assembly.convening).
"""

import datetime
from collections.abc import Sequence

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max, Q

from membership import history
from membership.admission import evidence
from membership.assembly import origins
from membership.assembly.amounts import Amount
from membership.assembly.telling import tell
from membership.models import (
    Assembly,
    AssemblyPaper,
    Beslispunt,
    Body,
    Organisation,
    Person,
    Role,
    Stemming,
    Voorstel,
    VoorstelAmount,
)
from nvsi.errors import NotAllowed

PREPARES = (Role.Name.BUREAU, Role.Name.BESTUUR)
LAID = {evidence.PDF, evidence.DOCX, evidence.XLSX}
MOST_PAPERS = 60


def locked(assembly: Assembly, by: Person) -> Assembly:
    """As it is now, for who may prepare it."""
    if not by.has_role(*PREPARES):
        raise NotAllowed("Een ALV bereiden het bureau en het bestuur voor.")
    return Assembly.objects.select_for_update(of=("self",)).get(pk=assembly.pk)


def next_number(year: int) -> int:
    """Within the year in which it is held."""
    rows = Assembly.objects.filter(year=year)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def put_on_agenda(
    assembly: Assembly,
    *,
    position: int,
    title: str,
    kind: str,
    toelichting: str,
    beslispunten: list[str],
    by: Person,
    amounts: Sequence[Amount] = (),
    letter: str = "",
    body: Body | None = None,
    of_member: Organisation | None = None,
) -> Voorstel:
    """A voorstel with its numbered beslispunten, and its amounts in euros.

    Raises NotAllowed once it is convened: members can prepare for what stood in the
    convocation.
    """
    row = locked(assembly, by)
    _require_draft(row)
    if not beslispunten:
        raise NotAllowed("Vul minstens één beslispunt in.", field="beslispunten")
    voorstel = Voorstel(
        assembly=row,
        position=position,
        letter=letter,
        title=title,
        kind=kind,
        toelichting=toelichting,
        body=body,
        of_member=of_member,
    )
    voorstel.full_clean()
    voorstel.save()
    _write(voorstel, beslispunten, amounts)
    history.record(row, "voorstel added", by, label=voorstel.label, title=title)
    return voorstel


@transaction.atomic
def rewrite(
    voorstel: Voorstel,
    *,
    title: str,
    kind: str,
    toelichting: str,
    beslispunten: list[str],
    by: Person,
    amounts: Sequence[Amount] = (),
) -> Voorstel:
    """Other words, while the ALV is a draft."""
    _require_draft(locked(voorstel.assembly, by))
    if not beslispunten:
        raise NotAllowed("Vul minstens één beslispunt in.", field="beslispunten")
    for number, words in enumerate(beslispunten, 1):
        origins.require_words(voorstel, number, words, field="beslispunten")
    voorstel.title, voorstel.kind, voorstel.toelichting = title, kind, toelichting
    voorstel.full_clean()
    voorstel.save()
    voorstel.beslispunten.all().delete()
    voorstel.amounts.all().delete()
    _write(voorstel, beslispunten, amounts)
    history.record(voorstel, "changed", by)
    return voorstel


@transaction.atomic
def take_off_agenda(
    voorstel: Voorstel, *, reason: str, now: datetime.datetime, by: Person
) -> Voorstel:
    """Withdraw it, or hold it over to a later ALV; after the convocation the members
    are told why. Raises NotAllowed once a beslispunt of it was decided."""
    assembly = locked(voorstel.assembly, by)
    row = Voorstel.objects.select_for_update(of=("self",)).get(pk=voorstel.pk)
    if assembly.is_held or assembly.is_cancelled:
        raise NotAllowed(f"{assembly} is {assembly.get_status_display()}.")
    if row.is_withdrawn:
        raise NotAllowed(f"Het voorstel {row} is al ingetrokken.")
    if not reason.strip():
        raise NotAllowed("Geef de reden; de leden lezen die.", field="reason")
    require_no_vote(row)
    if row.beslispunten.exclude(outcome="").exists():
        raise NotAllowed("Over een punt van dit voorstel is al besloten.")
    row.withdrawn_at, row.reason = now, reason
    row.save(update_fields=["withdrawn_at", "reason"])
    history.record(row, "withdrawn", by, reason=reason)
    if assembly.is_convened:
        what = f"Voorstel {row} is van de agenda. {reason}"
        tell("assembly_changed", f"withdrawn|{row.pk}", assembly, what=what)
    origins.left_the_agenda(row, reason, by)
    return row


@transaction.atomic
def lay_on_table(
    assembly: Assembly,
    file: "File[bytes]",
    *,
    title: str,
    voorstel: Voorstel | None,
    by: Person,
) -> AssemblyPaper:
    """Add a vergaderstuk; after the convocation the members are told (a nazending).
    Raises NotAllowed for what is no PDF, DOCX or XLSX, and after the ALV."""
    row = locked(assembly, by)
    if row.is_held or row.is_cancelled:
        raise NotAllowed(f"{row} is {row.get_status_display()}.")
    if row.papers.count() >= MOST_PAPERS:
        raise NotAllowed(f"Een ALV heeft ten hoogste {MOST_PAPERS} stukken.")
    checked = evidence.check(file, LAID)
    if row.papers.filter(sha256=checked.sha256).exists():
        raise NotAllowed("Dit stuk ligt er al.", field="papers")
    kind = AssemblyPaper.Kind.VERGADERSTUK
    paper = keep(row, checked, kind=kind, title=title, voorstel=voorstel, by=by)
    if row.is_convened:
        what = f"Er is een stuk bij gekomen: {title}."
        tell("assembly_changed", f"paper|{paper.pk}", row, what=what)
    return paper


def keep(
    assembly: Assembly,
    checked: evidence.Checked,
    *,
    kind: str,
    title: str,
    by: Person,
    voorstel: Voorstel | None = None,
) -> AssemblyPaper:
    """Keep a file of an ALV that was checked, or that we made; it stays as it is."""
    paper = AssemblyPaper.objects.create(
        assembly=assembly,
        voorstel=voorstel,
        kind=kind,
        title=title,
        file_name=checked.file_name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        content=checked.content,
        by=by,
    )
    history.record(assembly, "paper added", by, title=title, sha256=checked.sha256)
    return paper


def _write(voorstel: Voorstel, texts: list[str], amounts: Sequence[Amount]) -> None:
    points = [
        Beslispunt(voorstel=voorstel, number=number, text=words)
        for number, words in enumerate(texts, 1)
    ]
    rows = [
        VoorstelAmount(
            voorstel=voorstel,
            position=position,
            group=one.group,
            name=one.name,
            euros=one.euros,
        )
        for position, one in enumerate(amounts, 1)
    ]
    for made in (*points, *rows):
        made.full_clean()
        made.save()


def is_voted_on(voorstel: Voorstel) -> bool:
    """Whether members vote on it now, or on an amendement to it."""
    about = Q(beslispunt__voorstel=voorstel)
    about |= Q(amendement__beslispunt__voorstel=voorstel)
    return Stemming.objects.filter(about, status__in=["open", "counted"]).exists()


def require_no_vote(voorstel: Voorstel) -> None:
    """Nothing of a voorstel changes while members vote on it: the database refuses
    that too."""
    if is_voted_on(voorstel):
        raise NotAllowed(
            f"Over voorstel {voorstel.label} is een stemming open. Sluit die eerst, of "
            "verklaar haar ongeldig."
        )


def _require_draft(assembly: Assembly) -> None:
    if not assembly.is_draft:
        raise NotAllowed(
            f"{assembly} is {assembly.get_status_display()}. De agenda staat vast. "
            "Trek een voorstel in, of zet het op de agenda van een volgende ALV."
        )
