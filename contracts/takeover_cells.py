"""What a single cell of a file of agreements may say."""

import re
from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError

from membership.identifiers import compact_iban, validate_iban
from membership.models import Membership
from membership.people import clean_email
from nvsi.cells import MISSING, BadCell, Reader, Value, read_number, shown

_Kind = Membership.Kind
KINDS = {kind.value: kind for kind in (_Kind.LID, _Kind.ASPIRANT_LID)}
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)


def one_of(known: Mapping[str, Value], cased: Reader[str], noun: str) -> Reader[Value]:
    """One of the known things, by its code in the case that `cased` gives it."""

    def read(text: str) -> Value:
        if not text:
            raise BadCell(MISSING)
        if (found := known.get(cased(text))) is None:
            raise BadCell(f"'{shown(text)}' is {noun}")
        return found

    return read


def read_kind(text: str) -> Membership.Kind:
    if not text:
        raise BadCell(MISSING)
    if (kind := KINDS.get(text.lower())) is None:
        raise BadCell(f"'{shown(text)}' kan niet; schrijf lid of aspirant_lid")
    return kind


def read_percentage(text: str) -> Decimal:
    pct = read_number(text)
    if not 0 <= pct <= 100:
        raise BadCell(f"'{shown(text)}' moet tussen 0 en 100 liggen")
    return pct


def read_iban(text: str) -> str:
    """In capitals and without spaces, with check digits that fit."""
    if not text:
        raise BadCell(MISSING)
    iban = compact_iban(text)
    try:
        validate_iban(iban)
    except ValidationError as error:
        raise BadCell(" ".join(error.messages)) from error
    if not _IBAN.fullmatch(iban):
        raise BadCell(f"'{shown(text)}' is geen IBAN; schrijf letters en cijfers")
    return iban


def read_email(text: str) -> str:
    if not text:
        raise BadCell(MISSING)
    if (email := clean_email(text)) is None:
        raise BadCell(f"'{shown(text)}' is geen e-mailadres")
    return email
