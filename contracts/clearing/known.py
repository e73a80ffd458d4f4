"""Whether a file is a signed statement about data, for who holds one."""

from contracts.models import Clearing
from contracts.signing.verify import Known


def statement_of(sha256: str) -> Known | None:
    """By its check sum. That it is one, and how it was signed; not about whom."""
    rows = Clearing.objects.filter(sha256=sha256, proven_at__isnull=False)
    found = rows.only("how").first()
    if found is None:
        return None
    return Known(
        what="een verklaring over persoonsgegevens uit het portaal",
        rows=(
            ("Soort", "verklaring over persoonsgegevens na afloop"),
            ("Getekend", found.get_how_display()),
        ),
    )
