"""The key with which the NVSI seals a document: of a file, of a token, or a test.

A PKCS#12 file or a PKCS#11 token is named by the settings. Without either a local run
makes a certificate of its own once, that says in its name that it is a test. Production
never seals with one that says so.
"""

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asn1crypto import x509 as parsed  # type: ignore[import-untyped]  # has no types
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from pkcs11 import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer, SimpleSigner

TEST = "TEST, niet rechtsgeldig"
TEST_FILE = "zegel-test.p12"
TEST_DAYS = 3650
BITS = 3072  # what the NCSC calls good until 2030


class SealError(RuntimeError):
    """A document cannot be sealed now; the sentence says what to arrange."""


@contextmanager
def opened() -> Iterator[Signer]:
    """The key and its certificate, for as long as the block runs.

    Raises SealError when there is none, it cannot be read, or is not for this mode.
    """
    seal = settings.SEAL
    if seal.module:
        with _token() as signer:
            yield _checked(signer)
    elif seal.file or settings.LOCAL:
        path = Path(seal.file) if seal.file else _test_file()
        yield _checked(_of_file(path, seal.password if seal.file else ""))
    else:
        raise SealError(
            "Er is geen certificaat om mee te verzegelen. Stel NVSI_SEAL in, of "
            "NVSI_SEAL_PKCS11."
        )


def is_test(certificate: parsed.Certificate) -> bool:
    """Whether a certificate says of itself that it proves nothing."""
    return TEST in certificate.subject.human_friendly


def _checked(signer: Signer) -> Signer:
    certificate = signer.signing_cert
    if certificate is None:
        raise SealError("Bij de sleutel van het zegel hoort geen certificaat.")
    if is_test(certificate) and not settings.LOCAL:
        raise SealError("In productie verzegelt het portaal niet met een test.")
    if certificate.public_key.algorithm != "rsa":
        # ECDSA makes it a PDF 2.0, and PDF/A-3 is PDF 1.7.
        raise SealError("Het zegel vraagt een RSA-sleutel.")
    return signer


def _of_file(path: Path, password: str) -> Signer:
    try:
        content = path.read_bytes()
        passphrase = password.encode() if password else None
        signer = SimpleSigner.load_pkcs12_data(content, [], passphrase)
    except (OSError, ValueError) as error:
        raise SealError(
            "Het bestand met de sleutel van het zegel kan niet worden gelezen. "
            "Controleer NVSI_SEAL en NVSI_SEAL_PASSWORD."
        ) from error
    assert isinstance(signer, Signer)
    return signer


@contextmanager
def _token() -> Iterator[Signer]:
    """A token may refuse at any moment: when it is opened, read, or signs."""
    seal = settings.SEAL
    try:
        with open_pkcs11_session(
            seal.module,
            token_criteria=TokenCriteria(label=seal.token) if seal.token else None,
            user_pin=seal.pin or None,
        ) as session:
            yield PKCS11Signer(session, cert_label=seal.label, other_certs_to_pull=None)
    except PKCS11Error as error:
        raise SealError(
            "De sleutel van het zegel is niet te bereiken. Controleer "
            "NVSI_SEAL_PKCS11, NVSI_SEAL_TOKEN, NVSI_SEAL_PIN en NVSI_SEAL_LABEL."
        ) from error


def _test_file() -> Path:
    """Made once per checkout; who comes second takes what the first made."""
    path: Path = settings.VAR_DIR / TEST_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(make_test_file())
        fresh.replace(path)
    return path


def make_test_file(unit: str = TEST) -> bytes:
    """A key with a certificate that it signed itself, as an open PKCS#12 file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "NVSI"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
            x509.NameAttribute(NameOID.COMMON_NAME, "Zegel van het portaal (test)"),
        ]
    )
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=TEST_DAYS))
        .add_extension(_USAGE, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"zegel", key, certificate, None, NoEncryption()
    )


_USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
