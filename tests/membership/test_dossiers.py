"""From an opened dossier to a lid, and everything that is refused on the way."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from membership.admission import dossiers, recording, wishes
from membership.admission.steps import Step
from membership.models import (
    Dossier,
    Email,
    HistoryEvent,
    Mandate,
    Membership,
    Organisation,
    Person,
)
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_person
from tests.membership.dossiers import (
    VOORHANG,
    day_of,
    make_lid,
    paper,
    said,
    take,
    take_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(noorderhage: Organisation, bureau: Person) -> Dossier:
    return dossiers.open_dossier(noorderhage, "lid", by=bureau)


Take = Callable[..., object]


@pytest.fixture
def goes(dossier: Dossier, vreemde: Person, bureau: Person) -> Take:
    """Record a step of this dossier, by who does that."""

    def step(kind: Step, **changes: object) -> object:
        return take(dossier, kind, by=vreemde, bureau=bureau, **changes)

    return step


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.with_steps().get(pk=dossier.pk)


def test_a_gemeente_becomes_lid_by_the_voorhang(
    noorderhage: Organisation, vreemde: Person, bureau: Person, bestuur: Person
) -> None:
    period = make_lid(noorderhage, by=vreemde, bureau=bureau, bestuur=bestuur)
    assert period.kind == Membership.Kind.LID
    assert period.collegebesluit_on == day_of(Step.DECIDED)
    dossier = Dossier.objects.with_steps().get()
    assert dossier.status == Dossier.Status.ADMITTED
    assert dossier.position.next is None
    assert dossier.number == f"D{timezone.localdate().year}-0001"
    told = HistoryEvent.objects.filter(subject_type="membership.dossier")
    assert [event.action for event in told.order_by("pk")] == [
        "opened",
        *["step recorded"] * len(VOORHANG),
        "admitted",
    ]


def test_an_aspirant_lid_has_no_end_until_it_is_lid(
    dossier: Dossier, vreemde: Person, bureau: Person, bestuur: Person
) -> None:
    today = timezone.localdate()
    since = today - datetime.timedelta(days=100)
    aspirant = dossiers.make_aspirant(dossier, starts_on=since, by=bureau)
    take_all(dossier, VOORHANG, by=vreemde, bureau=bureau)
    lid = dossiers.admit(dossier, starts_on=today, by=bestuur)
    aspirant.refresh_from_db()
    assert aspirant.ends_on == lid.starts_on - datetime.timedelta(days=1)


def test_wensen_and_bedenkingen_are_answered_before_the_college_decides(
    dossier: Dossier, goes: Take, vreemde: Person
) -> None:
    for step in (Step.WEIGHED, Step.PROPOSED, Step.DRAFTED, Step.SENT):
        goes(step)
    with pytest.raises(NotAllowed, match="Leg eerst elke wens"):
        goes(Step.HEARD, outcome="given")
    wish = wishes.add_wish(
        dossier,
        kind="bedenking",
        by_whom="fractie Water",
        words="De kosten",
        by=vreemde,
    )
    with pytest.raises(NotAllowed, match="Kies 'gegeven'"):
        goes(Step.HEARD)
    goes(Step.HEARD, outcome="given")
    with pytest.raises(NotAllowed, match="Eerst komt de stap 'Reactie"):
        goes(Step.DECIDED)
    with pytest.raises(NotAllowed, match="Beantwoord eerst"):
        goes(Step.ANSWERED)
    wishes.answer_wish(wish, answer="Er is geen contributie.", by=vreemde)
    goes(Step.ANSWERED)
    goes(Step.DECIDED)
    assert fresh(dossier).position.next == Step.APPLIED


def test_a_wish_that_was_a_mistake_is_taken_back_and_what_rests_on_it_is_asked_again(
    dossier: Dossier, goes: Take, vreemde: Person, lezer: Person
) -> None:
    for step in (Step.WEIGHED, Step.PROPOSED, Step.DRAFTED, Step.SENT):
        goes(step)
    said = {"kind": "wens", "by_whom": "fractie", "words": "Meer"}
    wish = wishes.add_wish(dossier, **said, by=vreemde)
    goes(Step.HEARD, outcome="given")
    with pytest.raises(NotAllowed, match="Dat doet iemand van de organisatie"):
        wishes.take_back_wish(wish, by=lezer)
    for _ in range(2):
        wishes.take_back_wish(wish, by=vreemde)
    assert fresh(dossier).position.next == Step.HEARD
    with pytest.raises(NotAllowed, match="intussen teruggenomen"):
        wishes.change_wish(wish, **said, by=vreemde)
    actions = HistoryEvent.objects.filter(subject_id=dossier.pk)
    told = list(actions.order_by("pk").values_list("action", flat=True))
    assert told[-2:] == ["wish taken back", "step set aside"]
    goes(Step.HEARD)
    assert fresh(dossier).position.next == Step.DECIDED


def test_the_lighter_route_asks_a_motivation_and_the_judgement_of_the_bureau(
    dossier: Dossier, goes: Take
) -> None:
    with pytest.raises(ValidationError, match="Motiveer waarom"):
        goes(Step.WEIGHED, outcome="inform", is_far_reaching=False)
    goes(Step.WEIGHED, outcome="inform", words="Geen nieuw instrument.")
    with pytest.raises(NotAllowed, match="Eerst komt de stap 'Oordeel"):
        goes(Step.PROPOSED)
    goes(Step.JUDGED)
    for step in (Step.PROPOSED, Step.DECIDED, Step.INFORMED, Step.APPLIED):
        goes(step)
    assert fresh(dossier).position.next == Step.CHECKED


def test_the_bureau_can_ask_for_the_voorhang_after_all(
    dossier: Dossier, goes: Take
) -> None:
    goes(Step.WEIGHED, outcome="inform", words="Geen nieuw instrument.")
    goes(Step.JUDGED, outcome="refused")
    goes(Step.PROPOSED)
    assert fresh(dossier).position.next == Step.DRAFTED


def test_another_weighing_sets_the_judgement_of_the_bureau_aside(
    dossier: Dossier, goes: Take, vreemde: Person
) -> None:
    weighed = take(dossier, Step.WEIGHED, by=vreemde, bureau=vreemde, outcome="inform",
                   words="Geen nieuw instrument.")  # fmt: skip
    goes(Step.JUDGED)
    recording.record(dossier, Step.WEIGHED, said(Step.WEIGHED), by=vreemde,
                     seen=weighed.pk)  # fmt: skip
    assert fresh(dossier).position.done == (Step.WEIGHED,)


def test_a_decision_needs_its_paper(
    dossier: Dossier, goes: Take, vreemde: Person
) -> None:
    goes(Step.WEIGHED)
    goes(Step.PROPOSED)
    with pytest.raises(NotAllowed, match="Voeg het stuk toe"):
        recording.record(dossier, Step.DRAFTED, said(Step.DRAFTED), by=vreemde)
    assert not dossier.evidence.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "leeg"),
        (b"<html><script>", "geen PDF"),
        (b"PK\x03\x04 no zip", "geen PDF"),
        (b"%PDF-" + b"x" * 10_000_001, "groter dan 10 MB"),
    ],
)
def test_what_is_no_paper_is_refused(
    dossier: Dossier, goes: Take, vreemde: Person, content: bytes, why: str
) -> None:
    goes(Step.WEIGHED)
    goes(Step.PROPOSED)
    with pytest.raises(NotAllowed, match=why):
        recording.record(dossier, Step.DRAFTED, said(Step.DRAFTED), by=vreemde,
                         papers=[paper(content)])  # fmt: skip
    assert fresh(dossier).position.next == Step.DRAFTED


def test_the_burgemeester_signs_or_who_has_a_mandate(
    dossier: Dossier, goes: Take, noorderhage: Organisation, heideveld: Organisation
) -> None:
    for step in VOORHANG[:-2]:
        goes(step)
    signer = {"signer_name": "K. Vos", "signer_function": "directeur"}
    with pytest.raises(NotAllowed, match="De burgemeester tekent"):
        goes(Step.APPLIED, **signer)
    theirs = mandate(heideveld, starts_on=day_of(Step.WEIGHED))
    late = mandate(noorderhage, starts_on=day_of(Step.CHECKED))
    agreements = mandate(
        noorderhage, starts_on=day_of(Step.WEIGHED), purpose="agreements"
    )
    for wrong in (theirs, late, agreements):
        with pytest.raises(NotAllowed, match="geldt niet voor deze aanmelding"):
            goes(Step.APPLIED, **signer, mandate=wrong)
    goes(Step.APPLIED, **signer, mandate=mandate(noorderhage, day_of(Step.WEIGHED)))


def mandate(
    organisation: Organisation, starts_on: datetime.date, purpose: str = "membership"
) -> Mandate:
    return Mandate.objects.create(
        organisation=organisation,
        name="K. Vos",
        function="directeur",
        purpose=purpose,
        decided_on=starts_on,
        starts_on=starts_on,
    )


def test_what_a_colleague_recorded_meanwhile_is_not_overwritten(
    dossier: Dossier, goes: Take, vreemde: Person
) -> None:
    goes(Step.WEIGHED)
    other = said(Step.WEIGHED, is_far_reaching=False)
    with pytest.raises(Stale, match="Vreemde heeft deze stap intussen"):
        recording.record(dossier, Step.WEIGHED, other, by=vreemde)


def test_a_form_that_is_sent_twice_counts_once(
    dossier: Dossier, goes: Take, vreemde: Person, bureau: Person
) -> None:
    for step in (Step.WEIGHED, Step.PROPOSED, Step.DRAFTED):
        goes(step)
    facts = said(Step.DRAFTED)
    again = recording.record(dossier, Step.DRAFTED, facts, by=vreemde,
                             papers=[paper()])  # fmt: skip
    assert again == fresh(dossier).standing_step(Step.DRAFTED)
    assert dossier.steps.filter(kind=Step.DRAFTED).count() == 1
    for who, content in ((bureau, b"%PDF-1.7\n%%EOF\n"), (vreemde, b"%PDF-1.7 else")):
        with pytest.raises(Stale):
            recording.record(dossier, Step.DRAFTED, facts, by=who,
                             papers=[paper(content)])  # fmt: skip


def test_a_paper_that_is_replaced_stays_as_history(
    dossier: Dossier, goes: Take, vreemde: Person
) -> None:
    for step in (Step.WEIGHED, Step.PROPOSED, Step.DRAFTED):
        goes(step)
    old, row = dossier.evidence.get(), fresh(dossier).standing_step(Step.DRAFTED)
    assert row is not None
    with pytest.raises(NotAllowed, match="Voeg het stuk toe") as refusal:
        recording.record(dossier, Step.DRAFTED, said(Step.DRAFTED), by=vreemde,
                         without=[old.pk], seen=row.pk)  # fmt: skip
    assert refusal.value.field == "papers"
    recording.record(dossier, Step.DRAFTED, said(Step.DRAFTED), by=vreemde,
                     papers=[paper(b"%PDF-1.7 two")], without=[old.pk],
                     seen=row.pk)  # fmt: skip
    assert dossier.evidence.count() == 2
    assert dossier.evidence.standing().get() != old


def test_after_the_check_nothing_is_replaced(
    dossier: Dossier, goes: Take, vreemde: Person
) -> None:
    for step in VOORHANG:
        goes(step)
    proposed = fresh(dossier).standing_step(Step.PROPOSED)
    assert proposed is not None
    with pytest.raises(NotAllowed, match="stappen liggen nu vast"):
        recording.record(dossier, Step.PROPOSED, said(Step.PROPOSED), by=vreemde,
                         seen=proposed.pk)  # fmt: skip


def test_who_does_not_work_for_it_records_nothing(
    dossier: Dossier, lezer: Person, vreemde: Person
) -> None:
    with pytest.raises(NotAllowed, match="iemand van de organisatie"):
        recording.record(dossier, Step.WEIGHED, said(Step.WEIGHED), by=lezer)
    assert not Dossier.objects.visible_to(lezer).exists()
    assert Dossier.objects.visible_to(vreemde).get() == dossier


def test_a_gemeente_does_not_check_itself(
    dossier: Dossier, goes: Take, vreemde: Person
) -> None:
    for step in VOORHANG[:-1]:
        goes(step)
    with pytest.raises(NotAllowed, match="Dat doet het bureau"):
        recording.record(dossier, Step.CHECKED, said(Step.CHECKED), by=vreemde)


def test_who_checked_it_does_not_admit(
    dossier: Dossier, goes: Take, bestuur: Person, bureau: Person
) -> None:
    for step in VOORHANG[:-1]:
        goes(step)
    recording.record(dossier, Step.CHECKED, said(Step.CHECKED), by=bestuur)
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="Een ander van het bestuur"):
        dossiers.admit(dossier, starts_on=today, by=bestuur)
    with pytest.raises(NotAllowed, match="door het bestuur"):
        dossiers.admit(dossier, starts_on=today, by=bureau)
    other = make_person("Voorzitter", "bestuur")
    dossiers.admit(dossier, starts_on=today, by=other)


def test_a_lid_before_its_decision_is_refused(
    dossier: Dossier, goes: Take, bestuur: Person
) -> None:
    for step in VOORHANG:
        goes(step)
    early = day_of(Step.DECIDED) - datetime.timedelta(days=1)
    with pytest.raises(NotAllowed, match="vóór het besluit"):
        dossiers.admit(dossier, starts_on=early, by=bestuur)


def test_a_missing_step_is_named(dossier: Dossier, goes: Take, bestuur: Person) -> None:
    goes(Step.WEIGHED)
    with pytest.raises(NotAllowed, match="Nog niet gedaan: Collegevoorstel"):
        dossiers.admit(dossier, starts_on=timezone.localdate(), by=bestuur)


def test_a_participant_is_taken_in_by_the_bureau(
    noorderhage: Organisation, vreemde: Person, bureau: Person
) -> None:
    dossier = dossiers.open_dossier(noorderhage, "participant", by=bureau)
    take_all(dossier, (Step.APPLIED, Step.CHECKED), by=vreemde, bureau=bureau)
    period = dossiers.admit(dossier, starts_on=timezone.localdate(), by=bureau)
    assert (period.kind, period.collegebesluit_on) == ("participant", None)


@pytest.mark.parametrize("ending", ["withdraw", "refuse"])
def test_a_dossier_that_ends_ends_the_aspirant_too(
    dossier: Dossier, bureau: Person, bestuur: Person, ending: str
) -> None:
    aspirant = dossiers.make_aspirant(dossier, starts_on=day_of(Step.SENT), by=bureau)
    getattr(dossiers, ending)(dossier, reason="Toch niet.", by=bestuur)
    aspirant.refresh_from_db()
    assert aspirant.ends_on == timezone.localdate()
    with pytest.raises(NotAllowed, match="Er kan niets meer bij"):
        recording.record(dossier, Step.WEIGHED, said(Step.WEIGHED), by=bureau)


def test_an_organisation_has_one_dossier_at_a_time_and_no_lid_begins_again(
    dossier: Dossier, noorderhage: Organisation, heideveld: Organisation, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match="heeft al een dossier"):
        dossiers.open_dossier(noorderhage, "participant", by=bureau)
    with pytest.raises(NotAllowed, match="is dat al"):
        dossiers.open_dossier(heideveld, "lid", by=bureau)


def test_a_note_of_the_bureau_can_stay_inside(
    dossier: Dossier, vreemde: Person, bureau: Person, lezer: Person
) -> None:
    assert recording.add_note(
        dossier, "Bellen", by=bureau, is_internal=True
    ).is_internal
    own = recording.add_note(dossier, "Wij bellen", by=vreemde, is_internal=True)
    assert not own.is_internal
    with pytest.raises(NotAllowed):
        recording.add_note(dossier, "Hallo", by=lezer)
    with pytest.raises(ValidationError, match="BSN"):
        recording.add_note(dossier, "Het BSN is 123456782", by=vreemde)


def told(event: str) -> list[tuple[str, str]]:
    """To whom the e-mails of an event went, and what they said."""
    found = Email.objects.filter(event=event).order_by("pk")
    return [(email.recipient, email.body) for email in found]


def test_the_organisation_hears_what_the_association_did(
    dossier: Dossier, goes: Take, vreemde: Person, bureau: Person, bestuur: Person
) -> None:
    goes(Step.WEIGHED, outcome="inform", words="Geen nieuw instrument.")
    ((to, body),) = told("dossier_waiting")
    assert (to, "oordeel van het bureau" in body) == (bureau.email, True)
    goes(Step.JUDGED, outcome="refused")
    ((to, body),) = told("dossier_changed")
    assert to == vreemde.email
    assert "Het bureau vraagt toch de voorhang." in body
    assert "Maak het collegevoorstel" in body
    for step in VOORHANG[1:]:
        goes(step)
    assert told("dossier_waiting")[-1][0] == bestuur.email
    dossiers.admit(dossier, starts_on=timezone.localdate(), by=bestuur)
    assert "Uw organisatie is toegelaten." in told("dossier_changed")[-1][1]


def test_a_message_is_told_to_the_other_side_without_its_words(
    dossier: Dossier, vreemde: Person, bureau: Person
) -> None:
    recording.add_note(dossier, "Geheim", by=bureau, is_internal=True)
    assert not Email.objects.exclude(event="invitation").exists()
    recording.add_note(dossier, "Welkom", by=bureau)
    recording.add_note(dossier, "Dank", by=vreemde)
    for event, to in (("dossier_changed", vreemde), ("dossier_waiting", bureau)):
        ((address, body),) = told(event)
        assert address == to.email
        assert "schreef een bericht" in body
        assert "Welkom" not in body
        assert "Dank" not in body
