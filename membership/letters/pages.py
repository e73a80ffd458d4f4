"""Pages of what the NVSI wrote to an organisation, and of what it asked all members.

Everything comes from `visible_to`; a stranger gets 404.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from membership.admission.evidence import PDF
from membership.consultation.shown import rows_of
from membership.letters.body import html_of, plain_html_of
from membership.letters.paper import corrected, pdf_of
from membership.models import Letter, LetterReceiver, Person
from membership.sessions import organisations_of

private = cache_control(private=True, no_store=True)


@require_safe
@private
@login_required
def letter_list(request: HttpRequest) -> HttpResponse:
    """Every letter to the organisations of who asks, and what all members are asked."""
    assert isinstance(request.user, Person)
    letters = Letter.objects.visible_to(request.user).sent().select_related("corrects")
    context = {
        "letters": letters.order_by("-number_year", "-number_sequence"),
        "consultations": rows_of(request.user, timezone.now()),
    }
    return render(request, "membership/letter_list.html", context)


@require_safe
@private
@login_required
def letter_detail(request: HttpRequest, number: str) -> HttpResponse:
    letter = _letter_of(request, number)
    assert isinstance(request.user, Person)
    later = Letter.objects.visible_to(request.user).sent().filter(corrects=letter)
    context = {
        "letter": letter,
        "summary": plain_html_of(letter.summary),
        "body": html_of(letter.body),
        "corrected": corrected(letter),
        "corrected_by": later.order_by("number_year", "number_sequence"),
        "attachments": letter.attachments.defer("content"),
    }
    return render(request, "membership/letter_detail.html", context)


@require_safe
@private
@login_required
def letter_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """As it was addressed to the organisation of who asks."""
    letter = _letter_of(request, number)
    content = pdf_of(letter, _addressee(request, letter))
    name = f"{letter.number.replace('/', '-')}.pdf"
    return _file(content, PDF, name)


@require_safe
@private
@login_required
def letter_attachment(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A bijlage, always to save."""
    letter = _letter_of(request, number)
    attachment = get_object_or_404(letter.attachments, pk=pk)
    content = bytes(attachment.content)
    return _file(content, attachment.media_type, attachment.file_name)


def _letter_of(request: HttpRequest, number: str) -> Letter:
    assert isinstance(request.user, Person)
    year, sequence = number.split("-")
    letters = Letter.objects.visible_to(request.user)
    letters = letters.numbered(int(year), int(sequence))
    return get_object_or_404(letters.select_related("corrects"))


def _addressee(request: HttpRequest, letter: Letter) -> str:
    """The first of the own organisations that got it; for the association any."""
    assert isinstance(request.user, Person)
    lines = LetterReceiver.objects.filter(letter=letter).order_by("pk")
    own = organisations_of(request.user)
    line = lines.filter(organisation__in=own).first() or lines.first()
    return line.addressee if line else ""


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
