"""Data after an agreement: who is asked, who chooses, and who proves it."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.admin.clearings import to_clear, waiting_clearings
from contracts.clearing import choosing, opening, proving, terms
from contracts.clearing.deadlines import to_prove
from contracts.kinds import Party
from contracts.models import Clearing, Gebruiksovereenkomst
from contracts.stopping import notices
from contracts.tasks import clear_what_ended
from membership.deadlines.asked import Among
from membership.fresh_factor import Given
from membership.models import Email, Organisation, Person
from nvsi.errors import NotAllowed
from tests.contracts.after import DAY, DONE, make_clearing, prove, statement
from tests.contracts.test_signing_pages import log_in

pytestmark = pytest.mark.django_db
WHAT = {"words": "Alles is gewist.", "kept": ""}


def end(agreement: Gebruiksovereenkomst, bureau: Person) -> list[Clearing]:
    """Given notice of today, with no term: the rows that come of it."""
    today = timezone.localdate()
    notices.give_notice(
        agreement, given_by=Party.ORGANISATION, received_on=today, notice_months=0,
        reason="", today=today, by=bureau,
    )  # fmt: skip
    return list(agreement.clearings.order_by("pk"))


def test_everybody_who_has_data_is_asked_at_an_opzegging(
    agreement: Gebruiksovereenkomst, lezer: Person, bureau: Person
) -> None:
    rows = end(agreement, bureau)
    version = agreement.instrument.annexes.get()
    names = {one.name for one in version.subprocessors.all()}
    assert {row.processor for row in rows} == {*names, opening.OURS}
    clears = agreement.instrument.uitvoerder_on(timezone.localdate())
    assert {row.clears for row in rows} == {clears, None}
    assert opening.open_for(agreement, by=None) == []
    assert any("gegevens" in email.subject for email in Email.objects.all())
    assert len(list(to_clear(agreement))) == len(rows)


def test_what_goes_on_under_another_agreement_is_not_cleared(
    agreement: Gebruiksovereenkomst, flexensie_nederland: Organisation
) -> None:
    yesterday = timezone.localdate() - DAY
    agreement.coverages.update(ends_on=yesterday)
    Gebruiksovereenkomst.objects.update(ends_on=yesterday)
    assert opening.open_what_ended(timezone.localdate()) > 0
    later = Gebruiksovereenkomst.objects.create(
        organisation=agreement.organisation, instrument=agreement.instrument,
        signed_on=yesterday, starts_on=timezone.localdate(),
    )  # fmt: skip
    agreement.refresh_from_db()
    for one in agreement.coverages.all():
        later.coverages.create(
            gemeente=one.gemeente, instrument=one.instrument,
            starts_on=later.starts_on,
        )  # fmt: skip
    assert opening.open_for(agreement, by=None) == []


def test_who_does_not_choose_in_time_has_the_data_deleted(
    heideveld: Organisation, bureau: Person
) -> None:
    today = timezone.localdate()
    Gebruiksovereenkomst.objects.update(ends_on=today - 70 * DAY)
    row = make_clearing(heideveld, ended_on=today - 70 * DAY)
    clear_what_ended()
    row.refresh_from_db()
    assert (row.choice, row.chosen_by) == ("delete", None)
    assert row.due_on == terms.after(today, 2)
    assert [one.what for one in waiting_clearings(bureau, today)]


def test_the_choice_is_of_who_speaks_for_the_organisation(
    heideveld: Organisation, lezer: Person, vreemde: Person, bureau: Person
) -> None:
    row = make_clearing(heideveld)
    now = timezone.now()
    with pytest.raises(NotAllowed, match="contactpersoon of ondertekenaar"):
        choosing.choose([row], "return", now=now, by=vreemde)
    with pytest.raises(NotAllowed, match="waar de keuze uit blijkt"):
        choosing.choose([row], "return", now=now, by=bureau)
    [chosen] = choosing.choose([row], "return", now=now, by=lezer)
    assert (chosen.choice, chosen.chosen_by) == ("return", lezer)
    assert choosing.choose([row], "return", now=now, by=lezer) == []


def test_the_uitvoerder_signs_that_the_data_are_gone(
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    backoffice: Person,
    lezer: Person,
    client: Client,
) -> None:
    row = make_clearing(heideveld, clears=flexensie_nederland)
    now, today = timezone.now(), timezone.localdate()
    given = Given("totp", now)
    with pytest.raises(NotAllowed, match="nog niet gekozen"):
        proving.sign(row, done_on=today, **WHAT, factor=given, now=now, by=backoffice)
    choosing.choose([row], "delete", now=now, by=lezer)
    for factor, day, by, says in [
        (given, today, lezer, "niet namens"),
        (None, today, backoffice, "app of passkey"),
        (Given("totp", now - DAY), today, backoffice, "app of passkey"),
        (given, row.ended_on, backoffice, "na het einde"),
        (given, today + DAY, backoffice, "na het einde"),
    ]:
        with pytest.raises(NotAllowed, match=says):
            proving.sign(row, done_on=day, **WHAT, factor=factor, now=now, by=by)
    done = proving.sign(
        row, done_on=today, **WHAT, factor=given, now=now, by=backoffice
    )
    client.force_login(lezer)
    answer = client.get(reverse("clearing-proof", args=[row.pk]))
    assert answer.content == bytes(done.content)
    assert answer.content.startswith(b"%PDF")
    with pytest.raises(NotAllowed, match="er intussen al"):
        proving.sign(row, done_on=today, **WHAT, factor=given, now=now, by=backoffice)
    with pytest.raises(NotAllowed, match="al opgeruimd"):
        choosing.choose([row], "return", now=now, by=lezer)


def test_a_statement_on_paper_is_a_pdf(heideveld: Organisation, bureau: Person) -> None:
    row = make_clearing(heideveld, choice="delete", chosen_at=timezone.now())
    facts: dict[str, Any] = {
        "done_on": timezone.localdate(),
        **DONE,
        "now": timezone.now(),
    }
    with pytest.raises(NotAllowed, match="geen PDF"):
        proving.hand_in(row, statement(b"GIF89a"), **facts, by=bureau)
    done = prove(row, by=bureau)
    assert (done.how, done.signer_name) == ("paper", "A. Beheer")


def test_the_organisation_chooses_for_all_in_one_go(
    heideveld: Organisation, lezer: Person, client: Client
) -> None:
    rows = [make_clearing(heideveld, processor=name) for name in ("Een", "Twee")]
    client.force_login(lezer)
    page = reverse("clearing-detail", args=[rows[0].pk])
    assert client.post(page, {}).status_code == 422
    client.post(page, {"choice": "delete", "for_all": "on"})
    assert {row.choice for row in Clearing.objects.all()} == {"delete"}
    text = client.get(reverse("clearing-list")).content.decode()
    assert text.count("Loopt") == 2


def test_the_uitvoerder_signs_on_the_page_with_a_second_factor(
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    backoffice: Person,
    client: Client,
) -> None:
    row = make_clearing(
        heideveld, clears=flexensie_nederland, choice="delete", chosen_at=timezone.now()
    )
    page = reverse("clearing-prove", args=[row.pk])
    form = {"done_on": f"{timezone.localdate()}", "words": "Alles is gewist."}
    log_in(client, backoffice, minutes_ago=11)
    assert client.post(page, form).status_code == 302
    assert Clearing.objects.unproven().count() == 1
    log_in(client, backoffice)
    answer = client.post(page, form, follow=True)
    assert "De verklaring is opgeslagen." in answer.content.decode()
    assert Clearing.objects.get().how == "portal"


def test_nobody_is_asked_to_clear_before_the_last_day(
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    backoffice: Person,
    bureau: Person,
    client: Client,
) -> None:
    today = timezone.localdate()
    facts = {"clears": flexensie_nederland, "choice": "delete"}
    row = make_clearing(heideveld, ended_on=today, chosen_at=timezone.now(), **facts)
    log_in(client, backoffice)
    page = client.get(reverse("clearing-detail", args=[row.pk])).text
    assert "Dat kan pas na de laatste dag" in page
    prove_it = reverse("clearing-prove", args=[row.pk])
    assert prove_it not in page
    answer = client.get(prove_it, follow=True)
    assert "Dat kan pas na" in answer.text
    for on, asked in ((today, 0), (today + DAY, 1)):
        assert len(list(to_prove(Among(), on))) == asked
        assert len(list(waiting_clearings(bureau, on))) == asked


def test_the_list_asks_as_many_queries_for_one_as_for_many(
    heideveld: Organisation,
    lezer: Person,
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(9):
        make_clearing(heideveld, processor=f"Verwerker {number}")
    client.force_login(lezer)
    with django_assert_max_num_queries(16):
        client.get(reverse("clearing-list"))


def test_the_terms_are_those_of_our_own_text() -> None:
    ended = datetime.date(2026, 12, 31)
    assert terms.choose_by(ended) == datetime.date(2027, 1, 31)
    assert terms.chosen_for(ended) == datetime.date(2027, 2, 28)
    assert terms.due_on(ended, None) == datetime.date(2027, 4, 28)
    early = datetime.date(2026, 12, 1)
    assert terms.due_on(ended, early) == datetime.date(2027, 2, 28)


def test_who_holds_a_statement_learns_that_it_is_one_and_nothing_else(
    client: Client, heideveld: Organisation, bureau: Person
) -> None:
    row = prove(make_clearing(heideveld), by=bureau)
    url = reverse("check-document")
    told = client.post(url, {"file": statement(bytes(row.content))}).content.decode()
    assert "Dit bestand is echt" in told
    assert "verklaring over persoonsgegevens uit het portaal" in told
    assert "Heideveld" not in told
    assert row.processor not in told
    changed = statement(bytes(row.content) + b" ")
    told = client.post(url, {"file": changed}).content.decode()
    assert "Wij kennen dit bestand niet" in told
