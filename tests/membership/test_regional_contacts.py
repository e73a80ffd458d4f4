"""Whom a region sends to a network, and asking for it."""

import datetime
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from membership.models import (
    Email,
    HistoryEvent,
    Network,
    Organisation,
    Person,
    Region,
    RegionalContact,
    RegionMember,
)
from membership.regional.asking import ask_regions, can_remind, remind
from membership.regional.board import board, latest_ask
from membership.regional.contacts import end_contact
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.membership.regional import (
    LATER,
    NOW,
    TODAY,
    give,
    given,
    make_network,
    make_region,
    pair,
)

DAY = datetime.timedelta(days=1)
DUE = TODAY + 20 * DAY


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


@pytest.fixture
def region(heideveld: Organisation, waterkant: Organisation) -> Region:
    return make_region("B1", heideveld, waterkant)


def who(region: Region, on: datetime.date = TODAY) -> list[tuple[str, bool, bool]]:
    rows = RegionalContact.objects.active_on(on).filter(region=region)
    return [(c.name, c.is_primary, c.is_duo) for c in rows.order_by("-is_primary")]


def reminded() -> list[str]:
    emails = Email.objects.filter(event="contacts_reminded")
    return list(emails.values_list("recipient", flat=True))


def test_a_contactpersoon_gives_the_names_of_his_region(
    network: Network, region: Region, heideveld: Organisation, lezer: Person
) -> None:
    give(network, region, pair(heideveld), by=lezer)
    assert who(region) == [("Anna", True, False), ("Bram", False, False)]
    event = HistoryEvent.objects.get(action="contacts given")
    assert event.by == lezer
    assert "Anna" not in str(event.facts)


def test_a_colleague_of_another_gemeente_corrects_what_was_given_today(
    network: Network, region: Region, waterkant: Organisation, lezer: Person
) -> None:
    colleague = make_person("Collega", "contactpersoon", waterkant)
    give(network, region, pair(waterkant), by=lezer)
    give(network, region, pair(waterkant, "Anne"), by=colleague)
    assert who(region) == [("Anne", True, False), ("Bram", False, False)]
    assert RegionalContact.objects.count() == 2
    assert {c.given_by for c in RegionalContact.objects.all()} == {colleague}


def test_a_successor_follows_and_who_it_was_stays_known(
    network: Network, region: Region, heideveld: Organisation, lezer: Person
) -> None:
    give(network, region, pair(heideveld), by=lezer)
    later = LATER.date()
    names = pair(heideveld, "Carla", "Bram")
    give(network, region, names, by=lezer, now=LATER, decided_on=later)
    assert who(region, later - DAY) == [("Anna", True, False), ("Bram", False, False)]
    assert who(region, later) == [("Carla", True, False), ("Bram", False, False)]


def test_the_same_person_by_the_same_decision_is_set_right(
    network: Network, region: Region, heideveld: Organisation, lezer: Person
) -> None:
    give(network, region, pair(heideveld), by=lezer)
    give(network, region, pair(heideveld), by=lezer, now=LATER)
    assert RegionalContact.objects.count() == 2
    assert {c.given_at for c in RegionalContact.objects.all()} == {LATER}


def test_the_two_may_change_places(
    network: Network, region: Region, heideveld: Organisation, lezer: Person
) -> None:
    give(network, region, pair(heideveld), by=lezer)
    names = pair(heideveld, "Bram", "Anna", is_duo=True)
    give(network, region, names, by=lezer, now=LATER)
    assert who(region, LATER.date()) == [("Bram", True, True), ("Anna", False, True)]


def test_strangers_and_the_rest_of_the_association_give_nothing(
    network: Network,
    region: Region,
    heideveld: Organisation,
    vreemde: Person,
    bestuur: Person,
) -> None:
    for person in (vreemde, bestuur):
        with pytest.raises(NotAllowed, match="kan geen aanspreekpunten doorgeven"):
            give(network, region, pair(heideveld), by=person)
    assert not RegionalContact.objects.exists()


def test_who_left_the_region_gives_nothing_any_more(
    network: Network, region: Region, heideveld: Organisation, lezer: Person
) -> None:
    members = RegionMember.objects.filter(organisation=heideveld)
    members.update(ends_on=TODAY - DAY)
    with pytest.raises(NotAllowed):
        give(network, region, pair(heideveld), by=lezer)


def test_what_cannot_be_is_said(
    network: Network,
    region: Region,
    heideveld: Organisation,
    noorderhage: Organisation,
    bureau: Person,
) -> None:
    other = make_region("AM91", heideveld, type_="arbeidsmarktregio")
    tries = [
        ("hoort niet bij netwerk", other, pair(heideveld), TODAY),
        ("niet in de toekomst", region, pair(heideveld), TODAY + DAY),
        ("dezelfde persoon", region, pair(heideveld, "Anna", "anna"), TODAY),
        ("is niet in de regio", region, pair(noorderhage), TODAY),
    ]
    for words, where, names, decided_on in tries:
        with pytest.raises(NotAllowed, match=words):
            give(network, where, names, by=bureau, decided_on=decided_on)
    with pytest.raises(ValidationError, match="BSN"):
        give(network, region, pair(heideveld, "Anna 123456782"), by=bureau)
    assert not RegionalContact.objects.exists()


def test_a_contact_is_ended_by_the_bureau_or_the_region_itself(
    network: Network, region: Region, heideveld: Organisation, lezer: Person,
    vreemde: Person,
) -> None:  # fmt: skip
    first, second = give(network, region, pair(heideveld), by=lezer)
    with pytest.raises(NotAllowed):
        end_contact(first, on=TODAY, by=vreemde)
    with pytest.raises(NotAllowed, match="voor de begindatum"):
        end_contact(first, on=TODAY - DAY, by=lezer)
    end_contact(first, on=TODAY, by=lezer)
    with pytest.raises(NotAllowed, match="al beëindigd"):
        end_contact(first, on=TODAY, by=lezer)
    assert who(region, TODAY + DAY) == [("Bram", False, False)]
    assert second.ends_on is None


def test_the_name_of_who_left_may_be_erased_and_of_who_sits_there_not(
    network: Network, region: Region, heideveld: Organisation, lezer: Person
) -> None:
    first, _ = give(network, region, pair(heideveld), by=lezer)
    first.name = first.email = ""
    with pytest.raises(ValidationError, match="een naam en een e-mailadres"):
        first.full_clean()
    first.ends_on = TODAY
    first.full_clean()
    first.save()
    assert str(first) == "naam gewist, bestuurlijk aanspreekpunt van De Heide"


def test_all_regions_are_asked_and_answers_are_seen_per_level(
    network: Network,
    region: Region,
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    empty = make_region("B2", name="Zonder")
    make_region("AM91", heideveld, type_="arbeidsmarktregio")
    ask = ask_regions(network, due_on=DUE, now=NOW, by=bureau)
    email = Email.objects.get(event="contacts_asked")
    assert email.recipient == lezer.email
    assert f"/regios/bw-mo/{region.pk}/" in email.body
    assert "29 maart 2026" in email.body.replace("\u00a0", " ")
    give(network, region, pair(heideveld), by=lezer, now=NOW)
    first, second = board(network, ask, on=TODAY)
    assert (first.region, second.region) == (region, empty)
    assert [seat.is_answered for seat in first.seats] == [True, False]
    assert not first.is_answered
    assert second.people == []


def test_who_was_known_before_confirms_it_when_asked_again(
    network: Network,
    region: Region,
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    for level in ("bestuurlijk", "ambtelijk"):
        give(network, region, pair(heideveld), by=lezer, level=level)
    assert board(network, None, on=TODAY)[0].is_answered
    due_on = LATER.date() + DAY
    ask = ask_regions(network, due_on=due_on, now=LATER, by=bureau)
    assert not board(network, ask, on=LATER.date())[0].is_answered
    for level in ("bestuurlijk", "ambtelijk"):
        give(network, region, pair(heideveld), by=lezer, level=level, now=LATER)
    assert board(network, ask, on=LATER.date())[0].is_answered


def test_only_who_did_not_answer_is_reminded_and_once_a_day(
    network: Network,
    region: Region,
    heideveld: Organisation,
    vreemde: Person,
    noorderhage: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    make_region("B2", noorderhage, name="Hage")
    ask_regions(network, due_on=DUE, now=NOW, by=bureau)
    assert not can_remind(network, today=TODAY)
    with pytest.raises(NotAllowed, match="vandaag al gevraagd"):
        remind(network, today=TODAY, by=bureau)
    for level in ("bestuurlijk", "ambtelijk"):
        give(network, region, pair(heideveld), by=lezer, level=level)
    tomorrow = TODAY + DAY
    assert can_remind(network, today=tomorrow)
    remind(network, today=tomorrow, by=bureau)
    assert reminded() == [vreemde.email]
    with pytest.raises(NotAllowed, match="vandaag al gevraagd"):
        remind(network, today=tomorrow, by=bureau)
    remind(network, today=tomorrow + DAY, by=bureau)
    assert reminded() == [vreemde.email] * 2


def test_asking_is_for_the_bureau_and_for_a_day_to_come(
    network: Network, region: Region, lezer: Person, bureau: Person, bestuur: Person
) -> None:
    with pytest.raises(NotAllowed, match="Dat doet het bureau"):
        ask_regions(network, due_on=DUE, now=NOW, by=bestuur)
    with pytest.raises(NotAllowed, match="Dat doet het bureau"):
        remind(network, today=TODAY, by=lezer)
    with pytest.raises(NotAllowed, match="een dag na vandaag"):
        ask_regions(network, due_on=TODAY, now=NOW, by=bureau)
    with pytest.raises(NotAllowed, match="nog niets gevraagd"):
        remind(network, today=TODAY, by=bureau)
    ask_regions(network, due_on=DUE, now=NOW, by=bureau)
    with pytest.raises(ValidationError, match="al gevraagd"):
        ask_regions(network, due_on=DUE, now=NOW, by=bureau)
    assert latest_ask(network) is not None


def test_a_network_without_anybody_to_ask_is_not_asked(
    network: Network, region: Region, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match="niemand om het aan te vragen"):
        ask_regions(network, due_on=DUE, now=NOW, by=bureau)


def test_when_all_answered_there_is_nobody_to_remind(
    network: Network,
    region: Region,
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    ask_regions(network, due_on=DUE, now=NOW, by=bureau)
    for level in ("bestuurlijk", "ambtelijk"):
        give(network, region, pair(heideveld), by=lezer, level=level)
    assert not can_remind(network, today=TODAY + DAY)
    with pytest.raises(NotAllowed, match="niemand om te herinneren"):
        remind(network, today=TODAY + DAY, by=bureau)


def test_the_board_takes_as_many_queries_for_one_region_as_for_many(
    network: Network,
    region: Region,
    heideveld: Organisation,
    lezer: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    give(network, region, pair(heideveld), by=lezer)
    for count in range(3):
        with django_assert_num_queries(4):
            assert len(board(network, None, on=TODAY)) == 1 + count
        make_region(f"X{count}", heideveld, name=f"Regio {count}")


def test_a_person_is_written_to_by_his_own_address_in_small_letters(
    network: Network, region: Region, heideveld: Organisation, lezer: Person
) -> None:
    anna = replace(given("Anna", heideveld), email="Anna@Gemeente.Example")
    names = replace(pair(heideveld), primary=anna)
    first, _ = give(network, region, names, by=lezer)
    assert first.email == "anna@gemeente.example"
