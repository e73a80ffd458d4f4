"""Which evidence file a file is, for who wants to know whether it is genuine."""

from django.db.models import Q

from contracts.models import InbestedingEvidence
from contracts.signing.verify import Known
from nvsi.dutch import day


def evidence_of(sha256: str) -> Known | None:
    """By the check sum of its PDF or its ZIP. One query."""
    sums = Q(pdf_sha256=sha256) | Q(zip_sha256=sha256)
    rows = InbestedingEvidence.objects.light().filter(sums)
    found = rows.select_related("organisation", "instrument").first()
    if found is None:
        return None
    return Known(
        what="een bewijsdossier van inbesteding",
        rows=(
            ("Soort", "bewijsdossier van inbesteding"),
            ("Nummer", found.number),
            ("Oplossing", f"{found.instrument}"),
            ("Voor", found.organisation.formal_name),
            ("Gunning op", day(found.awarded_on)),
        ),
    )
