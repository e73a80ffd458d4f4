"""Where the annexes and the register of processing live in the portal."""

from django.urls import path, re_path

from contracts.annexes import pages

urlpatterns = [
    path("overeenkomsten/bijlagen/", pages.annex_list, name="annex-list"),
    path("overeenkomsten/bijlagen/<int:pk>/", pages.annex_detail, name="annex-detail"),
    path(
        "overeenkomsten/bijlagen/contact/", pages.breach_contact, name="breach-contact"
    ),
    re_path(
        r"^overeenkomsten/verwerkingsregister\.(?P<fmt>xlsx|pdf)$",
        pages.processing_register,
        name="processing-register",
    ),
]
