"""Login: who comes in, what he must show, and what a stranger learns."""

import datetime
import re
from typing import Any, ClassVar

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from membership import second_factor
from membership.login import RESET_LIFETIME
from membership.models import Email, HistoryEvent, Person
from membership.sessions import device
from membership.views import RESET_SECONDS
from tests.membership.logins import (
    PASSWORD,
    code,
    enter,
    give_app,
    give_password,
    log_in,
)

pytestmark = pytest.mark.django_db

NEW = "weer een heel andere zin van mij"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


class CountingHasher(MD5PasswordHasher):
    """Quick, and knows how often it was asked."""

    asked: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.asked.append(password)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def quick_and_unlimited(settings: Settings) -> None:
    """Quick passwords, and no attempts of an earlier test."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    cache.clear()


@pytest.fixture
def contact(lezer: Person) -> Person:
    give_password(lezer)
    return lezer


@pytest.fixture
def staff(bureau: Person) -> Person:
    give_password(bureau)
    return bureau


def logged_in(client: Client) -> bool:
    return client.get(reverse("mfa_index")).status_code == 200


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_contact_person_logs_in_with_a_password(
    client: Client, contact: Person
) -> None:
    response = enter(client, "Lezer@NVSI.example")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert logged_in(client)


def test_the_login_page_is_in_dutch_and_leads_to_the_rest(client: Client) -> None:
    page = client.get(reverse("account_login"))
    assert "<h1" in text(page)
    for name in ("account_reset_password", "account_signup", "mfa_login_webauthn"):
        assert reverse(name) in text(page)
    assert "no-cache" in page["Cache-Control"]


def test_nobody_signs_up(client: Client) -> None:
    before = Person.objects.count()
    page = client.post(reverse("account_signup"), {"email": "x@y.nl", "password1": NEW})
    assert "op uitnodiging" in text(page)
    assert Person.objects.count() == before


def test_the_answer_is_the_same_whether_an_address_exists_or_not(
    client: Client, contact: Person
) -> None:
    def answer(email: str) -> str:
        page = text(enter(client, email, "fout wachtwoord"))
        return re.sub(r'value="[^"]*"', "", page)

    assert answer(contact.email) == answer("niemand@nvsi.example")
    assert "klopt niet. Controleer beide" in answer(contact.email)


def test_the_answer_takes_as_long_whether_an_address_exists_or_not(
    client: Client, contact: Person, vreemde: Person
) -> None:
    for email in (contact.email, vreemde.email, "niemand@nvsi.example"):
        CountingHasher.asked.clear()
        enter(client, email, "fout wachtwoord")
        assert len(CountingHasher.asked) == 1, email


def test_five_wrong_passwords_lock_an_address_for_a_while(
    client: Client, contact: Person
) -> None:
    for _ in range(5):
        enter(client, contact.email, "fout wachtwoord")
    assert "Wacht 5 minuten" in text(enter(client, contact.email))
    assert not logged_in(client)
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=6)):
        enter(client, contact.email)
    assert logged_in(client)


def test_a_forged_forwarded_for_does_not_reset_the_lock(
    client: Client, contact: Person
) -> None:
    for number in range(6):
        client.post(
            reverse("account_login"),
            {"login": contact.email, "password": "fout"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
    assert "Wacht 5 minuten" in text(enter(client, contact.email))


def test_a_stranger_elsewhere_cannot_lock_somebody_out(contact: Person) -> None:
    attacker, owner = Client(REMOTE_ADDR="198.51.100.7"), Client()
    for _ in range(6):
        enter(attacker, contact.email, "fout")
    enter(owner, contact.email)
    assert logged_in(owner)


def test_an_unknown_address_is_locked_alike(client: Client) -> None:
    for _ in range(5):
        enter(client, "niemand@nvsi.example", "fout")
    assert "Wacht 5 minuten" in text(enter(client, "niemand@nvsi.example"))


def test_a_login_gives_a_new_session_key(client: Client, contact: Person) -> None:
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    enter(client, contact.email)
    assert client.session.session_key != before
    assert not client.session.exists(before or "")


def test_who_is_disabled_is_refused_at_the_next_request(
    client: Client, contact: Person
) -> None:
    log_in(client, contact)
    assert client.get(reverse("mfa_index")).status_code == 200
    Person.objects.update(is_active=False)
    page = client.get(reverse("mfa_index"))
    assert page["Location"].startswith(reverse("account_login"))
    enter(client, contact.email)
    assert not logged_in(client)


@pytest.mark.parametrize("who", ["bureau", "penningmeester", "bestuur", "backoffice"])
def test_without_a_second_factor_a_role_that_needs_one_reaches_nothing_else(
    client: Client, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    give_password(person)
    log_in(client, person)
    for name in ("admin:index", "usersessions_list", "account_change_password"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_index")
    assert client.post(reverse("act_for"))["Location"] == reverse("mfa_index")
    page = text(client.get(reverse("mfa_index")))
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page


def test_a_contact_person_is_offered_a_second_factor(
    client: Client, contact: Person
) -> None:
    log_in(client, contact)
    assert client.get(reverse("usersessions_list")).status_code == 200
    assert "App instellen" in text(client.get(reverse("mfa_index")))


def activate_app(client: Client) -> Any:
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    return client.post(reverse("mfa_activate_totp"), {"code": code(secret)})


def test_choosing_an_app_opens_the_rest_at_once(
    client: Client,
    staff: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    assert log_in(client, staff)["Location"] == reverse("admin:index")
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Deze code klopt niet" in text(wrong)
    with django_capture_on_commit_callbacks(execute=True):
        done = activate_app(client)
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("admin:index")).status_code == 200
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert len(codes.context["unused_codes"]) == 10
    assert "app voor inlogcodes toegevoegd" in Email.objects.latest("pk").body


def test_the_key_of_an_app_is_kept_encrypted(client: Client, staff: Person) -> None:
    give_app(staff)
    data = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "JBSWY3DPEHPK3PXP" not in data


def test_a_session_from_before_the_app_ends_when_it_is_chosen(staff: Person) -> None:
    attacker, owner = Client(), Client()
    log_in(attacker, staff)
    log_in(owner, staff)
    activate_app(owner)
    page = attacker.get(reverse("mfa_index"))
    assert page["Location"].startswith(reverse("account_login"))


def test_who_has_an_app_must_give_its_code(client: Client, staff: Person) -> None:
    give_app(staff)
    assert enter(client, staff.email)["Location"] == reverse("mfa_authenticate")
    assert not logged_in(client)
    assert client.get(reverse("admin:index")).status_code == 302
    assert "Tweede stap" in text(client.get(reverse("mfa_authenticate")))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Deze code klopt niet" in text(wrong)
    assert not logged_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_code_works_once(staff: Person) -> None:
    give_app(staff)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first, second = Client(), Client()
        log_in(first, staff)
        assert logged_in(first)
        used = code()
        clock.shift(31)
        enter(second, staff.email)
        second.post(reverse("mfa_authenticate"), {"code": used})
    assert not logged_in(second)


def test_a_recovery_code_works_once(client: Client, staff: Person) -> None:
    give_app(staff)
    codes = Authenticator.objects.get(user=staff, type="recovery_codes").wrap()
    one = codes.get_unused_codes()[0]
    for succeeds in (True, False):
        client.logout()
        cache.clear()
        enter(client, staff.email)
        client.post(reverse("mfa_authenticate"), {"code": one})
        assert logged_in(client) is succeeds


def test_a_session_that_never_gave_the_factor_is_asked_for_it(
    client: Client, contact: Person
) -> None:
    log_in(client, contact)
    give_app(contact)
    contact.roles.create(name="bureau", starts_on=datetime.date(2018, 1, 1))
    page = client.get(reverse("admin:index"))
    assert page["Location"] == f"{reverse('mfa_reauthenticate')}?next=%2Fbeheer%2F"
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    back = client.post(page["Location"], {"code": code(), "next": "/beheer/"})
    assert back["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200


def test_the_last_second_factor_stays_with_a_role_that_needs_it(
    client: Client, staff: Person, contact: Person
) -> None:
    for person, left in ((staff, True), (contact, False)):
        client.logout()
        cache.clear()
        give_app(person)
        log_in(client, person)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.post(reverse("mfa_deactivate_totp"))
        assert second_factor.has_one(person) is left


def test_the_last_passkey_stays_with_a_role_that_needs_it(
    client: Client, staff: Person
) -> None:
    passkey = Authenticator.objects.create(user=staff, type="webauthn", data={})
    client.force_login(staff)
    response = client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))
    assert response["Location"] == reverse("mfa_list_webauthn")
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_passkey_that_is_not_needed_is_removed(
    client: Client, contact: Person
) -> None:
    passkey = Authenticator.objects.create(user=contact, type="webauthn", data={})
    give_password(contact)
    client.force_login(contact)
    url = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert client.post(url)["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(url)["Location"] == reverse("mfa_list_webauthn")
    assert not Authenticator.objects.exists()


def test_a_passkey_of_another_is_not_found(client: Client, contact: Person) -> None:
    other = Person.objects.create_user("ander@nvsi.example", "Ander")
    passkey = Authenticator.objects.create(user=other, type="webauthn", data={})
    client.force_login(contact)
    url = reverse("mfa_remove_webauthn", args=[passkey.pk])
    assert client.post(url).status_code == 404


def test_the_bureau_lets_somebody_choose_anew(staff: Person, bestuur: Person) -> None:
    give_app(staff)
    second_factor.forget(staff, by=bestuur)
    assert not Authenticator.objects.filter(user=staff).exists()
    assert HistoryEvent.objects.get(action="second factor forgotten").by == bestuur


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_index", "mfa_authenticate"]
)
def test_the_strict_policy_holds_on_the_pages_of_the_second_factor(
    client: Client, staff: Person, name: str
) -> None:
    if name == "mfa_authenticate":
        give_app(staff)
        enter(client, staff.email)
    else:
        log_in(client, staff)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]
    for script in re.findall(r"<script[^>]*>", page.content.decode()):
        assert "src=" in script or 'type="application/json"' in script
    assert " style=" not in page.content.decode()


def test_a_passkey_page_gets_its_options(client: Client, staff: Person) -> None:
    log_in(client, staff)
    page = client.get(reverse("mfa_add_webauthn"))
    assert "challenge" in str(page.context["js_data"])
    client.logout()
    options = client.get(
        reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}
    ).json()
    assert options["request_options"]["publicKey"]["challenge"]


@pytest.mark.parametrize("sent", ["", "x", "[]", "1", '{"id": "x"}', '{"rawId": [1]}'])
def test_a_made_up_passkey_is_refused(client: Client, staff: Person, sent: str) -> None:
    data = {"credential": sent}
    response = client.post(reverse("mfa_login_webauthn"), data)
    assert response["Location"] == reverse("account_login")
    assert not logged_in(client)
    log_in(client, staff)
    assert client.post(reverse("mfa_add_webauthn"), data).status_code == 200
    give_app(staff)
    client.logout()
    enter(client, staff.email)
    assert client.post(reverse("mfa_authenticate"), data).status_code == 200
    assert not logged_in(client)


def reset_link(client: Client, email: str) -> str:
    client.post(reverse("account_reset_password"), {"email": email})
    message = Email.objects.filter(event="password_reset").latest("pk")
    assert message.recipient == email
    return message.body


def test_a_forgotten_password_is_chosen_anew_by_e_mail(
    client: Client, contact: Person, settings: Settings
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False  # so that the link stays in the log
    found = re.search(r"http://\S+", reset_link(client, contact.email))
    assert found
    form = client.get(found[0], follow=True)
    assert "Kies een nieuw wachtwoord" in text(form)
    page = form.redirect_chain[-1][0]
    weak = client.post(page, {"password1": "kort", "password2": "kort"})
    assert "12 tekens" in text(weak)
    done = client.post(page, {"password1": NEW, "password2": NEW}, follow=True)
    assert "opgeslagen" in text(done)
    assert not logged_in(client)
    assert "werkt niet meer" in text(Client().get(found[0], follow=True))
    assert HistoryEvent.objects.get(action="password chosen").by == contact
    enter(client, contact.email, NEW)
    assert logged_in(client)


def test_a_link_for_a_new_password_dies_after_hours(
    client: Client, contact: Person, settings: Settings
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    found = re.search(r"http://\S+", reset_link(client, contact.email))
    assert found
    with time_machine.travel(timezone.localtime() + RESET_LIFETIME * 1.1):
        assert "werkt niet meer" in text(Client().get(found[0], follow=True))
    assert "Kies een nieuw" in text(Client().get(found[0], follow=True))


@pytest.mark.parametrize("key", ["z-set-password", "1-x", "1-abc-def", "zzz-a-b"])
def test_a_made_up_link_for_a_new_password_is_dead(client: Client, key: str) -> None:
    assert "werkt niet meer" in text(client.get(f"/wachtwoord/nieuw/{key}/"))


def test_a_link_that_was_sent_is_forgotten(client: Client, contact: Person) -> None:
    assert "http" not in reset_link(client, contact.email)


def test_asking_for_a_link_does_not_tell_whether_an_address_exists(
    client: Client, contact: Person
) -> None:
    Person.objects.create_user("weg@nvsi.example", "Weg")
    Person.objects.filter(email="weg@nvsi.example").update(is_active=False)
    took = []
    for email in (contact.email, "niemand@nvsi.example", "weg@nvsi.example"):
        started = timezone.now()
        page = client.post(reverse("account_reset_password"), {"email": email})
        took.append((timezone.now() - started).total_seconds())
        assert page["Location"] == reverse("account_reset_password_done")
    assert min(took) >= RESET_SECONDS
    assert Email.objects.filter(event="password_reset").count() == 1


def test_asking_for_links_is_limited(client: Client, contact: Person) -> None:
    for _ in range(3):
        client.post(reverse("account_reset_password"), {"email": contact.email})
    data = {"email": contact.email}
    page = client.post(reverse("account_reset_password"), data)
    assert page.status_code == 429
    assert "te vaak geprobeerd" in text(page)


def test_a_password_is_changed_with_the_old_one(
    client: Client, contact: Person
) -> None:
    log_in(client, contact)
    elsewhere = Client()
    log_in(elsewhere, contact)
    url = reverse("account_change_password")
    new = {"password1": NEW, "password2": NEW}
    wrong = client.post(url, {"oldpassword": "fout", **new})
    assert "niet uw huidige wachtwoord" in text(wrong)
    client.post(url, {"oldpassword": PASSWORD, **new})
    assert logged_in(client)
    assert client.get(url).status_code == 200
    assert elsewhere.get(url)["Location"].startswith(reverse("account_login"))
    assert "wachtwoord is gewijzigd" in Email.objects.latest("pk").body


def test_somebody_sees_and_ends_his_own_sessions(contact: Person) -> None:
    here, there, third = Client(), Client(HTTP_USER_AGENT=FIREFOX), Client()
    for client in (here, there, third):
        log_in(client, contact)
    page = here.get(reverse("usersessions_list"))
    assert "Firefox op Windows" in text(page)
    assert text(page).count("Hier bent u nu") == 1
    key = there.session.session_key
    session = UserSession.objects.get(session_key=key)
    here.post(reverse("end_session", args=[session.pk]))
    assert there.get(reverse("mfa_index")).status_code == 302
    assert third.get(reverse("mfa_index")).status_code == 200
    here.post(reverse("usersessions_list"))
    assert third.get(reverse("mfa_index")).status_code == 302
    assert here.get(reverse("mfa_index")).status_code == 200


def test_the_session_of_another_is_not_found(contact: Person, vreemde: Person) -> None:
    client, stranger = Client(), Client()
    log_in(client, contact)
    stranger.force_login(vreemde)
    session = UserSession.objects.get()
    url = reverse("end_session", args=[session.pk])
    assert stranger.post(url).status_code == 404
    assert stranger.get(url).status_code == 405
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("", "Een browser"),
        (FIREFOX, "Firefox op Windows"),
        ("Mozilla/5.0 (iPhone) AppleWebKit Safari/604.1", "Safari op iPhone of iPad"),
        ("Mozilla/5.0 (X11; Linux) Chrome/140 Safari/537 Edg/140", "Edge op Linux"),
    ],
)
def test_a_browser_has_a_name_that_people_know(user_agent: str, name: str) -> None:
    assert device(user_agent) == name


def test_the_admin_is_behind_the_same_login(client: Client, contact: Person) -> None:
    page = client.get("/beheer/", follow=True)
    assert page.redirect_chain[-1][0] == "/inloggen/?next=/beheer/"
    assert client.post("/beheer/login/", {"username": "x"})["Location"].startswith(
        reverse("account_login")
    )
    log_in(client, contact)
    assert client.get("/beheer/", follow=True).status_code == 403
    client.post("/beheer/logout/")
    assert not logged_in(client)


def test_who_may_enter_the_admin_goes_on_to_it(client: Client, staff: Person) -> None:
    client.force_login(staff)
    assert client.get("/beheer/login/")["Location"] == "/beheer/"
    page = client.get("/beheer/password_change/")
    assert page["Location"] == reverse("account_change_password")


def test_the_keys_of_the_login_are_not_in_the_admin(client: Client) -> None:
    client.get("/inloggen/")
    names = [model.__module__ for model in admin.site._registry]
    assert not [name for name in names if name.startswith("allauth.")]


def test_login_goes_on_to_where_somebody_was_going(
    client: Client, contact: Person
) -> None:
    there = enter(client, contact.email, next="/account/sessies/")
    assert there["Location"] == "/account/sessies/"
    client.logout()
    away = enter(client, contact.email, next="https://kwaad.example/")
    assert away["Location"] == "/"


def test_logging_out_is_a_post(client: Client, contact: Person) -> None:
    log_in(client, contact)
    client.get(reverse("account_logout"))
    assert logged_in(client)
    assert client.post(reverse("account_logout"))["Location"] == "/inloggen/"
    assert not logged_in(client)


def test_a_second_factor_survives_a_new_secret_key(settings: Settings) -> None:
    safe = second_factor.MFAAdapter()
    kept = safe.encrypt("the key of an app")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one, that signs from now on"
    assert safe.decrypt(kept) == "the key of an app"
