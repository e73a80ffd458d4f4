"""Mandates in the admin: whose account signs with one, and who may say so."""

import pytest
from django.test import Client
from django.urls import reverse

from membership.merging.people import merge
from membership.models import Mandate, Organisation, Person
from tests.conftest import make_person

FACTS = {
    "name": "K. Vos",
    "function": "directeur",
    "purpose": "agreements",
    "decided_on": "2026-01-05",
    "number": "",
    "starts_on": "2026-01-05",
    "ends_on": "",
}


def add(client: Client, by: Person, **facts: object) -> str:
    client.force_login(by)
    said = {**FACTS, "organisation": "", "person": "", **facts}
    page = reverse("admin:membership_mandate_add")
    return client.post(page, said, follow=True).content.decode()


def test_a_mandate_names_the_account_that_signs_with_it(
    client: Client, bureau: Person, heideveld: Organisation
) -> None:
    signer = make_person("Tekenaar", "ondertekenaar", heideveld)
    add(client, bureau, organisation=heideveld.pk, person=signer.pk)
    mandate = Mandate.objects.get()
    assert (mandate.organisation, mandate.person) == (heideveld, signer)


def test_a_mandate_of_the_association_comes_from_the_bestuur(
    client: Client, bureau: Person, bestuur: Person
) -> None:
    said = add(client, bureau, person=bestuur.pk)
    assert "legt het bestuur vast" in said
    assert not Mandate.objects.exists()
    add(client, bestuur, person=bureau.pk)
    assert Mandate.objects.get().organisation is None


@pytest.mark.parametrize("who", ["bureau", "bestuur"])
def test_nobody_gives_himself_a_mandate(
    client: Client, who: str, request: pytest.FixtureRequest, heideveld: Organisation
) -> None:
    by: Person = request.getfixturevalue(who)
    said = add(client, by, organisation=heideveld.pk, person=by.pk)
    assert "U geeft uzelf geen mandaat" in said
    assert not Mandate.objects.exists()


def test_a_mandate_of_the_association_is_for_nobody_else_to_see(
    bestuur: Person, bureau: Person, lezer: Person
) -> None:
    Mandate.objects.create(**{**FACTS, "ends_on": None})
    assert Mandate.objects.visible_to(bureau).exists()
    assert not Mandate.objects.visible_to(lezer).exists()


def test_a_mandate_goes_along_with_who_was_there_twice(
    bureau: Person, heideveld: Organisation
) -> None:
    kept, gone = (
        make_person(name, "ondertekenaar", heideveld) for name in ("Een", "Twee")
    )
    mandate = Mandate.objects.create(
        **{**FACTS, "ends_on": None}, organisation=heideveld, person=gone
    )
    merge(kept, gone, by=bureau)
    mandate.refresh_from_db()
    assert mandate.person == kept
