"""From the decision to the last euro: the order, and the kas that pays for it."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.innovatiekas.balance import balance
from contracts.models import Uitvoeringsopdracht
from contracts.orders import verbs
from contracts.signing import verify
from instruments.models import Instrument, Ontwikkelvoorstel, Verbeterwens
from instruments.wishes import cover, weighing
from instruments.wishes.stages import Stage
from membership.deadlines.asked import asked_of
from membership.fresh_factor import Given
from membership.models import Membership, Organisation, Person
from nvsi.dutch import day as as_day
from nvsi.errors import NotAllowed
from tests.billing import kas
from tests.conftest import make_gemeente
from tests.contracts.orders import make_decided, make_order
from tests.instruments.wishes import make_voorzitter
from tests.membership.logins import enter, give_app, give_password

AMOUNT = Decimal("5000.00")


@dataclass
class Road:
    """A wens that was decided, and who goes on with it."""

    voorstel: Ontwikkelvoorstel
    voorzitter: Person
    bestuur: Person
    uitvoerder: Person

    @property
    def wens(self) -> Verbeterwens:
        return self.voorstel.wens

    @property
    def reserved(self) -> Decimal:
        return balance(self.wens.instrument).reserved


def fresh() -> Given:
    return Given("totp", timezone.now())


@pytest.fixture
def road(
    flexensie: Instrument, backoffice: Person, bestuur: Person, bureau: Person
) -> Road:
    """Paid from a kas in which 8,000 euros is."""
    gemeente = make_gemeente("GM9083", "Opdrachtveld")
    since = datetime.date(2020, 1, 1)
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=since)
    voorzitter = make_voorzitter(flexensie, gemeente)
    kas.give(flexensie, Decimal(8000), "ALV-KAS", by=bureau, other=bestuur)
    voorstel = kas.make_decided(flexensie, gemeente, AMOUNT, by=bureau, other=bestuur)
    cover.reserve(voorstel, bestuur)
    return Road(voorstel, voorzitter, bestuur, backoffice)


def give(road: Road, factor: Given | None = None) -> Uitvoeringsopdracht:
    today = timezone.localdate()
    return verbs.give(
        road.wens,
        deliver_by=today + datetime.timedelta(days=30),
        agreed="Met een proef bij twee gemeenten.",
        words="Zoals besloten.",
        factor=factor or fresh(),
        by=road.bestuur,
    )


def test_an_order_is_delivered_and_paid_and_the_rest_is_free_again(road: Road) -> None:
    order = give(road)
    assert bytes(order.document).startswith(b"%PDF")
    known = verify.check(bytes(order.document)).other
    assert known is not None
    assert known.rows == (("Soort", "uitvoeringsopdracht"),)
    assert road.reserved == AMOUNT
    with pytest.raises(NotAllowed, match="Bevestig eerst"):
        deliver(road)
    verbs.confirm(order, by=road.uitvoerder)
    deliver(road)
    verbs.send_back(road.wens, words="De knop ontbreekt.", by=road.voorzitter)
    assert stage_now(road) == Stage.BUILT
    deliver(road)
    verbs.accept(
        road.wens,
        final_amount=Decimal("4200.50"),
        from_kas=Decimal("4200.50"),
        words="Mooi.",
        by=road.voorzitter,
    )
    assert balance(road.wens.instrument).spent == Decimal("4200.50")
    assert road.reserved == 0
    assert balance(road.wens.instrument).free == Decimal("3799.50")
    weighing.report(road.wens, words="Kijk in uw scherm.", by=road.voorzitter)
    assert stage_now(road) == Stage.DONE


def stage_now(road: Road) -> Stage:
    return Verbeterwens.objects.get(pk=road.wens.pk).stage


def deliver(road: Road) -> None:
    today = timezone.localdate()
    verbs.deliver(
        road.wens, delivered_on=today, words="Het staat klaar.", by=road.uitvoerder
    )


def test_an_order_asks_a_second_factor_of_just_now(road: Road) -> None:
    stale = Given("totp", timezone.now() - datetime.timedelta(hours=1))
    with pytest.raises(NotAllowed, match="dat u het bent"):
        give(road, stale)
    with pytest.raises(NotAllowed, match="het bestuur"):
        verbs.give(
            road.wens,
            deliver_by=timezone.localdate(),
            agreed="x",
            words="x",
            factor=fresh(),
            by=road.voorzitter,
        )


def test_who_gives_an_order_is_told_that_a_recovery_code_does_not_count(
    road: Road, client: Client
) -> None:
    give_app(road.bestuur)
    give_password(road.bestuur)
    enter(client, road.bestuur.email)
    row = Authenticator.objects.get(user=road.bestuur, type="recovery_codes")
    [kept, *_] = row.wrap().get_unused_codes()
    client.post(reverse("mfa_authenticate"), {"code": kept})
    step = reverse("wens-step", args=[road.wens.pk, "ordered"])
    asked = client.get(step, follow=True)
    assert asked.resolver_match.view_name == "mfa_reauthenticate"
    assert "Een herstelcode of uw wachtwoord telt hier niet." in asked.content.decode()


def test_who_accepts_reads_what_it_may_cost_and_all_read_what_the_kas_paid(
    road: Road, client: Client
) -> None:
    verbs.confirm(give(road), by=road.uitvoerder)
    deliver(road)
    client.force_login(road.voorzitter)
    step = reverse("wens-step", args=[road.wens.pk, "accepted"])

    def answer(**facts: str) -> str:
        sent = client.post(step, {"words": "Mooi.", **facts}, follow=True)
        return sent.content.decode().replace("\u00a0", " ")

    shown = client.get(step).content.decode().replace("\u00a0", " ")
    assert "De opdracht is € 5.000,00" in shown
    assert "Gereserveerd is € 5.000,00." in shown
    assert "hoger dan de opdracht" in answer(final_amount="6.000", from_kas="5.500")
    done = answer(final_amount="4.200,50", from_kas="4.200,50")
    assert "Het kostte € 4.200,50, waarvan € 4.200,50 uit de innovatiekas" in done


def test_what_the_kas_does_not_pay_asks_nothing_of_it(
    flexensie: Instrument, road: Road, bureau: Person, client: Client
) -> None:
    gemeente, back = road.wens.organisation, road.uitvoerder
    voorstel = make_decided(flexensie, gemeente, bureau, road.bestuur)
    uitvoerder = Organisation.objects.get(code="flexensie")
    confirmed = {"confirmed_by": back, "confirmed_at": timezone.now()}
    made = make_order(voorstel, uitvoerder, road.bestuur, **confirmed)
    verbs.deliver(
        voorstel.wens, delivered_on=timezone.localdate(), words="Klaar.", by=back
    )
    client.force_login(road.voorzitter)
    step = reverse("wens-step", args=[voorstel.wens_id, "accepted"])
    assert "Hoeveel daarvan betaalt" not in client.get(step).content.decode()
    sent = client.post(step, {"words": "Mooi.", "final_amount": "4000"})
    assert sent.status_code == 302
    made.refresh_from_db()
    assert (made.final_amount, made.final_from_kas) == (Decimal(4000), Decimal(0))


def test_it_never_costs_more_than_the_order(road: Road) -> None:
    verbs.confirm(give(road), by=road.uitvoerder)
    deliver(road)
    with pytest.raises(NotAllowed, match="hoger dan de opdracht"):
        verbs.accept(
            road.wens,
            final_amount=AMOUNT + 1,
            from_kas=AMOUNT,
            words="x",
            by=road.voorzitter,
        )


def test_what_the_bestuur_takes_back_frees_the_kas(road: Road) -> None:
    give(road)
    weighing.withdraw(road.wens, words="Niet meer nodig.", by=road.bestuur)
    assert road.reserved == 0
    assert road.wens.stage == Stage.ENDED


def test_the_order_is_read_by_who_belongs_and_confirmed_by_the_uitvoerder(
    road: Road, client: Client, vreemde: Person
) -> None:
    order = give(road)
    page = reverse("order-detail", args=[order.reference])
    client.force_login(vreemde)
    assert client.get(page).status_code == 404
    client.force_login(road.voorzitter)
    assert client.get(page).status_code == 200
    assert client.post(page).status_code == 404
    client.force_login(road.uitvoerder)
    assert client.post(page).status_code == 302
    order.refresh_from_db()
    assert order.confirmed_by == road.uitvoerder
    paper = client.get(reverse("order-document", args=[order.reference]))
    assert paper.content == bytes(order.document)


def test_the_uitvoerder_is_asked_to_confirm_before_it_delivers(
    road: Road, client: Client
) -> None:
    order = give(road)
    page = reverse("order-detail", args=[order.reference])
    today = timezone.localdate()

    def to_do() -> dict[str, str]:
        found = asked_of(road.uitvoerder, today)
        return {one.what: one.when_in_words for one in found if one.asks}

    confirm = f"Bevestig de opdracht {order.reference}"
    deliver = f"Lever op: {road.wens.title} ({road.wens.reference})"
    assert confirm in to_do()
    assert deliver not in to_do()
    client.force_login(road.uitvoerder)
    step = reverse("wens-step", args=[road.wens.pk, "delivered"])
    sent = client.get(step, follow=True)
    assert sent.redirect_chain == [(page, 302)]
    assert "Bevestig eerst de opdracht." in sent.content.decode()
    verbs.confirm(order, by=road.uitvoerder)
    assert confirm not in to_do()
    assert to_do()[deliver] == f"uiterlijk {as_day(order.deliver_by)}"
    assert client.get(step).status_code == 200
    verbs.deliver(road.wens, delivered_on=today, words="Klaar.", by=road.uitvoerder)
    assert deliver not in to_do()
