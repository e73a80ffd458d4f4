"""The admin of organisations and people: what can be changed, and by whom."""

import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.models import (
    Email,
    HistoryEvent,
    Organisation,
    Person,
    Region,
    RegionMember,
    Role,
)
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_bureau(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


@pytest.fixture
def at_bestuur(client: Client, bestuur: Person) -> Client:
    client.force_login(bestuur)
    return client


def page(model: str, name: str, *key: int) -> str:
    return reverse(f"admin:membership_{model}_{name}", args=key)


def organisation_form(organisation: Organisation, **changes: str) -> dict[str, str]:
    names = ["name", "short_name", "kvk_number", "iban", "address", "postcode"]
    names += ["town", "province"]
    filled_in = {name: getattr(organisation, name) for name in names}
    return {**filled_in, "inhabitants": "", **changes}


def change(client: Client, organisation: Organisation, **changes: str) -> str:
    url = page("organisation", "change", organisation.pk)
    response = client.post(url, organisation_form(organisation, **changes), follow=True)
    return response.content.decode()


def test_the_bureau_changes_an_address_and_that_is_recorded_without_its_content(
    at_bureau: Client, bureau: Person, noorderhage: Organisation
) -> None:
    change(at_bureau, noorderhage, address="Dorpsstraat 1", town="Hage")
    noorderhage.refresh_from_db()
    assert (noorderhage.address, noorderhage.town) == ("Dorpsstraat 1", "Hage")
    event = HistoryEvent.objects.get(action="changed")
    assert (event.by, event.subject_id) == (bureau, noorderhage.pk)
    assert event.facts == {"fields": ["address", "town"]}


def test_pghistory_keeps_what_it_was_and_who_changed_it(
    at_bureau: Client, bureau: Person, noorderhage: Organisation
) -> None:
    change(at_bureau, noorderhage, town="Hage")
    kept = apps.get_model("membership", "OrganisationEvent")
    last = kept._default_manager.filter(pgh_obj=noorderhage).order_by("pgh_id").last()
    assert last is not None
    assert last.town == "Hage"
    assert last.pgh_context.metadata["user"] == bureau.pk


def test_saving_without_a_change_records_nothing(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    change(at_bureau, noorderhage)
    assert not HistoryEvent.objects.filter(subject_id=noorderhage.pk).exists()


def test_an_iban_may_be_typed_with_spaces_and_must_be_right(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    assert "controlegetal" in change(at_bureau, noorderhage, iban="NL91ABNA0417164301")
    change(at_bureau, noorderhage, iban="nl91 abna 0417 1643 00")
    noorderhage.refresh_from_db()
    assert noorderhage.iban == "NL91ABNA0417164300"


def test_a_code_is_chosen_once_and_a_wrong_one_is_explained(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    change(at_bureau, noorderhage, code="GM0001", kind="uitvoerder")
    noorderhage.refresh_from_db()
    assert (noorderhage.code, noorderhage.kind) == ("GM9003", "gemeente")
    new = organisation_form(noorderhage, code="HAGE", kind="gemeente")
    response = at_bureau.post(page("organisation", "add"), new)
    assert "Een gemeente heeft een CBS-code" in response.content.decode()
    at_bureau.post(page("organisation", "add"), {**new, "code": "GM9999"})
    assert HistoryEvent.objects.filter(action="added").count() == 1


@pytest.mark.parametrize("model", ["membership", "historyevent", "email"])
def test_what_verbs_made_cannot_be_added_or_changed(
    model: str, at_bureau: Client, bureau: Person, heideveld: Organisation
) -> None:
    emails.queue("run_prepared", "1", bureau)
    rows = apps.get_model("membership", model)._default_manager.all()
    change_page = page(model, "change", rows[0].pk)
    assert at_bureau.get(change_page).status_code == 200
    assert at_bureau.post(change_page, {"kind": "lid"}).status_code == 403
    assert at_bureau.get(page(model, "add")).status_code == 403
    assert at_bureau.get(page(model, "delete", rows[0].pk)).status_code == 403


def test_nothing_can_be_deleted_not_even_what_can_be_added(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    url = page("organisation", "delete", noorderhage.pk)
    assert at_bureau.post(url, {"post": "yes"}).status_code == 403
    assert Organisation.objects.filter(pk=noorderhage.pk).exists()


def test_a_person_is_added_without_password_in_small_letters(at_bureau: Client) -> None:
    form = {"email": "J.Jansen@Heide.Example", "name": "J. Jansen", "is_active": "on"}
    response = at_bureau.post(page("person", "add"), form, follow=True)
    assert response.status_code == 200
    person = Person.objects.get(email="j.jansen@heide.example")
    assert not person.has_usable_password()
    twice = at_bureau.post(page("person", "add"), form).content.decode()
    assert "bestaat al" in twice


def test_an_email_address_does_not_change_and_nobody_deactivates_himself(
    at_bureau: Client, bureau: Person, lezer: Person
) -> None:
    at_bureau.post(
        page("person", "change", lezer.pk), {"email": "x@y.example", "name": "L. Lezer"}
    )
    lezer.refresh_from_db()
    assert lezer.email == "lezer@nvsi.example"
    assert (lezer.name, lezer.is_active) == ("L. Lezer", False)
    response = at_bureau.post(page("person", "change", bureau.pk), {"name": "B"})
    assert "U kunt uzelf niet" in response.content.decode()
    bureau.refresh_from_db()
    assert bureau.is_active


def test_giving_a_role_invites(
    at_bureau: Client, bureau: Person, heideveld: Organisation
) -> None:
    person = Person.objects.create_user("n@heide.example", "N. Nieuw")
    form = {
        "person": str(person.pk),
        "name": "contactpersoon",
        "organisation": str(heideveld.pk),
    }
    at_bureau.post(page("role", "add"), form)
    role = person.roles.get()
    assert (role.starts_on, role.ends_on) == (timezone.localdate(), None)
    assert Email.objects.get().recipient == "n@heide.example"
    events = HistoryEvent.objects.filter(subject_id__in=[role.pk, person.pk], by=bureau)
    assert {event.action for event in events} == {"given", "invited"}
    twice = at_bureau.post(page("role", "add"), form).content.decode()
    assert "Deze persoon heeft deze rol al." in twice


@pytest.mark.parametrize(
    ("name", "with_organisation"), [("contactpersoon", False), ("uitvoerder", True)]
)
def test_a_role_that_does_not_fit_its_organisation_is_refused_in_words(
    name: str, with_organisation: bool, at_bureau: Client, heideveld: Organisation
) -> None:
    person = Person.objects.create_user("n@heide.example", "N. Nieuw")
    organisation = str(heideveld.pk) if with_organisation else ""
    form = {"person": str(person.pk), "name": name, "organisation": organisation}
    response = at_bureau.post(page("role", "add"), form, follow=True)
    said = response.content.decode()
    assert "hoort bij een organisatie" in said or "is geen uitvoerder" in said
    assert not person.roles.exists()


def test_only_the_bestuur_gives_and_ends_a_role_of_the_association(
    bureau: Person, bestuur: Person
) -> None:
    person = Person.objects.create_user("p@nvsi.example", "P. Penning")
    form = {"person": str(person.pk), "name": "penningmeester", "organisation": ""}
    asking = Client()
    asking.force_login(bureau)
    refused = asking.post(page("role", "add"), form).content.decode()
    assert "iemand van het bestuur" in refused
    asking.force_login(bestuur)
    asking.post(page("role", "add"), form)
    role = person.roles.get()
    asking.force_login(bureau)
    asking.post(page("role", "change", role.pk), {"ends_on": "31-12-2099"})
    role.refresh_from_db()
    assert role.ends_on is None


def test_nobody_gives_himself_a_role(at_bestuur: Client, bestuur: Person) -> None:
    form = {"person": str(bestuur.pk), "name": "penningmeester", "organisation": ""}
    response = at_bestuur.post(page("role", "add"), form)
    assert "Een rol van uzelf" in response.content.decode()
    assert bestuur.roles.count() == 1


def test_a_role_is_ended_and_does_not_end_before_it_starts(
    at_bureau: Client, lezer: Person
) -> None:
    role = lezer.roles.get()
    url = page("role", "change", role.pk)
    response = at_bureau.post(url, {"ends_on": "31-12-2017"})
    assert "De einddatum ligt voor de begindatum." in response.content.decode()
    at_bureau.post(url, {"ends_on": "31-12-2030", "name": "uitvoerder"})
    role.refresh_from_db()
    assert (role.name, role.ends_on) == ("contactpersoon", datetime.date(2030, 12, 31))
    assert HistoryEvent.objects.get(action="changed").facts == {"fields": ["ends_on"]}


def test_a_running_role_is_not_reopened_beside_another(
    at_bureau: Client, lezer: Person, heideveld: Organisation
) -> None:
    """A constraint over fields that are not in the form is checked all the same."""
    old = Role.objects.create(
        person=lezer,
        organisation=heideveld,
        name="contactpersoon",
        starts_on=datetime.date(2015, 1, 1),
        ends_on=datetime.date(2016, 1, 1),
    )
    response = at_bureau.post(page("role", "change", old.pk), {"ends_on": ""})
    assert "Deze persoon heeft deze rol al." in response.content.decode()


def test_a_region_and_its_gemeenten_are_reference_data(
    at_bureau: Client, heideveld: Organisation
) -> None:
    form = {"type": "other", "code": "R1", "name": "De Heide"}
    at_bureau.post(page("region", "add"), form)
    region = Region.objects.get(code="R1")
    again = at_bureau.post(page("region", "add"), form).content.decode()
    assert "Deze regio bestaat al." in again
    member = {"region": str(region.pk), "organisation": str(heideveld.pk)}
    at_bureau.post(page("regionmember", "add"), {**member, "starts_on": "01-01-2026"})
    assert RegionMember.objects.get().starts_on == datetime.date(2026, 1, 1)


@pytest.mark.parametrize("event", ["invitation", "password_reset"])
def test_a_personal_link_is_not_to_be_read_while_it_waits(
    event: str, at_bureau: Client
) -> None:
    email = Email.objects.create(
        key="1", event=event, recipient="a@b.example", subject="S", body="geheim"
    )
    response = at_bureau.get(page("email", "change", email.pk))
    assert "geheim" not in response.content.decode()
    other = Email.objects.create(
        key="2", event="run_prepared", recipient="a@b.example", subject="S", body="lees"
    )
    assert "lees" in at_bureau.get(page("email", "change", other.pk)).content.decode()


def test_a_password_is_nowhere_in_the_admin(at_bureau: Client, lezer: Person) -> None:
    lezer.set_password("geheim-geheim")
    lezer.save()
    for url in (page("person", "change", lezer.pk), page("person", "changelist")):
        assert lezer.password not in at_bureau.get(url).content.decode()


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        ("organisation", "q=GM9001", "Heideveld"),
        ("organisation", "q=heide", "Heideveld"),
        ("organisation", "q=NL02+ABNA+0123", "Heideveld"),
        ("organisation", "lidmaatschap=lid", "Heideveld"),
        ("organisation", "lidmaatschap=geen", "Noorderhage"),
        ("organisation", "iban__isempty=1", "Noorderhage"),
        ("membership", "q=GM9001", "Heideveld"),
        ("person", "q=lezer@nvsi", "Lezer"),
        ("organisation", "contactpersoon=ja", "Heideveld"),
        ("organisation", "contactpersoon=nee", "Noorderhage"),
        ("person", "rol=contactpersoon", "Lezer"),
        ("role", "q=lezer@nvsi", "Lezer"),
        ("historyevent", "soort=membership.organisation", "Heideveld"),
        ("historyevent", "q=heideveld", "Heideveld"),
    ],
)
def test_the_bureau_finds(
    model: str,
    query: str,
    found: str,
    at_bureau: Client,
    lezer: Person,
    noorderhage: Organisation,
    heideveld: Organisation,
) -> None:
    history.record(heideveld, "visited", None)
    response = at_bureau.get(f"{page(model, 'changelist')}?{query}")
    names = [_name(row) for row in response.context["cl"].result_list]
    other = {"Heideveld": "Noorderhage", "Noorderhage": "Heideveld"}.get(found, "-")
    assert any(found in name for name in names)
    assert not any(other in name for name in names)


def test_somebody_whose_role_ended_is_found_as_nobody(
    at_bureau: Client, lezer: Person
) -> None:
    lezer.roles.update(ends_on=datetime.date(2020, 1, 1))
    for role, is_found in (("contactpersoon", False), ("geen", True)):
        url = f"{page('person', 'changelist')}?rol={role}"
        assert (lezer in at_bureau.get(url).context["cl"].result_list) == is_found


@pytest.mark.parametrize(
    "query", ["password__startswith=a", "last_login__gt=2020-01-01", "roles__name=x"]
)
def test_a_list_answers_to_its_own_filters_alone(query: str, at_bureau: Client) -> None:
    """Else a secret could be guessed, a letter at a time."""
    assert at_bureau.get(f"{page('person', 'changelist')}?{query}").status_code == 400


def _name(row: Model) -> str:
    named = [getattr(row, name, "") for name in ("organisation", "person", "subject")]
    return " ".join(str(name) for name in (row, *named))


@pytest.mark.parametrize("query", ["status__exact=%00", "q=a%00b", "%00=1"])
def test_a_list_asked_with_what_no_text_holds_begins_anew(
    query: str, at_bureau: Client
) -> None:
    url = page("letter", "changelist")
    response = at_bureau.get(f"{url}?{query}")
    assert (response.status_code, response.headers["Location"]) == (302, f"{url}?e=1")


@pytest.mark.parametrize("query", ["organisation=x", "organisation=999999999999999999"])
def test_a_filter_on_what_is_not_there_finds_nothing(
    query: str, at_bureau: Client, lezer: Person
) -> None:
    response = at_bureau.get(f"{page('role', 'changelist')}?{query}")
    assert len(response.context["cl"].result_list) == 0


def test_an_organisation_shows_its_people_and_leads_to_its_money(
    at_bureau: Client, lezer: Person, heideveld: Organisation
) -> None:
    text = at_bureau.get(page("organisation", "change", heideveld.pk)).content.decode()
    assert "Lezer" in text
    assert f"/beheer/billing/settlement/?organisation={heideveld.pk}" in text


def test_the_history_of_a_record_is_told_in_dutch(
    at_bureau: Client, bureau: Person, noorderhage: Organisation
) -> None:
    change(at_bureau, noorderhage, town="Hage")
    history.record(noorderhage, "draft>approved", None, numbers=list(range(20)))
    text = at_bureau.get(
        page("organisation", "history", noorderhage.pk)
    ).content.decode()
    assert "Status van concept naar vastgesteld, automatisch." in text
    assert "10, 11 en nog 8" in text
    assert f"Gewijzigd, door {bureau.name}." in text
    assert "Plaats: <del>leeg</del>" in text
    assert "<ins>Hage</ins>" in text


def test_the_log_tells_who_did_what_to_which_record(
    at_bureau: Client, bureau: Person, noorderhage: Organisation
) -> None:
    event = history.record(noorderhage, "changed", bureau, fields=["iban", "gone"])
    history.record(noorderhage, "visited", None)
    text = at_bureau.get(page("historyevent", "changelist")).content.decode()
    assert page("organisation", "change", noorderhage.pk) in text
    assert "visited" in text
    one = at_bureau.get(page("historyevent", "change", event.pk)).content.decode()
    assert "velden: IBAN, gone" in one


def test_what_has_no_page_is_named_without_a_link(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    HistoryEvent.objects.create(
        action="gone", subject_type="old.thing", subject_id=1, subject="een oud ding"
    )
    response = at_bureau.get(page("historyevent", "changelist"))
    assert "een oud ding" in response.content.decode()


@pytest.mark.parametrize("name", ["lezer", "vreemde", "backoffice"])
def test_who_is_not_of_the_association_does_not_come_in(
    name: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get(page("organisation", "changelist")).status_code == 302


def test_a_role_that_ended_yesterday_opens_nothing(
    client: Client, bureau: Person
) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    bureau.roles.update(ends_on=yesterday)
    client.force_login(bureau)
    assert client.get(page("organisation", "changelist")).status_code == 302


def test_a_list_asks_as_many_queries_for_many_as_for_few(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    make_person("Een", "contactpersoon", noorderhage)
    few = _queries(at_bureau, "role")
    for name in ("Twee", "Drie", "Vier"):
        make_person(name, "contactpersoon", noorderhage)
    assert _queries(at_bureau, "role") == few


def _queries(client: Client, model: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(page(model, "changelist"))
    return len(queries)


@pytest.mark.parametrize("key", ["nonsense", "999999"])
def test_the_history_of_what_is_not_there_leads_back(
    key: str, at_bureau: Client
) -> None:
    url = f"/beheer/membership/organisation/{key}/history/"
    assert at_bureau.get(url).status_code == 302


# Another account.


def test_another_iban_is_recorded_and_told_to_who_prepares_and_pays(
    at_bureau: Client,
    bureau: Person,
    penningmeester: Person,
    bestuur: Person,
    noorderhage: Organisation,
) -> None:
    Organisation.objects.filter(pk=noorderhage.pk).update(iban="NL44RABO0123456789")
    noorderhage.refresh_from_db()
    change(at_bureau, noorderhage, iban="NL91 ABNA 0417 1643 00")
    event = HistoryEvent.objects.get(action="iban changed")
    assert (event.by, event.subject_id) == (bureau, noorderhage.pk)
    assert event.facts == {
        "before": "NL44RABO0123456789",
        "after": "NL91ABNA0417164300",
    }
    told = Email.objects.filter(event="iban_changed")
    assert {e.recipient for e in told} == {bureau.email, penningmeester.email}
    assert "Was: NL44RABO0123456789\nNu: NL91ABNA0417164300\n" in told[0].body
    assert bureau.name in told[0].body


@pytest.mark.parametrize("iban", ["NL91ABNA0417164300", "nl91 abna 0417 1643 00"])
def test_the_same_iban_is_no_change(
    at_bureau: Client, noorderhage: Organisation, iban: str
) -> None:
    noorderhage.iban = "NL91ABNA0417164300"
    noorderhage.save()
    change(at_bureau, noorderhage, iban=iban, town="Hage")
    assert not HistoryEvent.objects.filter(action="iban changed").exists()
    assert not Email.objects.exists()


def test_the_first_iban_of_a_new_organisation_is_a_change_too(
    at_bureau: Client, noorderhage: Organisation
) -> None:
    new = organisation_form(noorderhage, code="GM9999", kind="gemeente")
    at_bureau.post(page("organisation", "add"), {**new, "iban": "NL91ABNA0417164300"})
    event = HistoryEvent.objects.get(action="iban changed")
    assert event.facts == {"before": "", "after": "NL91ABNA0417164300"}
