"""Where the letters of the NVSI are read."""

from django.urls import path, register_converter

from membership.letters import pages


class LetterNumber:
    """2026-001, as in an address: the slash of Lbr 26/001 would part it."""

    regex = "[0-9]{4}-[0-9]{3,6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LetterNumber, "letter")
LETTER = "brieven/<letter:number>/"

urlpatterns = [
    path("brieven/", pages.letter_list, name="letter-list"),
    path(LETTER, pages.letter_detail, name="letter-detail"),
    path(f"{LETTER}brief.pdf", pages.letter_pdf, name="letter-pdf"),
    path(
        f"{LETTER}bijlage/<int:pk>/", pages.letter_attachment, name="letter-attachment"
    ),
]
