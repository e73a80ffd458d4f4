"""The seal with a key on a token (PKCS#11): SoftHSM, a token that is a folder."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pkcs11
import pytest
from asn1crypto import x509 as parsed  # type: ignore[import-untyped]  # has no types
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate
from pytest_django import Settings

from contracts.signing.certificate import SealError, make_test_file, opened
from contracts.signing.seal import seal
from nvsi.environment import Seal as Keys
from tests.contracts.test_seal import NOTHING, PDF, judged, signature_in

LIBRARY = next(iter(sorted(Path("/usr").glob("lib*/**/libsofthsm2.so"))), None)
TOKEN, PIN, LABEL = "nvsi", "2468", "zegel"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """A token with the key of a certificate on it; the settings that name it."""
    assert LIBRARY, "SoftHSM is missing: tools/setup.sh installs it (softhsm2)"
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    told = folder / "softhsm2.conf"
    told.write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(told)
    words = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN]
    subprocess.run([*words, "--so-pin", "13579", "--pin", PIN], check=True)
    put_on_token(str(LIBRARY))
    return replace(NOTHING, module=str(LIBRARY), token=TOKEN, pin=PIN, label=LABEL)


def put_on_token(library: str) -> None:
    key, certificate, _ = pkcs12.load_key_and_certificates(make_test_file(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    assert certificate is not None
    der = key.private_bytes(
        Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()
    )
    about = {pkcs11.Attribute.LABEL: LABEL, pkcs11.Attribute.ID: b"1"}
    kept = {pkcs11.Attribute.TOKEN: True}
    described = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
    with (
        pkcs11.lib(library)
        .get_token(token_label=TOKEN)
        .open(rw=True, user_pin=PIN) as session
    ):
        session.create_object(decode_rsa_private_key(der) | about | kept)
        session.create_object(described | about | kept)


def test_a_paper_is_sealed_with_the_key_of_a_token(
    settings: Settings, token: Keys
) -> None:
    settings.SEAL = token
    sealed = seal(PDF, reason="Overeenkomst OVK-2026-0001")
    assert judged(sealed.content).bottom_line
    certificate: parsed.Certificate = signature_in(sealed.content).signer_cert
    assert sealed.certificate == certificate.sha256.hex()


@pytest.mark.parametrize("wrong", [{"pin": "0000"}, {"token": "andere"}])
def test_what_does_not_open_a_token_is_said(
    settings: Settings, token: Keys, wrong: dict[str, str]
) -> None:
    settings.SEAL = replace(token, **wrong)
    with pytest.raises(SealError, match="NVSI_SEAL_PIN"), opened():
        pass


def test_a_label_that_is_not_on_the_token_is_said(
    settings: Settings, token: Keys
) -> None:
    settings.SEAL = replace(token, label="ander")
    with pytest.raises(SealError, match="NVSI_SEAL_LABEL"):
        seal(PDF, reason="Proef")
