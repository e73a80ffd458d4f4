"""What turned out of a college can turn out otherwise; both stay in the register."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.admin.breach_verbs import BACK, CONCERN
from contracts.breaches import closing, recording, watching
from contracts.breaches.bringing_back import bring_back
from contracts.breaches.reading import fresh
from contracts.breaches.rules import Kind, Outcome
from contracts.breaches.shown import timeline
from contracts.models import BreachEntry
from membership.admin.verbs import verb_url
from membership.models import Email, Organisation, Person
from nvsi.errors import NotAllowed
from tests.contracts.breaches import HOUR, KNOWN, college_of, discover, tell

pytestmark = pytest.mark.django_db


def test_who_was_set_aside_can_be_concerned_after_all(
    client: Client, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    breach = discover(bureau, heideveld)
    row = college_of(breach, heideveld)
    with pytest.raises(NotAllowed, match="al betrokken"):
        bring_back(row, words="Toch.", now=timezone.now(), by=bureau)
    recording.set_aside(row, words="Andere.", now=timezone.now(), by=bureau)
    client.force_login(bureau)
    again = client.post(verb_url(breach, CONCERN), {"code": "GM9001"}).text
    assert "bleek niet betrokken. Kies" in again
    with pytest.raises(NotAllowed, match="Schrijf waarom"):
        bring_back(row, words=" ", now=timezone.now(), by=bureau)
    said = {"college": row.pk, "words": "De lijst had nog een blad."}
    page = client.post(verb_url(breach, BACK), said, follow=True).text
    assert "Gemeente Heideveld blijkt toch betrokken" in page
    assert [one.name for one in fresh(breach).untold] == ["gemeente Heideveld"]
    tell(breach, heideveld, by=bureau)
    assert Email.objects.filter(event="breach_told", recipient=lezer.email).exists()
    titles = [line.title for line in timeline(fresh(breach))]
    assert "Gemeente Heideveld blijkt niet betrokken" in titles


def test_the_database_does_not_close_over_who_is_concerned_after_all(
    heideveld: Organisation,
    noorderhage: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    breach = discover(bureau, heideveld, noorderhage)
    tell(breach, heideveld, by=bureau)
    now, row = timezone.now(), college_of(breach, heideveld)
    recording.decide_authority(row, Outcome.LEFT, at=now, now=now, by=bureau)
    other = college_of(breach, noorderhage)
    recording.set_aside(other, words="Andere.", now=timezone.now(), by=bureau)
    now = timezone.now()
    closing.propose(breach, Outcome.HANDLED, words="Klaar.", now=now, by=bureau)
    bring_back(other, words="Toch.", now=timezone.now(), by=bureau)
    end = BreachEntry(
        breach=breach, kind=Kind.CLOSED, at=now, recorded_at=now, by=bestuur
    )
    refused = pytest.raises(DatabaseError, match="Niet elk college heeft")
    with refused, transaction.atomic():
        end.save()
    recording.set_aside(other, words="Toch niet.", now=timezone.now(), by=bureau)
    end.save()


def test_who_is_not_concerned_reads_what_was_known_then(
    client: Client, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    breach = discover(bureau, heideveld)
    tell(breach, heideveld, by=bureau)
    row = college_of(breach, heideveld)
    recording.set_aside(row, words="Andere.", now=timezone.now(), by=bureau)
    recording.describe(breach, KNOWN, now=timezone.now(), by=bureau)
    now = timezone.now()
    recording.take_measure(breach, words="Server weg.", at=now, now=now, by=bureau)
    client.force_login(lezer)
    url = reverse("breach-detail", args=[breach.number])
    page = client.get(url).text
    assert "blijkt niet betrokken" in page
    assert "U leest hieronder wat wij wisten op" in page
    assert KNOWN.consequences not in page
    assert "Server weg" not in page
    bring_back(row, words="Toch.", now=timezone.now(), by=bureau)
    page = client.get(url).text
    assert KNOWN.consequences in page
    assert "Server weg" in page


def test_the_limit_is_said_again_of_a_college_that_was_named_later(
    heideveld: Organisation, noorderhage: Organisation, bureau: Person
) -> None:
    breach = discover(bureau, heideveld)
    late = timezone.now() + 30 * HOUR
    for _ in range(2):
        watching.watch(late)
    assert Email.objects.filter(event="breach_late").count() == 1
    recording.concern(breach, colleges=[noorderhage], now=timezone.now(), by=bureau)
    for _ in range(2):
        watching.watch(late)
    first, second = Email.objects.filter(event="breach_late").order_by("pk")
    assert "Noorderhage" not in first.body
    assert "Noorderhage" in second.body
