"""The seal: PAdES over every byte, in a PDF that stays PDF/A and accessible."""

import datetime
import io
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import page
import pikepdf
import pytest
from asn1crypto import keys, pem, tsp  # type: ignore[import-untyped]  # has no types
from asn1crypto import x509 as parsed
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pytest_django import Settings

from contracts.checks import check_seal
from contracts.signing import certificate
from contracts.signing.certificate import SealError, make_test_file, opened
from contracts.signing.holding import Seal, seal_in
from contracts.signing.seal import FIELD, Sealed, seal, sign_once
from nvsi.environment import Seal as Keys
from nvsi.paper import Enclosure, print_pdf

BODY = "<h1>Overeenkomst</h1><table><tr><th>a<td>b</table><p>Getekend.</p>"
HTML = f'<!doctype html><html lang="nl"><head><title>Proef</title></head><body>{BODY}'
PDF = print_pdf(
    f"{HTML}</body></html>",
    dated=datetime.date(2026, 11, 1),
    enclosures=[Enclosure("gelezen.json", b"{}", "Wat is gelezen")],
)
NOTHING = Keys("", "", "", "", "", "", "", "")


@pytest.fixture(scope="module")
def sealed() -> Sealed:
    return seal(PDF, reason="Overeenkomst OVK-2026-0001")


def signature_in(content: bytes) -> EmbeddedPdfSignature:
    reader = PdfFileReader(io.BytesIO(content))
    [found] = list[EmbeddedPdfSignature](reader.embedded_regular_signatures)
    return found


def judged(content: bytes) -> PdfSignatureStatus:
    """What pyHanko says of the one signature, with its own certificate as root."""
    found = signature_in(content)
    trusted = ValidationContext(trust_roots=[found.signer_cert])
    return validate_pdf_signature(found, trusted)


def test_a_sealed_paper_holds_to_the_last_byte(sealed: Sealed) -> None:
    status = judged(sealed.content)
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    found = signature_in(sealed.content)
    assert found.field_name == FIELD
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.sig_object["/Reason"] == "Overeenkomst OVK-2026-0001"
    assert found.docmdp_level == MDPPerm.NO_CHANGES
    assert (sealed.level, sealed.is_test) == ("B-B", True)
    assert sealed.certificate == found.signer_cert.sha256.hex()


def test_a_sealed_paper_stays_archivable_and_accessible(sealed: Sealed) -> None:
    for profile in ("3a", "ua1"):
        report = page.validate_pdf_bytes(sealed.content, profile=profile)
        assert [failure.message for failure in report.failures] == []
        assert report.is_compliant


def test_a_sealed_paper_keeps_its_marks_tags_and_attachment(sealed: Sealed) -> None:
    with pikepdf.open(io.BytesIO(sealed.content)) as opened_pdf:
        metadata = opened_pdf.open_metadata()
        marks = [metadata[f"pdfaid:{name}"] for name in ("part", "conformance")]
        assert marks == ["3", "A"]
        assert opened_pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in opened_pdf.Root
        attached = opened_pdf.attachments["gelezen.json"].get_file().read_bytes()
    assert attached == b"{}"


def test_only_spare_objects_give_a_seal_another_table_of_places() -> None:
    """It can end like half a line end too, and signing again would not mend that."""

    def table(spare: int) -> bytes:
        about = PdfSignatureMetadata(field_name=FIELD, reason="Proef")
        with opened() as signer:
            press = PdfSigner(about, signer, new_field_spec=SigFieldSpec(FIELD))
            last_object = sign_once(press, PDF, spare).rpartition(b" obj\n")[2]
        return last_object.partition(b"stream\n")[2].partition(b"endstream")[0]

    assert table(0)
    assert table(0) == table(0)
    assert table(0) != table(1)


def test_one_changed_byte_is_found_wherever_it_is(sealed: Sealed) -> None:
    content = sealed.content
    first, to_seal, after_seal, _ = signature_in(content).byte_range
    step = len(content) // 50
    places = [at for at in range(first, len(content), step)
              if not to_seal <= at < after_seal]  # fmt: skip
    assert len(places) > 30
    for at in places:
        changed = bytearray(content)
        changed[at] ^= 1
        assert seal_in(bytes(changed)) in (Seal.BROKEN, Seal.NONE), at


def test_what_is_added_behind_the_seal_is_found(sealed: Sealed) -> None:
    assert seal_in(sealed.content) is Seal.WHOLE
    assert seal_in(sealed.content + b"\n%added") is Seal.BROKEN
    assert seal_in(PDF) is Seal.NONE


@pytest.fixture(scope="module")
def key_file() -> bytes:
    return make_test_file()


def with_password(key_file: bytes, password: bytes) -> bytes:
    key, cert, _ = pkcs12.load_key_and_certificates(key_file, None)
    assert isinstance(key, rsa.RSAPrivateKey)
    sealed_by = BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(b"zegel", key, cert, None, sealed_by)


def test_the_key_comes_from_the_file_of_the_settings(
    settings: Settings, tmp_path: Path, key_file: bytes
) -> None:
    path = tmp_path / "zegel.p12"
    path.write_bytes(with_password(key_file, b"geheim"))
    settings.SEAL = replace(NOTHING, file=str(path), password="geheim")
    assert judged(seal(PDF, reason="Proef").content).bottom_line
    settings.SEAL = replace(NOTHING, file=str(path), password="fout")
    with pytest.raises(SealError, match="NVSI_SEAL_PASSWORD"):
        seal(PDF, reason="Proef")


def test_the_test_certificate_is_made_once(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "var"
    first, again = (seal(PDF, reason="Proef").certificate for _ in range(2))
    assert first == again
    assert (tmp_path / "var" / certificate.TEST_FILE).stat().st_mode & 0o077 == 0


def test_production_never_seals_with_a_test(
    settings: Settings, tmp_path: Path, key_file: bytes
) -> None:
    settings.LOCAL = False
    settings.SEAL = NOTHING
    with pytest.raises(SealError, match="NVSI_SEAL in"), opened():
        pass
    path = tmp_path / "test.p12"
    path.write_bytes(key_file)
    settings.SEAL = replace(NOTHING, file=str(path))
    with pytest.raises(SealError, match="niet met een test"), opened():
        pass


def test_a_token_that_is_away_is_said(settings: Settings) -> None:
    settings.SEAL = replace(NOTHING, module="/nowhere/token.so", label="zegel")
    with pytest.raises(SealError, match="NVSI_SEAL_PKCS11"), opened():
        pass


def test_a_check_before_production_says_what_is_missing(
    settings: Settings, tmp_path: Path
) -> None:
    assert [told.id for told in check_seal()] == ["contracts.W001"]
    settings.LOCAL = False
    assert [told.id for told in check_seal()] == ["contracts.E001"]
    path = tmp_path / "zegel.p12"
    path.write_bytes(make_test_file("geen test"))
    settings.SEAL = replace(NOTHING, file=str(path), tsa="https://tijd.example")
    assert check_seal() == []


class Clock(BaseHTTPRequestHandler):
    """A service for time stamps (RFC 3161), with a key of its own."""

    stamper: DummyTimeStamper

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        request = tsp.TimeStampReq.load(asked)
        answer = self.stamper.request_tsa_response(request).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Not on the screen of who runs the tests."""


def key_of_the_clock() -> tuple[parsed.Certificate, keys.PrivateKeyInfo]:
    """A certificate that is for time stamps alone, signed by itself.

    Its last byte looks like half a line end, as that of one in 256 does.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = certificate_of_the_clock(key)
    while not made.endswith(b"\r"):
        made = certificate_of_the_clock(key)
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return parsed.Certificate.load(made), keys.PrivateKeyInfo.load(der)


def certificate_of_the_clock(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Klok")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER)


@pytest.fixture
def clock() -> Iterator[tuple[str, parsed.Certificate]]:
    """Where it answers, and its certificate."""
    cert, key = key_of_the_clock()
    Clock.stamper = DummyTimeStamper(cert, key)
    server = HTTPServer(("127.0.0.1", 0), Clock)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", cert
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_time_stamp_proves_the_moment(
    settings: Settings, clock: tuple[str, parsed.Certificate]
) -> None:
    url, cert = clock
    settings.SEAL = replace(NOTHING, tsa=url)
    done = seal(PDF, reason="Proef")
    assert done.level == "B-T"
    found = signature_in(done.content)
    trusted = ValidationContext(trust_roots=[found.signer_cert, cert])
    status = validate_pdf_signature(found, trusted)
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.intact
    assert status.bottom_line


def test_with_the_issuers_it_can_be_checked_for_long(
    settings: Settings, clock: tuple[str, parsed.Certificate], tmp_path: Path
) -> None:
    url, cert = clock
    with opened() as signer:
        own = signer.signing_cert
    assert own is not None
    chain = tmp_path / "chain.pem"
    chain.write_bytes(b"".join(pem.armor("CERTIFICATE", c.dump()) for c in (own, cert)))
    settings.SEAL = replace(NOTHING, tsa=url, chain=str(chain))
    done = seal(PDF, reason="Proef")
    assert done.level == "B-LT"
    assert "/DSS" in PdfFileReader(io.BytesIO(done.content)).root
    assert seal_in(done.content) is Seal.WHOLE
    for profile in ("3a", "ua1"):
        assert page.validate_pdf_bytes(done.content, profile=profile).is_compliant


def test_without_an_answer_of_the_clock_nothing_is_sealed(
    settings: Settings,
) -> None:
    settings.SEAL = replace(NOTHING, tsa="http://127.0.0.1:9/")
    with pytest.raises(SealError, match="tijdstempels"):
        seal(PDF, reason="Proef")
