"""A letter: to whom it goes, four eyes, its number, and what came back."""

import datetime

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from membership import emails
from membership.letters import sending, writing
from membership.letters.body import blocks_of, html_of
from membership.letters.segments import counts, targets, told
from membership.models import (
    Email,
    HistoryEvent,
    Letter,
    LetterAttachment,
    Membership,
    Organisation,
    Person,
)
from membership.models.retention import DestructionLine, Kept
from membership.papers.structure import Heading, Listing, Paragraph, Table, plain
from membership.retention.destroying import DESTROY
from nvsi.errors import NotAllowed, Stale
from tests.conftest import make_gemeente, make_person
from tests.membership.dossiers import PAPER
from tests.membership.letters import BODY, release, send, workbook, write
from tests.membership.regional import make_region


def names(letter: Letter) -> list[str]:
    return [target.organisation.short_name for target in targets(letter)]


def test_a_segment_is_who_belongs_and_fits_all_that_was_chosen(
    heideveld: Organisation,
    waterkant: Organisation,
    noorderhage: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    letter = write(bureau)
    assert names(letter) == ["Heideveld", "Waterkant"]  # the stranger does not belong
    assert counts(targets(letter)) == (
        "2\u00a0organisaties, 1\u00a0ontvanger; 1\u00a0organisatie heeft niemand om "
        "te mailen"
    )
    letter.membership_kinds = ["lid"]
    assert names(letter) == ["Heideveld"]
    letter.membership_kinds = ["aspirant_lid", "participant"]
    assert names(letter) == ["Waterkant"]
    letter.membership_kinds = []
    letter.instrument = "flexensie"
    assert names(letter) == ["Heideveld"]
    letter.instrument = "onbekend"
    assert names(letter) == []
    letter.instrument = ""
    letter.region = make_region("B1", waterkant)
    assert names(letter) == ["Waterkant"]
    letter.organisation_kinds = ["samenwerkingsverband"]
    assert names(letter) == []
    letter.organisation_kinds, letter.region = [], None
    letter.belongs_on = datetime.date(2017, 12, 31)
    assert names(letter) == []


def test_a_segment_takes_the_same_queries_for_any_number(
    heideveld: Organisation, bureau: Person
) -> None:
    letter = write(bureau, membership_kinds=["lid"], instrument="flexensie")
    with CaptureQueriesContext(
        connection,
    ) as few:
        targets(letter)
    for at in range(20):
        gemeente = make_gemeente(f"GM91{at:02}", f"G{at}")
        Membership.objects.create(
            organisation=gemeente, kind="lid", starts_on=datetime.date(2018, 1, 1)
        )
        make_person(f"P{at}", "contactpersoon", gemeente)
    with CaptureQueriesContext(connection) as many:
        targets(letter)
    assert len(many) == len(few)


def test_who_wrote_it_does_not_release_it_and_numbers_follow_each_other(
    heideveld: Organisation, lezer: Person, bureau: Person, bestuur: Person
) -> None:
    letter = write(bureau)
    with pytest.raises(NotAllowed, match="wacht niet op vrijgave"):
        release(letter, bestuur)
    writing.offer(letter, by=bureau)
    with pytest.raises(NotAllowed, match="Een collega geeft de brief vrij"):
        release(letter, bureau)
    with pytest.raises(Stale):
        sending.release(letter, seen="iets", now=timezone.now(), by=bestuur)
    year = timezone.localdate().year
    [line] = release(letter, bestuur)
    assert str(line) == f"Lbr {year % 100}/001 aan gemeente Heideveld"
    dropped = writing.drop(write(bureau), by=bureau)
    assert dropped.number == "Lbr (nog geen nummer)"
    assert send(bestuur, bureau).number == f"Lbr {year % 100}/002"


def test_the_worker_sends_one_email_to_each_receiver(
    heideveld: Organisation,
    waterkant: Organisation,
    lezer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    letter = send(bureau, bestuur)
    heide, water = letter.receivers.order_by("organisation__name")
    assert (heide.address, water.address) == (lezer.email, "")
    assert water.person is None
    assert "t.a.v. het college en de raad" in heide.addressee
    emails.send_waiting()
    [message] = [one for one in mail.outbox if one.to == [lezer.email]]
    assert message.subject == f"{letter.number}: Regionale samenwerking"
    assert "met 1 bijlage:" in message.body
    assert f"/brieven/{letter.slug}/" in message.body
    heide.refresh_from_db()
    assert heide.email is not None
    assert heide.email.state == Email.State.SENT


def test_what_came_back_goes_to_a_mended_address(
    heideveld: Organisation, lezer: Person, bureau: Person, bestuur: Person
) -> None:
    today = timezone.localdate()
    line = send(bureau, bestuur).receivers.get()
    with pytest.raises(NotAllowed, match="staat nog in de wachtrij"):
        sending.send_again(line, address="x@y.nl", by=bureau)
    emails.send_waiting()
    line = sending.record_bounce(
        line, on=today, words="550 mailbox bestaat niet", by=bureau
    )
    with pytest.raises(NotAllowed, match="geen e-mailadres"):
        sending.send_again(line, address="geen adres", by=bureau)
    sending.send_again(line, address="Griffie@Heideveld.example", by=bureau)
    emails.send_waiting()
    line.refresh_from_db()
    assert (line.address, line.times) == ("griffie@heideveld.example", 2)
    assert (line.bounced_on, line.bounce) == (None, "")
    assert mail.outbox[-1].to == ["griffie@heideveld.example"]
    told_of = HistoryEvent.objects.filter(subject_type="membership.letterreceiver")
    assert {event.action for event in told_of} == {"bounced", "sent again"}


def test_what_was_sent_is_corrected_by_a_new_letter(
    client: Client,
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    letter = send(bureau, bestuur)
    for change in (writing.offer, writing.take_back, writing.drop):
        with pytest.raises(NotAllowed):
            change(letter, by=bureau)
    with pytest.raises(NotAllowed, match="Alleen van een concept"):
        writing.attach(letter, workbook(), by=bureau)
    fresh = writing.correct(letter, by=bureau)
    writing.offer(fresh, by=bureau)
    release(fresh, bestuur)
    client.force_login(lezer)
    url = reverse("letter-detail", args=[letter.slug])
    assert "Deze brief is verbeterd." in client.get(url).content.decode()
    fresh.refresh_from_db()
    text = client.get(reverse("letter-detail", args=[fresh.slug])).content.decode()
    assert f"{letter.number} van" in text


def test_a_file_is_what_its_bytes_say(bureau: Person) -> None:
    letter = write(bureau)
    added = writing.attach(letter, workbook(), by=bureau)
    assert added.file_name == "planning.xlsx"
    with pytest.raises(NotAllowed, match="al een bijlage"):
        writing.attach(letter, workbook(), by=bureau)
    picture = ContentFile(b"\x89PNG\r\n\x1a\n", name="beeld.pdf")
    with pytest.raises(NotAllowed, match=r"Dit is geen PDF, Word-document \(DOCX\) of"):
        writing.attach(letter, picture, by=bureau)
    writing.attach(letter, ContentFile(PAPER, name="../x.pdf"), by=bureau)
    writing.detach(added, by=bureau)
    assert [str(one) for one in LetterAttachment.objects.all()] == ["x.pdf"]


def test_nobody_else_sees_a_letter(
    client: Client,
    heideveld: Organisation,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    """A page, its PDF and its file: for whom it was sent to, and the association."""
    letter = send(bureau, bestuur)
    urls = [
        reverse("letter-detail", args=[letter.slug]),
        reverse("letter-pdf", args=[letter.slug]),
        reverse("letter-attachment", args=[letter.slug, letter.attachments.get().pk]),
    ]
    for person, status in ((lezer, 200), (bureau, 200), (vreemde, 404)):
        client.force_login(person)
        assert {client.get(url).status_code for url in urls} == {status}
        there = letter.subject in client.get(reverse("letter-list")).content.decode()
        assert there == (status == 200)
    draft = write(bureau, subject="Nog niet")
    assert draft not in Letter.objects.visible_to(lezer)


def test_the_body_is_markdown_without_html_or_pictures() -> None:
    html = html_of(
        "# Kop\n\n<script>alert(1)</script>\n\n![x](https://volg.example/p.png) "
        "[fout](javascript:alert(1)) [goed](https://vng.nl)"
    )
    assert '<h2 class="utrecht-heading-2">Kop</h2>' in html
    assert "<script>" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="https://vng.nl" class="utrecht-link" rel="noopener"' in html


def test_the_body_on_paper_says_the_same() -> None:
    first, heading, points, steps, table = blocks_of(BODY)
    assert isinstance(first, Paragraph)
    assert plain(first.words) == "Wij vragen u om een aanspreekpunt."
    assert heading == Heading("Wat wij vragen", 2)
    assert isinstance(points, Listing)
    assert [plain(item) for item in points.items] == [
        "Voer het gesprek in uw regio.",
        "Mail het bureau (bureau@nvsi.example).",
    ]
    assert isinstance(steps, Listing)
    assert steps.is_numbered
    assert isinstance(table, Table)
    assert table.heads == ("wanneer", "wat")


def test_the_segment_is_told_in_words(waterkant: Organisation, bureau: Person) -> None:
    letter = write(
        bureau,
        membership_kinds=["lid", "aspirant_lid"],
        organisation_kinds=["gemeente"],
        province="Drenthe",
        instrument="flexensie",
        region=make_region("B1", waterkant),
        belongs_on=datetime.date(2026, 3, 9),
    )
    assert told(letter) == (
        "leden en aspirant-leden (gemeenten) in de regio De Heide in de provincie "
        "Drenthe die Flexensie gebruiken, op 9\u00a0maart 2026"
    )


def test_of_a_person_who_is_destroyed_the_address_goes_here_too(
    heideveld: Organisation, lezer: Person, bureau: Person, bestuur: Person
) -> None:
    line = send(bureau, bestuur).receivers.get()
    DESTROY[Kept.PERSON](DestructionLine(row_id=lezer.pk))
    line.refresh_from_db()
    assert (line.address, line.stand) == ("", "verstuurd; het adres is vernietigd")


@pytest.mark.parametrize(
    "typed",
    [
        "Vraagt om:\na. een reglement;\nb. een begroting.",
        "Vraagt om:\n\n- a. een reglement;\n- b. een begroting.",
    ],
)
def test_points_a_and_b_stand_under_each_other_without_another_mark(typed: str) -> None:
    html = html_of(typed)
    assert '<ul class="plain">\n<li>a. een reglement;</li>' in html
    assert [block.words for block in blocks_of(typed)] == [  # type: ignore[union-attr]
        ("Vraagt om:",),
        ("a. een reglement;",),
        ("b. een begroting.",),
    ]
    assert html_of("- een\n- twee").startswith("<ul>\n<li>een"), "an ordinary list"
    assert "<ul" not in html_of("Volgens\nc. Jansen."), "no point a before it"
