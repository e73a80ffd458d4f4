"""Who reads what inbesteding rests on: the association, or an organisation of one's."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from instruments.models import Instrument
from membership.models import Organisation, Person, Role
from tests.conftest import make_person
from tests.contracts.inbesteding import keep_control

pytestmark = pytest.mark.django_db


def test_who_has_no_role_or_none_any_more_does_not_read_as_the_association(
    client: Client,
    flexensie: Instrument,
    heideveld: Organisation,
    bureau: Person,
) -> None:
    keep_control(by=bureau)
    page = reverse("inbesteding", args=[flexensie.slug])

    def status_for(person: Person) -> int:
        client.force_login(Person.objects.get(pk=person.pk))
        return client.get(page).status_code

    gone = make_person("Weg", "contactpersoon", heideveld)
    assert status_for(gone) == 200
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Role.objects.filter(person=gone).update(ends_on=yesterday)
    assert status_for(gone) == 404
    never = Person.objects.create(email="leeg@voorbeeld.example", name="Leeg")
    assert status_for(never) == 404
    assert status_for(bureau) == 200
