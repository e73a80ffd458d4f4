"""Silence about changed annexes: it never brings what was not asked or was refused."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.annexes import consenting, laying, version_for
from contracts.annexes.asked import consents
from contracts.annexes.register import register_on
from contracts.kinds import Party
from contracts.models import AnnexVersion, Consent, Offer, Verwerkersovereenkomst
from contracts.offering import making
from contracts.offering.drafting import draft
from contracts.offering.force import bring_into_force
from contracts.offering.unchanged import require_same_annexes
from instruments.models import Instrument
from membership.deadlines.asked import Among
from membership.models import Email, Organisation, Person
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.contracts.annexes import lay, next_version
from tests.contracts.offers import in_force, put_names, use, verwerkers
from tests.contracts.test_signing_pages import log_in

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def burgemeester(heideveld: Organisation) -> Person:
    return make_person("Burgemeester", "ondertekenaar", heideveld)


def another_purpose(instrument: Instrument, *, by: Person) -> AnnexVersion:
    """A draft to which silence is no consent."""
    version = laying.start(instrument, note="Ander doel.", by=by)
    row = version.processings.earliest("pk")
    row.purpose = "Profilering voor reclame."
    row.save()
    return version


def laid(version: AnnexVersion, by: Person, today: datetime.date) -> Consent:
    """Asked of the only one who is concerned."""
    [asked] = lay(version, by=by, today=today)
    version.refresh_from_db()
    return Consent.objects.get(pk=asked.pk)


def begins(version: AnnexVersion) -> datetime.date:
    assert version.used_from is not None
    return version.used_from


def say(asked: Consent, choice: str, by: Person, on: datetime.date) -> None:
    now = timezone.now()
    consenting.answer(asked, choice, reason="Zo.", now=now, today=on, by=by)


def held(instrument: Instrument, on: datetime.date, who: Organisation) -> int:
    """The number that holds; the register says the same."""
    version = version_for(instrument, on, who)
    assert version is not None
    shown = [row.version for row in register_on(on) if row.party == who]
    assert shown in ([version], [])
    return version.number


def test_silence_to_a_later_small_change_brings_no_other_purpose(
    flexensie: Instrument,
    heideveld: Organisation,
    agreement: Any,
    burgemeester: Person,
    bureau: Person,
    bestuur: Person,
    client: Client,
) -> None:
    today = timezone.localdate()
    second = another_purpose(flexensie, by=bureau)
    laid(second, bestuur, today)
    later = begins(second)
    third = next_version(flexensie, by=bureau)
    asked = laid(third, bestuur, later)
    assert not third.asks_yes
    told = Email.objects.filter(event="annexes_asked").latest("pk")
    assert "Zonder uw instemming blijven voor u" in told.body
    then = begins(third)
    assert held(flexensie, then, heideveld) == 1
    log_in(client, burgemeester)
    page = client.get(reverse("annex-detail", args=[third.pk])).text
    assert "Wat er anders is dan in versie 1" in page
    assert "Profilering voor reclame" in page
    assert "blijven voor u de bijlagen gelden zoals zij zijn: versie 1" in page
    say(asked, "consent", burgemeester, later)
    assert held(flexensie, then, heideveld) == 3  # a yes takes it whole
    fourth = laying.start(flexensie, note="Maatregel.", by=bureau)
    fourth.measures.create(reference="9.99", what="Een extra slot.")
    laid(fourth, bestuur, then)
    assert held(flexensie, begins(fourth), heideveld) == 4


def test_an_objection_outlives_silence_to_the_next_version(
    flexensie: Instrument,
    heideveld: Organisation,
    agreement: Any,
    burgemeester: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    today = timezone.localdate()
    second = next_version(flexensie, by=bureau)
    say(laid(second, bestuur, today), "objection", burgemeester, today)
    third = laying.start(flexensie, note="Maatregel.", by=bureau)
    third.measures.create(reference="9.99", what="Een extra slot.")
    laid(third, bestuur, begins(second))
    assert held(flexensie, begins(third), heideveld) == 1


def test_withdrawn_between_makes_silence_bring_no_other_purpose(
    flexensie: Instrument,
    heideveld: Organisation,
    agreement: Any,
    bureau: Person,
    bestuur: Person,
) -> None:
    today = timezone.localdate()
    second = another_purpose(flexensie, by=bureau)
    laid(second, bestuur, today)
    third = next_version(flexensie, by=bureau)
    asked = laid(third, bestuur, today + 7 * DAY)
    laying.withdraw(
        second, reason="Toch niet.", now=timezone.now(), today=today, by=bureau
    )
    asked.refresh_from_db()
    assert asked.asks_yes
    assert held(flexensie, begins(third), heideveld) == 1


def test_who_signs_old_annexes_after_the_change_began_is_not_bound_unasked(
    flexensie: Instrument,
    heideveld: Organisation,
    waterkant: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    today = timezone.localdate()
    signer = make_person("Tekenaar", "ondertekenaar", waterkant)
    content = verwerkers(waterkant, starts_on=today, own_model_version="")
    made = draft(content, today=today, by=bureau)
    made = making.offer(made, answer_by=today + 60 * DAY, today=today, by=bureau)
    second = another_purpose(flexensie, by=bureau)
    lay(second, by=bestuur, today=today)
    second.refresh_from_db()
    eve = begins(second) - DAY
    require_same_annexes(made, today=eve)
    put_names(made, (Party.ORGANISATION, signer), (Party.NVSI, bestuur))
    with pytest.raises(NotAllowed, match="Bied de overeenkomst opnieuw aan"):
        bring_into_force(made, bestuur, today=begins(second))
    assert Offer.objects.get(pk=made.pk).concluded_at is None
    assert bring_into_force(made, bestuur, today=eve).starts_on == eve


def test_who_agrees_after_the_last_day_of_the_others_has_one_of_its_own(
    flexensie: Instrument,
    heideveld: Organisation,
    waterkant: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    today = timezone.localdate()
    Verwerkersovereenkomst.objects.create(organisation=waterkant, starts_on=today)
    signer = make_person("Tekenaar", "ondertekenaar", waterkant)
    second = next_version(flexensie, by=bureau)
    answer_by, used_from = today + laying.TERM, today + 3 * laying.TERM
    laying.lay_before(
        second, used_from=used_from, answer_by=answer_by, now=timezone.now(),
        seen=laying.fingerprint(second), today=today, by=bestuur,
    )  # fmt: skip
    late = answer_by + DAY
    people: dict[str, Any] = {"bureau": bureau, "bestuur": bestuur, "today": late}
    starts = datetime.date(late.year + 1, 7, 1)
    in_force(use(waterkant, flexensie, starts_on=starts), signer, **people)
    asked = waterkant.annex_consents.get()
    own = late + laying.TERM
    assert (asked.version, asked.asks_yes, asked.last_day) == (second, True, own)
    assert held(flexensie, starts, waterkant) == 1
    [deadline] = [
        one for one in consents(Among(), late) if waterkant in one.organisations
    ]
    assert (deadline.by, deadline.since) == (own, late)
    with pytest.raises(NotAllowed, match="Antwoorden kan niet meer"):
        say(asked, "consent", signer, own + DAY)
    say(asked, "consent", signer, own)
    assert held(flexensie, starts, waterkant) == 2
