"""Gemeenten are dissolved: all they have is found, decided by a person, and kept."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.models import Gebruiksovereenkomst
from membership.admin.redivision_verbs import CLOSE, RECORD
from membership.admin.redivisions import decide_url
from membership.admin.verbs import page_of, verb_url
from membership.admission.dossiers import open_dossier
from membership.leaving.submitting import confirm
from membership.models import (
    Dissolution,
    Dossier,
    Email,
    HistoryEvent,
    Membership,
    Organisation,
    Person,
    Redivision,
    RedivisionDecision,
    RegionMember,
    Role,
)
from membership.people import add_person
from membership.redivision import recording
from membership.redivision.found import decided_items, open_items
from membership.redivision.gone import dissolution_of, gone_into
from membership.redivision.outcomes import Outcome
from membership.register.entries import register_on
from nvsi.admin.worklist import waiting_for
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_gemeente
from tests.everything import apply_for
from tests.membership.leaving import hand_in
from tests.membership.redivisions import FROM, SINCE, decide, item, make_member, record
from tests.membership.regional import make_network_story, make_region

LAST = FROM - datetime.timedelta(days=1)


def labels(redivision: Redivision) -> list[str]:
    return sorted(one.sort.name for one in open_items(redivision))


@pytest.fixture
def redivision(heideveld: Organisation, lezer: Person, bureau: Person) -> Redivision:
    """Heideveld goes into a new gemeente."""
    make_network_story(make_region("B1", heideveld), heideveld, bureau)
    heideveld.mandates.create(name="K. Vos", function="directeur", purpose="all",
                              decided_on=SINCE, starts_on=SINCE)  # fmt: skip
    return record(heideveld, by=bureau)


def test_all_that_a_gemeente_has_is_found_and_nothing_changes_by_it(
    redivision: Redivision, heideveld: Organisation
) -> None:
    assert set(labels(redivision)) == {
        *("membership", "role", "mandate", "region", "regional-contact"),
        *("gebruiksovereenkomst", "verwerkersovereenkomst"),
    }
    assert heideveld.memberships.get().ends_on is None
    assert redivision.successor.code == "GM9100"


def test_a_role_and_a_place_in_a_region_go_over_from_the_first_day(
    redivision: Redivision, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    decide(redivision, "role", Outcome.GOES_OVER, by=bureau)
    old, new = lezer.roles.order_by("starts_on")
    assert (old.organisation, old.ends_on) == (heideveld, LAST)
    assert (new.organisation, new.starts_on) == (redivision.successor, FROM)
    assert new.name == Role.Name.CONTACTPERSOON
    decide(redivision, "region", Outcome.GOES_OVER, by=bureau)
    places = RegionMember.objects.order_by("pk").values_list(
        "organisation__code", "starts_on", "ends_on"
    )
    assert [*places][-2:] == [
        ("GM9001", places[len(places) - 2][1], LAST),
        ("GM9100", FROM, None),
    ]
    before = labels(redivision).count("regional-contact")
    decide(redivision, "regional-contact", Outcome.GOES_OVER, by=bureau)
    assert labels(redivision).count("regional-contact") == before - 1
    assert redivision.successor.regional_contacts.get().ends_on is None


def test_a_membership_never_passes_by_itself(
    redivision: Redivision, heideveld: Organisation, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match="Dat kan niet bij"):
        decide(redivision, "membership", Outcome.GOES_OVER, by=bureau)
    decide(redivision, "membership", Outcome.ASKED, by=bureau)
    assert heideveld.memberships.get().ends_on == LAST
    asked = Dossier.objects.get(organisation=redivision.successor)
    assert (asked.aim, asked.status) == ("lid", "running")
    assert not redivision.successor.memberships.exists()
    assert [e.organisation for e in register_on(LAST)] == [heideveld]
    assert "opgegaan in Heide aan Zee (GM9100) per" in register_on(LAST)[0].gone
    assert register_on(FROM) == []


def test_a_dossier_is_withdrawn_and_the_successor_begins_its_own(
    waterkant: Organisation, bureau: Person
) -> None:
    open_dossier(waterkant, "lid", by=bureau)
    redivision = record(waterkant, by=bureau)
    decide(redivision, "dossier", Outcome.ASKED, by=bureau)
    assert list(Dossier.objects.values_list("organisation__code", "status")) == [
        ("GM9002", "withdrawn"),
        ("GM9100", "running"),
    ]
    decide(redivision, "membership", Outcome.ENDS, by=bureau)
    assert waterkant.memberships.get().ends_on == LAST
    assert labels(redivision) == []


def test_an_agreement_is_decided_with_a_reason_and_does_not_change(
    redivision: Redivision, bureau: Person
) -> None:
    with pytest.raises(NotAllowed, match="Geef de reden"):
        decide(redivision, "gebruiksovereenkomst", Outcome.STAYS, by=bureau)
    why = "Loopt af onder de oude code."
    point = item(redivision, "gebruiksovereenkomst")
    decide(redivision, "gebruiksovereenkomst", Outcome.STAYS, by=bureau, reason=why)
    assert Gebruiksovereenkomst.objects.get().ends_on is None
    assert "gebruiksovereenkomst" not in labels(redivision)
    (told,) = decided_items(redivision)
    assert told.about.startswith("Flexensie, vanaf")
    assert (told.decision.reason, told.decision.pointer) == (why, "Z1")
    with pytest.raises(Stale):
        recording.decide(redivision, point, Outcome.ENDS, reason="", pointer="",
                         by=bureau)  # fmt: skip


def test_it_is_closed_when_all_was_decided_and_its_day_has_come(
    noorderhage: Organisation, vreemde: Person, bureau: Person
) -> None:
    redivision = record(noorderhage, by=bureau)
    with pytest.raises(NotAllowed, match="Over 1\xa0punt is nog niet besloten"):
        recording.close(redivision, today=FROM, by=bureau)
    decide(redivision, "role", Outcome.ENDS, by=bureau)
    with pytest.raises(NotAllowed, match="Afronden kan vanaf 1\xa0januari 2026"):
        recording.close(redivision, today=LAST, by=bureau)
    recording.close(redivision, today=FROM, by=bureau)
    with pytest.raises(NotAllowed, match="is afgerond"):
        recording.add_gemeente(redivision, make_gemeente("GM9070", "Nog"), by=bureau)
    actions = HistoryEvent.objects.values_list("action", flat=True)
    assert {"redivision recorded", "dissolved", "found decided", "closed"} <= {*actions}


def test_what_is_withdrawn_leaves_the_gemeenten_as_they_were(
    noorderhage: Organisation, vreemde: Person, bureau: Person
) -> None:
    redivision = record(noorderhage, by=bureau)
    dissolution = redivision.dissolutions.get()
    assert gone_into(dissolution).startswith("opgegaan in Heide aan Zee")
    with time_machine.travel(LAST):
        assert gone_into(dissolution).startswith("gaat op in Heide aan Zee")
    told = Email.objects.filter(event="redivision_told", recipient=vreemde.email)
    assert "Er verandert niets vanzelf" in told.get().body
    recording.withdraw(redivision, reason="Gaat niet door.", by=bureau)
    assert "Dat is ingetrokken" in told.latest("pk").body
    assert gone_into(dissolution_of(noorderhage)) == ""
    again = record(noorderhage, successor=redivision.successor, by=bureau)
    decide(again, "role", Outcome.ENDS, by=bureau)
    with pytest.raises(NotAllowed, match="al over iets besloten"):
        recording.withdraw(again, reason="Toch niet.", by=bureau)


def test_what_cannot_be_is_refused_in_words(
    heideveld: Organisation,
    noorderhage: Organisation,
    flexensie_nederland: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    cases = [
        (heideveld, "opgaan in zichzelf"),
        (flexensie_nederland, "Alleen gemeenten"),
    ]
    for successor, why in cases:
        with pytest.raises(NotAllowed, match=why), transaction.atomic():
            record(heideveld, successor=successor, by=bureau)
    with pytest.raises(NotAllowed, match="legt het bureau vast"):
        record(heideveld, by=lezer)
    record(heideveld, successor=noorderhage, by=bureau)
    with pytest.raises(NotAllowed, match="is al opgegaan in"):
        record(heideveld, by=bureau)
    with pytest.raises(NotAllowed, match="gaat zelf op in"):
        record(make_gemeente("GM9071", "Ander"), successor=heideveld, by=bureau)
    later = make_gemeente("GM9072", "Later")
    Membership.objects.create(organisation=later, kind="lid", starts_on=FROM)
    with pytest.raises(NotAllowed, match="begint op of na"):
        record(later, successor=noorderhage, by=bureau)


def test_nothing_begins_at_a_gemeente_that_is_gone(
    noorderhage: Organisation, bureau: Person
) -> None:
    record(noorderhage, by=bureau)
    with pytest.raises(NotAllowed, match="opgegaan in Heide aan Zee"):
        add_person("e@noord.example", name="E", role="contactpersoon",
                   organisation=noorderhage, today=FROM, by=bureau)  # fmt: skip
    with pytest.raises(NotAllowed, match="opgegaan in Heide aan Zee"):
        open_dossier(noorderhage, "lid", by=bureau)
    with pytest.raises(IntegrityError, match="opgeheven"), transaction.atomic():
        noorderhage.memberships.create(kind="lid", starts_on=FROM)
    noorderhage.memberships.create(kind="lid", starts_on=SINCE, ends_on=LAST)
    client = Client()
    client.force_login(bureau)
    add = reverse("admin:membership_mandate_add")
    mandate = {"organisation": noorderhage.pk, "name": "K. Vos", "purpose": "all",
               "function": "directeur", "decided_on": "2026-01-01", "number": "",
               "starts_on": "2026-01-01"}  # fmt: skip
    refused = client.post(add, mandate, follow=True).content.decode()
    assert "opgegaan in Heide aan Zee" in refused
    assert not noorderhage.mandates.exists()
    assert "Noorderhage" not in client.get(reverse("apply")).content.decode()


def test_what_waits_for_an_answer_is_found_until_it_is_answered(
    lezer: Person, heideveld: Organisation, bureau: Person
) -> None:
    today = timezone.localdate()
    submitted = hand_in(heideveld.memberships.get(), by=lezer)
    apply_for(heideveld)
    redivision = record(heideveld, by=bureau)
    assert {"application", "submitted-notice"} <= set(labels(redivision))
    confirm(submitted, today=max(today, submitted.submitted_on), by=bureau)
    assert "submitted-notice" not in labels(redivision)
    decide(redivision, "application", Outcome.STAYS, by=bureau, reason="Is gebeld.")
    assert "application" not in labels(redivision)


def test_the_bureau_records_decides_and_closes_in_the_admin(
    noorderhage: Organisation, vreemde: Person, bureau: Person
) -> None:
    client = Client()
    client.force_login(bureau)
    other = make_member("GM9073", "Bergerveen")
    answers = {"successor": other.pk, "starts_on": "2026-01-01", "ground": "Stb. 1"}
    client.post(verb_url(noorderhage, RECORD), answers)
    redivision = Redivision.objects.get()
    today = timezone.localdate()
    (line,) = [w for w in waiting_for(bureau, today) if w.what == "Herindeling"]
    assert line.url == page_of(redivision)
    shown = client.get(line.url).content.decode()
    assert "Nog te beslissen (1)" in shown
    url = decide_url(redivision.pk, item(redivision, "role").key)
    assert url in shown
    assert "Kies een besluit" in client.post(url, {}).content.decode()
    client.post(url, {"outcome": "goes_over", "reason": "", "pointer": ""})
    assert RedivisionDecision.objects.get().outcome == Outcome.GOES_OVER
    assert client.post(url, {"outcome": "ends"}).status_code == 409
    client.post(verb_url(redivision, CLOSE))
    redivision.refresh_from_db()
    assert redivision.status == Redivision.Status.CLOSED
    page = client.get(page_of(noorderhage)).content.decode().replace("\xa0", " ")
    assert "opgegaan in Bergerveen (GM9073) per 1 jan 2026" in page
    assert RECORD.label not in page
    assert Dissolution.objects.get().organisation == noorderhage


# Of 2022 and 2023, with what CBS gave for codes (domain section 14).
REAL = {
    "GM0439": ["GM0370"],
    "GM0363": ["GM0457"],
    "GM1980": ["GM0398", "GM0416"],
    "GM1982": ["GM0756", "GM1684"],
    "GM1991": ["GM0856"],
    "GM1992": ["GM0501"],
}


def test_the_herindelingen_of_two_years_keep_the_old_codes(
    db: None, bureau: Person
) -> None:
    for code, gone in REAL.items():
        successor = make_gemeente(code, code)
        first, *others = [make_gemeente(old, old) for old in gone]
        for gemeente in (first, *others):
            gemeente.memberships.create(kind="lid", starts_on=SINCE)
        redivision = record(first, successor=successor, by=bureau)
        for gemeente in others:
            recording.add_gemeente(redivision, gemeente, by=bureau)
        for _ in gone:
            decide(redivision, "membership", Outcome.ENDS, by=bureau)
        recording.close(redivision, today=FROM, by=bureau)
    told = {entry.organisation.code: entry.gone for entry in register_on(LAST)}
    assert told.keys() == {old for gone in REAL.values() for old in gone}
    assert told["GM0416"] == "opgegaan in GM1980 (GM1980) per 1\xa0jan\xa02026"
    assert register_on(FROM) == []
