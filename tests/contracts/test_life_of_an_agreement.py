"""Whatever is done in whatever order: never two agreements for one thing on one day.

And where an offer is, is the same whether Python or the database says it.
"""

import datetime
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.kinds import Party, Why
from contracts.models import Coverage, Gebruiksovereenkomst, Offer
from contracts.offering import answering
from contracts.offering.drafting import draft
from contracts.offering.force import bring_into_force
from contracts.offering.where import in_stage, stage_on, with_facts
from contracts.stages import Stage
from contracts.stopping import notices, pausing
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.contracts.offers import (
    TODAY,
    going_on,
    put_forward,
    put_names,
    use,
    verwerkers,
)

MONTH = datetime.timedelta(days=30)
starts = st.sampled_from([datetime.date(2027, month, 1) for month in (1, 4, 7, 10)])
ends = st.none() | st.sampled_from(
    [datetime.date(2027, 12, 31), datetime.date(2028, 6, 30)]
)
prices = st.sampled_from([Decimal(25), Decimal(30)])
days = st.integers(0, 24).map(lambda months: TODAY + months * MONTH)
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["avg", "use", "longer", "other", "end", "pause", "sign", "no", "away"]
        ),
        *(starts, ends, prices, days),
    ),
    min_size=2,
    max_size=9,
)


class Undo(Exception):
    """Leaves nothing behind of an example."""


@pytest.fixture
def people(
    waterkant: Organisation, bureau: Person, bestuur: Person
) -> dict[str, Person]:
    signer = make_person("Tekenaar", "ondertekenaar", waterkant)
    return {"bureau": bureau, "bestuur": bestuur, "signer": signer}


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # undone each time
)
@given(taken=steps)
def test_never_two_in_force_for_the_same_thing_on_one_day(
    taken: list[Any],
    waterkant: Organisation,
    flexensie: Instrument,
    people: dict[str, Person],
) -> None:
    with suppress(Undo), transaction.atomic():
        today = TODAY
        for act, starts_on, ends_on, price, on in taken:
            today = max(today, on)
            life = Life(waterkant, flexensie, people, today)
            with suppress(NotAllowed), transaction.atomic():
                life.acts[act](starts_on, ends_on, price)
        look(waterkant)
        raise Undo


class Life:
    """What can be done to the agreements of one gemeente on a day."""

    def __init__(
        self,
        gemeente: Organisation,
        instrument: Instrument,
        people: dict[str, Person],
        today: datetime.date,
    ) -> None:
        self.gemeente, self.instrument, self.today = gemeente, instrument, today
        self.bureau, self.bestuur = people["bureau"], people["bestuur"]
        self.signer = people["signer"]
        self.acts: dict[str, Callable[..., Any]] = {
            "avg": self.avg,
            "use": self.use,
            "longer": self.longer,
            "other": self.other,
            "end": self.end,
            "pause": self.pause,
            "sign": self.sign,
            "no": self.decline,
            "away": self.withdraw,
        }

    def avg(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        self._offer(verwerkers(self.gemeente, starts_on=starts_on, ends_on=ends_on))

    def use(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        facts = {"starts_on": starts_on, "ends_on": ends_on, "vergoeding_pct": price}
        self._offer(use(self.gemeente, self.instrument, **facts))

    def longer(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        fact = self._fact()
        if fact.ends_on is None:
            return
        later = fact.ends_on + datetime.timedelta(days=1)
        facts = {"starts_on": later, "vergoeding_pct": price}
        self._offer(going_on(fact, Why.PROLONGATION, **facts))

    def other(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        facts = {"starts_on": starts_on, "ends_on": ends_on, "vergoeding_pct": price}
        self._offer(going_on(self._fact(), Why.CHANGE, **facts))

    def end(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        notices.give_notice(
            self._fact(),
            given_by=Party.ORGANISATION,
            received_on=self.today,
            notice_months=3,
            reason="",
            today=self.today,
            by=self.bureau,
        )

    def pause(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        facts = {"starts_on": starts_on, "reason": "Even niet.", "today": self.today}
        pausing.pause(self._fact(), **facts, by=self.bureau)

    def sign(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        for offer in Offer.objects.running():
            put_names(
                offer, (Party.ORGANISATION, self.signer), (Party.NVSI, self.bestuur)
            )
            bring_into_force(offer, self.bestuur, today=self.today)

    def decline(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        for offer in Offer.objects.running():
            answering.decline(offer, reason="Nee.", today=self.today, by=self.signer)

    def withdraw(self, starts_on: Any, ends_on: Any, price: Any) -> None:
        for offer in Offer.objects.running():
            answering.withdraw(offer, reason="Fout.", today=self.today, by=self.bureau)

    def _offer(self, content: Any) -> None:
        made = draft(content, today=self.today, by=self.bureau)
        put_forward(made, self.bureau, today=self.today)

    def _fact(self) -> Gebruiksovereenkomst:
        fact = self.gemeente.gebruiksovereenkomsten.last()
        if fact is None:
            raise NotAllowed("Er is nog geen.")
        return fact


def look(gemeente: Organisation) -> None:
    """What must hold after every order of acts."""
    found: list[Any] = [
        gemeente.verwerkersovereenkomsten.order_by("starts_on"),
        gemeente.gebruiksovereenkomsten.order_by("starts_on"),
        gemeente.coverages.order_by("starts_on"),
    ]
    for rows in found:
        for one, following in pairwise(rows):
            assert one.ends_on is not None
            assert one.ends_on < following.starts_on
    for coverage in Coverage.objects.select_related("agreement"):
        agreement = coverage.agreement
        assert agreement.starts_on <= coverage.starts_on
        assert (coverage.ends_on or datetime.date.max) <= (
            agreement.ends_on or datetime.date.max
        )
        assert agreement.terms.exists()
    look_where(TODAY, *(TODAY + months * MONTH for months in (2, 8, 14, 26)))


def look_where(*on: datetime.date) -> None:
    for today in on:
        told = {
            offer.pk: stage_on(offer, today)
            for offer in with_facts(Offer.objects.all())
        }
        for stage in Stage:
            found = in_stage(Offer.objects.all(), stage, today=today)
            asked = set(found.values_list("pk", flat=True))
            assert asked == {pk for pk, one in told.items() if one == stage}
