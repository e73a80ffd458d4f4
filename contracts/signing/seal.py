"""Seal a PDF: a PAdES signature of the NVSI, over every byte of it.

As strong as the settings allow. With a service for time stamps the moment is proven
(B-T), and with the certificates of its issuers the file also carries what is needed to
check it in ten years (B-LT). Source: ETSI EN 319 142-1, eIDAS art. 36.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import structlog
from asn1crypto import pem  # type: ignore[import-untyped]  # has no types
from asn1crypto import x509 as parsed
from django.conf import settings
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

from contracts.signing.certificate import SealError, is_test, opened
from nvsi.paper.marks import ends_clearly

log = structlog.get_logger(__name__)

# The name of the field that holds it, by which a copy is known as ours.
FIELD = "NVSIzegel"
TSA_SECONDS = 10
TRIES = 9


# What is needed to check it later goes under the seal too.
_IN_ONE_PIECE = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
)


class Writer(IncrementalPdfFileWriter):
    """Leaves the metadata as they are: pyHanko writes them in a shorter form, which is
    no PDF/A any more. A stream that would not end clearly, such as a certificate of
    somebody else, is written in hexadecimals."""

    def _update_meta(self) -> None:
        pass

    def add_object(self, obj: Any, *rest: Any, **more: Any) -> Any:
        if isinstance(obj, StreamObject) and obj.encoded_data.endswith(b"\r"):
            obj.apply_filter("/ASCIIHexDecode")
        return super().add_object(obj, *rest, **more)


@dataclass(frozen=True)
class Sealed:
    """A sealed PDF. level is what ETSI calls it; certificate the SHA-256 of ours."""

    content: bytes
    level: str
    certificate: str
    is_test: bool


def seal(pdf: bytes, *, reason: str) -> Sealed:
    """Seal a PDF that is not sealed yet; nothing may be changed in it afterwards.

    Raises SealError when there is no key, or when the service for time stamps is away.
    """
    with opened() as signer:
        content, level = _signed(pdf, reason, signer, _timestamper())
        certificate = signer.signing_cert
        assert certificate is not None
        return Sealed(content, level, certificate.sha256.hex(), is_test(certificate))


def _signed(
    pdf: bytes, reason: str, signer: Signer, clock: TimeStamper | None
) -> tuple[bytes, str]:
    """With what makes it last, and without when that cannot be fetched now."""
    if clock and (context := _context()):
        try:
            return _sign(pdf, reason, signer, clock, context), "B-LT"
        except (PathBuildingError, ValidationError, SigningError) as error:
            log.warning("seal_without_validation_info", kind=type(error).__name__)
    return _sign(pdf, reason, signer, clock, None), "B-T" if clock else "B-B"


def _sign(
    pdf: bytes,
    reason: str,
    signer: Signer,
    clock: TimeStamper | None,
    context: ValidationContext | None,
) -> bytes:
    about = PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reason,
        location=settings.NVSI_TOWN,
        embed_validation_info=context is not None,
        validation_context=context,
        dss_settings=_IN_ONE_PIECE,
    )
    # Without a picture, and outside the page: PDF/A and PDF/UA both take that.
    field = fields.SigFieldSpec(
        FIELD, invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True)
    )
    press = PdfSigner(about, signer, timestamper=clock, new_field_spec=field)
    for spare in range(TRIES):
        content = sign_once(press, pdf, spare)
        if ends_clearly(content):  # else a checker would say that a length is wrong
            return content
    raise SealError("Het zegel past niet in dit document.")


def sign_once(press: PdfSigner, pdf: bytes, spare: int) -> bytes:
    """The table of the places of all objects is packed last: `spare` empty objects give
    it other bytes."""
    writer = Writer(BytesIO(pdf))
    for _ in range(spare):
        writer.add_object(DictionaryObject())  # type: ignore[no-untyped-call]
    try:
        made: Any = press.sign_pdf(writer)
    except TimestampRequestError as error:
        raise SealError(
            "De dienst voor tijdstempels geeft geen antwoord. Het portaal probeert "
            "het vanzelf opnieuw."
        ) from error
    except PdfError as error:
        raise SealError("Dit document kan niet worden verzegeld.") from error
    return bytes(made.getvalue())


def _timestamper() -> TimeStamper | None:
    url = settings.SEAL.tsa
    return HTTPTimeStamper(url, timeout=TSA_SECONDS) if url else None


def _context() -> ValidationContext | None:
    """Whom to believe, and that revocations may be fetched; None without a chain."""
    path = settings.SEAL.chain
    if not path:
        return None
    try:
        with open(path, "rb") as file:
            found = [parsed.Certificate.load(der) for _, _, der in _pem(file.read())]
    except (OSError, ValueError) as error:
        raise SealError("NVSI_SEAL_CHAIN is geen leesbaar PEM-bestand.") from error
    roots = [one for one in found if one.self_issued]
    return ValidationContext(trust_roots=roots, other_certs=found, allow_fetching=True)


def _pem(content: bytes) -> Any:
    return pem.unarmor(content, multiple=True)
