"""Numbers that others give out: IBAN, KvK, BSN. Checked here, with a Dutch sentence."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from stdnum import iban
from stdnum.exceptions import ValidationError as NotValid
from stdnum.nl import bsn


def compact_iban(text: str) -> str:
    """An IBAN without spaces and in capitals; not checked."""
    return re.sub(r"\s", "", text).upper()


def validate_iban(text: str) -> None:
    """Raises ValidationError when the check digits do not fit (ISO 13616)."""
    try:
        iban.validate(text)
    except NotValid as error:
        raise ValidationError(
            f"IBAN '{text[:40]}' klopt niet: het controlegetal past niet bij het "
            "nummer. Kijk het na op een bankafschrift."
        ) from error


def validate_kvk_number(text: str) -> None:
    """Raises ValidationError unless it is eight digits."""
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        raise ValidationError(f"KvK-nummer '{text[:40]}' heeft niet acht cijfers.")


_BSN_WORDS = re.compile("bsn|burgerservicenummer|sofinummer", re.IGNORECASE)


def is_bsn(text: str) -> bool:
    """Whether a text is a burgerservicenummer (11-proef), which nobody may store.

    However it is written: with the word before it, signs between, digits of another
    width. Eight digits count too: a spreadsheet drops the zero in front.
    """
    bare = re.sub(r"[\W_]", "", _BSN_WORDS.sub("", text))
    digits = "".join(str(unicodedata.decimal(c)) for c in bare if c.isdecimal())
    return len(digits) == len(bare) in (8, 9) and bool(bsn.is_valid(digits))


# As a BSN stands in a sentence: nine digits together or in groups, or eight alone.
_NUMBERS = (
    re.compile(r"(?<!\d)\d{9}(?!\d)"),
    re.compile(
        r"(?<!\d)(?<!\d[ .\-\u00a0])"
        r"(?:\d{3}[ .\-\u00a0]\d{3}|\d{4}[ .\-\u00a0]\d\d|(?:\d\d[ .\-\u00a0]){2}\d\d)"
        r"[ .\-\u00a0]\d{3}(?![ .\-\u00a0]?\d)"
    ),
    re.compile(r"(?<!\d)(?<!\d[ .,/\-\u00a0])\d{8}(?![ .,/\-\u00a0]?\d)"),
)


def has_bsn(text: str) -> bool:
    """Whether somewhere in a text there is a number that is_bsn calls one.

    A date, an amount, an IBAN, a telephone or a statement number is none.
    """
    found = (match for pattern in _NUMBERS for match in pattern.findall(text))
    return any(is_bsn(number) for number in found)


def validate_without_bsn(text: str) -> None:
    """Raises ValidationError when there is a number in it that can be a BSN."""
    if has_bsn(text):
        raise ValidationError(
            "In uw tekst staat een nummer dat een burgerservicenummer (BSN) kan zijn. "
            "Een BSN mag hier niet staan. Haal het weg; noem liever het nummer van de "
            "regel of de opdracht."
        )
