"""People come in by invitation: once, in time, and with the right role."""

import datetime
import re
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from membership import emails
from membership.invitations import LIFETIME
from membership.models import Email, HistoryEvent, Organisation, Person, Role
from membership.people import (
    Added,
    add_person,
    clean_email,
    organisation_by_code,
    person_by_email,
)
from nvsi.commands import Geweigerd
from nvsi.errors import NotAllowed

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 9)
PASSWORD = "een lange zin die niemand raadt"


def add(email: str = "Anna@Voorbeeld.nl", **facts: Any) -> Added:
    return add_person(
        email,
        **{
            "name": "Anna O'Brien",
            "role": "bureau",
            "organisation": None,
            "today": TODAY,
            "by": None,
            **facts,
        },
    )


def link_in(email: Email | None) -> str:
    assert email is not None
    found = re.search(r"http://localhost:8000(/uitnodiging/\S+)", email.body)
    assert found
    return found[1]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_a_new_person_gets_the_role_from_today_and_an_invitation(
    bestuur: Person,
) -> None:
    added = add(by=bestuur)
    person = Person.objects.get(email="anna@voorbeeld.nl")
    assert person.name == "Anna O'Brien"
    assert not person.has_usable_password()
    role = person.roles.get()
    assert (role.name, role.organisation, role.starts_on) == ("bureau", None, TODAY)
    assert added.is_new
    email = Email.objects.get()
    assert email == added.invitation
    assert email.recipient == "anna@voorbeeld.nl"
    assert "NVSI" in email.subject
    assert "Beste Anna O'Brien," in email.body
    assert "Nederlandse Vereniging voor Sociale Innovatie" in email.body
    actions = set(HistoryEvent.objects.values_list("action", "by"))
    assert actions == {(act, bestuur.pk) for act in ("added", "given", "invited")}


def test_adding_twice_changes_nothing_and_invites_once() -> None:
    add()
    again = add("anna@voorbeeld.nl", name="Iemand Anders", role=" Bureau ")
    assert not again.is_new
    assert again.invitation is None
    assert Person.objects.get().name == "Anna O'Brien"
    assert Role.objects.count() == Email.objects.count() == 1
    assert HistoryEvent.objects.count() == 3


def test_a_second_role_needs_no_second_invitation(heideveld: Organisation) -> None:
    add()
    added = add(role="contactpersoon", organisation=heideveld)
    assert str(added.role) == "contactpersoon van gemeente Heideveld"
    assert added.is_new
    assert added.invitation is None


def test_an_ended_role_is_given_again() -> None:
    Role.objects.update(ends_on=TODAY)
    add()
    yesterday = TODAY - datetime.timedelta(days=1)
    Role.objects.update(starts_on=yesterday, ends_on=yesterday)
    assert add().is_new
    assert Role.objects.count() == 2


def test_who_can_log_in_is_not_invited(bureau: Person) -> None:
    bureau.set_password(PASSWORD)
    bureau.save()
    assert add(bureau.email, role="penningmeester").invitation is None
    assert not Email.objects.exists()


def test_an_expired_or_failed_invitation_is_sent_anew() -> None:
    add()
    assert add().invitation is None
    Email.objects.update(state=Email.State.FAILED)
    assert add().invitation is not None
    with time_machine.travel(timezone.now() + LIFETIME + LIFETIME):
        assert add().invitation is not None
        assert add().invitation is None
    assert Email.objects.count() == 3


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"role": "baas"}, "'baas' is geen rol. Kies uit: contactpersoon"),
        ({"role": "bestuur", "organisation": "heideveld"}, "Noem geen organisatie"),
        ({"role": "contactpersoon"}, "hoort bij een organisatie"),
        ({"role": "uitvoerder", "organisation": "heideveld"}, "is geen uitvoerder"),
        ({"email": "anna"}, "'anna' is geen e-mailadres"),
        ({"name": " "}, "Geef de naam"),
    ],
)
def test_what_does_not_fit_is_refused_with_nothing_changed(
    facts: dict[str, Any], sentence: str, heideveld: Organisation
) -> None:
    if "organisation" in facts:
        facts = {**facts, "organisation": heideveld}
    with pytest.raises(NotAllowed, match=sentence):
        add(**facts)
    assert not Person.objects.exists()
    assert not Email.objects.exists()


def test_the_only_uitvoerder_need_not_be_named(
    flexensie_nederland: Organisation,
) -> None:
    assert add(role="uitvoerder").role.organisation == flexensie_nederland
    Organisation.objects.create(
        code="ander", kind="uitvoerder", name="Ander b.v.", short_name="Ander"
    )
    with pytest.raises(NotAllowed, match="Bekend zijn: ander, flexensie"):
        add("piet@voorbeeld.nl", role="uitvoerder")


def test_somebody_inactive_is_refused_everywhere(bureau: Person) -> None:
    bureau.is_active = False
    bureau.save()
    with pytest.raises(NotAllowed, match="niet meer actief"):
        add(bureau.email)
    with pytest.raises(NotAllowed, match="Voeg de persoon toe met add_person"):
        person_by_email(bureau.email)


def test_people_and_organisations_are_found_in_any_case(
    bureau: Person, heideveld: Organisation
) -> None:
    assert person_by_email(" BUREAU@nvsi.example ") == bureau
    assert organisation_by_code("gm9001 ") == heideveld
    with pytest.raises(NotAllowed, match="Niemand heeft het e-mailadres x@y"):
        person_by_email("x@y.nl")
    with pytest.raises(NotAllowed, match="de code 'GM0000'"):
        organisation_by_code("GM0000")


@pytest.mark.parametrize("text", ["", "a@b", "a b@c.nl", f"{'a' * 250}@b.nl"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert clean_email(text) is None


def test_the_link_lets_its_person_choose_a_password_once(client: Client) -> None:
    url = link_in(add().invitation)
    page = client.get(url)
    assert page.status_code == 200
    assert "Welkom, Anna O&#x27;Brien" in page.content.decode()
    assert "no-cache" in page["Cache-Control"]
    twice = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    done = client.post(url, twice)
    assert (done.status_code, done["Location"]) == (302, reverse("account_login"))
    person = Person.objects.get()
    assert person.check_password(PASSWORD)
    assert Client().login(username="anna@voorbeeld.nl", password=PASSWORD)
    assert HistoryEvent.objects.get(action="password chosen").by == person
    used = client.post(url, twice)
    assert used.status_code == 410
    assert "Deze link werkt niet meer" in used.content.decode()


def test_a_weak_password_is_refused(client: Client) -> None:
    url = link_in(add().invitation)
    page = client.post(url, {"new_password1": "kort", "new_password2": "kort"})
    assert page.status_code == 200
    assert "12 tekens" in page.content.decode()
    assert not Person.objects.get().has_usable_password()


def test_a_link_dies_after_a_week_and_with_its_person(client: Client) -> None:
    url = link_in(add().invitation)
    with time_machine.travel(timezone.now() + LIFETIME + datetime.timedelta(days=1)):
        assert client.get(url).status_code == 410
    assert client.get(url).status_code == 200
    Person.objects.update(is_active=False)
    assert client.get(url).status_code == 410


@pytest.mark.parametrize("uid", ["x", "MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "!!"])
def test_a_made_up_link_is_a_dead_link(client: Client, uid: str) -> None:
    assert client.get(f"/uitnodiging/{uid}/abc-def/").status_code == 410


def test_the_link_is_forgotten_once_it_is_sent(mailoutbox: list[Any]) -> None:
    url = link_in(add().invitation)
    assert emails.send_waiting() == 1
    assert url in mailoutbox[0].body
    assert "/uitnodiging/" not in Email.objects.get().body


def run(*words: str) -> str:
    out = StringIO()
    call_command("add_person", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_did_on_one_line(
    heideveld: Organisation, mailoutbox: list[Any]
) -> None:
    role = ("--role", "ondertekenaar", "--organisation", "gm9001")
    words = ("a@b.nl", "--name", "An", *role)
    assert run(*words) == (
        "An (a@b.nl) is nu ondertekenaar van gemeente Heideveld. "
        "De uitnodiging is verzonden.\n"
    )
    assert len(mailoutbox) == 1
    assert run(*words) == (
        "An (a@b.nl) was al ondertekenaar van gemeente Heideveld. "
        "Er is niets gewijzigd.\n"
    )
    assert len(mailoutbox) == 1


def test_with_a_worker_the_command_leaves_the_sending_to_it(
    settings: Settings, mailoutbox: list[Any]
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    out = run("a@b.nl", "--name", "An", "--role", "bureau")
    assert out == "An (a@b.nl) is nu bureau. De uitnodiging wordt verzonden.\n"
    assert not mailoutbox


def test_the_command_says_when_the_sending_fails(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    out = run("a@b.nl", "--name", "An", "--role", "bureau")
    assert "De uitnodiging kon nog niet worden verzonden: de mailserver is niet" in out


def test_the_command_refuses_in_dutch() -> None:
    with pytest.raises(Geweigerd, match="'baas' is geen rol"):
        run("a@b.nl", "--name", "An", "--role", "baas")
    with pytest.raises(Geweigerd, match="Geen organisatie heeft de code"):
        run("a@b.nl", "--name", "A", "--role", "uitvoerder", "--organisation", "x")


# Who may give which role.


@pytest.mark.parametrize("role", ["bureau", "penningmeester", "bestuur"])
@pytest.mark.parametrize("giver", ["bureau", "penningmeester"])
def test_only_the_bestuur_gives_a_role_of_the_association(
    giver: str, role: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(giver)
    with pytest.raises(NotAllowed, match="iemand van het bestuur"):
        add(role=role, by=by)
    assert not Person.objects.filter(email="anna@voorbeeld.nl").exists()


def test_the_bureau_gives_a_role_at_an_organisation(
    bureau: Person, heideveld: Organisation
) -> None:
    assert add(role="contactpersoon", organisation=heideveld, by=bureau).is_new


def test_nobody_gives_himself_a_role(bestuur: Person) -> None:
    with pytest.raises(NotAllowed, match="laat u door een ander wijzigen"):
        add(bestuur.email.upper(), role="penningmeester", by=bestuur)
    assert bestuur.roles.count() == 1
