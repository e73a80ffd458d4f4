"""The admin of agreements: to look at, but for a price and an end."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.admin import facts as admin
from contracts.kinds import Party
from contracts.models import Coverage, Gebruiksovereenkomst, Offer
from contracts.offering.drafting import draft
from contracts.stopping import notices, pausing
from instruments.models import Instrument
from membership.models import HistoryEvent, Organisation, Person
from nvsi.dutch import day
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from tests.contracts.offers import TODAY, verwerkers

ADD_TERMS = "admin:contracts_terms_add"


@pytest.fixture
def at_bureau(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


def terms_form(signed: Gebruiksovereenkomst, **changes: str) -> dict[str, str]:
    form = {"from_halfyear": "2027-H1", "vergoeding_pct": "27.5"}
    return {"agreement": str(signed.pk), **form, **changes}


def test_another_price_from_a_halfyear_is_the_verb_of_contracts(
    at_bureau: Client, bureau: Person, agreement: Gebruiksovereenkomst
) -> None:
    at_bureau.post(reverse(ADD_TERMS), terms_form(agreement))
    terms = agreement.terms.get(from_halfyear=HalfYear(2027, 1))
    assert terms.vergoeding_pct == Decimal("27.50")
    event = HistoryEvent.objects.get(action="terms changed")
    assert (event.by, event.subject_id) == (bureau, agreement.pk)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"from_halfyear": "2017-H2"}, "De overeenkomst geldt niet in 2017-H2."),
        ({"from_halfyear": "2018-H1"}, "Voor dit halfjaar staat al een vergoeding."),
        ({"from_halfyear": "later"}, "geen halfjaar"),
        ({"from_halfyear": ""}, "verplicht"),
        ({"vergoeding_pct": "101"}, "hoogstens"),
        ({"agreement": ""}, "verplicht"),
    ],
)
def test_a_price_that_cannot_be_is_explained(
    changes: dict[str, str],
    sentence: str,
    at_bureau: Client,
    agreement: Gebruiksovereenkomst,
) -> None:
    response = at_bureau.post(reverse(ADD_TERMS), terms_form(agreement, **changes))
    assert sentence in response.content.decode()
    assert agreement.terms.count() == 1


def test_what_was_drawn_up_is_told_by_its_kenmerk(
    at_bureau: Client, waterkant: Organisation
) -> None:
    form = {"kind": "verwerkers", "why": "new", "organisation": str(waterkant.pk)}
    facts = {"starts_on": "2027-01-01", "notice_months": "3", "signs_first": "nvsi"}
    add = reverse("admin:contracts_offer_add")
    response = at_bureau.post(add, {**form, **facts}, follow=True)
    (told,) = response.context["messages"]
    assert "verwerkersovereenkomst OVK-2026-0001" in told.message
    assert Offer.objects.get().signs_first == Party.NVSI


def test_a_draft_that_cannot_be_says_what_is_wrong_beside_its_field(
    at_bureau: Client,
    bureau: Person,
    waterkant: Organisation,
    flexensie: Instrument,
) -> None:
    form = {
        "kind": "verwerkers", "why": "new", "organisation": f"{waterkant.pk}",
        "starts_on": "2027-01-01", "notice_months": "3", "signs_first": "nvsi",
    }  # fmt: skip
    add = reverse("admin:contracts_offer_add")

    def errors(**changes: str) -> dict[str, list[str]]:
        page = at_bureau.post(add, {**form, **changes})
        return dict(page.context["adminform"].form.errors)

    own = {"instrument": f"{flexensie.pk}"}
    assert errors(**own) == {
        "instrument": [
            "Een verwerkersovereenkomst geldt voor alle instrumenten: laat dit leeg."
        ]
    }
    assert errors(vergoeding_pct="30") == {
        "vergoeding_pct": [
            "Een verwerkersovereenkomst heeft geen prijs: laat dit leeg."
        ]
    }
    use = errors(kind="gebruiks", vergoeding_pct="30")
    assert use == {"instrument": ["Kies het instrument."]}
    assert list(errors(kind="gebruiks", **own)) == ["vergoeding_pct"]
    assert at_bureau.post(add, form).status_code == 302
    (again,) = errors()["organisation"]
    assert Offer.objects.get().reference in again


def test_an_agreement_shows_its_pauses_and_its_opzegging(
    at_bureau: Client, bureau: Person, agreement: Gebruiksovereenkomst
) -> None:
    today = timezone.localdate()
    page = reverse("admin:contracts_gebruiksovereenkomst_change", args=[agreement.pk])
    pausing.pause(
        agreement, starts_on=today, reason="Even niet.", today=today, by=bureau
    )
    assert "Even niet." in at_bureau.get(page).text
    notices.give_notice(
        agreement,
        given_by=Party.ORGANISATION,
        received_on=today,
        notice_months=3,
        reason="Wij stoppen ermee.",
        today=today,
        by=bureau,
    )
    text = at_bureau.get(page).text
    assert "Opzegging" in text
    assert day(today) in text


def test_a_price_after_the_end_is_explained(
    at_bureau: Client, agreement: Gebruiksovereenkomst
) -> None:
    agreement.ends_on = datetime.date(2026, 6, 30)
    agreement.save()
    response = at_bureau.post(reverse(ADD_TERMS), terms_form(agreement))
    assert "geldt niet in 2027-H1" in response.content.decode()


def test_what_the_verb_refuses_is_said_on_the_page_and_nothing_is_saved(
    at_bureau: Client,
    agreement: Gebruiksovereenkomst,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_args: object, **_facts: object) -> None:
        raise NotAllowed("Dat kan nu niet.")

    monkeypatch.setattr(admin, "change_terms", refuse)
    response = at_bureau.post(reverse(ADD_TERMS), terms_form(agreement), follow=True)
    assert "Dat kan nu niet." in response.content.decode()
    assert response.redirect_chain == [(reverse(ADD_TERMS), 302)]
    assert agreement.terms.count() == 1


def test_a_price_that_was_written_down_wrong_is_corrected_and_recorded(
    at_bureau: Client, agreement: Gebruiksovereenkomst
) -> None:
    terms = agreement.terms.get()
    url = reverse("admin:contracts_terms_change", args=[terms.pk])
    form = terms_form(agreement, from_halfyear="2030-H1", vergoeding_pct="29")
    at_bureau.post(url, form)
    terms.refresh_from_db()
    assert (terms.vergoeding_pct, str(terms.from_halfyear)) == (Decimal(29), "2018-H1")
    facts = HistoryEvent.objects.get(action="changed").facts
    assert facts == {"fields": ["vergoeding_pct"]}


def test_of_a_verwerkersovereenkomst_only_the_end_is_written_down(
    at_bureau: Client, heideveld: Organisation
) -> None:
    signed = heideveld.verwerkersovereenkomsten.get()
    heideveld.gebruiksovereenkomsten.update(ends_on=datetime.date(2026, 12, 31))
    heideveld.coverages.update(ends_on=datetime.date(2026, 12, 31))
    url = reverse("admin:contracts_verwerkersovereenkomst_change", args=[signed.pk])
    form = {"starts_on": "01-01-2020", "ends_on": "31-12-2026"}
    at_bureau.post(url, form)
    signed.refresh_from_db()
    assert signed.starts_on == datetime.date(2018, 1, 1)
    assert signed.ends_on == datetime.date(2026, 12, 31)
    before = at_bureau.post(url, {"ends_on": "31-12-2017"}).content.decode()
    assert "De einddatum ligt voor de begindatum." in before
    add = reverse("admin:contracts_verwerkersovereenkomst_add")
    assert at_bureau.get(add).status_code == 403


@pytest.mark.parametrize("model", ["gebruiksovereenkomst", "coverage"])
def test_an_agreement_is_only_to_look_at(
    model: str, at_bureau: Client, agreement: Gebruiksovereenkomst
) -> None:
    key = agreement.pk if model == "gebruiksovereenkomst" else Coverage.objects.get().pk
    url = reverse(f"admin:contracts_{model}_change", args=[key])
    text = at_bureau.get(url).content.decode()
    assert "Heideveld" in text
    assert 'name="_save"' not in text
    assert at_bureau.post(url, {"ends_on": ""}).status_code == 403


def test_an_agreement_shows_its_prices_and_its_gemeenten(
    at_bureau: Client, agreement: Gebruiksovereenkomst
) -> None:
    url = reverse("admin:contracts_gebruiksovereenkomst_change", args=[agreement.pk])
    text = at_bureau.get(url).content.decode()
    assert "30%" in text
    assert "GM9001" in text
    assert f"/beheer/contracts/terms/add/?agreement={agreement.pk}" in text


@pytest.mark.parametrize(
    ("model", "query"),
    [
        ("gebruiksovereenkomst", "q=GM9001"),
        ("verwerkersovereenkomst", "q=heideveld"),
        ("coverage", "q=heideveld"),
        ("coverage", "gemeente={organisation}"),
        ("terms", "houder={organisation}"),
    ],
)
def test_the_bureau_finds(
    model: str, query: str, at_bureau: Client, heideveld: Organisation
) -> None:
    url = reverse(f"admin:contracts_{model}_changelist")
    response = at_bureau.get(f"{url}?{query.format(organisation=heideveld.pk)}")
    assert len(response.context["cl"].result_list) == 1


def test_an_offer_shows_only_what_its_kind_can_say(
    at_bureau: Client, waterkant: Organisation, bureau: Person
) -> None:
    avg = draft(verwerkers(waterkant), today=TODAY, by=bureau)
    url = reverse("admin:contracts_offer_change", args=[avg.pk])
    shown = at_bureau.get(url).content.decode()
    assert 'name="own_model_version"' in shown
    for name in ("vergoeding_pct", "bureaukosten", "voorwaarden", "product"):
        assert f'name="{name}"' not in shown
    form = {"starts_on": "2027-03-01", "notice_months": "3", "ends_on": ""}
    form |= {"own_model_version": "VNG 2.42", "signs_first": "organisation"}
    assert at_bureau.post(url, form).status_code == 302
    avg.refresh_from_db()
    assert avg.starts_on == datetime.date(2027, 3, 1)


def test_each_list_stands_under_the_heading_of_its_step(at_bureau: Client) -> None:
    page = at_bureau.get(reverse("admin:app_list", args=["contracts"]))
    [app] = page.context["app_list"]
    under: dict[str, list[str]] = {}
    for shown in app["models"]:
        under.setdefault(shown["heading"], []).append(shown["object_name"])
    assert list(under)[:3] == ["Opstellen en aanbieden", "Tekenen", "Van kracht"]
    assert under["Opstellen en aanbieden"] == ["Offer", "SubmittedModel"]
    assert under["Tekenen"] == ["Scan", "Signature", "SealedDocument"]
    assert under["Van kracht"][-2:] == ["Coverage", "Terms"]
    assert under["Uitvoeringsopdrachten"] == ["Uitvoeringsopdracht"]
