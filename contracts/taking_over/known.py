"""Whether a file is a letter about a takeover as it was made, for who holds one."""

from contracts.models import TakeoverLetter
from contracts.signing.verify import Known


def takeover_letter_of(sha256: str) -> Known | None:
    """By the check sum of its PDF. That it is one, and not to whom."""
    if not TakeoverLetter.objects.filter(sha256=sha256).exists():
        return None
    what = "brief over de overname van een overeenkomst"
    return Known(what=f"een {what}", rows=(("Soort", what),))
