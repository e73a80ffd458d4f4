"""What goes on holds back an ending: work under a verwerkersovereenkomst, above all."""

import datetime

import pytest
from django.utils import timezone

from contracts.agreements import require_dates
from contracts.kinds import Party
from contracts.models import AgreementNotice, Verwerkersovereenkomst
from contracts.running import still_running
from contracts.stopping.notices import give_notice
from contracts.stopping.protection import protects
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.billing.deliveries import TODAY, agree
from tests.conftest import make_gemeente

D = datetime.date
SINCE = D(2018, 1, 1)
RECEIVED, ENDS = D(2026, 1, 20), D(2026, 2, 20)


def end(fact: Verwerkersovereenkomst, *, by: Person) -> AgreementNotice:
    return give_notice(
        fact,
        given_by=Party.ORGANISATION,
        received_on=RECEIVED,
        notice_months=1,
        reason="",
        today=TODAY,
        by=by,
    )


@pytest.fixture
def oost(db: None) -> Organisation:
    return Organisation.objects.create(
        code="SV9079", kind="samenwerkingsverband", name="Oost", short_name="Oost"
    )


@pytest.mark.parametrize(
    "of_the_holder",
    [None, (SINCE, ENDS), (D(2026, 2, 22), None), (SINCE, D(2027, 12, 30))],
    ids=["none", "ends as well", "begins too late", "ends too soon"],
)
def test_a_gemeente_keeps_what_protects_its_work_under_the_agreement_of_another(
    flexensie: Instrument,
    bureau: Person,
    oost: Organisation,
    of_the_holder: tuple[datetime.date, datetime.date | None] | None,
) -> None:
    onder = make_gemeente("GM9079", "Onder")
    fact = Verwerkersovereenkomst.objects.create(organisation=onder, starts_on=SINCE)
    agree(oost, flexensie, gemeenten=[onder], ends_on=D(2027, 12, 31), with_avg=False)
    if of_the_holder is not None:
        starts_on, ends_on = of_the_holder
        Verwerkersovereenkomst.objects.create(
            organisation=oost, starts_on=starts_on, ends_on=ends_on
        )
    with pytest.raises(NotAllowed, match="Onder werkt dan nog met Flexensie onder de "):
        end(fact, by=bureau)
    oost.verwerkersovereenkomsten.all().delete()
    Verwerkersovereenkomst.objects.create(
        organisation=oost, starts_on=D(2026, 2, 21), ends_on=D(2027, 12, 31)
    )
    assert end(fact, by=bureau).ends_on == ENDS


def test_a_gemeente_that_worked_under_another_until_then_may_end_it(
    flexensie: Instrument, bureau: Person, oost: Organisation
) -> None:
    onder = make_gemeente("GM9079", "Onder")
    fact = Verwerkersovereenkomst.objects.create(organisation=onder, starts_on=SINCE)
    agree(oost, flexensie, gemeenten=[onder], ends_on=ENDS, with_avg=False)
    assert end(fact, by=bureau).ends_on == ENDS


def test_days_are_protected_by_agreements_that_follow_each_other() -> None:
    def one(starts_on: D, ends_on: D | None) -> Verwerkersovereenkomst:
        require_dates(starts_on, ends_on)
        return Verwerkersovereenkomst(starts_on=starts_on, ends_on=ends_on)

    first, later = one(SINCE, D(2026, 2, 28)), one(D(2026, 3, 1), None)
    old = one(SINCE, D(2020, 1, 1))
    assert protects([later, old, first], RECEIVED, None)
    assert protects([first], RECEIVED, D(2026, 2, 28))
    assert not protects([first], RECEIVED, D(2026, 3, 1))
    assert not protects([first, one(D(2026, 3, 2), None)], RECEIVED, None)
    assert not protects([first], RECEIVED, None)
    assert not protects([], RECEIVED, RECEIVED)


@pytest.mark.django_db
def test_an_agreement_that_is_still_to_begin_does_not_end_by_itself(
    flexensie: Instrument,
) -> None:
    straks = make_gemeente("GM9078", "Straks")
    today = timezone.localdate()
    agree(straks, flexensie, starts_on=today + datetime.timedelta(days=40))
    (said,) = still_running(straks)
    assert said.startswith("De gebruiksovereenkomst voor Flexensie begint op ")
    nu = make_gemeente("GM9077", "Nu")
    agree(nu, flexensie, starts_on=today)
    assert list(still_running(nu)) == [
        "De gebruiksovereenkomst voor Flexensie loopt, zonder einddatum."
    ]
