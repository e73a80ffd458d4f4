"""Freeze the evidence for one award, and pack it with its papers.

The ZIP is made from what never changes, without packing: the same bytes each time, by
which its check sum is kept.
"""

import datetime
import hashlib
import zipfile
from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from contracts.inbesteding.content import as_json, content_of, fingerprint_of
from contracts.inbesteding.gathering import as_belonging, assess, award_for
from contracts.inbesteding.paper import paper_of
from contracts.inbesteding.words import reasons
from contracts.models import InbestedingEvidence, KeptPaper
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_html
from nvsi.dutch import day
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time
from nvsi.paper import Enclosure, print_pdf

# Art. 2.24b is in force since then.
SINCE = datetime.date(2016, 7, 1)
_ZIP_DAY = (2000, 1, 1, 0, 0, 0)


@transaction.atomic
def freeze(
    organisation: Organisation,
    instrument: Instrument,
    *,
    awarded_on: datetime.date,
    by: Person,
) -> InbestedingEvidence:
    """The evidence as it can be given now; what rests on the same is made once.

    Raises NotAllowed with the reasons for who may not rely on it, and for a day of
    which nothing can be said.
    """
    today = timezone.localdate()
    require_day(awarded_on, today)
    found = assess(instrument, awarded_on)
    member = as_belonging(organisation, found.everyone)
    if not found.may_rely(member):
        raise NotAllowed(" ".join(reasons(found, member, instrument.name)))
    one_at_a_time("inbesteding number")
    sequence = _next(today.year)
    row = InbestedingEvidence(
        number_year=today.year,
        number_sequence=sequence,
        instrument=instrument,
        organisation=organisation,
        awarded_on=awarded_on,
        by=by,
    )
    row.content = content_of(
        found,
        member,
        instrument,
        award=award_for(instrument, awarded_on),
        number=row.number,
        made_on=today,
    )
    row.fingerprint = fingerprint_of(row.content)
    if known := _same(row):
        return known
    row.pdf = pdf_of(row.content)
    row.pdf_sha256 = hashlib.sha256(row.pdf).hexdigest()
    row.zip_sha256 = hashlib.sha256(zip_of(row)).hexdigest()
    row.save()
    history.record(row, "frozen", by, on=awarded_on.isoformat(), sha256=row.pdf_sha256)
    return row


def require_day(awarded_on: datetime.date, today: datetime.date) -> None:
    """Raises NotAllowed for a day before the law, or after this year."""
    if awarded_on < SINCE:
        raise NotAllowed(
            f"De regels voor inbesteding gelden vanaf {day(SINCE)}.", field="datum"
        )
    if awarded_on.year > today.year:
        raise NotAllowed(
            f"Voor een gunning na {today.year} is het jaar {today.year} nodig, en dat "
            "is nog niet voorbij.",
            field="datum",
        )


def _next(year: int) -> int:
    rows = InbestedingEvidence.objects.filter(number_year=year)
    return (rows.aggregate(last=Max("number_sequence"))["last"] or 0) + 1


def _same(row: InbestedingEvidence) -> InbestedingEvidence | None:
    return InbestedingEvidence.objects.filter(
        organisation=row.organisation,
        instrument=row.instrument,
        awarded_on=row.awarded_on,
        fingerprint=row.fingerprint,
    ).first()


def pdf_of(content: dict[str, Any]) -> bytes:
    """PDF/A-3a with the same data as JSON in it."""
    paper = paper_of(content, the_issuer())
    data = Enclosure(
        f"{content['number']}.json", as_json(content), "Dezelfde gegevens als JSON"
    )
    return print_pdf(as_html(paper), dated=paper.dated, enclosures=[data])


def zip_of(row: InbestedingEvidence) -> bytes:
    """The PDF, its data, the papers, and the check sum of each."""
    files = {
        f"{row.number}.pdf": bytes(row.pdf),
        f"{row.number}.json": as_json(row.content),
    }
    papers = KeptPaper.objects.filter(pk__in=row.content["papers"]).order_by("pk")
    for at, paper in enumerate(papers, start=1):
        files[f"stukken/{at:02} {paper.file_name}"] = bytes(paper.content)
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()
    )
    files["controlegetallen.txt"] = sums.encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), data)
    return packed.getvalue()
