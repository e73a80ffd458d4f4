"""An agreement that ends, or is paused, over hours that were delivered already."""

import datetime
from functools import partial
from pathlib import Path

import pytest

from billing.checks import check_books
from billing.models import Line, Period
from billing.settling import settlements
from billing.settling.halfyear_facts import facts_of
from billing.settling.preflight import no_agreement
from contracts.kinds import Party
from contracts.models import AgreementNotice, Gebruiksovereenkomst
from contracts.stopping.notices import give_notice
from contracts.stopping.pausing import pause
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from tests.billing.deliveries import TODAY, Take, faults, line, take_in
from tests.billing.settled import NOW, SMALL, deliver
from tests.billing.settled import make_member as make_holder

pytestmark = pytest.mark.django_db

H1 = HalfYear(2026, 1)
RECEIVED = datetime.date(2026, 1, 20)
MARCH = datetime.date(2026, 3, 9)  # of every usual line
SOON = "2026-02-03"
LATE = "Er zijn uren aangeleverd van na die dag (1 regel, tot en met 09-03-2026)."
OVER = "GM9001 heeft op 09-03-2026 geen gebruiksovereenkomst."


@pytest.fixture
def take(tmp_path: Path) -> Take:
    return partial(take_in, tmp_path)


def end(agreement: Gebruiksovereenkomst, *, by: Person) -> AgreementNotice:
    """Received in January with a month's notice, and told to nobody before July."""
    return give_notice(
        agreement,
        given_by=Party.ORGANISATION,
        received_on=RECEIVED,
        notice_months=1,
        reason="",
        today=TODAY,
        by=by,
    )


def test_an_opzegging_waits_until_the_hours_after_it_are_corrected(
    take: Take,
    agreement: Gebruiksovereenkomst,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
) -> None:
    take([line("R1"), line("R2", datum="2026-02-20")])
    with pytest.raises(NotAllowed) as refusal:
        end(agreement, by=bureau)
    assert str(refusal.value) == (
        f"{LATE} Laat die eerst corrigeren, of kies een latere laatste dag."
    )
    assert not AgreementNotice.objects.exists()
    take([line("R3", uren="-30", corrigeert_regel_id="R1")], file_name="b.csv")
    with pytest.raises(NotAllowed, match=r"2.regels"):  # two hours are left of it
        end(agreement, by=bureau)
    take([line("R4", uren="-2", corrigeert_regel_id="R3")], file_name="c.csv")
    assert end(agreement, by=bureau).ends_on == datetime.date(2026, 2, 20)
    run = settlements.prepare(flexensie, H1, today=TODAY, by=bureau)
    (settled,) = settlements.approve(run, now=NOW, by=penningmeester)
    assert str(settled.bruto_omzet) == "472.00"


def test_hours_of_two_candidates_do_not_make_up_for_each_other(
    take: Take, agreement: Gebruiksovereenkomst, bureau: Person
) -> None:
    rows = [line("R1", uren="8"), line("R2", uren="8", kandidaat_ref="K2")]
    take([*rows, line("R3", uren="-16", corrigeert_regel_id="R2", kandidaat_ref="K2")])
    with pytest.raises(NotAllowed, match=r"3 regels"):
        end(agreement, by=bureau)


def test_what_was_worked_is_corrected_also_after_the_agreement_ended(
    take: Take,
    agreement: Gebruiksovereenkomst,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
) -> None:
    take([line("R1"), line("R2", uren="-32", corrigeert_regel_id="R1")])
    end(agreement, by=bureau)
    run = settlements.prepare(flexensie, H1, today=TODAY, by=bureau)
    facts = facts_of(Period.objects.get())
    assert no_agreement(facts).is_clear
    # A new line is refused, and so is a correction that names another day.
    other_day = line("R4", datum="2026-03-10", corrigeert_regel_id="R1")
    assert faults(take, [line("R3"), other_day], file_name="b.csv") == [
        (2, "gemeente_code", OVER),
        (3, "gemeente_code", OVER.replace("09-03", "10-03")),
    ]
    # A correction, and in the same file what corrects it, above it.
    again = line("R5", uren="8", corrigeert_regel_id="R1")
    take([line("R6", uren="-1", corrigeert_regel_id="R5"), again], file_name="b.csv")
    assert Line.objects.values("coverage").distinct().count() == 1
    words = (
        r"heeft 4.regels op dagen buiten haar gebruiksovereenkomst "
        r"\(9.mrt.2026\): R1, R2, R5 en R6\. Laat die eerst corrigeren\."
    )
    with pytest.raises(NotAllowed, match=words):
        settlements.prepare(flexensie, H1, today=TODAY, by=bureau)
    with pytest.raises(NotAllowed, match=words):
        settlements.approve(run, now=NOW, by=penningmeester)
    assert not no_agreement(facts_of(facts.period)).is_clear
    take([line("R7", uren="-7", corrigeert_regel_id="R6")], file_name="c.csv")
    run = settlements.prepare(flexensie, H1, today=TODAY, by=bureau)
    (settled,) = settlements.approve(run, now=NOW, by=penningmeester)
    assert settled.bruto_omzet == 0


def test_a_correction_of_a_settled_day_goes_to_the_next_halfyear(
    take: Take,
    agreement: Gebruiksovereenkomst,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
) -> None:
    take([line("R1"), line("R2", uren="-32", corrigeert_regel_id="R1")])
    end(agreement, by=bureau)
    run = settlements.prepare(flexensie, H1, today=TODAY, by=bureau)
    settlements.approve(run, now=NOW, by=penningmeester)
    take([line("R3", uren="8", corrigeert_regel_id="R2")], file_name="b.csv")
    assert Line.objects.get(regel_id="R3").period.halfyear == H1.next()
    # Known, it changes nothing.
    again = [line("R3", uren="8", corrigeert_regel_id="R2"), line("R9", datum=SOON)]
    assert take(again, file_name="c.csv").known == 1


def test_a_correction_of_another_gemeente_is_none_of_its(
    take: Take,
    tmp_path: Path,
    agreement: Gebruiksovereenkomst,
    bureau: Person,
) -> None:
    other = make_holder("GM9004", "Ander")
    deliver(tmp_path, [(other, SMALL)])
    end(agreement, by=bureau)
    row = line("R2", corrigeert_regel_id="R0")  # of Ander
    assert faults(take, [row]) == [(2, "gemeente_code", OVER)]


def test_a_pause_leaves_what_was_worked_and_lets_it_be_corrected(
    take: Take,
    agreement: Gebruiksovereenkomst,
    flexensie: Instrument,
    bureau: Person,
) -> None:
    take([line("R1")], today=MARCH)
    pause(agreement, starts_on=MARCH, reason="Even niet.", today=MARCH, by=bureau)
    words = "GM9001 heeft op 09-03-2026 het gebruik gepauzeerd, vanaf 09-03-2026."
    corrected = line("R2", uren="-2", corrigeert_regel_id="R1")
    assert faults(take, [corrected, line("R3")], file_name="b.csv") == [
        (3, "gemeente_code", words)
    ]
    take([corrected], file_name="b.csv")
    run = settlements.prepare(flexensie, H1, today=TODAY, by=bureau)
    assert str(run.settlements.get().uren) == "30.00"


def test_a_later_first_day_is_refused_in_words_of_its_own(
    take: Take, agreement: Gebruiksovereenkomst, heideveld: Organisation
) -> None:
    take([line("R1")])
    coverage = heideveld.coverages.get()
    coverage.starts_on = datetime.date(2026, 4, 1)
    with pytest.raises(Exception, match=r"van voor die dag \(1 regel, vanaf 09-03"):
        coverage.save()


def test_the_books_are_right_when_a_day_outside_was_corrected_to_nothing(
    take: Take,
    agreement: Gebruiksovereenkomst,
    bureau: Person,
) -> None:
    take([line("R1"), line("R2", uren="-32", corrigeert_regel_id="R1")])
    end(agreement, by=bureau)
    assert check_books().findings == []
    take([line("R3", uren="8", corrigeert_regel_id="R1")], file_name="b.csv")
    assert check_books().findings == [
        f"2026-H1: regel {regel_id} valt buiten haar overeenkomst."
        for regel_id in ("R1", "R2", "R3")
    ]
