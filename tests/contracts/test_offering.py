"""An agreement is drawn up, offered, answered, and comes into force."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from time_machine import travel

from contracts.admin.offer_verbs import facts_of
from contracts.kinds import Kind, Party, Why
from contracts.models import Gebruiksovereenkomst, Offer, Uitvoeringsovereenkomst
from contracts.offering import answering, making
from contracts.offering.content import Content, content_of
from contracts.offering.drafting import change, draft
from contracts.offering.force import bring_into_force
from contracts.offering.rules import require_covered
from contracts.offering.shown import overview
from contracts.offering.where import stage_on
from contracts.signing.verbs import whose_turn
from contracts.stages import Stage
from contracts.terms import in_force as terms_in_force
from instruments.models import Instrument
from membership.models import Email, HistoryEvent, Membership, Organisation, Person
from nvsi.dutch import day
from nvsi.errors import NotAllowed, Stale
from nvsi.halfyear import HalfYear
from tests.billing.test_pages import text_of
from tests.conftest import make_gemeente, make_person
from tests.contracts.offers import (
    START,
    TERM,
    TODAY,
    going_on,
    in_force,
    offered,
    put_names,
    use,
    verwerkers,
)

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with travel(datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)) as clock:
        yield clock


@pytest.fixture
def signer(waterkant: Organisation) -> Person:
    return make_person("Tekenaar", "ondertekenaar", waterkant)


def test_an_aspirant_lid_gets_both_agreements_one_after_the_other(
    waterkant: Organisation,
    flexensie: Instrument,
    signer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    with pytest.raises(NotAllowed, match="nog geen verwerkersovereenkomst"):
        offered(use(waterkant, flexensie), bureau)
    first = offered(verwerkers(waterkant), bureau)
    made = Offer.objects.get(kind="gebruiks")
    offer = making.offer(made, answer_by=TODAY + TERM, today=TODAY, by=bureau)
    assert (offer.reference, stage_on(offer, TODAY)) == ("OVK-2026-0001", Stage.OFFERED)
    assert bytes(offer.document or b"").startswith(b"%PDF-")
    put_names(offer, (Party.ORGANISATION, signer), (Party.NVSI, bestuur))
    with pytest.raises(NotAllowed, match="geen verwerkersovereenkomst van kracht"):
        bring_into_force(offer, bestuur, today=TODAY)
    put_names(first, (Party.ORGANISATION, signer), (Party.NVSI, bestuur))
    bring_into_force(first, bestuur, today=TODAY)
    fact = bring_into_force(offer, bestuur, today=TODAY)
    offer.refresh_from_db()
    assert offer.gebruiksovereenkomst == fact
    assert waterkant.coverages.get().starts_on == START
    assert fact.terms.get().vergoeding_pct == Decimal("27.50")
    assert stage_on(offer, TODAY) == Stage.SIGNED
    assert stage_on(offer, START) == Stage.IN_FORCE
    with pytest.raises(Stale):
        bring_into_force(offer, bestuur, today=TODAY)


def test_the_nvsi_signs_first_where_that_is_set(
    waterkant: Organisation, signer: Person, bureau: Person, bestuur: Person
) -> None:
    offer = offered(verwerkers(waterkant, signs_first=Party.NVSI), bureau)
    assert whose_turn(offer) == Party.NVSI
    told = {email.recipient: email for email in Email.objects.all()}
    assert "De NVSI tekent eerst." in told[signer.email].body
    assert "/ondertekenen/" in told[bestuur.email].body
    seen = overview(signer, waterkant, today=TODAY)
    assert (seen.asked, seen.coming[0].badge.words) == ([], "Wacht op de NVSI")
    put_names(offer, (Party.NVSI, bestuur))
    [asked] = overview(signer, waterkant, today=TODAY).asked
    assert asked.badge.words == "Wacht op u"


def test_a_second_verwerkersovereenkomst_points_at_the_one_that_holds(
    heideveld: Organisation, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match=r"sinds 1.januari 2018. Een tweede is niet"):
        draft(verwerkers(heideveld), today=TODAY, by=bureau)


def test_who_is_no_member_gets_no_agreement(
    noorderhage: Organisation, waterkant: Organisation, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match="geen lid en geen aspirant-lid"):
        draft(verwerkers(noorderhage), today=TODAY, by=bureau)
    Membership.objects.update(ends_on=TODAY - DAY)
    with pytest.raises(NotAllowed, match="geen lid en geen aspirant-lid"):
        draft(verwerkers(waterkant), today=TODAY, by=bureau)


def test_one_offer_of_a_kind_is_on_its_way_at_a_time(
    waterkant: Organisation, signer: Person, bureau: Person, lezer: Person
) -> None:
    offer = offered(verwerkers(waterkant), bureau)
    with pytest.raises(NotAllowed, match=offer.reference):
        draft(verwerkers(waterkant), today=TODAY, by=bureau)
    late = TODAY + TERM + DAY
    assert stage_on(offer, late) == Stage.LAPSED
    other = draft(verwerkers(waterkant), today=late, by=bureau)
    offer.refresh_from_db()
    assert (offer.lapsed_at is not None, other.reference) == (True, "OVK-2026-0002")
    told = Email.objects.filter(recipient=signer.email, subject__contains="vervallen")
    assert told.count() == 1
    with pytest.raises(NotAllowed, match="stelt het bureau op"):
        draft(verwerkers(waterkant), today=TODAY, by=lezer)


def test_a_verwerkersovereenkomst_is_not_signed_after_its_own_last_day(
    waterkant: Organisation, signer: Person, bureau: Person, bestuur: Person
) -> None:
    offer = offered(verwerkers(waterkant, ends_on=TODAY + DAY), bureau)
    put_names(offer, (Party.ORGANISATION, signer), (Party.NVSI, bestuur))
    with pytest.raises(NotAllowed, match=r"24.november 2026, is al voorbij"):
        bring_into_force(offer, bestuur, today=TODAY + 2 * DAY)
    assert not waterkant.verwerkersovereenkomsten.exists()
    assert bring_into_force(offer, bestuur, today=TODAY + DAY).ends_on == TODAY + DAY


def test_mail_and_pages_say_from_when_it_really_holds(
    client: Client,
    waterkant: Organisation,
    signer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    offer = offered(verwerkers(waterkant), bureau)
    put_names(offer, (Party.ORGANISATION, signer), (Party.NVSI, bestuur))
    assert bring_into_force(offer, bestuur, today=TODAY + 12 * DAY)
    told = Email.objects.filter(subject__contains="is getekend").get()
    assert "geldt vanaf 5\xa0december 2026" in told.body
    client.force_login(signer)
    page = f"/overeenkomsten/{offer.reference}/"
    assert "Geldt vanaf 5 december 2026" in text_of(client, page)
    said = text_of(client, f"{page}ondertekenen/")
    assert "Ingangsdatum 5 december 2026" in said
    file = SimpleUploadedFile("vwo.pdf", bytes(offer.document or b""))
    answer = client.post(reverse("check-document"), {"file": file})
    assert "<dt>Ingangsdatum</dt><dd>5 december 2026</dd>" in answer.text


def test_the_text_names_the_verwerkersovereenkomst_that_covers_the_use(
    waterkant: Organisation, flexensie: Instrument, bureau: Person
) -> None:
    old = {"starts_on": START - 3000 * DAY, "ends_on": START - DAY}
    waterkant.verwerkersovereenkomsten.create(**old)
    made = draft(use(waterkant, flexensie), today=TODAY, by=bureau)
    assert "nog geen verwerkersovereenkomst" in making.in_the_way(made, today=TODAY)
    draft(verwerkers(waterkant, starts_on=START), today=TODAY, by=bureau)
    said = making.values_of(made, content_of(made), TODAY)["verwerkersovereenkomst"]
    assert said == day(START)


def test_what_stands_in_the_way_of_an_offer_is_told_beforehand(
    waterkant: Organisation, flexensie: Instrument, bureau: Person
) -> None:
    own = draft(verwerkers(waterkant), today=TODAY, by=bureau)
    model = "Voeg eerst het ingevulde model van de gemeente toe."
    assert making.in_the_way(own, today=TODAY) == model
    bare = use(waterkant, flexensie, voorwaarden="")
    made = draft(bare, today=TODAY, by=bureau)
    assert "de versie van de NVSI-voorwaarden" in making.in_the_way(made, today=TODAY)
    assert "de versie van de NVSI-voorwaarden" in facts_of(made)
    change(made, use(waterkant, flexensie), today=TODAY, by=bureau)
    made.refresh_from_db()
    assert making.in_the_way(made, today=TODAY) == ""


def test_a_draft_changes_and_an_offer_does_not(
    waterkant: Organisation, flexensie: Instrument, bureau: Person
) -> None:
    draft(verwerkers(waterkant), today=TODAY, by=bureau)
    made = draft(use(waterkant, flexensie), today=TODAY, by=bureau)
    cheaper = use(waterkant, flexensie, vergoeding_pct=Decimal(25))
    change(made, cheaper, today=TODAY, by=bureau)
    offer = making.offer(made, answer_by=TODAY + TERM, today=TODAY, by=bureau)
    assert content_of(offer).vergoeding_pct == Decimal(25)
    assert "25%" in str(offer.filled)
    with pytest.raises(Stale, match="al aangeboden"):
        change(made, use(waterkant, flexensie), today=TODAY, by=bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(vergoeding_pct=1)


def test_the_organisation_declines_with_a_reason_and_the_bureau_hears_it(
    waterkant: Organisation, signer: Person, bureau: Person, lezer: Person
) -> None:
    offer = offered(verwerkers(waterkant), bureau)
    for by, reason, says in (
        (lezer, "Te duur.", "contactpersoon of ondertekenaar"),
        (signer, " ", "Geef de reden"),
    ):
        with pytest.raises(NotAllowed, match=says):
            answering.decline(offer, reason=reason, today=TODAY, by=by)
    declined = answering.decline(offer, reason="Te duur.", today=TODAY, by=signer)
    assert stage_on(declined, TODAY) == Stage.DECLINED
    with pytest.raises(Stale):
        answering.decline(offer, reason="Nog eens.", today=TODAY, by=signer)
    with pytest.raises(NotAllowed):
        answering.withdraw(offer, reason="Fout.", today=TODAY, by=bureau)


def test_what_is_signed_by_the_organisation_is_not_declined_and_does_not_lapse(
    waterkant: Organisation, signer: Person, bureau: Person
) -> None:
    offer = put_names(
        offered(verwerkers(waterkant), bureau), (Party.ORGANISATION, signer)
    )
    with pytest.raises(Stale, match="intussen getekend"):
        answering.decline(offer, reason="Toch niet.", today=TODAY, by=signer)
    late = TODAY + TERM + DAY
    assert answering.lapse_what_is_late(today=late) == 0
    assert stage_on(offer, late) == Stage.HALF_SIGNED


def test_an_offer_lapses_once_and_both_sides_hear_it(
    waterkant: Organisation, signer: Person, bureau: Person
) -> None:
    offer = offered(verwerkers(waterkant), bureau)
    late = TODAY + TERM + DAY
    assert [answering.lapse_what_is_late(today=late) for _ in range(2)] == [1, 0]
    events = HistoryEvent.objects.filter(subject_id=offer.pk, action="lapsed")
    assert events.count() == 1


def test_a_prolongation_is_the_same_agreement_until_a_later_day(
    waterkant: Organisation,
    flexensie: Instrument,
    signer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    people: dict[str, Any] = {"bureau": bureau, "bestuur": bestuur}
    in_force(verwerkers(waterkant), signer, **people)
    end = datetime.date(2027, 12, 31)
    fact: Any = in_force(use(waterkant, flexensie, ends_on=end), signer, **people)
    later = datetime.date(2029, 12, 31)
    wrong = going_on(fact, Why.PROLONGATION, starts_on=end, ends_on=later)
    with pytest.raises(NotAllowed, match=r"dag na de laatste: 1.januari 2028"):
        draft(wrong, today=TODAY, by=bureau)
    longer = going_on(
        fact,
        Why.PROLONGATION,
        starts_on=end + DAY,
        ends_on=later,
        vergoeding_pct=Decimal(25),
    )
    assert in_force(longer, signer, **people) == fact
    fact.refresh_from_db()
    assert (fact.ends_on, waterkant.coverages.get().ends_on) == (later, later)
    price = {
        str(half): getattr(terms_in_force(fact.terms.all(), half), "vergoeding_pct", 0)
        for half in (HalfYear(2027, 2), HalfYear(2028, 1))
    }
    assert price == {"2027-H2": Decimal("27.50"), "2028-H1": Decimal(25)}
    first = fact.offers.earliest("pk")
    assert stage_on(first, end) == Stage.IN_FORCE
    assert stage_on(first, end + DAY) == Stage.REPLACED


def test_a_samenwerkingsverband_changes_which_gemeenten_it_works_for(
    client: Client,
    agreement: Gebruiksovereenkomst,
    waterkant: Organisation,
    flexensie: Instrument,
    bureau: Person,
    bestuur: Person,
) -> None:
    verband = Organisation.objects.create(
        code="OOST", kind="samenwerkingsverband", name="Oost", short_name="Oost"
    )
    signer = make_person("Directeur", "ondertekenaar", verband)
    people: dict[str, Any] = {"bureau": bureau, "bestuur": bestuur}
    third = make_gemeente("GM9009", "Derdam")
    Membership.objects.create(organisation=third, kind="lid", starts_on=TODAY)
    both = {"gemeenten": (waterkant, third)}
    with pytest.raises(NotAllowed, match="voor Oost, en ook niet voor gemeente"):
        require_covered(use(verband, flexensie, **both))
    in_force(verwerkers(verband, **both), signer, **people)
    fact = in_force(use(verband, flexensie, **both), signer, **people)
    july = datetime.date(2027, 7, 1)
    fewer = going_on(fact, Why.CHANGE, starts_on=july, gemeenten=(third,))
    assert in_force(fewer, signer, **people) == fact
    first, changed = fact.offers.order_by("pk")
    client.force_login(signer)
    page = text_of(client, f"/overeenkomsten/{changed.reference}/")
    assert f"Wijzigt {first.reference}" in page
    assert "Gemeenten gemeente Derdam" in page
    [row] = [one for one in overview(bureau, verband, today=TODAY).held if one.use]
    assert "gaat €\xa027,50 naar" in row.price
    assert "gewijzigd vanaf 1\xa0juli 2027" in row.when
    assert waterkant.coverages.get().ends_on == july - DAY
    [left] = overview(bureau, waterkant, today=TODAY).held
    assert (left.holder, left.next) == ("Oost", f"Eindigt op {day(july - DAY)}")
    assert third.coverages.get().ends_on is None
    halfway = going_on(
        fact,
        Why.CHANGE,
        starts_on=july + DAY,
        gemeenten=(third,),
        vergoeding_pct=Decimal(9),
    )
    with pytest.raises(NotAllowed, match="1 januari of 1 juli"):
        draft(halfway, today=TODAY, by=bureau)
    joins = going_on(
        fact, Why.CHANGE, starts_on=july, gemeenten=(third, agreement.organisation)
    )
    with pytest.raises(NotAllowed, match="gemeente Heideveld heeft al een gebruiks"):
        draft(joins, today=TODAY, by=bureau)
    made = draft(
        going_on(fact, Why.CHANGE, starts_on=july, gemeenten=(waterkant, third)),
        today=TODAY,
        by=bureau,
    )
    assert "gemeente Derdam en gemeente Waterkant" in facts_of(made)
    said = making.values_of(made, content_of(made), TODAY)["wijzigt"]
    assert said.endswith(f"1\xa0januari 2027, kenmerk {changed.reference}")
    theirs = use(waterkant, flexensie)
    with pytest.raises(NotAllowed, match="al een gebruiksovereenkomst"):
        draft(theirs, today=TODAY, by=bureau)


def test_a_gemeente_under_a_samenwerkingsverband_reads_whose_agreement_it_is(
    client: Client,
    waterkant: Organisation,
    flexensie: Instrument,
    bureau: Person,
    bestuur: Person,
) -> None:
    verband = Organisation.objects.create(
        code="OOST", kind="samenwerkingsverband", name="Verband Oost", short_name="Oost"
    )
    signer = make_person("Directeur", "ondertekenaar", verband)
    people: dict[str, Any] = {"bureau": bureau, "bestuur": bestuur}
    ours = {"gemeenten": (waterkant,), "starts_on": TODAY}
    in_force(verwerkers(verband, **ours), signer, **people)
    in_force(use(verband, flexensie, **ours), signer, **people)
    client.force_login(make_person("Wende", "contactpersoon", waterkant))
    home, statements = text_of(client, "/"), text_of(client, "/afrekeningen/")
    agreements = text_of(client, "/overeenkomsten/")
    assert "gebruikt Flexensie via Verband Oost." in home
    assert "Flexensie in gebruik sinds 23 november 2026" in home
    for page in (home, statements):
        assert "onder de overeenkomst van Verband Oost. Daar gaat" in page
        assert "Daarvoor is een gebruiksovereenkomst nodig" not in page
    assert "Onder de overeenkomst van Verband Oost." in agreements
    assert "voordat het portaal er was" not in agreements
    verband.gebruiksovereenkomsten.get().pauses.create(
        starts_on=TODAY, reason="Even niet.", by=bureau
    )
    assert "Gepauzeerd" in text_of(client, "/overeenkomsten/")


def test_what_was_withdrawn_does_not_say_until_when_it_can_be_signed(
    client: Client, waterkant: Organisation, bureau: Person, signer: Person
) -> None:
    offer = offered(verwerkers(waterkant), bureau)
    client.force_login(signer)
    page = f"/overeenkomsten/{offer.reference}/ondertekenen/"
    assert "Tekenen kan tot en met" in text_of(client, page)
    answering.withdraw(offer, reason="Fout.", today=TODAY, by=bureau)
    said = text_of(client, page)
    assert "kan niet meer worden getekend" in said
    assert "Tekenen kan tot en met" not in said


def test_an_uitvoerder_agrees_to_carry_an_instrument_out(
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    signer = make_person("Directeur", "ondertekenaar", flexensie_nederland)
    content = Content(
        kind=Kind.UITVOERINGS,
        organisation=flexensie_nederland,
        instrument=flexensie,
        starts_on=START,
        product="Flexensie",
        vergoeding_pct=Decimal(30),
    )
    fact = in_force(content, signer, bureau=bureau, bestuur=bestuur)
    assert Uitvoeringsovereenkomst.objects.get() == fact
    again = Content(**{**content.__dict__, "starts_on": START + DAY})
    with pytest.raises(NotAllowed):
        in_force(again, signer, bureau=bureau, bestuur=bestuur)


def test_our_own_text_is_printed_with_its_annexes(
    waterkant: Organisation, bureau: Person
) -> None:
    offer = offered(verwerkers(waterkant, own_model_version=""), bureau)
    assert offer.text is not None
    assert (offer.text.number, offer.document_name) == (1, "OVK-2026-0001.pdf")
    said = str(offer.filled)
    for one in (offer.reference, "gemeente Waterkant", "Bijlage 1", "Bijlage 4"):
        assert one in said


def test_the_people_of_the_organisation_get_an_e_mail(
    waterkant: Organisation, signer: Person, bureau: Person
) -> None:
    offered(verwerkers(waterkant), bureau)
    assert Email.objects.get().recipient == signer.email
