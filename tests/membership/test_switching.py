"""For which organisation somebody acts, and how he switches."""

import datetime

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from membership.models import Organisation, Person
from membership.sessions import act_for, acting, acting_for, organisations_of

pytestmark = pytest.mark.django_db

SINCE = datetime.date(2018, 1, 1)
YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)  # noqa: DTZ011


@pytest.fixture
def two(lezer: Person, waterkant: Organisation) -> Person:
    """Contactpersoon of Heideveld; of Waterkant that, and ondertekenaar too."""
    for name in ("contactpersoon", "ondertekenaar"):
        lezer.roles.create(organisation=waterkant, name=name, starts_on=SINCE)
    return lezer


def request_of(person: Person) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = Person.objects.get(pk=person.pk)
    request.session = SessionBase()
    return request


def test_without_a_choice_somebody_acts_for_the_first(
    two: Person, heideveld: Organisation, waterkant: Organisation
) -> None:
    assert organisations_of(two) == [heideveld, waterkant]
    assert acting_for(request_of(two)) == heideveld


def test_a_choice_holds_as_long_as_the_role_does(
    two: Person, heideveld: Organisation, waterkant: Organisation
) -> None:
    request = request_of(two)
    act_for(request, waterkant)
    assert acting_for(request) == waterkant
    two.roles.filter(organisation=waterkant).update(ends_on=YESTERDAY)
    request.user = Person.objects.get(pk=two.pk)
    assert acting_for(request) == heideveld


def test_who_acts_for_nobody_is_refused(bureau: Person) -> None:
    request = request_of(bureau)
    with pytest.raises(PermissionDenied):
        acting_for(request)
    assert acting(request) == {
        "acting_for": None,
        "organisations": [],
        "delivers": False,
        "sees_money": False,
        "belongs": True,
    }


def test_a_template_knows_for_whom_somebody_acts(
    two: Person, heideveld: Organisation, waterkant: Organisation
) -> None:
    context = acting(request_of(two))
    assert context["acting_for"] == heideveld
    assert context["organisations"] == [heideveld, waterkant]
    assert acting(RequestFactory().get("/"))["acting_for"] is None


def test_somebody_switches_and_goes_back_to_the_page(
    client: Client, two: Person, waterkant: Organisation
) -> None:
    client.force_login(two)
    data = {"organisation": waterkant.pk, "next": reverse("mfa_index")}
    response = client.post(reverse("act_for"), data)
    assert response["Location"] == reverse("mfa_index")
    page = client.get(reverse("mfa_index"))
    assert page.context["acting_for"] == waterkant
    assert "U handelt nu voor gemeente Waterkant" in page.content.decode()


@pytest.mark.parametrize("target", ["https://kwaad.example/", "//kwaad.example", ""])
def test_switching_leads_to_no_other_site(
    client: Client, two: Person, waterkant: Organisation, target: str
) -> None:
    client.force_login(two)
    data = {"organisation": waterkant.pk, "next": target}
    assert client.post(reverse("act_for"), data)["Location"] == "/"


@pytest.mark.parametrize("chosen", ["noorderhage", "0", "", "x", "١"])
def test_an_organisation_of_others_is_not_found(
    client: Client, two: Person, noorderhage: Organisation, chosen: str
) -> None:
    client.force_login(two)
    pk = str(noorderhage.pk) if chosen == "noorderhage" else chosen
    response = client.post(reverse("act_for"), {"organisation": pk})
    assert response.status_code == 404
    assert "acting_for" not in client.session


def test_a_stranger_logs_in_first_and_a_get_changes_nothing(
    client: Client, two: Person
) -> None:
    url = reverse("act_for")
    assert client.post(url)["Location"].startswith(reverse("account_login"))
    client.force_login(two)
    assert client.get(url).status_code == 405
