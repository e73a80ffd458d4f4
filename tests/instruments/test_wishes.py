"""A verbeterwens through all bodies: who takes which step, and what follows."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from instruments.models import AlvLimit, CoverCriterion, Instrument, Verbeterwens
from instruments.wishes import deciding, handing_in, weighing
from instruments.wishes.deciding import Check
from instruments.wishes.similar import similar
from instruments.wishes.stages import Stage, Step
from membership.models import AlvBesluit, Email, Membership, Organisation, Person
from nvsi.dutch import euro
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_gemeente, make_person
from tests.instruments.wishes import make_voorzitter, make_wish
from tests.membership.bodies import make_seat

SINCE = datetime.date(2020, 1, 1)
CENTS = Decimal("5000.00")


@dataclass
class Cast:
    """Everybody on the road of a wens."""

    asker: Person
    organisation: Organisation
    voorzitter: Person
    uitvoerder: Person
    bestuur: Person
    bureau: Person


@pytest.fixture
def cast(
    flexensie: Instrument, backoffice: Person, bestuur: Person, bureau: Person
) -> Cast:
    gemeente = make_gemeente("GM9081", "Wensland")
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)
    return Cast(
        make_person("Vrager", "contactpersoon", gemeente),
        gemeente,
        make_voorzitter(flexensie, gemeente),
        backoffice,
        bestuur,
        bureau,
    )


@pytest.fixture
def wens(flexensie: Instrument, cast: Cast) -> Verbeterwens:
    return handing_in.hand_in(
        flexensie,
        title="Uren van een week in één keer invullen",
        problem="Elke dag apart kost te veel tijd.",
        proposal="Een scherm voor de hele week.",
        for_whom="Kandidaten",
        organisation=cast.organisation,
        by=cast.asker,
    )


def to_the_bestuur(wens: Verbeterwens, cast: Cast, amount: Decimal = CENTS) -> None:
    """With other money: the kas is the work of another app."""
    weighing.take_up(wens, words="Nuttig.", by=cast.voorzitter)
    weighing.validate(
        wens,
        hours=40,
        amount=amount,
        feasibility="well",
        words="Twee weken.",
        by=cast.uitvoerder,
    )
    weighing.prioritise(wens, rank=1, words="Veel steun.", by=cast.voorzitter)
    weighing.finance(wens, Step.OTHER_MONEY, words="Nieuw.", by=cast.voorzitter)
    deciding.propose(
        wens,
        text="Een weekscherm.",
        amount=amount,
        from_kas=Decimal(0),
        other_cover="Bijdrage van zes gemeenten.",
        words="Gedekt.",
        by=cast.voorzitter,
    )


def test_who_hands_in_supports_and_follows_it(wens: Verbeterwens, cast: Cast) -> None:
    assert wens.reference == f"W-FLEXENSIE-{wens.number}"
    assert wens.support.get().organisation == cast.organisation
    assert wens.followers.get().person == cast.asker
    assert wens.stage == Stage.HANDED_IN
    told = Email.objects.get(event="wens_waiting")
    assert told.recipient == cast.voorzitter.email
    assert "\nGemeente " in told.body, "a sentence begins with a capital"


def test_each_step_is_of_its_own_body(wens: Verbeterwens, cast: Cast) -> None:
    for stranger in (cast.asker, cast.uitvoerder, cast.bestuur, cast.bureau):
        with pytest.raises(NotAllowed, match="regiegroep"):
            weighing.take_up(wens, words="Wij eerst.", by=stranger)
    weighing.take_up(wens, words="Nuttig.", by=cast.voorzitter)
    with pytest.raises(NotAllowed, match="uitvoerder"):
        weighing.validate(
            wens,
            hours=1,
            amount=CENTS,
            feasibility="well",
            words="x",
            by=cast.voorzitter,
        )


def test_only_who_leads_is_asked_for_what_only_they_do(
    wens: Verbeterwens, cast: Cast
) -> None:
    body = cast.voorzitter.seats.get().body
    member = make_seat(body, "Lid", cast.organisation).person
    weighing.take_up(wens, words="Nuttig.", by=cast.voorzitter)
    facts: dict[str, Any] = {"hours": 1, "amount": CENTS, "feasibility": "well"}
    weighing.validate(wens, words="Twee weken.", by=cast.uitvoerder, **facts)
    asked = Email.objects.filter(event="wens_waiting", body__contains="secretaris")
    assert asked.filter(recipient=cast.voorzitter.email).exists()
    assert not asked.filter(recipient=member.email).exists()


def test_an_amount_above_the_limit_is_decided_by_the_alv(
    wens: Verbeterwens, cast: Cast
) -> None:
    to_the_bestuur(wens, cast)
    deciding.agree(wens, checks=[], words="Akkoord.", by=cast.bestuur)
    assert wens.stage == Stage.ALV
    voorstel = wens.voorstel
    assert voorstel
    assert not voorstel.is_decided
    today = timezone.localdate()
    before = AlvBesluit.objects.create(
        reference="ALV-1", subject="Te vroeg", taken_on=SINCE
    )
    with pytest.raises(NotAllowed, match="na het akkoord"):
        deciding.adopt(wens, before, words="Aangenomen.", by=cast.bureau)
    besluit = AlvBesluit.objects.create(reference="ALV-2", subject="Ja", taken_on=today)
    deciding.adopt(wens, besluit, words="Aangenomen.", by=cast.bureau)
    voorstel.refresh_from_db()
    assert voorstel.is_decided
    assert wens.stage == Stage.DECIDED


def test_up_to_the_limit_the_bestuur_decides(
    wens: Verbeterwens, cast: Cast, flexensie: Instrument
) -> None:
    besluit = AlvBesluit.objects.create(reference="ALV-3", subject="Grens")
    AlvLimit.objects.create(
        instrument=flexensie, starts_on=SINCE, amount=CENTS, besluit=besluit
    )
    to_the_bestuur(wens, cast)
    voorstel = deciding.agree(wens, checks=[], words="Akkoord.", by=cast.bestuur)
    assert voorstel.is_decided
    assert wens.stage == Stage.DECIDED


def test_the_bestuur_looks_at_each_of_its_criteria(
    wens: Verbeterwens, cast: Cast
) -> None:
    CoverCriterion.objects.create(text="De dekking is structureel.", starts_on=SINCE)
    to_the_bestuur(wens, cast)
    with pytest.raises(NotAllowed, match="elk criterium"):
        deciding.agree(wens, checks=[], words="Akkoord.", by=cast.bestuur)
    unmet = Check("De dekking is structureel.", met=False)
    with pytest.raises(NotAllowed, match="waarom"):
        deciding.agree(wens, checks=[unmet], words="Akkoord.", by=cast.bestuur)
    told = Check(unmet.text, met=False, why="Eenmalig is genoeg.")
    voorstel = deciding.agree(wens, checks=[told], words="Akkoord.", by=cast.bestuur)
    assert voorstel.criteria[0]["why"] == "Eenmalig is genoeg."


def test_a_voorstel_without_the_kas_follows_when_the_kas_was_not_chosen(
    wens: Verbeterwens, cast: Cast
) -> None:
    to_the_bestuur(wens, cast)
    deciding.send_back(wens, words="Toch uit de kas.", by=cast.bestuur)
    facts: dict[str, Any] = {
        "text": "Een weekscherm.",
        "amount": CENTS,
        "from_kas": Decimal(0),
        "other_cover": "Zes gemeenten.",
        "words": "Gedekt.",
        "by": cast.voorzitter,
    }
    weighing.finance(wens, Step.FROM_KAS, words="Uit de kas.", by=cast.voorzitter)
    with pytest.raises(NotAllowed, match="dat de innovatiekas betaalt"):
        deciding.propose(wens, **facts)
    deciding.propose(wens, **{**facts, "amount": Decimal(0), "other_cover": ""})
    deciding.send_back(wens, words="Het kost wel wat.", by=cast.bestuur)
    weighing.finance(wens, Step.OTHER_MONEY, words="Nieuw.", by=cast.voorzitter)
    deciding.propose(wens, **facts)
    assert wens.voorstel


def test_what_was_sent_back_comes_again_as_another_version(
    wens: Verbeterwens, cast: Cast
) -> None:
    to_the_bestuur(wens, cast)
    deciding.send_back(wens, words="Te duur.", by=cast.bestuur)
    assert wens.voorstel is None
    deciding.propose(
        wens,
        text="Kleiner.",
        amount=Decimal(10),
        from_kas=Decimal(0),
        other_cover="Wij.",
        words="Zo dan.",
        by=cast.voorzitter,
    )
    assert wens.voorstel
    assert wens.voorstel.version == 2


def test_the_regiegroep_keeps_its_decisions_under_a_number(
    wens: Verbeterwens, cast: Cast
) -> None:
    to_the_bestuur(wens, cast)
    ranked = wens.steps.get(kind=Step.PRIORITISED)
    assert ranked.decision
    assert ranked.decision.reason == "Veel steun."
    assert ranked.decision.text == f"{wens}: geprioriteerd, plaats 1."
    proposed = wens.steps.get(kind=Step.PROPOSED)
    assert proposed.decision
    assert proposed.decision.text.endswith(f"voor {euro(CENTS)}.")
    assert wens.steps.get(kind=Step.VALIDATED).decision is None


def test_who_is_told_no_reads_why(wens: Verbeterwens, cast: Cast) -> None:
    weighing.decline(
        wens, words="Dit bestaat al, zie de knop Week.", by=cast.voorzitter
    )
    answer = Email.objects.get(event="wens_step", recipient=cast.asker.email)
    assert "zie de knop Week" in answer.body
    assert "geen e-mails meer" in answer.body
    assert "Niet meer volgen" not in answer.body
    assert wens.stage == Stage.ENDED
    with pytest.raises(Stale):
        weighing.take_up(wens, words="Toch wel.", by=cast.voorzitter)


def test_followers_and_support_go_along_when_wensen_are_merged(
    wens: Verbeterwens, cast: Cast, flexensie: Instrument
) -> None:
    other_gemeente = make_gemeente("GM9082", "Ookland")
    other = make_wish(flexensie, other_gemeente, cast.bureau)
    weighing.merge_into(wens, other, words="Zelfde wens.", by=cast.voorzitter)
    assert [row.person for row in other.followers.all()] == [cast.asker]
    assert [row.organisation for row in other.support.all()] == [cast.organisation]
    assert wens.stage == Stage.ENDED


def test_a_stranger_supports_nothing_and_sees_nothing(
    wens: Verbeterwens, vreemde: Person, noorderhage: Organisation
) -> None:
    with pytest.raises(NotAllowed):
        handing_in.support(wens, organisation=noorderhage, by=vreemde)
    assert not Verbeterwens.objects.visible_to(vreemde).exists()


def test_an_organisation_supports_once_and_may_stop(
    wens: Verbeterwens, cast: Cast
) -> None:
    handing_in.support(wens, organisation=cast.organisation, by=cast.asker)
    running = wens.support.filter(ended_at__isnull=True)
    assert running.count() == 1
    handing_in.end_support(wens, organisation=cast.organisation, by=cast.asker)
    assert not running.exists()


def test_wensen_that_share_words_are_found_in_any_form(
    wens: Verbeterwens, cast: Cast, flexensie: Instrument
) -> None:
    found = similar(flexensie, "Ik wil per week mijn uur invullen", cast.asker)
    assert list(found) == [wens]
    assert list(similar(flexensie, "Sneller invu", cast.asker)) == list(found)
    assert not similar(flexensie, "Een andere kleur knoppen", cast.asker)
    assert not similar(flexensie, "a & | ! ()", cast.asker)
    sentence = "Iedere gemeente krijgt graag bericht over het werk van de week"
    assert not similar(flexensie, sentence, cast.asker)
