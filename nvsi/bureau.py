"""`{% bureau %}` in a template: the address of the bureau, as a link to write to it.

A tag, for the pages that say that something broke are made without any context.
"""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def bureau(subject: str = "") -> SafeString:
    """A link to mail the bureau, with the subject filled in when there is one."""
    address = settings.NVSI_EMAIL
    query = f"?subject={quote(subject)}" if subject else ""
    return format_html(
        '<a class="utrecht-link" href="mailto:{}{}">{}</a>', address, query, address
    )
