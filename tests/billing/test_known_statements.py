"""Anybody who holds the file of an afrekening learns whether it is genuine."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from billing.models import Period, Settlement
from membership.models import Organisation
from tests.everything import make_statement


def test_the_file_of_an_afrekening_is_known_by_its_bytes(
    client: Client, period: Period, heideveld: Organisation
) -> None:
    settlement = Settlement.objects.get(organisation=heideveld)
    statement = make_statement(settlement)
    content = bytes(statement.pdf or b"")
    page = reverse("check-document")
    for body, is_ours in ((content, True), (content + b" ", False)):
        file = SimpleUploadedFile("afrekening.pdf", body)
        text = client.post(page, {"file": file}).content.decode()
        assert ("Dit bestand is echt" in text) is is_ours
        assert (f"{settlement.number}" in text) is is_ours
        assert f"{settlement.uitkering_gemeente}" not in text
