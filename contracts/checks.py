"""What `manage.py check --deploy` says of the seal, before anybody signs."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from contracts.signing.certificate import SealError, opened


@register(Tags.security, deploy=True)
def check_seal(**_: Any) -> list[CheckMessage]:
    """An error when there is no key that this mode may seal with; a warning without a
    service for time stamps, for then only our own clock says when."""
    try:
        with opened():
            pass
    except SealError as error:
        return [Error(str(error), id="contracts.E001")]
    if not settings.SEAL.tsa:
        words = "Er is geen dienst voor tijdstempels (NVSI_SEAL_TSA)."
        return [Warning(words, id="contracts.W001")]
    return []
