"""Whether a file is an uitvoeringsopdracht as the bestuur gave it."""

from contracts.models import Uitvoeringsopdracht
from contracts.signing.verify import Known


def order_of(sha256: str) -> Known | None:
    """By its check sum. That it is one; not what was ordered, nor of whom."""
    if not Uitvoeringsopdracht.objects.filter(document_sha256=sha256).exists():
        return None
    return Known(
        what="een uitvoeringsopdracht", rows=(("Soort", "uitvoeringsopdracht"),)
    )
