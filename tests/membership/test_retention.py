"""What had its time is proposed each month; a person decides, and then it is gone."""

import datetime
from typing import Any

import pghistory.models
import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership import emails, exports, history
from membership.admin import waiting
from membership.admin.retention import GOES
from membership.admission import applying, dossiers
from membership.admission.recording import add_note
from membership.admission.steps import Step
from membership.colleagues.signers import confirm, decline
from membership.colleagues.signers import propose as propose_signer
from membership.leaving.submitting import turn_back
from membership.merging.people import merge, undo
from membership.models import (
    Application,
    DestructionLine,
    DestructionList,
    Dossier,
    Email,
    Evidence,
    Export,
    HistoryEvent,
    Note,
    Organisation,
    Person,
    RegionalContact,
    RetentionTerm,
    Role,
)
from membership.models.retention import Kept
from membership.retention.destroying import DESTROY
from membership.retention.due import COUNTED_FROM, DUE
from membership.retention.lists import PROPOSED, Decided, decide, propose
from membership.tasks import propose_destruction
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.everything import apply_for
from tests.membership import leaving, regional
from tests.membership.dossiers import VOORHANG, take_all

pytestmark = pytest.mark.django_db

YEAR = datetime.timedelta(days=366)


@pytest.fixture
def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def anna(waterkant: Organisation, today: datetime.date) -> Person:
    """Had her last role three years ago."""
    person = make_person("Anna", "contactpersoon", waterkant)
    person.roles.update(ends_on=today - 3 * YEAR)
    return person


def lines() -> dict[str, DestructionLine]:
    return {line.subject: line for line in DestructionLine.objects.all()}


def destroy(made: DestructionList | None, by: Person) -> dict[str, int]:
    """A colleague proposes it, and who is named decides."""
    assert made is not None
    choices = {line.pk: Decided("destroy") for line in made.lines.open()}
    other = make_person(f"Voorsteller{made.lines.count()}", "bureau")
    first = decide(made, choices, by=other)
    first.pop(PROPOSED, None)
    return first | decide(made, choices, by=by)


def withdrawn(organisation: Organisation, bureau: Person) -> Dossier:
    dossier = dossiers.open_dossier(organisation, "lid", by=bureau)
    take_all(dossier, VOORHANG[:3], by=bureau, bureau=bureau)
    add_note(dossier, "Gebeld met mevrouw De Vries.", by=bureau)
    dossiers.withdraw(dossier, reason="Toch niet", by=bureau)
    return dossier


def test_each_kind_has_a_term_and_is_found_and_destroyed() -> None:
    kinds = set(Kept)
    assert set(DUE) == set(DESTROY) == set(COUNTED_FROM) == set(GOES) == kinds
    terms = RetentionTerm.objects.all()
    assert {term.kind for term in terms} == kinds
    assert all(term.ground for term in terms)


@pytest.mark.parametrize(
    ("amount", "unit", "day", "before"),
    [
        (2, "years", (2028, 2, 29), (2026, 2, 28)),
        (1, "years", (2026, 3, 1), (2025, 3, 1)),
        (30, "days", (2026, 3, 1), (2026, 1, 30)),
    ],
)
def test_a_term_is_counted_in_years_or_days(
    amount: int, unit: str, day: tuple[int, int, int], before: tuple[int, int, int]
) -> None:
    term = RetentionTerm(kind="email", amount=amount, unit=unit, ground="AVG")
    assert term.ended_before(datetime.date(*day)) == datetime.date(*before)


def test_nothing_goes_by_itself_and_nothing_is_proposed_twice(
    anna: Person, today: datetime.date
) -> None:
    propose_destruction()
    propose_destruction()
    (line,) = DestructionLine.objects.all()
    assert (line.kind, line.subject) == ("person", f"persoon {anna.pk}")
    assert (line.ended_on, line.decision) == (today - 3 * YEAR, "")
    assert Person.objects.get(pk=anna.pk).name == "Anna"


def test_a_person_is_forgotten_and_what_he_did_stays_done(
    anna: Person, bureau: Person, waterkant: Organisation, today: datetime.date
) -> None:
    history.record(waterkant, "changed", anna)
    history.record(anna, "invited", bureau)
    assert destroy(propose(today), bureau) == {"destroy": 1}
    person = Person.objects.get(pk=anna.pk)
    assert not person.is_active
    assert not person.has_usable_password()
    assert HistoryEvent.objects.get(action="changed").by == person
    tracked: Any = apps.get_model("membership", "PersonEvent")
    assert issubclass(tracked, pghistory.models.Event)
    said = [
        *(f"{row.name} {row.email}" for row in tracked.objects.filter(id=anna.pk)),
        *HistoryEvent.objects.values_list("subject", flat=True),
        *(f"{line.subject} {line.reason}" for line in DestructionLine.objects.all()),
        f"{person.name} {person.email}",
    ]
    assert not [words for words in said if "anna" in words.lower()]
    assert propose(today) is None


def test_who_got_a_role_again_is_not_forgotten(
    anna: Person, bureau: Person, waterkant: Organisation, today: datetime.date
) -> None:
    made = propose(today)
    anna.roles.create(organisation=waterkant, name="fg", starts_on=today)
    assert destroy(made, bureau) == {"lapsed": 1}
    assert Person.objects.get(pk=anna.pk).name == "Anna"


def test_who_was_there_twice_is_forgotten_with_what_moved(
    heideveld: Organisation, waterkant: Organisation, bureau: Person,
    today: datetime.date,
) -> None:  # fmt: skip
    kept = make_person("Twee", "contactpersoon", heideveld)
    gone = make_person("Keer", "contactpersoon", waterkant)
    done = merge(kept, gone, by=bureau)
    later = today + 3 * YEAR
    assert f"persoon {gone.pk}" in {line.subject for line in _open(propose(later))}
    destroy(DestructionList.objects.get(), bureau)
    assert not done.rows.exists()
    told = HistoryEvent.objects.filter(subject_type="membership.personmerge")
    assert not told.filter(subject__contains="@").exists()
    with pytest.raises(NotAllowed, match="intussen vernietigd"):
        undo(done, by=bureau)


def _open(made: DestructionList | None) -> list[DestructionLine]:
    assert made is not None
    return list(made.lines.open())


def test_of_a_dossier_the_papers_go_and_the_decisions_stay(
    noorderhage: Organisation, bureau: Person, today: datetime.date, client: Client
) -> None:
    dossier = withdrawn(noorderhage, bureau)
    assert propose(today) is None
    assert propose(today + 4 * YEAR) is None
    made = propose(today + 6 * YEAR)
    paper = dossier.evidence.get()
    with pytest.raises(IntegrityError):
        _empty(paper)
    assert destroy(made, bureau)["destroy"] >= 1
    paper.refresh_from_db()
    assert (bytes(paper.content), paper.is_destroyed) == (b"", True)
    assert len(paper.sha256) == 64
    assert not Note.objects.exists()
    assert dossier.standing_step(Step.DRAFTED) is not None
    client.force_login(bureau)
    url = reverse("dossier-paper", args=[dossier.number, paper.pk])
    assert client.get(url).status_code == 404
    page = client.get(reverse("dossier-detail", args=[dossier.number]))
    assert "vernietigd" in page.content.decode()
    assert url not in page.content.decode()


def _empty(paper: Evidence) -> None:
    with transaction.atomic():
        Evidence.objects.filter(pk=paper.pk).update(content=b"", file_name="vernietigd")


def test_applications_emails_and_exports_go_after_a_year(
    noorderhage: Organisation, bureau: Person, today: datetime.date
) -> None:
    application = apply_for(noorderhage)
    applying.turn_down(application, reason="Onbekend", by=bureau)
    emails.queue("run_prepared", "1", bureau, run=noorderhage, settlements=1)
    emails.send_waiting()
    exports.made_at_once("x", query="", fmt="csv", chosen="", rows=1, by=bureau)
    made = propose(today + YEAR + datetime.timedelta(days=2))
    assert {line.kind for line in lines().values()} == {
        *("application", "email", "export")
    }
    assert destroy(made, bureau) == {"destroy": 3}
    for model in (Application, Email, Export):
        assert not model.objects.exists()


def test_of_a_notice_the_letter_goes_and_that_it_ended_stays(
    bureau: Person, client: Client
) -> None:
    member = leaving.make_member("GM9041", "Vertrekker")
    signer = make_person("Tekenaar", "contactpersoon", member.organisation)
    submitted = leaving.hand_in(member, by=signer)
    turn_back(submitted, answer="De handtekening ontbreekt.", by=bureau)
    assert propose(submitted.ends_on + 6 * YEAR) is None
    destroy(propose(submitted.ends_on + 7 * YEAR), bureau)
    submitted.refresh_from_db()
    assert (bytes(submitted.content), submitted.is_destroyed) == (b"", True)
    client.force_login(bureau)
    letter, receipt = (
        client.get(reverse(name, args=[submitted.pk]))
        for name in ("leave-letter", "leave-receipt")
    )
    assert letter.status_code == 404
    assert "vernietigd na de bewaartermijn" in receipt.content.decode()


def test_of_who_was_put_forward_and_of_who_spoke_for_a_region_the_name_goes(
    waterkant: Organisation, bureau: Person, today: datetime.date
) -> None:
    contact = make_person("Anna", "contactpersoon", waterkant)
    domain = contact.email.partition("@")[2]
    who = {"name": "Bo de Boer", "function": "directeur", "email": f"bo@{domain}"}
    proposal = propose_signer(waterkant, **who, by=contact)
    decline(proposal, reason="Bo is geen directeur meer.", by=bureau)
    who |= {"email": f"bas@{domain}", "name": "Bas Bos"}
    signs = propose_signer(waterkant, **who, by=contact)
    role = confirm(signs, ground="office", mandate=None, today=today, by=bureau)
    region = regional.make_region("HW", waterkant)
    pair = regional.give(
        regional.make_network(), region, regional.pair(waterkant), by=contact
    )
    RegionalContact.objects.update(ends_on=regional.TODAY)
    destroy(propose(today + 2 * YEAR), bureau)
    proposal.refresh_from_db()
    left = (proposal.name, proposal.function, proposal.email, proposal.reason)
    gone = f"voordracht {proposal.pk}"
    address = f"voordracht-{proposal.pk}@vernietigd.invalid"
    assert left == (gone, "", address, "vernietigd")
    one = RegionalContact.objects.get(pk=pair[0].pk)
    assert (one.name, one.function, one.email, one.phone) == ("", "", "", "")
    assert one.organisation == waterkant
    assert propose(today + 2 * YEAR) is None
    Role.objects.filter(pk=role.pk).update(ends_on=today)  # he signs no more
    (line,) = [
        one for one in _open(propose(today + 2 * YEAR)) if one.row_id == signs.pk
    ]
    assert line.kind == Kept.PROPOSAL


def test_to_keep_longer_needs_a_reason_and_comes_back_after_a_year(
    anna: Person, bureau: Person, lezer: Person, today: datetime.date
) -> None:
    made = propose(today)
    assert made is not None
    (line,) = made.lines.all()
    with pytest.raises(NotAllowed, match="Geef de reden"):
        decide(made, {line.pk: Decided("keep")}, by=bureau)
    with pytest.raises(NotAllowed, match="Dat doet het bureau"):
        decide(made, {line.pk: Decided("destroy")}, by=lezer)
    kept = {line.pk: Decided("keep", "Er loopt een bezwaar.")}
    assert decide(made, kept, by=bureau) == {"keep": 1}
    assert decide(made, kept, by=bureau) == {}  # decided already
    assert propose(today + datetime.timedelta(days=300)) is None
    assert propose(today + YEAR) is not None


def test_two_people_decide_on_the_page(
    anna: Person, bureau: Person, bestuur: Person, client: Client,
    today: datetime.date,
) -> None:  # fmt: skip
    made = propose(today)
    assert made is not None
    (waits,) = waiting.destruction_lists(bureau, today)
    client.force_login(bureau)
    page = client.get(waits.url).content.decode()
    assert f"persoon {anna.pk}" in page
    (line,) = made.lines.all()
    keep = {f"decision_{line.pk}": "keep"}
    assert "Geef de reden." in client.post(waits.url, keep).content.decode()
    assert made.lines.open().exists()
    told = client.post(waits.url, {"rest": "destroy"}, follow=True).content.decode()
    assert "voorgesteld om te vernietigen. Iemand anders besluit daarover." in told
    assert list(waiting.destruction_lists(bureau, today)) == []
    assert Person.objects.get(pk=anna.pk).name == "Anna"
    (waits,) = waiting.destruction_lists(bestuur, today)
    client.force_login(bestuur)
    assert bureau.name in client.get(waits.url).content.decode()
    done = client.post(waits.url, {"rest": "destroy"}, follow=True)
    assert "1\u00a0regel vernietigd." in done.content.decode()
    assert Person.objects.get(pk=anna.pk).name == f"persoon {anna.pk}"


def test_a_reference_keeps_its_capitals_on_the_page(
    bureau: Person, client: Client, today: datetime.date
) -> None:
    made = DestructionList.objects.create(month=today.replace(day=1))
    made.lines.create(kind=Kept.OFFER, subject="aanbod OVK-2026-0001", row_id=1,
                      ended_on=today - YEAR, before_on=today, ground="AVG")  # fmt: skip
    (waits,) = waiting.destruction_lists(bureau, today)
    client.force_login(bureau)
    page = client.get(waits.url).content.decode()
    assert "Aanbod OVK-2026-0001: reden" in page
