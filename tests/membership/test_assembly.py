"""An ALV from draft to notulen: terms, amendementen, decisions and demands."""

import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.assembly import (
    amending,
    convening,
    drafting,
    minutes,
    printing,
    terms,
)
from membership.assembly.adopting import adopt, reject
from membership.assembly.demanding import answer_demand, end_demand, record_demand
from membership.assembly.pointing import resting_on
from membership.assembly.writing import beslispunten_of
from membership.models import (
    AlvBesluit,
    Amendement,
    Assembly,
    ConvocationTerm,
    Email,
    HistoryEvent,
    Organisation,
    Person,
)
from membership.papers import pdf
from membership.papers.structure import Paper
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.membership.assemblies import HOURS, make_assembly, make_voorstel
from tests.membership.consultations import make_member
from tests.membership.paper_facts import words_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def lid(heideveld: Organisation) -> Person:
    return make_person("Contact", "contactpersoon", heideveld)


def soon(days: int = 30) -> datetime.datetime:
    at_noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return at_noon + days * DAY


def printed(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """What is printed from now on, before it is a PDF."""
    papers: list[Paper] = []

    def as_pdf(paper: Paper) -> bytes:
        papers.append(paper)
        return pdf.as_pdf(paper)

    monkeypatch.setattr(printing, "as_pdf", as_pdf)
    return papers


def convened(by: Person, days: int = 30, **facts: object) -> Assembly:
    """With one voorstel of two beslispunten."""
    assembly = make_assembly(starts_at=soon(days), **facts)
    make_voorstel(assembly)
    convening.convene(assembly, now=timezone.now(), by=by)
    assembly.refresh_from_db()
    return assembly


def after(assembly: Assembly) -> datetime.datetime:
    return assembly.ends_at


def told(event: str) -> list[str]:
    return list(Email.objects.filter(event=event).values_list("recipient", flat=True))


def test_beslispunten_are_split_as_seed_004_numbers_them() -> None:
    words = "1. Een task force in te stellen,\n   a. met leden\n   b. en taken\n2) Ja."
    assert beslispunten_of(words) == [
        "Een task force in te stellen,\n   a. met leden\n   b. en taken",
        "Ja.",
    ]
    assert beslispunten_of("Het fonds in te stellen.") == ["Het fonds in te stellen."]
    for wrong in ("1. Een\n3. Drie", "Vooraf\n1. Een"):
        with pytest.raises(ValueError, match="punt"):
            beslispunten_of(wrong)


def test_neither_the_day_of_the_convocation_nor_that_of_the_alv_counts() -> None:
    on = datetime.date(2026, 6, 12)
    assert terms.last_day_to_convene(on, 7) == datetime.date(2026, 6, 4)
    assert terms.first_day_to_hold(datetime.date(2026, 6, 4), 7) == on
    assert terms.days_before(["gewoon"], {"": 5, "statutenwijziging": 7}) == 5
    changes = ["gewoon", "statutenwijziging"]
    assert terms.days_before(changes, {"": 5, "statutenwijziging": 7}) == 7
    assert terms.days_before(changes, {"": 3}) == 7, "the law, when its term ended"


def test_a_tenth_of_the_votes_is_rounded_up() -> None:
    assert [terms.votes_needed(votes) for votes in (1, 10, 11, 340)] == [1, 1, 2, 34]


def test_every_lid_is_called_with_its_calendar_item_and_a_paper_that_stays(
    lid: Person, waterkant: Organisation, bestuur: Person
) -> None:
    make_person("Aspirant", "contactpersoon", waterkant)
    assembly = convened(bestuur)
    assert told("assembly_convened") == [lid.email]
    email = Email.objects.get(event="assembly_convened")
    assert "statuten" not in email.body
    assert "SUMMARY:Algemene ledenvergadering juni 2026" in email.calendar
    paper = assembly.papers.get()
    assert (paper.kind, bytes(paper.content[:5])) == ("oproeping", b"%PDF-")


def test_the_convocation_prints_a_note_as_the_portal_shows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    papers = printed(monkeypatch)
    assembly = make_assembly(note="Neem **uw** stukken mee.\n\n- parkeren kan")
    printing.oproeping_of(assembly, timezone.localdate(), statutes=False)
    words = words_of(papers[0])
    assert "Neem uw stukken mee." in words
    assert "- parkeren" not in words


def test_a_convocation_for_other_statuten_says_so(lid: Person, bestuur: Person) -> None:
    assembly = make_assembly(starts_at=soon())
    make_voorstel(assembly, kind="statutenwijziging")
    convening.convene(assembly, now=timezone.now(), by=bestuur)
    assert "wijziging van de statuten" in Email.objects.latest("pk").body


def test_it_is_not_convened_too_late_and_says_which_day_is_possible(
    lid: Person, bestuur: Person
) -> None:
    ConvocationTerm.objects.filter(kind="").update(days=10)
    assembly = make_assembly(starts_at=soon(10))
    make_voorstel(assembly)
    with pytest.raises(NotAllowed, match="Roept u vandaag op, dan kan de ALV vanaf"):
        convening.convene(assembly, now=timezone.now(), by=bestuur)
    assembly.starts_at += DAY
    assembly.ends_at += DAY
    assembly.save()
    convening.convene(assembly, now=timezone.now(), by=bestuur)
    assert told("assembly_convened") == [lid.email]


def test_only_the_bestuur_convenes_and_only_what_asks_something(
    lid: Person, bureau: Person, bestuur: Person
) -> None:
    assembly = make_assembly(starts_at=soon())
    with pytest.raises(NotAllowed, match="nog geen voorstel"):
        convening.convene(assembly, now=timezone.now(), by=bestuur)
    make_voorstel(assembly)
    with pytest.raises(NotAllowed, match="roept het bestuur bijeen"):
        convening.convene(assembly, now=timezone.now(), by=bureau)
    assert not told("assembly_convened")


def test_a_change_after_the_convocation_is_told_to_all(
    lid: Person, bureau: Person, bestuur: Person
) -> None:
    assembly = convened(bestuur)
    now = timezone.now()
    with pytest.raises(NotAllowed, match="Schrijf op"):
        convening.change(assembly, what=" ", place="Elders", now=now, by=bestuur)
    early = {"starts_at": soon(3), "ends_at": soon(3) + HOURS}
    with pytest.raises(NotAllowed, match="Te laat voor"):
        convening.change(assembly, what="Eerder.", **early, now=now, by=bestuur)
    convening.change(assembly, what="Andere zaal.", place="Elders", now=now, by=bestuur)
    file = ContentFile(b"%PDF-1.7 begroting", "begroting.pdf")
    drafting.lay_on_table(assembly, file, title="Begroting", voorstel=None, by=bureau)
    assert told("assembly_changed") == [lid.email] * 2
    with pytest.raises(NotAllowed, match="De agenda staat vast"):
        drafting.put_on_agenda(
            assembly, position=9, title="Nog iets", kind="gewoon", toelichting="x",
            beslispunten=["x"], by=bureau,
        )  # fmt: skip


def test_an_amendement_that_is_taken_over_changes_what_is_put_to_the_vote(
    lid: Person, heideveld: Organisation, bestuur: Person
) -> None:
    assembly = convened(bestuur, amend_until=soon(20))
    point = assembly.voorstellen.get().beslispunten.all()[0]
    now = timezone.now()
    facts: dict[str, Any] = {"explanation": "Het kan.", "now": now, "by": lid}
    one = amending.hand_in(point, heideveld, new_text="Stelt vast op 0,9%.", **facts)
    told = Email.objects.filter(event="assembly_changed").latest("pk").body
    assert "\nGemeente Heideveld diende een amendement in op beslispunt 1.1." in told
    two = amending.hand_in(point, heideveld, new_text="Stelt vast op 0,8%.", **facts)
    with pytest.raises(NotAllowed, match="Alleen wie het voorstel indiende"):
        amending.take_over(one, now=now, by=lid)
    amending.take_over(one, now=now, by=bestuur)
    with pytest.raises(NotAllowed, match="intussen anders"):
        amending.take_over(two, now=now, by=bestuur)
    amending.reject_amendement(two, now=now, by=bestuur)
    point.refresh_from_db()
    assert point.text == "Stelt vast op 0,9%."
    assert [row.status for row in Amendement.objects.order_by("number")] == [
        *("overgenomen", "verworpen")
    ]


def test_a_text_that_was_asked_already_is_no_second_amendement(
    lid: Person, heideveld: Organisation, bestuur: Person
) -> None:
    """Sent twice by accident, all members would be written to twice, and vote twice."""
    assembly = convened(bestuur, amend_until=soon(20))
    point = assembly.voorstellen.get().beslispunten.all()[0]
    now = timezone.now()
    facts: dict[str, Any] = {"explanation": "Het kan.", "now": now, "by": lid}
    one = amending.hand_in(point, heideveld, new_text="Stelt vast op 0,9%.", **facts)
    with pytest.raises(NotAllowed, match="al in amendement 1, van gemeente Heideveld"):
        amending.hand_in(point, heideveld, new_text="Stelt vast op 0,9%. ", **facts)
    amending.withdraw(one, now=now, by=lid)
    amending.hand_in(point, heideveld, new_text="Stelt vast op 0,9%.", **facts)


def test_after_the_moment_and_without_a_vote_there_are_no_amendementen(
    lid: Person, heideveld: Organisation, waterkant: Organisation, bestuur: Person
) -> None:
    assembly = convened(bestuur, amend_until=soon(20))
    point = assembly.voorstellen.get().beslispunten.all()[0]
    aspirant = make_person("Aspirant", "contactpersoon", waterkant)
    words = {"new_text": "Anders.", "explanation": "Daarom."}
    for organisation, by, at, why in (
        (heideveld, lid, soon(20), "kan nu niet meer"),
        (waterkant, aspirant, timezone.now(), "dient een lid in"),
        (heideveld, bestuur, timezone.now(), "dient een lid in"),
    ):
        with pytest.raises(NotAllowed, match=why):
            amending.hand_in(point, organisation, **words, now=at, by=by)


def test_what_is_adopted_has_an_identity_and_the_alv_closes_with_all_decided(
    lid: Person, bureau: Person, bestuur: Person
) -> None:
    assembly = convened(bestuur)
    first, second = assembly.voorstellen.get().beslispunten.all()
    besluit = adopt(first, "Aangenomen met 3 stemmen voor en 1 tegen.", bureau)
    assert besluit.reference == f"ALV-{assembly.on.isoformat()}-1.1"
    assert (besluit.text, besluit.taken_on) == (first.text, assembly.on)
    with pytest.raises(NotAllowed, match="al besloten"):
        reject(first, "Toch niet.", bureau)
    with pytest.raises(NotAllowed, match=r"punt 1\.2"):
        convening.close(assembly, now=after(assembly), by=bureau)
    reject(second, "Verworpen met 1 stem voor en 3 tegen.", bureau)
    with pytest.raises(NotAllowed, match="De ALV begint"):
        convening.close(assembly, now=timezone.now(), by=bureau)
    paper = convening.close(assembly, now=after(assembly), by=bureau)
    assert paper.kind == "besluitenlijst"
    told_of = Email.objects.get(event="assembly_closed").body
    assert "1.1 Bijdrage 2027: Aangenomen met 3 stemmen" in told_of
    assert "1.2 Bijdrage 2027: Verworpen met 1 stem" in told_of


def test_notulen_are_a_concept_until_a_later_alv_adopts_them(
    lid: Person, bureau: Person, bestuur: Person
) -> None:
    assembly = convened(bestuur)
    with pytest.raises(NotAllowed, match="Sluit eerst"):
        minutes.write(assembly, text="Geopend om 13:00 uur.", by=bureau)
    voorstel = assembly.voorstellen.get()
    now = timezone.now()
    drafting.take_off_agenda(voorstel, reason="Volgende keer.", now=now, by=bureau)
    convening.close(assembly, now=after(assembly), by=bureau)
    minutes.write(assembly, text="Geopend.", by=bureau)
    notulen = minutes.write(assembly, text="Geopend om 13:00 uur.", by=bureau)
    minutes.tell_concept(notulen, now=after(assembly), by=bureau)
    with pytest.raises(NotAllowed, match="latere ALV"):
        minutes.adopt_notulen(
            notulen, in_assembly=assembly, now=after(assembly), by=bureau
        )
    later = convened(bestuur, days=60, title="Volgende ALV")
    minutes.adopt_notulen(notulen, in_assembly=later, now=after(later), by=bureau)
    notulen.refresh_from_db()
    kinds = [paper.kind for paper in assembly.papers.order_by("pk")]
    assert (notulen.status, notulen.adopted_in) == ("vastgesteld", later)
    closed = ["besluitenlijst", "presentielijst"]
    assert kinds == ["oproeping", *closed, "concept", "notulen"]


def test_a_tenth_of_the_members_may_demand_an_alv_within_four_weeks(
    lid: Person, heideveld: Organisation, waterkant: Organisation,
    bureau: Person, bestuur: Person,
) -> None:  # fmt: skip
    for number in range(10):  # with Heideveld eleven members: two of them are needed
        other, _signer = make_member(f"GM91{number:02}", f"Lid{number}")
    today, now = timezone.localdate(), timezone.now()
    facts: dict[str, Any] = {"subject": "Het tarief", "now": now, "by": bureau}
    facts["received_on"] = today
    with pytest.raises(NotAllowed, match=r"2\s+stemmen nodig"):
        record_demand(organisations=[heideveld], **facts)
    with pytest.raises(NotAllowed, match="geen stem"):
        record_demand(organisations=[heideveld, waterkant], **facts)
    demand = record_demand(organisations=[heideveld, other], **facts)
    late = convened(bestuur, days=29)
    with pytest.raises(NotAllowed, match="niet tussen het verzoek"):
        answer_demand(demand, late, by=bureau)
    in_time = convened(bestuur, days=28)
    assert answer_demand(demand, in_time, by=bureau).assembly == in_time
    with pytest.raises(NotAllowed, match="al afgedaan"):
        end_demand(demand, reason="Ingetrokken.", now=now, by=bureau)


def test_what_is_wrong_with_a_new_alv_is_said_at_the_field(
    client: Client, bureau: Person
) -> None:
    client.force_login(bureau)
    form = {"title": "ALV", "kind": "gewoon", "place": "", "link": ""}
    form |= {"starts_at": "2027-05-24T13:00", "ends_at": "2027-05-24T12:00"}
    page = client.post(reverse("admin:membership_assembly_add"), form)
    assert page.context["adminform"].form.errors == {
        "ends_at": ["De ALV eindigt voordat zij begint."],
        "place": ["Vul een plaats of een link in."],
    }
    form |= {"place": "Utrecht", "starts_at": "0001-01-01T00:00"}
    page = client.post(reverse("admin:membership_assembly_add"), form)
    assert list(page.context["adminform"].form.errors) == ["starts_at"]
    assert (
        client.get(reverse("admin:membership_assembly_changelist")).status_code == 200
    )


def test_a_demand_that_cannot_be_is_refused_at_the_field(
    client: Client, lid: Person, heideveld: Organisation, bureau: Person
) -> None:
    for number in range(10):  # with Heideveld eleven members: two of them are needed
        make_member(f"GM91{number:02}", f"Lid{number}")
    client.force_login(bureau)
    add, today = reverse("admin:membership_assemblydemand_add"), timezone.localdate()
    form = {"subject": "Het tarief", "organisations": [heideveld.pk]}
    for day, field, why in (
        (today + datetime.timedelta(days=1), "received_on", "nog niet geweest"),
        (today, "organisations", "nodig: een tiende"),
    ):
        page = client.post(add, {**form, "received_on": f"{day:%d-%m-%Y}"})
        shown = page.context["adminform"].form
        assert list(shown.errors) == [field]
        assert why in shown.errors[field][0]
        assert shown["subject"].value() == "Het tarief"


def test_a_besluit_tells_what_rests_on_it(bureau: Person, client: Client) -> None:
    """The contribution that the first migrations bring rests on its decision."""
    besluit = AlvBesluit.objects.get(reference="ALV-2017-bijdrage")
    [row, *_] = resting_on(besluit, bureau)
    assert row.kind == "bijdrage aan de NVSI"
    assert "1%" in row.about
    assert besluit.cited == besluit.subject
    client.force_login(bureau)
    url = reverse("admin:membership_alvbesluit_change", args=[besluit.pk])
    assert row.about in client.get(url).content.decode()


def test_the_history_says_what_was_done(lid: Person, bestuur: Person) -> None:
    assembly = convened(bestuur)
    rows = HistoryEvent.objects.filter(
        subject_type="membership.assembly", subject_id=assembly.pk
    )
    assert list(rows.order_by("pk").values_list("action", flat=True)) == [
        *("draft>convened", "paper added")
    ]
