"""Seal a choice so that only the code of its vote opens it. Pure.

The code is 32 letters and digits (160 bits), written in groups of four. It gives the
private key; the public one is kept with the vote. A ballot is sealed with a key of its
own (X25519, HKDF, ChaCha20-Poly1305) and always has the same length. Why: see
membership.models.ballots.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BYTES, GROUP, KEY, PADDED = 20, 4, 32, 16
# A key seals one message, so that its nonce may be the same for all.
_NONCE = bytes(12)


class WrongCode(Exception):
    """This is not the code of this vote."""


def new_code() -> str:
    """As it is shown once: ABCD-EFGH-..., eight groups."""
    letters = base64.b32encode(secrets.token_bytes(BYTES)).decode()
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


def public_key(code: str) -> str:
    """In hexadecimals. Raises WrongCode for what is no code at all."""
    return _private(code).public_key().public_bytes_raw().hex()


def seal(choice: str, public: str) -> bytes:
    """The choice, for nobody to read but with the code of this public key."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    cipher = ChaCha20Poly1305(_derived(shared, b"ballot"))
    closed = cipher.encrypt(_NONCE, choice.encode().ljust(PADDED), None)
    return once.public_key().public_bytes_raw() + closed


def unseal(sealed: bytes, code: str) -> str:
    """The choice in a sealed ballot. Raises WrongCode for the code of another vote."""
    once, closed = sealed[:KEY], sealed[KEY:]
    shared = _private(code).exchange(X25519PublicKey.from_public_bytes(once))
    try:
        opened = ChaCha20Poly1305(_derived(shared, b"ballot")).decrypt(
            _NONCE, closed, None
        )
    except InvalidTag:
        raise WrongCode from None
    return opened.decode().rstrip()


def _private(code: str) -> X25519PrivateKey:
    letters = "".join(code.split()).replace("-", "").upper()
    try:
        secret = base64.b32decode(letters)
    except ValueError:
        raise WrongCode from None
    if len(secret) != BYTES:
        raise WrongCode
    return X25519PrivateKey.from_private_bytes(_derived(secret, b"stembus"))


def _derived(secret: bytes, purpose: bytes) -> bytes:
    info = b"nvsi " + purpose
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=info).derive(secret)
