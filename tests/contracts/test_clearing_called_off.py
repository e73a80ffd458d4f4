"""Data that are used on: what was asked about them is called off; a later end asks."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.admin.clearings import to_clear, waiting_clearings
from contracts.annexes.register import register_on
from contracts.clearing import choosing, opening, proving
from contracts.clearing.deadlines import to_choose, to_prove
from contracts.kinds import Party, Why
from contracts.models import Clearing, Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.stopping import notices
from instruments.models import Instrument
from membership.deadlines.asked import Among
from membership.models import Email, Membership, Organisation, Person
from nvsi.errors import NotAllowed
from tests.conftest import SINCE, make_gemeente, make_person
from tests.contracts.after import DAY, DONE, make_clearing, prove, statement
from tests.contracts.offers import going_on, in_force, use
from tests.contracts.test_signing_pages import log_in

pytestmark = pytest.mark.django_db


def end(agreement: Gebruiksovereenkomst, last: datetime.date) -> None:
    """An agreed last day, as the import writes it."""
    agreement.coverages.update(ends_on=last)
    Gebruiksovereenkomst.objects.filter(pk=agreement.pk).update(ends_on=last)
    agreement.refresh_from_db()


def prolong(agreement: Gebruiksovereenkomst, people: Any, **facts: Any) -> None:
    """From the day after the last, signed today."""
    assert agreement.ends_on is not None
    signer = make_person("Tekenaar", "ondertekenaar", agreement.organisation)
    term = agreement.terms.last()
    assert term is not None
    content = going_on(
        agreement, Why.PROLONGATION, starts_on=agreement.ends_on + DAY,
        vergoeding_pct=term.vergoeding_pct, **facts,
    )  # fmt: skip
    in_force(content, signer, **people, today=timezone.localdate())
    agreement.refresh_from_db()


def make_verband(*, with_cover: bool = True) -> Organisation:
    verband = Organisation.objects.create(
        code="SWV-1", name="Verband", short_name="Verband", kind="samenwerkingsverband"
    )
    Membership.objects.create(organisation=verband, kind="lid", starts_on=SINCE)
    if with_cover:
        Verwerkersovereenkomst.objects.create(organisation=verband, starts_on=SINCE)
    return verband


@pytest.fixture
def people(bureau: Person, bestuur: Person) -> dict[str, Person]:
    return {"bureau": bureau, "bestuur": bestuur}


def test_a_prolongation_signed_late_calls_the_clearing_off(
    agreement: Gebruiksovereenkomst,
    heideveld: Organisation,
    lezer: Person,
    backoffice: Person,
    bureau: Person,
    people: Any,
    client: Client,
) -> None:
    today = timezone.localdate()
    end(agreement, today - 3 * DAY)
    opening.open_what_ended(today)
    rows = list(agreement.clearings.all())
    kept = prove(rows[0], by=bureau)
    theirs = agreement.clearings.exclude(clears=None).exclude(pk=kept.pk)
    choosing.choose(theirs, "delete", now=timezone.now(), by=lezer)
    prolong(agreement, people)
    later = today + 90 * DAY
    assert choosing.choose_for_who_did_not(later) == 0
    assert not list(to_choose(Among(), today))
    assert not list(to_prove(Among(), later))
    assert not list(waiting_clearings(bureau, later))
    assert not list(to_clear(agreement))
    off = agreement.clearings.exclude(called_off_at=None)
    assert {row.pk for row in off} == {row.pk for row in rows[1:]}
    kept.refresh_from_db()
    assert (kept.called_off_at, kept.proven_at is None) == (None, False)
    told = Email.objects.filter(recipient=backoffice.email)
    assert any("laat de gegevens staan" in one.subject for one in told) == (
        kept.clears is None
    )
    [row] = register_on(today)
    assert row.ended_on is None
    log_in(client, lezer)
    page = client.get(reverse("clearing-detail", args=[rows[1].pk])).text
    assert "het gebruik gaat door" in page
    assert "Vervallen" in client.get(reverse("clearing-list")).text


def test_what_was_called_off_is_not_chosen_or_cleared_any_more(
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    lezer: Person,
    backoffice: Person,
    bureau: Person,
    client: Client,
) -> None:
    now = timezone.now()
    facts = {"clears": flexensie_nederland, "choice": "delete", "chosen_at": now}
    row = make_clearing(heideveld, called_off_at=now, **facts)
    with pytest.raises(NotAllowed, match="het gebruik gaat door"):
        choosing.choose([row], "return", now=now, by=lezer)
    with pytest.raises(NotAllowed, match="het gebruik gaat door"):
        proving.hand_in(
            row, statement(), done_on=timezone.localdate(), **DONE, now=now, by=bureau
        )
    log_in(client, backoffice)
    answer = client.get(reverse("clearing-prove", args=[row.pk]), follow=True)
    assert "het gebruik gaat door" in answer.text
    assert reverse("clearing-prove", args=[row.pk]) not in answer.text
    assert not row.is_late(row.due_on + DAY)


def test_a_second_end_is_asked_too(
    agreement: Gebruiksovereenkomst, people: Any
) -> None:
    today = timezone.localdate()
    end(agreement, today - 3 * DAY)
    opening.open_what_ended(today)
    last = today + 400 * DAY
    prolong(agreement, people, ends_on=last)
    assert opening.open_what_ended(last + DAY) > 0
    assert {one.ended_on for one in Clearing.objects.unproven()} == {last}
    assert opening.open_what_ended(last + DAY) == 0


def test_the_same_day_is_asked_again_after_it_was_called_off(
    agreement: Gebruiksovereenkomst,
) -> None:
    today = timezone.localdate()
    end(agreement, today - DAY)
    opening.open_what_ended(today)
    Clearing.objects.update(called_off_at=timezone.now())
    assert opening.open_what_ended(today) > 0


def test_who_gave_notice_to_go_on_under_a_verband_has_nothing_deleted(
    agreement: Gebruiksovereenkomst,
    heideveld: Organisation,
    flexensie: Instrument,
    bureau: Person,
    people: Any,
) -> None:
    today = timezone.localdate()
    for fact in (agreement, heideveld.verwerkersovereenkomsten.get()):
        notices.give_notice(
            fact, given_by=Party.ORGANISATION, received_on=today, notice_months=1,
            reason="", today=today, by=bureau,
        )  # fmt: skip
    agreement.refresh_from_db()
    assert agreement.ends_on is not None
    assert Clearing.objects.unproven().count() > 1
    verband = make_verband()
    signer = make_person("Tekenaar", "ondertekenaar", verband)
    content = use(
        verband, flexensie, gemeenten=(heideveld,), starts_on=agreement.ends_on + DAY
    )
    in_force(content, signer, **people, today=today)
    assert not Clearing.objects.unproven().exists()
    later = agreement.ends_on + 90 * DAY
    assert opening.open_what_ended(agreement.ends_on + DAY) == 0
    assert choosing.choose_for_who_did_not(later) == 0


def test_nothing_is_deleted_by_silence_while_it_is_used(
    agreement: Gebruiksovereenkomst, heideveld: Organisation
) -> None:
    today = timezone.localdate()
    row = make_clearing(heideveld, ended_on=today - 70 * DAY)
    assert agreement.ends_on is None
    assert choosing.choose_for_who_did_not(today) == 0
    row.refresh_from_db()
    assert (row.choice, row.called_off_at is None) == ("", False)


def test_who_leaves_a_verband_is_asked_about_its_own_data(
    flexensie: Instrument, bureau: Person, people: Any
) -> None:
    today = timezone.localdate()
    verband = make_verband()
    stays, leaves = make_gemeente("GM9061", "Aa"), make_gemeente("GM9062", "Bee")
    reader = make_person("Beelezer", "contactpersoon", leaves)
    signer = make_person("Tekenaar", "ondertekenaar", verband)
    july = datetime.date(2026, 7, 1)
    content = use(verband, flexensie, gemeenten=(stays, leaves), starts_on=july)
    fact = in_force(content, signer, **people, today=today)
    price = Decimal("27.50")

    def change(gemeenten: tuple[Organisation, ...], on: datetime.date) -> None:
        fact.refresh_from_db()
        content = going_on(
            fact, Why.CHANGE, gemeenten=gemeenten, starts_on=on, vergoeding_pct=price
        )
        in_force(content, signer, **people, today=today)

    change((stays,), today)
    tomorrow = today + DAY
    assert opening.open_what_ended(tomorrow) > 0
    assert opening.open_what_ended(tomorrow) == 0
    rows = Clearing.objects.unproven()
    assert {(row.organisation, row.ended_on) for row in rows} == {(leaves, today - DAY)}
    told = Email.objects.filter(recipient=reader.email, event="agreement_told").last()
    assert told is not None
    assert "geldt voor u tot en met" in told.body
    shown = {row.controller: row.ended_on for row in register_on(tomorrow)}
    assert (shown[leaves], shown[stays]) == (today - DAY, None)
    assert isinstance(fact, Gebruiksovereenkomst)
    assert all("van gemeente Bee" in one for one in to_clear(fact))
    prove(rows.get(is_ours=True), by=bureau)
    assert leaves not in {row.controller for row in register_on(tomorrow)}
    change((stays,), tomorrow)
    assert Clearing.objects.unproven().exists()  # another change leaves it as it is
    again = in_force(
        use(leaves, flexensie, starts_on=today),
        signer_of(leaves),
        **people,
        today=today,
    )
    assert again.starts_on == today
    assert not Clearing.objects.unproven().exists()


def signer_of(organisation: Organisation) -> Person:
    """Who signs for it, under a verwerkersovereenkomst of its own."""
    organisation.verwerkersovereenkomsten.create(starts_on=SINCE)
    Membership.objects.create(organisation=organisation, kind="lid", starts_on=SINCE)
    return make_person("Burgemeester", "ondertekenaar", organisation)
