"""A college where nobody reads is not told by a letter that goes nowhere."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from contracts.admin.breach_verbs import POST, SPEAK, WRITE
from contracts.breaches import closing, in_line, recording, telling
from contracts.breaches.bringing_back import bring_back
from contracts.breaches.reading import fresh
from contracts.breaches.rules import Outcome
from contracts.models import BreachEntry, LetterOrder
from contracts.models.breaches import Breach
from membership.admin.verbs import verb_url
from membership.models import Email, Organisation, Person
from nvsi.errors import NotAllowed
from tests.conftest import make_gemeente
from tests.contracts.breaches import (
    HOUR,
    KNOWN,
    be_reached,
    college_of,
    decide,
    discover,
    tell,
)

# One letter that cannot be kept, whatever the reason.
FAULT = """
CREATE FUNCTION pg_temp.goes_wrong() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'out of space';
END $$;
CREATE TRIGGER goes_wrong BEFORE INSERT ON contracts_breachentry FOR EACH ROW
    WHEN (NEW.college_id = {}) EXECUTE FUNCTION pg_temp.goes_wrong();
"""
pytestmark = pytest.mark.django_db


def named(breach: Breach, *places: Organisation, by: Person) -> None:
    """Concerned too; who reads there is not seen to."""
    recording.concern(breach, colleges=places, now=timezone.now(), by=by)


def test_who_cannot_read_it_is_named_and_nobody_is_told_half(
    heideveld: Organisation, bureau: Person
) -> None:
    breach = discover(bureau, heideveld)
    empty = [make_gemeente(f"GM908{n}", f"Leeg{n}") for n in range(in_line.FEW)]
    named(breach, *empty, by=bureau)
    rows, now = list(breach.colleges.order_by("pk")), timezone.now()
    for few in (rows[:2], rows):
        with pytest.raises(NotAllowed, match="geen fg, contactpersoon") as refusal:
            in_line.write_to(breach, few, now=now, by=bureau)
        assert "Gemeente Leeg0" in str(refusal.value)
    assert "hebben" in str(refusal.value)
    assert not LetterOrder.objects.exists()
    assert not BreachEntry.objects.exists()
    assert not Email.objects.filter(event="breach_told").exists()
    assert len(fresh(breach).untold) == len(rows)
    be_reached(empty[0])
    in_line.write_to(breach, rows[:2], now=timezone.now(), by=bureau)
    assert len(fresh(breach).untold) == 2


def test_who_was_told_by_phone_and_got_its_letter_by_post_can_be_closed(
    client: Client, bureau: Person, bestuur: Person
) -> None:
    empty = make_gemeente("GM9089", "Leegdam")
    breach = discover(bureau)
    named(breach, empty, by=bureau)
    row, now = college_of(breach, empty), timezone.now()
    with pytest.raises(NotAllowed, match="eerst mondeling"):
        telling.post_to(row, at=now, now=now, by=bureau)
    client.force_login(bureau)
    spoken = f"{timezone.localtime(now):%Y-%m-%dT%H:%M}"
    client.post(verb_url(breach, SPEAK), {"college": row.pk, "at": spoken, "who": "x"})
    with pytest.raises(NotAllowed, match="voordat"):
        telling.post_to(row, at=now - HOUR / 2, now=now, by=bureau)
    told_at = fresh(breach).colleges[0].standing.told_at
    assert "nog geen brief" in fresh(breach).to_do()[0]
    said = {"college": row.pk, "at": spoken}
    page = client.post(verb_url(breach, POST), said, follow=True).text
    assert "De brief aan gemeente Leegdam is vastgelegd." in page
    assert "per post verstuurd" in page
    assert "Aan gemeente Leegdam is een brief per post gestuurd" in page
    assert fresh(breach).colleges[0].standing.told_at == told_at
    assert f'value="{row.pk}" checked' not in client.get(verb_url(breach, WRITE)).text
    decide(breach, empty, by=bureau)
    now = timezone.now()
    closing.propose(breach, Outcome.HANDLED, words="Klaar.", now=now, by=bureau)
    closing.close(breach, now=timezone.now(), by=bestuur)
    assert fresh(breach).is_closed


def test_a_letter_that_says_nothing_new_goes_once(
    heideveld: Organisation, noorderhage: Organisation, bureau: Person
) -> None:
    """Two people press the same button: the second is told so."""
    breach = discover(bureau, heideveld, noorderhage)
    rows = list(breach.colleges.order_by("pk"))

    def write(words: str = "") -> None:
        telling.write_to(breach, rows, words=words, now=timezone.now(), by=bureau)

    tell(breach, heideveld, by=bureau)
    with pytest.raises(NotAllowed, match="Gemeente Heideveld kreeg deze brief al"):
        write()
    assert [one.name for one in fresh(breach).untold] == ["gemeente Noorderhage"]
    write("Wij weten meer.")
    with pytest.raises(NotAllowed, match="kregen deze brief al"):
        write("Wij weten meer.")
    now = timezone.now()
    recording.take_measure(breach, words="Gewist.", at=now, now=now, by=bureau)
    write()
    recording.describe(breach, KNOWN, now=timezone.now(), by=bureau)
    write()
    row = college_of(breach, heideveld)
    recording.set_aside(row, words="Nee.", now=timezone.now(), by=bureau)
    bring_back(row, words="Toch.", now=timezone.now(), by=bureau)
    rows.remove(college_of(breach, noorderhage))
    write()


def test_a_letter_that_goes_wrong_stops_no_other(bureau: Person) -> None:
    places = [make_gemeente(f"GM907{n}", f"Dorp{n}") for n in range(in_line.FEW + 1)]
    breach = discover(bureau, *places)
    rows = list(breach.colleges.order_by("pk"))
    in_line.write_to(breach, rows, now=timezone.now(), by=bureau)
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(FAULT.format(rows[0].pk))
    while in_line.work_on_next(now=timezone.now()):
        pass
    done = in_line.line_of(breach)
    assert (done.sent, done.refused, done.left) == (len(rows) - 1, 1, 0)
    assert "opnieuw" in LetterOrder.objects.get(college=rows[0]).refusal
