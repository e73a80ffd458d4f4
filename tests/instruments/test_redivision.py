"""What a dissolved gemeente asked for an instrument goes to its successor, once."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from instruments.interests import showing
from instruments.models import Instrument, Interest, Verbeterwens
from instruments.wishes import handing_in, weighing
from instruments.wishes.stages import Party, Step
from instruments.wishes.taking import take
from instruments.wishes.who import parties_of
from membership.admin.recorded import guard_says
from membership.admin.redivisions import decide_url
from membership.models import HistoryEvent, Organisation, Person
from membership.redivision.found import open_items
from membership.redivision.outcomes import Outcome
from nvsi.errors import NotAllowed
from tests.instruments.steering import use
from tests.instruments.wishes import make_voorzitter
from tests.membership.redivisions import decide, item, make_member, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Organisation:
    return make_member("GM9201", "Oudland")


@pytest.fixture
def new() -> Organisation:
    return make_member("GM9202", "Nieuwland")


def contact(gemeente: Organisation) -> Person:
    return gemeente.roles.get().person


def hand_in(instrument: Instrument, gemeente: Organisation) -> Verbeterwens:
    return handing_in.hand_in(
        instrument,
        title=f"Een wens van {gemeente.name}",
        problem="Het duurt te lang.",
        proposal="Maak het korter.",
        for_whom="Kandidaten",
        organisation=gemeente,
        by=contact(gemeente),
    )


def show(instrument: Instrument, gemeente: Organisation) -> Interest:
    return showing.show(instrument, gemeente, words="Graag.", by=contact(gemeente))


def supporters(wens: Verbeterwens) -> list[str]:
    rows = wens.support.filter(ended_at__isnull=True)
    return sorted(rows.values_list("organisation__name", flat=True))


def test_interest_goes_over_with_its_answer(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    interest = show(flexensie, old)
    showing.answer(interest, text="In mei.", by=bureau)
    redivision = record(old, successor=new, by=bureau)
    found = item(redivision, "interest")
    assert found.about == "voor Flexensie, beantwoord"
    client = Client()
    client.force_login(bureau)
    asked = client.get(decide_url(redivision.pk, found.key)).content.decode()
    assert "Gaat over naar gemeente Nieuwland, vandaag" in asked
    assert "Eindigt vandaag" in asked
    decide(redivision, "interest", Outcome.GOES_OVER, by=bureau)
    interest.refresh_from_db()
    assert (interest.organisation, interest.status) == (new, "answered")
    showing.withdraw(interest, by=contact(new))


def test_interest_of_both_counts_once(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    theirs, own = show(flexensie, old), show(flexensie, new)
    redivision = record(old, successor=new, by=bureau)
    decide(redivision, "interest", Outcome.GOES_OVER, by=bureau)
    assert list(Interest.objects.running()) == [own]
    theirs.refresh_from_db()
    assert (theirs.organisation, theirs.status) == (old, "closed")


def test_interest_in_what_the_successor_uses_only_ends(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    interest = show(flexensie, old)
    use(new, flexensie)
    redivision = record(old, successor=new, by=bureau)
    with pytest.raises(NotAllowed, match=r"gebruikt Flexensie al\. Kies 'eindigt'"):
        decide(redivision, "interest", Outcome.GOES_OVER, by=bureau)
    decide(redivision, "interest", Outcome.ENDS, by=bureau)
    interest.refresh_from_db()
    assert interest.status == "closed"


def test_a_wens_is_taken_over_with_its_support(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    wens = hand_in(flexensie, old)
    redivision = record(old, successor=new, by=bureau)
    today = timezone.localdate()
    assert Party.ASKER not in parties_of(contact(new), wens, today)
    decide(redivision, "verbeterwens", Outcome.GOES_OVER, by=bureau)
    found = {one.sort.name for one in open_items(redivision)}
    assert not found & {"verbeterwens", "wens-support"}
    wens.refresh_from_db()
    assert (wens.organisation, wens.asker) == (old, new)
    over = HistoryEvent.objects.get(action="handed over")
    assert over.facts == {"organisation": "gemeente Nieuwland"}
    assert supporters(wens) == ["Nieuwland"]
    client = Client()
    client.force_login(contact(new))
    shown = client.get(f"/verbeterwensen/{wens.pk}/").content.decode()
    assert "gemeente Oudland, overgenomen door gemeente Nieuwland" in shown
    take(wens, Step.WITHDRAWN, words="Niet meer nodig.", by=contact(new))
    assert wens.last_step is not None


def test_a_wens_that_was_taken_over_is_found_at_who_took_it_over(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    wens = hand_in(flexensie, old)
    redivision = record(old, successor=new, by=bureau)
    decide(redivision, "verbeterwens", Outcome.GOES_OVER, by=bureau)
    last = make_member("GM9203", "Grootland")
    later = record(new, successor=last, by=bureau)
    decide(later, "verbeterwens", Outcome.GOES_OVER, by=bureau)
    wens.refresh_from_db()
    assert wens.asker == last
    assert supporters(wens) == ["Grootland"]


def test_a_wens_that_stays_is_left_to_the_regiegroep(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    wens = hand_in(flexensie, old)
    done = hand_in(flexensie, new)
    weighing.decline(done, words="Te duur.", by=make_voorzitter(flexensie, old))
    redivision = record(old, successor=new, by=bureau)
    with pytest.raises(NotAllowed, match="Dat kan niet bij: verbeterwens"):
        decide(redivision, "verbeterwens", Outcome.ENDS, by=bureau)
    decide(redivision, "verbeterwens", Outcome.STAYS, by=bureau, reason="Past niet.")
    wens.refresh_from_db()
    assert wens.asker == old
    assert item(redivision, "wens-support").about == str(wens)
    decide(redivision, "wens-support", Outcome.ENDS, by=bureau)
    assert supporters(wens) == []


def test_support_of_both_counts_once(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    other = make_member("GM9204", "Elders")
    both, one = hand_in(flexensie, new), hand_in(flexensie, other)
    for wens in (both, one):
        handing_in.support(wens, organisation=old, by=contact(old))
    redivision = record(old, successor=new, by=bureau)
    decide(redivision, "wens-support", Outcome.GOES_OVER, by=bureau)
    decide(redivision, "wens-support", Outcome.GOES_OVER, by=bureau)
    assert supporters(both) == ["Nieuwland"]
    assert supporters(one) == ["Elders", "Nieuwland"]


def test_nobody_but_the_successor_takes_over_a_wens(
    flexensie: Instrument, old: Organisation, new: Organisation, bureau: Person
) -> None:
    wens = hand_in(flexensie, old)
    rows = Verbeterwens.objects.filter(pk=wens.pk)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        rows.update(taken_over_by=new)
    assert "Alleen de opvolger" in guard_says(caught.value)
    record(old, successor=new, by=bureau)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(taken_over_by=new, organisation=new)
    rows.update(taken_over_by=new)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(taken_over_by=None)
