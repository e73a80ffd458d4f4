"""The pages of a dossier: who sees what, each form, what is refused, and where."""

import datetime
import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.admission import dossiers, recording
from membership.admission.steps import Step
from membership.models import (
    Dossier,
    Email,
    Mandate,
    Organisation,
    Person,
    Role,
    StepAsk,
    StepDraft,
    Wish,
)
from tests.conftest import SINCE, make_person
from tests.membership.dossiers import PAPER, VOORHANG, day_of, take, take_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(noorderhage: Organisation, bureau: Person) -> Dossier:
    return dossiers.open_dossier(noorderhage, "lid", by=bureau)


@pytest.fixture
def client(vreemde: Person) -> Client:
    client = Client()
    client.force_login(vreemde)
    return client


@pytest.fixture
def griffier(noorderhage: Organisation) -> Client:
    client = Client()
    client.force_login(make_person("Griffier", "contactpersoon", noorderhage))
    return client


def at(dossier: Dossier, step: Step) -> str:
    return reverse("dossier-step", args=[dossier.number, step])


def page(dossier: Dossier) -> str:
    return reverse("dossier-detail", args=[dossier.number])


def words(response: Any) -> str:
    text = re.sub(r"<[^>]*>", "", response.content.decode())
    return html.unescape(re.sub(r"\s+", " ", text))


def pdf(name: str = "besluit.pdf", content: bytes = PAPER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.with_steps().get(pk=dossier.pk)


def until(dossier: Dossier, step: Step, *, by: Person, bureau: Person) -> None:
    """Everything before a step of the voorhang."""
    take_all(dossier, VOORHANG[: VOORHANG.index(step)], by=by, bureau=bureau)


def on(step: Step) -> str:
    return f"{day_of(step)}"


def test_the_whole_voorhang_by_the_forms(
    dossier: Dossier, client: Client, bureau: Person, bestuur: Person
) -> None:
    until_ = day_of(Step.HEARD) - datetime.timedelta(days=1)
    wish = {
        "kind": "wens",
        "by_whom": "fractie Water",
        "words": "Houd ons op de hoogte",
    }
    said: list[tuple[Step, dict[str, Any]]] = [
        (
            Step.WEIGHED,
            {
                "is_far_reaching": "nee",
                "outcome": "voorhang",
                "weighs_own_say": "on",
                "why_own_say": "Wij bepalen het zelf.",
            },
        ),
        (Step.PROPOSED, {}),
        (Step.DRAFTED, {"papers": pdf("ontwerp.pdf")}),
        (Step.SENT, {"until": f"{until_}"}),
        (Step.HEARD, {"outcome": "given"}),
        (Step.ANSWERED, {}),
        (Step.DECIDED, {"number": "2026/114", "papers": pdf()}),
        (Step.APPLIED, {"signer_name": "M. de Boer", "papers": pdf("aanmelding.pdf")}),
    ]
    for step, values in said:
        if step == Step.HEARD:
            client.post(reverse("wish-new", args=[dossier.number]), wish)
        if step == Step.ANSWERED:
            values[f"answer_{Wish.objects.get().pk}"] = "Dat doen wij."
        response = client.post(at(dossier, step), {"on": on(step), **values})
        assert response.status_code == 302, words(response)
        assert fresh(dossier).standing_step(step)
    text = words(client.get(page(dossier)))
    assert "Wij controleren uw aanmelding en de stukken. U hoeft niets te doen." in text
    for fact in ("Wij bepalen het zelf.", "Nummer 2026/114", "Dat doen wij.",
                 "Getekend door M. de Boer, burgemeester", "ontwerp.pdf"):  # fmt: skip
        assert fact in text
    take(fresh(dossier), Step.CHECKED, by=bureau, bureau=bureau)
    dossiers.admit(dossier, starts_on=timezone.localdate(), by=bestuur)
    assert "Uw organisatie is toegelaten." in words(client.get(page(dossier)))
    text = words(client.get(reverse("membership")))
    assert "is lid, sinds" in text
    assert f"Dossier {dossier.number}: lid worden toegelaten" in text


def test_who_wants_to_inform_only_is_warned_first(
    dossier: Dossier, client: Client
) -> None:
    said = {"on": on(Step.WEIGHED), "is_far_reaching": "nee", "outcome": "inform"}
    warned = client.post(at(dossier, Step.WEIGHED), said)
    assert warned.status_code == 200
    assert "wensen en bedenkingen ter kennis van het college te brengen" in words(
        warned
    )
    assert "niet goed ingevuld" not in words(warned)
    assert not dossier.steps.exists()
    refused = client.post(at(dossier, Step.WEIGHED), {**said, "warned": "1"})
    assert refused.status_code == 422
    for sentence in ("Motiveer waarom", "Lees wat de wet zegt"):
        assert sentence in words(refused)
    given = {
        **said,
        "warned": "1",
        "words": "Geen nieuw instrument.",
        "understood": "on",
    }
    assert client.post(at(dossier, Step.WEIGHED), given).status_code == 302
    text = words(client.get(page(dossier)))
    assert "Wij beoordelen uw motivering om de raad alleen te informeren." in text


def test_what_is_far_reaching_goes_by_the_voorhang(
    dossier: Dossier, client: Client
) -> None:
    said = {"on": on(Step.WEIGHED), "is_far_reaching": "ja", "outcome": "inform",
            "warned": "1", "words": "Toch.", "understood": "on"}  # fmt: skip
    response = client.post(at(dossier, Step.WEIGHED), said)
    assert "Kies de voorhang." in words(response)
    assert not dossier.steps.exists()


@pytest.mark.parametrize(
    ("step", "values", "field", "why"),
    [
        (Step.DRAFTED, {"on": "2030-01-01", "papers": True}, "on", "in de toekomst"),
        (Step.DRAFTED, {"on": "2001-01-01", "papers": True}, "on", "komt na"),
        (Step.DRAFTED, {"on": "31-02-2026"}, "on", "bestaat niet"),
        (Step.DRAFTED, {}, "papers", "Voeg het stuk toe"),
        (Step.DRAFTED, {"papers": b"<html>"}, "papers", "geen PDF"),
        (Step.SENT, {"until": "2001-01-01"}, "until", "een dag na de toezending"),
        (Step.SENT, {"until": ""}, "until", "Vul de datum in"),
        (Step.HEARD, {"outcome": ""}, "outcome", "Kies wat de raad"),
        (Step.HEARD, {"outcome": "given"}, "", "Leg eerst elke wens"),
        (Step.HEARD, {"outcome": "lapsed", "on": "sent"}, "on", "kan nog reageren"),
        (Step.HEARD, {"outcome": "none", "words": "Over 123456782"}, "words", "BSN"),
        (
            Step.APPLIED,
            {"signer_name": "", "papers": True},
            "signer_name",
            "wie tekende",
        ),
    ],
)
def test_a_refusal_stands_at_its_field_and_in_the_summary(
    dossier: Dossier,
    client: Client,
    vreemde: Person,
    bureau: Person,
    step: Step,
    values: dict[str, Any],
    field: str,
    why: str,
) -> None:
    until(dossier, step, by=vreemde, bureau=bureau)
    papers = values.get("papers")
    values = {"on": on(step), **values}
    if values["on"] == "sent":
        values["on"] = on(Step.SENT)
    if papers:
        content = papers if isinstance(papers, bytes) else PAPER
        values["papers"] = pdf(content=content)
    response = client.post(at(dossier, step), values)
    assert response.status_code in (409, 422)
    text = response.content.decode()
    summary = text[text.index("error-summary") : text.index("</ul>", text.index(
        "error-summary"))]  # fmt: skip
    assert why in html.unescape(summary)
    if field:
        assert f'href="#id_{field}"' in summary
        assert f'id="id_{field}"' in text
    assert "<title>Fout: " in text
    assert fresh(dossier).standing_step(step) is None


def test_half_a_form_is_kept_for_a_colleague_and_gone_once_it_is_recorded(
    dossier: Dossier, client: Client, griffier: Client, vreemde: Person, bureau: Person
) -> None:
    until(dossier, Step.SENT, by=vreemde, bureau=bureau)
    half = {"on": "", "until": on(Step.HEARD), "bewaar": "1", "papers": pdf()}
    assert client.post(at(dossier, Step.SENT), half).status_code == 302
    draft = StepDraft.objects.get()
    assert draft.values == {"until": on(Step.HEARD)}
    assert not dossier.evidence.filter(kind=Step.SENT).exists()
    assert "Vreemde begon al" in words(griffier.get(page(dossier)))
    form = griffier.get(at(dossier, Step.SENT))
    assert f'value="{on(Step.HEARD)}"' in form.content.decode()
    assert "U gaat verder met wat Vreemde op" in words(form)
    full = {"on": on(Step.SENT), "until": on(Step.HEARD), "version": "1"}
    assert griffier.post(at(dossier, Step.SENT), full).status_code == 302
    assert not StepDraft.objects.exists()


def test_a_draft_is_not_written_over_and_holds_no_bsn(
    dossier: Dossier, client: Client, griffier: Client
) -> None:
    where = at(dossier, Step.WEIGHED)
    mine = {"why_own_say": "Van ons.", "bewaar": "1", "version": "0"}
    client.post(where, mine)
    again = client.post(where, mine)
    assert again.status_code == 302, "sent twice counts once"
    theirs = griffier.post(where, {"why_own_say": "Anders.", "bewaar": "1",
                                   "version": "0"})  # fmt: skip
    assert theirs.status_code == 409
    assert "Vreemde heeft deze stap intussen ook bewaard" in words(theirs)
    assert "Anders." in words(theirs)
    odd = {"why_own_say": "Van\x00 ons.", "bewaar": "1", "version": "9" * 5_000}
    assert client.post(where, odd).status_code == 302
    bsn = client.post(where, {"why_own_say": "Van 123456782", "bewaar": "1",
                              "version": "1"})  # fmt: skip
    assert bsn.status_code == 409
    assert StepDraft.objects.get().values == {"why_own_say": "Van ons."}


def test_when_a_colleague_was_first_nothing_is_overwritten(
    dossier: Dossier, client: Client, griffier: Client
) -> None:
    said = {"on": on(Step.WEIGHED), "is_far_reaching": "nee", "outcome": "voorhang"}
    assert client.post(at(dossier, Step.WEIGHED), said).status_code == 302
    assert client.post(at(dossier, Step.WEIGHED), said).status_code == 302
    late = griffier.post(at(dossier, Step.WEIGHED), {**said, "words": "Ik ook."})
    assert late.status_code == 409
    assert "Vreemde heeft deze stap intussen vastgelegd." in words(late)
    assert "Ik ook." in words(late), "what was typed is not lost"
    assert dossier.steps.count() == 1


def test_a_step_is_changed_and_its_paper_replaced(
    dossier: Dossier, client: Client, vreemde: Person, bureau: Person
) -> None:
    until(dossier, Step.SENT, by=vreemde, bureau=bureau)
    row, old = fresh(dossier).standing_step(Step.DRAFTED), dossier.evidence.get()
    assert row is not None
    form = client.get(at(dossier, Step.DRAFTED))
    assert f'name="seen" value="{row.pk}"' in form.content.decode()
    said = {"on": on(Step.DRAFTED), "seen": row.pk, "without": [old.pk],
            "papers": pdf("nieuw.pdf", b"%PDF-1.7 nieuw")}  # fmt: skip
    assert client.post(at(dossier, Step.DRAFTED), said).status_code == 302
    text = words(client.get(page(dossier)))
    assert "nieuw.pdf" in text
    assert "besluit.pdf" not in text
    kept = client.get(reverse("dossier-paper", args=[dossier.number, old.pk]))
    assert kept.status_code == 200, "what was replaced stays as history"


def test_the_step_of_later_leads_back_with_why(
    dossier: Dossier, client: Client
) -> None:
    response = client.get(at(dossier, Step.DECIDED), follow=True)
    assert "Eerst komt de stap 'Afweging'" in words(response)


def test_somebody_with_a_mandate_signs(
    dossier: Dossier, client: Client, vreemde: Person, bureau: Person,
    noorderhage: Organisation, heideveld: Organisation,
) -> None:  # fmt: skip
    until(dossier, Step.APPLIED, by=vreemde, bureau=bureau)
    facts = {"function": "directeur", "purpose": "membership", "decided_on": SINCE,
             "starts_on": SINCE}  # fmt: skip
    ours = Mandate.objects.create(organisation=noorderhage, name="K. Vos", **facts)
    theirs = Mandate.objects.create(organisation=heideveld, name="L. Bos", **facts)
    assert "L. Bos" not in words(client.get(at(dossier, Step.APPLIED)))
    said = {"on": on(Step.APPLIED), "papers": pdf()}
    wrong = client.post(at(dossier, Step.APPLIED), {**said, "mandate": theirs.pk})
    assert wrong.status_code == 422
    right = {**said, "papers": pdf(), "mandate": ours.pk}
    assert client.post(at(dossier, Step.APPLIED), right).status_code == 302
    row = fresh(dossier).standing_step(Step.APPLIED)
    assert row is not None
    assert (row.signer_name, row.mandate) == ("K. Vos", ours)


def test_a_wish_is_mended_and_twice_the_same_is_one(
    dossier: Dossier, client: Client, vreemde: Person, bureau: Person
) -> None:
    until(dossier, Step.HEARD, by=vreemde, bureau=bureau)
    said = {"kind": "wens", "by_whom": "fractie Water", "words": "Meer"}
    for _ in range(2):
        client.post(reverse("wish-new", args=[dossier.number]), said)
    wish = Wish.objects.get()
    where = reverse("wish-change", args=[dossier.number, wish.pk])
    assert "Meer" in client.get(where).content.decode()
    client.post(where, {**said, "kind": "bedenking", "words": "Minder"})
    wish.refresh_from_db()
    assert (wish.kind, wish.words) == ("bedenking", "Minder")
    assert client.post(where, {**said, "words": ""}).status_code == 422


def test_a_stranger_finds_nothing(
    dossier: Dossier, lezer: Person, vreemde: Person, bureau: Person
) -> None:
    until(dossier, Step.HEARD, by=vreemde, bureau=bureau)
    paper = dossier.evidence.get()
    recording.add_note(dossier, "Welkom", by=bureau)
    stranger = Client()
    stranger.force_login(lezer)
    number = dossier.number
    addresses: list[tuple[str, list[Any]]] = [
        ("dossier-detail", [number]),
        ("dossier-step", [number, Step.HEARD]),
        ("dossier-ask", [number, Step.HEARD]),
        ("dossier-paper", [number, paper.pk]),
        ("dossier-withdraw", [number]),
        ("wish-new", [number]),
    ]
    for name, args in addresses:
        where = reverse(name, args=args)
        assert stranger.get(where).status_code == 404, name
        if name != "dossier-paper" and name != "dossier-detail":
            assert stranger.post(where, {"text": "x"}).status_code == 404, name
    note = reverse("dossier-note", args=[number])
    assert stranger.post(note, {"text": "Hallo"}).status_code == 404


def test_a_paper_of_another_dossier_is_not_found_through_ones_own(
    dossier: Dossier, client: Client, bureau: Person, heideveld: Organisation,
    waterkant: Organisation,
) -> None:  # fmt: skip
    other = dossiers.open_dossier(waterkant, "lid", by=bureau)
    take_all(other, VOORHANG[:3], by=bureau, bureau=bureau)
    paper = other.evidence.get()
    where = reverse("dossier-paper", args=[dossier.number, paper.pk])
    assert client.get(where).status_code == 404


def test_a_paper_is_saved_and_never_shown(
    dossier: Dossier, client: Client, vreemde: Person, bureau: Person
) -> None:
    until(dossier, Step.DRAFTED, by=vreemde, bureau=bureau)
    said = {"on": on(Step.DRAFTED), "papers": pdf("ontwérp café.pdf")}
    client.post(at(dossier, Step.DRAFTED), said)
    paper = dossier.evidence.get()
    response = client.get(reverse("dossier-paper", args=[dossier.number, paper.pk]))
    assert response.content == PAPER
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''ontw%C3%A9rp_caf%C3%A9.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_an_internal_note_is_never_on_the_page(
    dossier: Dossier, client: Client, bureau: Person
) -> None:
    recording.add_note(dossier, "Bel de wethouder", by=bureau, is_internal=True)
    recording.add_note(dossier, "Welkom", by=bureau)
    own = Client()
    own.force_login(bureau)
    for who in (client, own):
        text = words(who.get(page(dossier)))
        assert "Welkom" in text
        assert "Bel de wethouder" not in text


def test_somebody_writes_to_the_bureau_once(dossier: Dossier, client: Client) -> None:
    where = reverse("dossier-note", args=[dossier.number])
    for _ in range(2):
        assert client.post(where, {"text": "Wanneer?"}).status_code == 302
    assert dossier.notes.count() == 1
    refused = client.post(where, {"text": "Het BSN is 123456782"})
    assert refused.status_code == 422
    assert "BSN" in words(refused)


def test_withdrawing_asks_first(dossier: Dossier, client: Client) -> None:
    where = reverse("dossier-withdraw", args=[dossier.number])
    assert "kunt dit niet ongedaan maken" in words(client.get(where))
    client.post(where, {"reason": "Geen steun", "zeker": "1"})
    assert fresh(dossier).status == Dossier.Status.WITHDRAWN
    text = words(client.get(page(dossier)))
    assert "Geen steun" in text
    assert client.get(where).status_code == 404
    closed = client.get(at(dossier, Step.WEIGHED), follow=True)
    assert "is afgerond" in words(closed)


def test_a_colleague_is_asked_and_it_shows_until_it_is_done(
    dossier: Dossier, client: Client, vreemde: Person, bureau: Person
) -> None:
    until(dossier, Step.HEARD, by=vreemde, bureau=bureau)
    where = reverse("dossier-ask", args=[dossier.number, Step.HEARD])
    said = {"name": "M. Visser", "email": "M.Visser@nvsi.example", "words": "Weet jij?"}
    for _ in range(2):
        assert client.post(where, said).status_code == 302
    colleague = Person.objects.get(email="m.visser@nvsi.example")
    assert colleague.roles.get().organisation == dossier.organisation
    assert StepAsk.objects.get().person == colleague
    asked = Email.objects.get(event="colleague_asked")
    assert "Weet jij?" in asked.body
    assert at(dossier, Step.HEARD) in asked.body
    assert Email.objects.filter(event="invitation").count() == 1
    shown = "Gevraagd aan M. Visser, door Vreemde"
    assert shown in words(client.get(page(dossier)))
    take(fresh(dossier), Step.HEARD, by=colleague, bureau=bureau)
    assert shown not in words(client.get(page(dossier)))


@pytest.mark.parametrize(
    ("email", "why"),
    [
        ("vreemde@nvsi.example", "uw eigen adres"),
        ("iemand@elders.example", "niet van uw organisatie"),
        ("weg@nvsi.example", "kan niet worden ingelogd"),
        ("geen adres", "geen e-mailadres"),
    ],
)
def test_who_is_no_colleague_is_not_asked(
    dossier: Dossier, client: Client, email: str, why: str
) -> None:
    gone = Person.objects.create_user("weg@nvsi.example", "Geheim")
    gone.is_active = False
    gone.save()
    before = Role.objects.count()
    where = reverse("dossier-ask", args=[dossier.number, Step.WEIGHED])
    response = client.post(where, {"name": "Iemand", "email": email})
    assert why in words(response)
    assert "Geheim" not in words(response)
    assert Role.objects.count() == before


def test_the_bureau_records_from_papers_and_asks_no_colleague(
    dossier: Dossier, bureau: Person, penningmeester: Person
) -> None:
    client = Client()
    client.force_login(bureau)
    assert "U legt dit vast namens gemeente Noorderhage" in words(
        client.get(at(dossier, Step.WEIGHED))
    )
    asks = reverse("dossier-ask", args=[dossier.number, Step.WEIGHED])
    assert client.get(asks).status_code == 404
    client.force_login(penningmeester)
    assert client.get(page(dossier)).status_code == 200
    assert client.get(at(dossier, Step.WEIGHED)).status_code == 404


def test_home_says_what_is_next_in_the_dossier(
    dossier: Dossier, client: Client, vreemde: Person, bureau: Person
) -> None:
    assert "Weeg af of het lidmaatschap" in words(client.get("/"))
    until(dossier, Step.CHECKED, by=vreemde, bureau=bureau)
    text = words(client.get("/"))
    assert "Wij vragen nu niets van u." in text
    assert "Wij controleren uw aanmelding" in text


def test_who_only_sits_in_a_regiegroep_sees_no_dossier(
    dossier: Dossier, noorderhage: Organisation
) -> None:
    client = Client()
    client.force_login(make_person("Regie", "regiegroeplid", noorderhage))
    assert client.get(page(dossier)).status_code == 404
    assert dossier.number not in words(client.get(reverse("membership")))
    assert dossier.number not in words(client.get("/"))


def test_the_page_takes_a_fixed_number_of_queries(
    dossier: Dossier, client: Client, vreemde: Person, bureau: Person,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    client.get(page(dossier))
    with django_assert_max_num_queries(22):
        client.get(page(dossier))
    until(dossier, Step.CHECKED, by=vreemde, bureau=bureau)
    with django_assert_max_num_queries(22):
        client.get(page(dossier))
