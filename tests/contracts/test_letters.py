"""Letters that the worker prints: to colleges about a datalek, and about takeovers."""

import zipfile
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.breaches import in_line, recording
from contracts.breaches.tasks import send_letters
from contracts.models import BreachEntry, LetterOrder, TakeoverLetter
from contracts.redivision import SORTS
from contracts.taking_over.known import takeover_letter_of
from instruments.models import Instrument
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.conftest import make_gemeente
from tests.contracts.after import keep_after
from tests.contracts.annexes import lay, next_version
from tests.contracts.breaches import discover
from tests.contracts.offers import keep_offers

pytestmark = pytest.mark.django_db


def test_a_few_letters_go_at_once(bureau: Person, heideveld: Organisation) -> None:
    breach = discover(bureau, heideveld)
    now, rows = timezone.now(), list(breach.colleges.all())
    assert in_line.write_to(breach, rows, now=now, by=bureau) == 0
    assert BreachEntry.objects.filter(outcome="written").count() == 1
    assert not in_line.has_waiting()


def test_more_go_in_line_and_a_refusal_stops_no_other(bureau: Person) -> None:
    gemeenten = [make_gemeente(f"GM907{n}", f"Dorp{n}") for n in range(in_line.FEW + 1)]
    breach = discover(bureau, *gemeenten)
    now, rows = timezone.now(), list(breach.colleges.order_by("pk"))
    assert in_line.write_to(breach, rows, now=now, by=bureau) == len(rows)
    with pytest.raises(NotAllowed, match="staan al klaar"):
        in_line.write_to(breach, rows, now=now, by=bureau)
    recording.set_aside(rows[0], words="Blijkt niet zo.", now=timezone.now(), by=bureau)
    for _ in range(2):
        send_letters()
    done = in_line.line_of(breach)
    assert (done.sent, done.refused, done.left) == (len(rows) - 1, 1, 0)
    assert LetterOrder.objects.get(college=rows[0]).refusal.endswith("dit datalek.")
    assert BreachEntry.objects.filter(outcome="written").count() == len(rows) - 1


def test_the_letters_of_a_run_are_one_zip(
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    bureau: Person,
    bestuur: Person,
    client: Client,
) -> None:
    keep_offers(heideveld, bureau=bureau)
    keep_after(heideveld, bureau=bureau, bestuur=bestuur)
    letter = TakeoverLetter.objects.get()
    client.force_login(bureau)
    page = reverse("admin:contracts_takeoverrun_letters", args=[letter.run_id])
    packed = zipfile.ZipFile(BytesIO(client.get(page).content))
    assert packed.read(letter.file_name) == bytes(letter.content)
    own = zipfile.ZipFile(BytesIO(client.get(page, {"soort": "docx"}).content))
    assert own.namelist() == ["brief.docx"]
    assert own.read("brief.docx") == bytes(letter.docx)
    assert client.get(page, {"soort": "odt"}).status_code == 404
    known = takeover_letter_of(letter.sha256)
    assert known is not None
    assert "overname" in known.what


def test_the_uitvoerder_is_asked_about_changed_annexes(
    flexensie: Instrument,
    flexensie_nederland: Organisation,
    backoffice: Person,
    bureau: Person,
    bestuur: Person,
    client: Client,
) -> None:
    today = timezone.localdate()
    flexensie_nederland.uitvoeringsovereenkomsten.create(
        instrument=flexensie, signed_on=today, starts_on=today
    )
    [asked] = lay(next_version(flexensie, by=bureau), by=bestuur)
    assert asked.organisation == flexensie_nederland
    client.force_login(backoffice)
    page = reverse("annex-detail", args=[asked.version_id])
    assert "Lees de wijziging" in client.get(reverse("annex-list")).content.decode()
    client.post(page, {"answer": "consent"})
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("consent", backoffice)


def test_a_herindeling_names_open_answers_and_datalekken(
    heideveld: Organisation, flexensie: Instrument, bureau: Person, bestuur: Person
) -> None:
    lay(next_version(flexensie, by=bureau), by=bestuur)
    discover(bureau, heideveld)
    today = timezone.localdate()
    found = {
        sort.name: [sort.tell(row) for row in sort.find(heideveld, today)]
        for sort in SORTS
        if sort.name in ("annex_consent", "breach")
    }
    assert [len(told) for told in found.values()] == [1, 1]
