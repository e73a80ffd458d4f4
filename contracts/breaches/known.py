"""Whether a file is a letter about a datalek as it was sent, for who holds one."""

from contracts.models import BreachEntry
from contracts.signing.verify import Known


def breach_letter_of(sha256: str) -> Known | None:
    """By its check sum. That it is one; not which datalek, nor to whom."""
    if not BreachEntry.objects.filter(sha256=sha256).exists():
        return None
    return Known(
        what="een brief over een datalek", rows=(("Soort", "brief over een datalek"),)
    )
