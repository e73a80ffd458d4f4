"""Does our seal in a file still hold? Asked of files that strangers send."""

from enum import Enum
from io import BytesIO

import structlog
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from contracts.signing.seal import FIELD

log = structlog.get_logger(__name__)


class Seal(Enum):
    """What of our seal is in a file."""

    WHOLE = "whole"
    BROKEN = "broken"
    NONE = "none"


def seal_in(content: bytes) -> Seal:
    """Whether a file carries a seal with our name, and whether it holds.

    Whose key made it is not asked: only a file that we know is genuine.
    """
    if FIELD.encode() not in content:
        return Seal.NONE
    try:
        reader = PdfFileReader(BytesIO(content))
        ours = [s for s in reader.embedded_regular_signatures if s.field_name == FIELD]
        if not ours:
            return Seal.BROKEN
        trusted = ValidationContext(trust_roots=[ours[0].signer_cert])
        status = validate_pdf_signature(ours[0], trusted, skip_diff=True)
    except Exception as error:  # a file that was changed may break its reader anyhow
        log.info("seal_not_readable", kind=type(error).__name__)
        return Seal.BROKEN
    covers_all = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    holds = status.intact and status.valid and covers_all
    return Seal.WHOLE if holds else Seal.BROKEN
