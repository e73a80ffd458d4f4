"""Look at a letter before it goes out: one organisation after another."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header

from membership import emails
from membership.admin.verbs import VerbAdmin
from membership.admission.evidence import PDF
from membership.letters.preview import Shown, shown
from membership.models import Letter


class PreviewedAdmin(VerbAdmin):
    """A letter with its example; for whoever may see the letter."""

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, Any] = {
            "voorbeeld": ("preview", self.preview),
            "voorbeeld/brief.pdf": ("preview-pdf", self.preview_pdf),
            "voorbeeld/e-mail.eml": ("preview-email", self.preview_email),
        }
        own = [
            path(
                f"<path:object_id>/{where}{'' if '.' in where else '/'}",
                self.admin_site.admin_view(view),
                name=f"membership_letter_{name}",
            )
            for where, (name, view) in pages.items()
        ]
        return own + super().get_urls()

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Every e-mail of one organisation as text; the others are a button away."""
        letter = self._letter(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": letter,
            "title": f"Voorbeeld van {letter}",
            "shown": shown(letter, _number(request, "nr")),
        }
        return TemplateResponse(
            request, "admin/membership/letter/preview.html", context
        )

    def preview_pdf(self, request: HttpRequest, object_id: str) -> HttpResponse:
        found = self._example(request, object_id)
        return _file(found.pdf(), PDF, "voorbeeld.pdf")

    def preview_email(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For a mail program: our own pages may not hold the style of an e-mail."""
        found = self._example(request, object_id).emails
        who = _number(request, "wie")
        if not 1 <= who <= len(found):
            raise Http404
        _person, email = found[who - 1]
        return _file(emails.as_file(email), "message/rfc822", "voorbeeld.eml")

    def _example(self, request: HttpRequest, object_id: str) -> Shown:
        found = shown(self._letter(request, object_id), _number(request, "nr"))
        if found is None:
            raise Http404("no organisation at this place")
        return found

    def _letter(self, request: HttpRequest, object_id: str) -> Letter:
        letter = self.get_object(request, unquote(object_id))
        if letter is None:
            raise Http404
        assert isinstance(letter, Letter)
        return letter

    def beside_the_form(self, request: HttpRequest, obj: Letter) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        if obj.is_sent:
            button = "In het portaal", reverse("letter-detail", args=[obj.slug])
        else:
            example = reverse("admin:membership_letter_preview", args=[obj.pk])
            button = "Voorbeeld", example
        return {**around, "buttons": [button, *around["buttons"]]}


def _number(request: HttpRequest, name: str) -> int:
    """A place in a row, from 1 on; the first when none was asked."""
    asked = request.GET.get(name, "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    return response
