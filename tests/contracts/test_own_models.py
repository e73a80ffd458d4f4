"""A gemeente hands in its own model; the bureau compares it and offers it."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.annexes.contacts import contacts_of
from contracts.models import SubmittedModel
from contracts.offering import own_models
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.contracts.after import hand_in_model
from tests.contracts.offers import TERM

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 ons model"


def test_what_is_handed_in_is_offered_to_the_byte(bureau: Person) -> None:
    row = hand_in_model(
        "GM9082", "Modelberg", file=SimpleUploadedFile("m.pdf", CONTENT)
    )
    assert row.annexes.count() == 1
    today = timezone.localdate()
    assert own_models.can_begin(row.organisation, row.by, today)
    offer = own_models.accept(row, answer_by=today + TERM, today=today, by=bureau)
    row.refresh_from_db()
    assert (row.status, row.offer) == ("accepted", offer)
    assert bytes(offer.document or b"") == CONTENT
    assert (offer.own_model_version, offer.document_sha256) == ("VNG 2.42", row.sha256)
    assert not own_models.can_begin(row.organisation, row.by, today)
    with pytest.raises(NotAllowed, match="al besloten"):
        own_models.turn_back(row, reason="Toch niet.", by=bureau)


def test_who_handed_it_in_does_not_compare_it(bureau: Person) -> None:
    row = hand_in_model("GM9082", "Modelberg")
    both = row.by
    both.roles.create(name="bureau", starts_on=timezone.localdate())
    with pytest.raises(NotAllowed, match="zelf in"):
        own_models.turn_back(row, reason="Nee.", by=Person.objects.get(pk=both.pk))


def test_it_is_refused_where_nothing_can_be_agreed(
    heideveld: Organisation, vreemde: Person
) -> None:
    today = timezone.localdate()
    lezer = make_person("Heide", "contactpersoon", heideveld)
    facts: dict[str, Any] = {
        "model_version": "VNG",
        "starts_on": today,
        "confirmed": (),
        "today": today,
    }
    file = SimpleUploadedFile("m.pdf", CONTENT)
    with pytest.raises(NotAllowed, match="al een verwerkersovereenkomst"):
        own_models.submit(heideveld, file, **facts, by=lezer)
    with pytest.raises(NotAllowed, match="contactpersoon of ondertekenaar"):
        own_models.submit(heideveld, file, **facts, by=vreemde)
    with pytest.raises(NotAllowed, match="geen lid"):
        own_models.submit(vreemde_of(vreemde), file, **facts, by=vreemde)


def test_only_who_can_have_an_agreement_is_invited_to_hand_one_in(
    waterkant: Organisation, heideveld: Organisation, lezer: Person, vreemde: Person
) -> None:
    today = timezone.localdate()
    by = make_person("Water", "contactpersoon", waterkant)
    assert own_models.can_begin(waterkant, by, today)
    assert not own_models.can_begin(heideveld, lezer, today)
    stranger = vreemde_of(vreemde)
    contact = make_person("Vreemd", "contactpersoon", stranger)
    assert not own_models.can_begin(stranger, contact, today)


def test_what_stands_in_the_way_is_told_before_the_form(
    client: Client, heideveld: Organisation, lezer: Person
) -> None:
    client.force_login(lezer)
    page = client.get(reverse("own-model")).content.decode()
    assert "U kunt nu geen model indienen." in page
    assert "gemeente Heideveld heeft al een verwerkersovereenkomst" in page
    assert "Het ingevulde model" not in page


def test_a_model_does_not_hold_from_a_day_that_is_over(waterkant: Organisation) -> None:
    today = timezone.localdate()
    file = SimpleUploadedFile("m.pdf", CONTENT)
    with pytest.raises(NotAllowed, match="Kies vandaag of een latere dag") as refusal:
        own_models.submit(
            waterkant,
            file,
            model_version="VNG",
            starts_on=today - datetime.timedelta(days=1),
            confirmed=(),
            today=today,
            by=make_person("Water", "contactpersoon", waterkant),
        )
    assert refusal.value.field == "starts_on"


def vreemde_of(person: Person) -> Organisation:
    return Organisation.objects.get(pk=person.organisation_ids[0])


def test_a_gemeente_hands_it_in_on_the_page(
    waterkant: Organisation, client: Client
) -> None:
    by = make_person("Water", "contactpersoon", waterkant)
    client.force_login(by)
    page = reverse("own-model")
    seen = client.get(page).context["form"].initial["seen"]
    form = {
        "model_version": "VNG 2.42", "starts_on": f"{timezone.localdate()}",
        "function": "Servicedesk", "email": "desk@waterkant.example",
        "telephone": "0201234567", "confirmed": "on", "seen": seen,
    }  # fmt: skip
    wrong = client.post(page, {**form, "file": SimpleUploadedFile("m.txt", b"tekst")})
    assert wrong.status_code == 422
    assert contacts_of(waterkant, timezone.localdate()).count() == 0
    sent = {**form, "file": SimpleUploadedFile("m.pdf", CONTENT)}
    answer = client.post(page, sent, follow=True)
    assert "Uw model is binnen." in answer.content.decode()
    row = SubmittedModel.objects.get()
    assert contacts_of(waterkant, timezone.localdate()).count() == 1
    own = client.get(reverse("own-model-document", args=[row.pk]))
    assert own.content == CONTENT
