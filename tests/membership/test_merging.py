"""Two records of one person become one, and come apart exactly as they were."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from membership import history
from membership.admission.dossiers import open_dossier
from membership.consultation.answering import authorise
from membership.consultation.people import may_answer
from membership.merging.candidates import Somebody, are_near, letters_apart, pairs
from membership.merging.moving import MOVES
from membership.merging.people import candidates, merge, undo
from membership.models import (
    BodyMeetingAnswer,
    Email,
    HistoryEvent,
    MovedRow,
    Organisation,
    Person,
    PersonMerge,
    Proxy,
    RegionalContact,
    Role,
    Seat,
    StepAsk,
    Voter,
)
from nvsi.errors import NotAllowed
from tests.conftest import SINCE, make_person
from tests.membership import consultations
from tests.membership.assemblies import NOW, make_assembly
from tests.membership.bodies import DAY, make_body, make_meeting, make_seat
from tests.membership.regional import make_network_story, make_region

pytestmark = pytest.mark.django_db
ENDED = datetime.date(2021, 1, 1)


@pytest.fixture
def kept(heideveld: Organisation) -> Person:
    return make_person("Anna", "contactpersoon", heideveld)


@pytest.fixture
def gone(waterkant: Organisation, kept: Person) -> Person:
    """The same Anna, with a role elsewhere."""
    person = make_person("Ana", "contactpersoon", waterkant)
    Person.objects.filter(pk=person.pk).update(name="Anna")
    return Person.objects.get(pk=person.pk)


def state() -> dict[str, Any]:
    """What stands in every table of which rows can move, and who is active."""
    rows = {what.many: list(what.model._default_manager.order_by("pk").values())
            for what in MOVES}  # fmt: skip
    return {**rows, "active": list(Person.objects.order_by("pk").values_list())}


def everything_of(
    gone: Person, waterkant: Organisation, heideveld: Organisation, bureau: Person
) -> None:
    """A dossier step, a vote, and the seat of a region, beside the roles."""
    member, signer = consultations.make_member("GM9033", "Stemt")
    gone.roles.create(organisation=member, name="contactpersoon", starts_on=SINCE)
    voter = consultations.ask(bureau).voters.get(organisation=member)
    authorise(voter, gone, basis="", now=timezone.now(), by=signer)
    body = make_body()
    make_seat(body, organisation=waterkant, person=gone)
    coming = make_meeting(body)
    BodyMeetingAnswer.objects.create(meeting=coming, person=gone, answer="yes")
    over = make_meeting(body, starts_at=NOW - 2 * DAY, ends_at=NOW - DAY)
    BodyMeetingAnswer.objects.create(meeting=over, person=gone, answer="no")
    make_seat(make_body(code="RG-OUD"), person=gone, ends_on=ENDED)
    dossier = open_dossier(waterkant, "lid", by=bureau)
    StepAsk.objects.create(dossier=dossier, kind="weighed", person=gone, by=bureau)
    make_network_story(make_region("B1", heideveld), heideveld, bureau)
    RegionalContact.objects.filter(
        pk=RegionalContact.objects.order_by("pk")[0].pk
    ).update(email=gone.email)


def test_what_is_of_somebody_goes_along_and_comes_back(
    kept: Person, gone: Person, waterkant: Organisation, heideveld: Organisation,
    bureau: Person,
) -> None:  # fmt: skip
    everything_of(gone, waterkant, heideveld, bureau)
    history.record(waterkant, "changed", gone)
    before = state()
    done = merge(kept, gone, by=bureau)
    gone.refresh_from_db()
    assert not gone.is_active
    assert {(row.label, row.before) for row in MovedRow.objects.all()} == {
        ("membership.role", gone.pk),
        ("membership.seat", gone.pk),
        ("membership.bodymeetinganswer", gone.pk),
        ("membership.stepask", gone.pk),
        ("membership.regionalcontact", gone.email),
        ("membership.voter", gone.pk),
    }
    assert may_answer(
        Voter.objects.get(authorised=kept), Person.objects.get(pk=kept.pk)
    )
    member = Voter.objects.get(authorised=kept).organisation
    assert set(Person.objects.get(pk=kept.pk).organisation_ids) == {
        *(heideveld.pk, waterkant.pk, member.pk)
    }
    assert RegionalContact.objects.filter(email=kept.email).exists()
    assert HistoryEvent.objects.get(action="changed").by == gone  # who did it, did it
    told = Email.objects.filter(event="people_merged")
    assert {email.recipient for email in told} == {kept.email, gone.email}
    undo(done, by=bureau)
    assert state() == before
    with pytest.raises(NotAllowed, match="al ongedaan"):
        undo(done, by=bureau)


def test_what_is_there_already_stays_behind(
    kept: Person, heideveld: Organisation, bureau: Person
) -> None:
    twin = make_person("Tweede", "contactpersoon", heideveld)
    done = merge(kept, twin, by=bureau)
    assert not done.rows.exists()
    assert twin.roles.get().ends_on is None
    assert kept.roles.count() == 1


def test_who_votes_for_a_member_is_not_merged_before_the_alv(
    kept: Person, gone: Person, heideveld: Organisation, bureau: Person
) -> None:
    """The volmacht is on the name under which it was written."""
    assembly = make_assembly(status="convened", convened_at=NOW, convened_by=bureau)
    facts = {"assembly": assembly, "organisation": heideveld, "given_by": bureau}
    Proxy.objects.create(holder=gone, **facts)
    with pytest.raises(NotAllowed, match="Laat de volmacht eerst intrekken"):
        merge(kept, gone, by=bureau)
    merge(gone, kept, by=bureau)


def test_bestuur_and_kascommissie_do_not_become_one_person(
    kept: Person, gone: Person, bureau: Person
) -> None:
    make_seat(make_body("bestuur", "B-1"), person=kept)
    seat = make_seat(make_body("kascommissie", "K-1"), person=gone)
    with pytest.raises(NotAllowed, match="gaan niet samen"):
        merge(kept, gone, by=bureau)
    Seat.objects.filter(pk=seat.pk).update(ends_on=ENDED)
    merge(kept, gone, by=bureau)


def test_it_is_not_undone_once_something_changed(
    kept: Person, gone: Person, bureau: Person
) -> None:
    done = merge(kept, gone, by=bureau)
    role = Role.objects.get(pk=done.rows.get().row_id)
    role.ends_on = timezone.localdate()
    role.save()
    with pytest.raises(NotAllowed, match="Een rol is na het samenvoegen gewijzigd"):
        undo(done, by=bureau)
    role.ends_on = None
    role.save()
    Person.objects.filter(pk=gone.pk).update(is_active=True)
    with pytest.raises(NotAllowed, match="niet-actief gemaakt"):
        undo(done, by=bureau)


def test_who_may_put_whom_together(
    kept: Person, gone: Person, bureau: Person, bestuur: Person, lezer: Person,
    penningmeester: Person,
) -> None:  # fmt: skip
    twin = make_person("Dubbel", "bureau")
    for one, other, by, why in [
        (kept, gone, lezer, "doet het bureau"),
        (kept, gone, penningmeester, "doet het bureau"),
        (kept, kept, bureau, "twee verschillende"),
        (bureau, twin, bureau, "door een ander"),
        (twin, kept, bureau, "iemand van het bestuur"),
    ]:
        with pytest.raises(NotAllowed, match=why):
            merge(one, other, by=by)
    merge(bureau, twin, by=bestuur)
    with pytest.raises(NotAllowed, match="al samengevoegd"):
        merge(kept, twin, by=bestuur)
    with pytest.raises(NotAllowed, match="niet actief en kan dus niet blijven"):
        merge(twin, kept, by=bestuur)


# Who may be there twice.


def somebody(pk: int, email: str, *organisations: int, name: str = "Anna") -> Somebody:
    return Somebody(pk, name, email, frozenset(organisations))


def test_pairs_share_a_name_and_something_else() -> None:
    people = [
        somebody(1, "anna@a.nl", 1),
        somebody(2, "a.bakker@elders.nl", 1, name="ANNA "),
        somebody(3, "ana@a.nl", 2),
        somebody(4, "iets@anders.nl", 3),
        somebody(5, "anna@a.nl", 1, name="Piet"),
    ]
    found = [(pair.one.pk, pair.other.pk, pair.why) for pair in pairs(people)]
    assert found == [
        (1, 2, "zelfde naam en zelfde organisatie"),
        (1, 3, "zelfde naam en bijna hetzelfde adres"),
    ]
    assert are_near("j.vos@groningen.nl", "j.vos@groningem.nl")


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_letters_apart_is_a_distance(one: str, other: str) -> None:
    apart = letters_apart(one, other)
    assert apart == letters_apart(other, one)
    assert (apart == 0) == (one == other)
    assert abs(len(one) - len(other)) <= apart <= max(len(one), len(other))


def test_candidates_ask_two_questions_however_many_there_are(
    kept: Person, gone: Person, heideveld: Organisation
) -> None:
    for number in range(5):
        make_person(f"Persoon{number}", "contactpersoon", heideveld)
    with CaptureQueriesContext(connection) as asked:
        (pair,) = candidates()
    assert len(asked) == 2
    assert (pair.one.pk, pair.other.pk) == (kept.pk, gone.pk)


# The pages.


def test_the_bureau_compares_merges_and_undoes_on_the_page(
    kept: Person, gone: Person, bureau: Person, client: Client
) -> None:
    client.force_login(bureau)
    listed = client.get(reverse("admin:membership_personmerge_changelist"))
    url = reverse("admin:membership_person_compare", args=[kept.pk])
    assert f"{url}?met={gone.email}" in listed.content.decode()
    assert gone.email in client.get(url).content.decode()
    assert "Niemand heeft" in client.get(url, {"met": "x@y.nl"}).content.decode()
    page = client.get(url, {"met": gone.email}).content.decode()
    assert "gaan: 1\u00a0rol." in page
    done = client.post(f"{url}?met={gone.email}", follow=True)
    assert "Samengevoegd: u vindt alles bij" in done.content.decode()
    its_page = reverse("admin:membership_person_change", args=[gone.pk])
    assert "Opgegaan in" in client.get(its_page).content.decode()
    row = PersonMerge.objects.get()
    undone = reverse("admin:membership_personmerge_undo", args=[row.pk])
    assert "gaat terug naar" in client.get(undone).content.decode()
    client.post(undone)
    row.refresh_from_db()
    assert row.undone_by == bureau
    assert (timezone.now() - row.at) < datetime.timedelta(minutes=5)
