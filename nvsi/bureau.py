"""`{% bureau %}` in a template: the address of the bureau, as a link to write to it.

A tag, for the pages that say that something broke are made without any context.
"""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

BUTTON = (
    "utrecht-button-link utrecht-button-link--html-a "
    "utrecht-button-link--secondary-action"
)


@register.simple_tag
def bureau(subject: str = "", button: str = "") -> SafeString:
    """A link to mail the bureau, with the subject filled in when there is one.

    It shows the address, or looks like a button with these words.
    """
    address = settings.NVSI_EMAIL
    query = f"?subject={quote(subject)}" if subject else ""
    return format_html(
        '<a class="{}" href="mailto:{}{}">{}</a>',
        BUTTON if button else "utrecht-link",
        address,
        query,
        button or address,
    )
