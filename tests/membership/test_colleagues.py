"""Colleagues arrange their roles among themselves; the right to sign they do not."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.models import Payment, Settlement
from membership.admin import waiting
from membership.admission.dossiers import open_dossier
from membership.colleagues import roles, signers
from membership.models import (
    Dossier,
    Email,
    HistoryEvent,
    Mandate,
    Organisation,
    Person,
    Role,
    SignerProposal,
    StepAsk,
)
from membership.people import add_person
from nvsi.errors import NotAllowed
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
PIET = {"name": "Piet", "email": "piet@nvsi.example"}


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def own(lezer: Person) -> Role:
    return lezer.roles.get()


@pytest.fixture
def collega(heideveld: Organisation) -> Person:
    return make_person("Collega", "contactpersoon", heideveld)


def roles_of(person: Person) -> set[str]:
    return set(person.roles.values_list("name", flat=True))


def told() -> set[tuple[str, str]]:
    return set(Email.objects.values_list("event", "recipient"))


# Who sees what.


@pytest.mark.parametrize(
    ("role", "sees_list", "sees_dossier"),
    [("financieel", 200, False), ("fg", 403, False), ("ondertekenaar", 200, True)],
)
def test_what_a_role_at_an_organisation_may_see(
    role: str, sees_list: int, sees_dossier: bool, waterkant: Organisation,
    bureau: Person, client: Client,
) -> None:  # fmt: skip
    person = make_person("Iemand", role, waterkant)
    dossier = open_dossier(waterkant, "lid", by=bureau)
    client.force_login(person)
    assert client.get(reverse("statement-list")).status_code == sees_list
    home = client.get(reverse("home")).content.decode()
    assert ("geen bedragen" in home) == (role == "fg")
    assert (reverse("statement-list") in home) == (role != "fg")
    visible = Dossier.objects.visible_to(person)
    assert visible.filter(pk=dossier.pk).exists() == sees_dossier
    assert client.get(reverse("colleagues")).status_code == 200
    assert client.get(reverse("colleague-invite")).status_code == 404


def test_the_fg_sees_no_money(heideveld: Organisation) -> None:
    fg = make_person("Iemand", "fg", heideveld)
    assert fg.organisation_ids == [heideveld.pk]
    for rows in (Settlement.objects, Payment.objects):
        with pytest.raises(EmptyResultSet):  # not even a question to the database
            str(rows.visible_to(fg).query)
    assert fg.money_organisation_ids == []


# Invite.


@pytest.mark.parametrize("role", ["contactpersoon", "financieel", "fg"])
def test_a_contactpersoon_invites_a_colleague(
    role: str, heideveld: Organisation, lezer: Person, today: datetime.date
) -> None:
    given = roles.invite(heideveld, **PIET, role=role, today=today, by=lezer)
    assert (given.name, given.starts_on, given.ends_on) == (role, today, None)
    assert told() == {("invitation", "piet@nvsi.example")}
    assert HistoryEvent.objects.get(action="given").by == lezer


def test_a_colleague_who_can_log_in_is_told(
    heideveld: Organisation, lezer: Person, collega: Person, today: datetime.date
) -> None:
    collega.set_password("een lange zin die niemand raadt")
    collega.save()
    who = {"name": "x", "email": collega.email}
    roles.invite(heideveld, **who, role="financieel", today=today, by=lezer)
    assert told() == {("role_given", collega.email)}
    with pytest.raises(NotAllowed, match="heeft deze rol al"):
        roles.invite(heideveld, **who, role="financieel", today=today, by=lezer)


@pytest.mark.parametrize("role", ["ondertekenaar", "regiegroeplid", "bureau", "x"])
def test_no_other_role_is_given_by_an_organisation(
    role: str, heideveld: Organisation, lezer: Person, today: datetime.date
) -> None:
    with pytest.raises(NotAllowed):
        roles.invite(heideveld, **PIET, role=role, today=today, by=lezer)
    with pytest.raises(NotAllowed):
        add_person(**PIET, role=role, organisation=heideveld, today=today, by=lezer)
    assert not Person.objects.filter(email=PIET["email"]).exists()


@pytest.mark.parametrize("email", ["lezer@nvsi.example", "piet@elders.example", "x"])
def test_only_a_colleague_is_invited(
    email: str, heideveld: Organisation, lezer: Person, today: datetime.date
) -> None:
    with pytest.raises(NotAllowed) as refused:
        roles.invite(heideveld, name="P", email=email, role="fg", today=today, by=lezer)
    assert refused.value.field == "email"


def test_a_stranger_and_another_role_invite_nobody(
    heideveld: Organisation, vreemde: Person, today: datetime.date
) -> None:
    for by in (vreemde, make_person("Geld", "financieel", heideveld)):
        with pytest.raises(NotAllowed, match="doet een contactpersoon"):
            roles.invite(heideveld, **PIET, role="fg", today=today, by=by)


# Hand over, and leave.


def test_a_role_is_handed_over_from_a_day(
    waterkant: Organisation, bureau: Person, today: datetime.date
) -> None:
    lezer = make_person("Lezer", "contactpersoon", waterkant)
    collega = make_person("Collega", "contactpersoon", waterkant)
    own, dossier = lezer.roles.get(), open_dossier(waterkant, "lid", by=bureau)
    StepAsk.objects.create(dossier=dossier, kind="weighed", person=lezer, by=collega)
    from_on = today + 10 * DAY
    new = roles.hand_over(own, **PIET, from_on=from_on, today=today, by=lezer)
    own.refresh_from_db()
    assert own.ends_on == from_on - DAY
    assert (new.name, new.starts_on, new.ends_on) == ("contactpersoon", from_on, None)
    assert StepAsk.objects.filter(dossier=dossier, person=new.person).exists()
    assert told() == {
        ("invitation", "piet@nvsi.example"),
        *(("role_ended", person.email) for person in (lezer, collega)),
    }
    event = HistoryEvent.objects.get(action="handed over")
    assert (event.by, event.facts["person"]) == (lezer, new.person_id)


def test_a_role_is_handed_over_today(
    own: Role, lezer: Person, today: datetime.date
) -> None:
    roles.hand_over(own, **PIET, from_on=today, today=today, by=lezer)
    assert not lezer.roles.active_on(today).exists()


def test_days_that_do_not_follow_are_refused(
    own: Role, lezer: Person, today: datetime.date
) -> None:
    with pytest.raises(NotAllowed, match="Kies vandaag of een latere dag"):
        roles.hand_over(own, **PIET, from_on=today - DAY, today=today, by=lezer)
    with pytest.raises(NotAllowed, match="Kies vandaag of een latere dag"):
        roles.leave(own, last_on=today - DAY, today=today, by=lezer)
    own.starts_on = today
    own.save()
    with pytest.raises(NotAllowed, match="U hebt deze rol sinds"):
        roles.hand_over(own, **PIET, from_on=today, today=today, by=lezer)


def test_nobody_ends_the_role_of_somebody_else(
    own: Role, collega: Person, bureau: Person, today: datetime.date
) -> None:
    for by in (collega, bureau):
        with pytest.raises(NotAllowed, match="geen rol die u nu hebt"):
            roles.leave(own, last_on=today, today=today, by=by)
        with pytest.raises(NotAllowed, match="geen rol die u nu hebt"):
            roles.hand_over(own, **PIET, from_on=today, today=today, by=by)


def test_the_right_to_sign_is_not_handed_over(
    heideveld: Organisation, lezer: Person, today: datetime.date
) -> None:
    role = Role.objects.create(
        person=lezer, organisation=heideveld, name="ondertekenaar", starts_on=today
    )
    with pytest.raises(NotAllowed, match="draagt u niet zelf over"):
        roles.hand_over(role, **PIET, from_on=today + DAY, today=today, by=lezer)
    roles.leave(role, last_on=today, today=today, by=lezer)


def test_the_last_contactpersoon_of_a_member_cannot_leave(
    own: Role, lezer: Person, heideveld: Organisation, today: datetime.date
) -> None:
    with pytest.raises(NotAllowed, match="laatste contactpersoon van gemeente Heide"):
        roles.leave(own, last_on=today, today=today, by=lezer)
    roles.invite(heideveld, **PIET, role="contactpersoon", today=today, by=lezer)
    roles.leave(own, last_on=today, today=today, by=lezer)
    assert ("role_ended", "piet@nvsi.example") in told()
    with pytest.raises(NotAllowed, match="eindigt al op"):
        roles.leave(own, last_on=today + DAY, today=today, by=lezer)


def test_who_belongs_nowhere_can_leave(vreemde: Person, today: datetime.date) -> None:
    roles.leave(vreemde.roles.get(), last_on=today, today=today, by=vreemde)
    assert vreemde.roles.get().ends_on == today


# Who may sign.


def put_forward(organisation: Organisation, by: Person) -> SignerProposal:
    return signers.propose(organisation, **PIET, function="burgemeester", by=by)


def test_the_bureau_confirms_who_may_sign_with_a_mandate(
    heideveld: Organisation, noorderhage: Organisation, lezer: Person, bureau: Person,
    today: datetime.date,
) -> None:  # fmt: skip
    proposal = put_forward(heideveld, lezer)
    assert told() == {("signer_proposed", bureau.email)}
    lines = list(waiting.signers(bureau, today))
    assert [line.about for line in lines] == ["Piet voor gemeente Heideveld"]
    mandate = make_mandate(heideveld, today)
    other = make_mandate(noorderhage, today)
    answers: list[dict[str, Any]] = [
        {"ground": "mandate", "mandate": None},
        {"ground": "office", "mandate": mandate},
        {"ground": "mandate", "mandate": other},
    ]
    for answer in answers:
        with pytest.raises(NotAllowed):
            signers.confirm(proposal, **answer, today=today, by=bureau)
    role = signers.confirm(
        proposal, ground="mandate", mandate=mandate, today=today, by=bureau
    )
    assert (role.name, role.person.email) == ("ondertekenaar", "piet@nvsi.example")
    assert ("signer_decided", lezer.email) in told()
    with pytest.raises(NotAllowed, match="al besloten"):
        signers.decline(proposal, reason="Nee", by=bureau)
    with pytest.raises(NotAllowed, match="al ondertekenaar"):
        put_forward(heideveld, lezer)


def make_mandate(organisation: Organisation, today: datetime.date) -> Mandate:
    return Mandate.objects.create(
        organisation=organisation,
        name="Piet",
        function="directeur",
        purpose="all",
        decided_on=today,
        starts_on=today,
    )


def test_nobody_confirms_his_own_proposal(
    heideveld: Organisation, lezer: Person, penningmeester: Person,
    today: datetime.date,
) -> None:  # fmt: skip
    proposal = put_forward(heideveld, lezer)
    with pytest.raises(NotAllowed, match="al voorgedragen"):
        put_forward(heideveld, lezer)
    office: dict[str, Any] = {"ground": "office", "mandate": None, "today": today}
    for by in (lezer, penningmeester):
        with pytest.raises(NotAllowed, match="bevestigt het bureau"):
            signers.confirm(proposal, **office, by=by)
    Role.objects.create(person=lezer, name="bureau", starts_on=today)
    both = Person.objects.get(pk=lezer.pk)
    with pytest.raises(NotAllowed, match="uw eigen voordracht"):
        signers.confirm(proposal, **office, by=both)


def test_a_proposal_that_is_declined_says_why(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    proposal = put_forward(heideveld, lezer)
    with pytest.raises(NotAllowed, match="Geef de reden"):
        signers.decline(proposal, reason=" ", by=bureau)
    signers.decline(proposal, reason="Er is geen mandaat.", by=bureau)
    email = Email.objects.get(event="signer_decided")
    assert "Er is geen mandaat." in email.body
    assert not Person.objects.filter(email=PIET["email"]).exists()


# The pages.


def test_the_page_shows_who_has_which_role_and_what_one_may_do(
    own: Role, lezer: Person, collega: Person, vreemde: Person, client: Client
) -> None:
    client.force_login(lezer)
    page = client.get(reverse("colleagues")).content.decode()
    assert "Lezer (u)" in page
    assert collega.email in page
    assert vreemde.email not in page
    assert reverse("role-hand-over", args=[own.pk]) in page
    client.force_login(collega)
    for name in ("role-hand-over", "role-leave"):
        assert client.get(reverse(name, args=[own.pk])).status_code == 404


def test_a_colleague_is_invited_on_the_page(
    lezer: Person, heideveld: Organisation, client: Client
) -> None:
    client.force_login(lezer)
    wrong = client.post(reverse("colleague-invite"), {"name": "Piet"})
    assert wrong.status_code == 422
    elsewhere = {**PIET, "email": "piet@elders.example", "role": "fg"}
    refused = client.post(reverse("colleague-invite"), elsewhere)
    assert refused.status_code == 409
    assert "niet van uw organisatie" in refused.content.decode()
    done = client.post(reverse("colleague-invite"), {**PIET, "role": "fg"})
    assert done["Location"] == reverse("colleagues")
    assert roles_of(Person.objects.get(email=PIET["email"])) == {"fg"}


def test_who_handed_over_his_only_role_comes_home(
    own: Role, lezer: Person, client: Client, today: datetime.date
) -> None:
    client.force_login(lezer)
    url = reverse("role-hand-over", args=[own.pk])
    done = client.post(url, {**PIET, "from_on": today.isoformat()}, follow=True)
    assert done.redirect_chain == [(reverse("home"), 302)]
    page = done.content.decode()
    assert "Piet is contactpersoon vanaf" in page
    assert "U werkt nu voor geen enkele organisatie" in page


def test_the_last_contactpersoon_is_told_so_on_the_page(
    own: Role, lezer: Person, client: Client, today: datetime.date
) -> None:
    client.force_login(lezer)
    url = reverse("role-leave", args=[own.pk])
    assert "laatste contactpersoon" in client.get(url).content.decode()
    refused = client.post(url, {"last_on": today.isoformat()})
    assert refused.status_code == 409
