"""Which papers a dossier offers, with which facts, and what of them is kept."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from membership.admission import dossiers, recording
from membership.admission.steps import Outcome, Step
from membership.models import Dossier, Evidence, Mandate, Organisation, Person
from membership.papers.gathering import facts_of
from membership.papers.keeping import kept_confirmation
from membership.papers.kinds import Kind
from membership.papers.offer import Offer, offered
from tests.membership.dossiers import VOORHANG, day_of, make_lid, take, take_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(noorderhage: Organisation, bureau: Person) -> Dossier:
    return dossiers.open_dossier(noorderhage, "lid", by=bureau)


@pytest.fixture
def admitted(
    noorderhage: Organisation, vreemde: Person, bureau: Person, bestuur: Person
) -> Dossier:
    make_lid(noorderhage, by=vreemde, bureau=bureau, bestuur=bestuur)
    return Dossier.objects.with_steps().get()


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.with_steps().get(pk=dossier.pk)


def kinds(offer: Offer) -> tuple[list[Kind], list[Kind]]:
    return [one.kind for one in offer.now], [one.kind for one in offer.other]


def test_each_step_of_the_voorhang_has_its_papers(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    now: dict[Step, list[Kind]] = {}
    for step in VOORHANG:
        now[step] = kinds(offered(fresh(dossier), vreemde))[0]
        take(dossier, step, by=vreemde, bureau=bureau)
    meant, letter = [Kind.INTENTION], Kind.COUNCIL_LETTER
    assert now == {
        Step.WEIGHED: meant,
        Step.PROPOSED: [Kind.PROPOSAL, letter, *meant],
        Step.DRAFTED: [Kind.PROPOSAL, letter, *meant],
        Step.SENT: [letter, *meant],
        Step.HEARD: meant,
        Step.DECIDED: [Kind.APPROVAL, Kind.APPLICATION, *meant],
        Step.APPLIED: [Kind.APPLICATION],
        Step.CHECKED: [],
    }


def test_a_dossier_that_ended_asks_for_no_paper(
    dossier: Dossier, vreemde: Person
) -> None:
    dossiers.withdraw(dossier, reason="Toch niet.", by=vreemde)
    assert kinds(offered(fresh(dossier), vreemde))[0] == []


def test_what_is_offered_costs_no_query(
    dossier: Dossier,
    vreemde: Person,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    read = fresh(dossier)
    assert not vreemde.is_association
    with django_assert_num_queries(0):
        offered(read, vreemde)


def test_the_facts_of_a_dossier_stand_in_its_papers(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    considered = {"own_say": "Zelf.", "same_use": "Zelfde.", "no_new_instrument": ""}
    weighed = {"words": "Eigen woorden.", "considerations": considered}
    take(dossier, Step.WEIGHED, by=vreemde, bureau=bureau, **weighed)
    take_all(dossier, VOORHANG[1:6], by=vreemde, bureau=bureau)
    mandate = Mandate.objects.create(
        organisation=dossier.organisation,
        name="P. Smit",
        function="directeur",
        purpose="all",
        decided_on=day_of(Step.WEIGHED),
        number="M-7",
        starts_on=day_of(Step.WEIGHED),
    )
    signed = {"signer_name": "P. Smit", "signer_function": "directeur"}
    take(dossier, Step.APPLIED, by=vreemde, bureau=bureau, mandate=mandate, **signed)
    facts = facts_of(fresh(dossier))
    assert facts.steps[Step.WEIGHED].considerations == (
        ("De inzet van het instrument blijft dezelfde", "Zelfde."),
        ("De gemeente bepaalt zelf hoeveel zij het instrument inzet", "Zelf."),
    )
    assert facts.steps[Step.SENT].until == day_of(Step.HEARD) - datetime.timedelta(1)
    assert facts.steps[Step.APPLIED].mandate.endswith(", nummer M-7")
    assert facts.who.contact_name == vreemde.name
    assert facts.belongs is None


def test_a_fact_of_a_route_that_was_left_is_in_no_paper(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    take_all(dossier, VOORHANG[:4], by=vreemde, bureau=bureau)
    earlier = fresh(dossier).standing_step(Step.WEIGHED)
    assert earlier is not None
    light = {"outcome": Outcome.INFORM, "is_far_reaching": False, "words": "Klein."}
    facts = {"on": earlier.on, **light}
    from_now = {"seen": earlier.pk}
    replace_step(dossier, Step.WEIGHED, facts, by=vreemde, **from_now)
    assert set(facts_of(fresh(dossier)).steps) == {Step.WEIGHED}


def replace_step(
    dossier: Dossier, step: Step, facts: dict[str, object], *, by: Person, seen: int
) -> None:
    said = recording.Recorded(**facts)  # type: ignore[arg-type]  # fields by name
    recording.record(dossier, step, said, by=by, seen=seen)


def test_nobody_changes_a_confirmation_that_was_kept(admitted: Dossier) -> None:
    kept = Evidence.objects.filter(kind=Step.ADMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.update(content=b"iets anders")
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.update(replaced_at=timezone.now())
    assert kept_confirmation(admitted)


def test_a_participant_has_two_papers(
    noorderhage: Organisation, vreemde: Person, bureau: Person
) -> None:
    dossier = dossiers.open_dossier(noorderhage, "participant", by=bureau)
    assert kinds(offered(fresh(dossier), vreemde)) == ([Kind.APPLICATION], [])
    take_all(dossier, (Step.APPLIED, Step.CHECKED), by=vreemde, bureau=bureau)
    dossiers.admit(dossier, starts_on=timezone.localdate(), by=bureau)
    assert kinds(offered(fresh(dossier), vreemde)) == (
        [],
        [Kind.APPLICATION, Kind.CONFIRMATION],
    )
