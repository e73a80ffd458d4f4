"""Datalekken on the screen: who sees what, what is filled in, and the register."""

import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types

from contracts.breaches import closing, recording
from contracts.breaches.reading import fresh
from contracts.breaches.rules import Outcome, Stage
from contracts.breaches.words import moment
from contracts.models.breaches import Breach
from contracts.signing import verify
from membership.models import Email, Organisation, Person
from tests.conftest import make_person
from tests.contracts.breaches import (
    HOUR,
    KNOWN,
    be_reached,
    college_of,
    decide,
    discover,
    tell,
)

pytestmark = pytest.mark.django_db


def at(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def facts(**changes: str) -> dict[str, str]:
    """A report as somebody fills it in."""
    return {
        "key": f"{uuid4()}",
        "discovered_at": at(timezone.now() - 3 * HOUR),
        "discovered_by": "medewerker",
        "nature": "lost",
        "what": "Een laptop is kwijt.",
        **changes,
    }


def shown(client: Client, breach: Breach) -> str:
    page = client.get(reverse("breach-detail", args=[breach.number]))
    assert page.status_code == 200
    return page.content.decode().replace("\u00a0", " ")


def button(breach: Breach, name: str) -> str:
    return reverse(f"admin:contracts_breach_{name}", args=[breach.pk])


def press(client: Client, breach: Breach, name: str, **said: Any) -> str:
    page = client.post(button(breach, name), said, follow=True)
    assert page.redirect_chain, page.context["form"].errors
    return page.content.decode().replace("\u00a0", " ")


def test_a_gemeente_reports_and_sees_its_own_clock(
    client: Client, heideveld: Organisation, lezer: Person, vreemde: Person
) -> None:
    client.force_login(lezer)
    url = reverse("breach-report")
    tomorrow = at(timezone.now() + 24 * HOUR)
    refused = client.post(url, facts(discovered_at=tomorrow, what="BSN 111222333"))
    assert refused.status_code == 422
    words = refused.content.decode()
    assert "in de toekomst" in words
    assert "burgerservicenummer" in words
    done = client.post(url, facts(), follow=True).content.decode()
    breach = Breach.objects.get()
    assert f"Uw melding is ontvangen: {breach.number}." in done
    assert "Nog 68 uur" in done
    assert fresh(breach).instruments == ["Flexensie"]
    assert breach.number in client.get(reverse("breach-list")).content.decode()
    client.force_login(vreemde)
    assert client.get(f"/datalekken/{breach.number}/").status_code == 404
    assert breach.number not in client.get(reverse("breach-list")).content.decode()


def test_a_college_sees_nothing_before_it_was_told_and_nothing_of_others(
    client: Client,
    heideveld: Organisation,
    noorderhage: Organisation,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
) -> None:
    breach = discover(bureau, heideveld, noorderhage)
    tell(breach, heideveld, by=bureau)
    decide(breach, heideveld, by=bureau)
    client.force_login(vreemde)
    assert client.get(f"/datalekken/{breach.number}/").status_code == 404
    tell(breach, noorderhage, by=bureau)
    page = shown(client, breach)
    assert "Heideveld" not in page
    other = college_of(breach, heideveld)
    letter = reverse("breach-letter", args=[breach.number, other.pk, "pdf"])
    assert client.get(letter).status_code == 404
    own = college_of(breach, noorderhage)
    letter = reverse("breach-letter", args=[breach.number, own.pk, "pdf"])
    sent = client.get(letter).content
    assert sent.startswith(b"%PDF")
    checked = verify.check(sent)
    assert checked.other is not None
    assert checked.other.rows == (("Soort", "brief over een datalek"),)
    assert client.get(letter.replace(".pdf", ".docx")).status_code == 404
    financial = make_person("Financien", "financieel", noorderhage)
    client.force_login(financial)
    assert client.get(f"/datalekken/{breach.number}/").status_code == 404
    client.force_login(bureau)
    assert client.get(letter.replace(".pdf", ".docx")).status_code == 200


def test_a_college_says_what_it_decided(
    client: Client, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    breach = discover(bureau, heideveld)
    tell(breach, heideveld, by=bureau)
    client.force_login(lezer)
    ap = reverse("breach-authority", args=[breach.number])
    now = at(timezone.now())
    for said, words, status in [
        ({"outcome": "reported", "at": now}, "Vul in wie het heeft gemeld", 409),
        ({"outcome": "not_reported", "at": now}, "geen melding komt", 409),
        ({"outcome": "left", "at": now}, "Kies wat uw college", 422),
        ({"outcome": "reported", "who": "fg", "at": "x"}, "Schrijf de dag", 422),
    ]:
        refused = client.post(ap, said)
        assert refused.status_code == status
        assert words in refused.content.decode()
    said = {"outcome": "reported", "at": now, "who": "de fg", "number": "AP-7"}
    assert client.post(ap, said).status_code == 302
    page = shown(client, breach)
    assert "Gemeld aan de AP" in page
    assert "nummer AP-7" in page
    people = reverse("breach-people", args=[breach.number])
    assert client.post(people, {"outcome": "people_not_told"}).status_code == 422
    assert client.get(people).status_code == 405


def test_a_college_that_decides_itself_is_told_until_when_also_after_closing(
    client: Client,
    heideveld: Organisation,
    lezer: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    breach = discover(bureau, heideveld)
    tell(breach, heideveld, by=bureau)
    now = timezone.now()
    known: dict[str, Any] = {"now": now, "by": bureau}
    [one] = fresh(breach).colleges
    recording.decide_authority(one.row, Outcome.LEFT, at=now, **known)
    closing.propose(breach, "handled", words="Gedaan.", **known)
    closing.close(breach, now=now, by=bestuur)
    client.force_login(lezer)
    assert one.standing.until
    until = moment(one.standing.until).replace("\xa0", " ")
    page = shown(client, breach)
    assert f"besluit zelf over een melding aan de AP, uiterlijk op {until}" in page
    assert "vullen wij aan" not in page
    rows = client.get(reverse("breach-list")).text.replace("\xa0", " ")
    assert f"uw college besluit zelf, uiterlijk {until}" in rows
    assert "niets te doen" not in rows


def test_an_uitvoerder_sees_what_it_reported_and_no_decision(
    client: Client,
    heideveld: Organisation,
    flexensie_nederland: Organisation,
    backoffice: Person,
    bureau: Person,
) -> None:
    client.force_login(backoffice)
    url = reverse("breach-report")
    assert "gemeente Heideveld" in client.get(url).content.decode()
    client.post(url, facts(colleges=f"{heideveld.pk}"))
    breach = Breach.objects.get()
    assert "<dd>gemeente Heideveld</dd>" in shown(client, breach)
    be_reached(heideveld)
    tell(breach, heideveld, by=bureau)
    decide(breach, heideveld, by=bureau)
    page = shown(client, breach)
    assert "Gemeente Heideveld is geïnformeerd" in page
    assert "Geen risico" not in page
    ap = reverse("breach-authority", args=[breach.number])
    assert client.post(ap, {"outcome": "reported"}).status_code == 404
    more = reverse("breach-more", args=[breach.number])
    assert "Een laptop is kwijt." in client.get(more).content.decode()
    said = {"nature": "lost", "what": "Een laptop is kwijt.", "people_count": "3",
            "shown": f"{fresh(breach).description.pk}"}  # fmt: skip
    done = client.post(more, said, follow=True).content.decode()
    assert "ongeveer 3\u00a0mensen" in done
    assert Email.objects.get(event="breach_described").recipient == bureau.email
    other = discover(bureau, heideveld)
    for name in ("breach-detail", "breach-more"):
        page = reverse(name, args=[other.number])
        assert client.get(page).status_code == 404


def test_the_bureau_writes_down_a_call_and_handles_it_to_the_end(
    client: Client,
    heideveld: Organisation,
    noorderhage: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    client.force_login(bureau)
    url = reverse("admin:contracts_breach_report")
    assert client.post(url, facts(nature="x")).status_code == 200
    done = client.post(url, facts(caller="fg van Heideveld"), follow=True)
    breach = Breach.objects.get()
    assert f"Vastgelegd: {breach}." in done.content.decode()
    assert "nog niet bekend" in press(
        client, breach, "concern", colleges=f"{heideveld.pk}", code="gm9003"
    )
    found = {name: value for name, value in vars(KNOWN).items() if value}
    found["shown"] = fresh(breach).description.pk
    assert "aangevuld" in press(client, breach, "describe", **found)
    first, other = fresh(breach).colleges
    spoken = at(timezone.now() - HOUR)
    press(client, breach, "speak", college=first.row.pk, at=spoken, who="de fg")
    early = client.post(
        button(breach, "speak"),
        {"college": first.row.pk, "at": at(timezone.now() - 9 * HOUR), "who": "x"},
    )
    assert "voor de ontdekking" in early.content.decode()
    press(client, breach, "aside", college=other.row.pk, words="Andere gegevens.")
    typed = {"outcome": "handled", "words": "Alles is gedaan."}
    refused = client.post(button(breach, "propose"), typed).text
    assert "Gemeente Heideveld heeft nog geen brief." in refused
    assert "Alles is gedaan." in refused  # what was typed is not lost
    be_reached(heideveld)
    sent = press(client, breach, "write", colleges=first.row.pk, words="Wij belden.")
    assert "1 organisatie krijgt" in sent
    assert 'Zoals verstuurd (PDF)</a><a class="own-line"' in sent
    assert "Aanvulling om aan te passen (DOCX)" in sent
    asks = client.get(button(breach, "authority")).text
    assert "Melding aan de AP: " in asks
    press(client, breach, "authority", college=first.row.pk, outcome="not_reported",
          at=spoken, words="Geen risico.")  # fmt: skip
    press(client, breach, "people", college=first.row.pk, outcome="people_told",
          at=spoken, words="Per brief.")  # fmt: skip
    press(client, breach, "measure", at=spoken, words="Wachtwoord gewijzigd.")
    proposed = press(client, breach, "propose", outcome="handled", words="Klaar.")
    assert button(breach, "keep-open") in proposed
    assert button(breach, "close") not in proposed
    seen = client.get(button(breach, "close")).context["form"]["fingerprint"].value()
    assert "sluit niet zelf af" in press(client, breach, "close", fingerprint=seen)
    client.force_login(bestuur)
    stale = client.post(button(breach, "close"), {"fingerprint": "0-0-0"})
    assert stale.status_code == 409
    press(client, breach, "keep-open", words="Nog even.")
    press(client, breach, "propose", outcome="handled", words="Nu wel.")
    client.force_login(bureau)
    seen = client.get(button(breach, "close")).context["form"]["fingerprint"].value()
    assert "is afgesloten" in press(client, breach, "close", fingerprint=seen)
    assert fresh(breach).stage == Stage.CLOSED
    assert "weer open" in press(client, breach, "reopen", words="Er is meer.")


def test_the_register_has_all_that_the_law_asks(
    client: Client, heideveld: Organisation, bureau: Person
) -> None:
    breach = discover(bureau, heideveld, found=KNOWN)
    tell(breach, heideveld, by=bureau)
    decide(breach, heideveld, by=bureau)
    client.force_login(bureau)
    content = client.get(reverse("admin:contracts_breach_workbook")).content
    book = load_workbook(BytesIO(content))
    rows = [[cell.value for cell in row] for row in book["Datalekken"].iter_rows()]
    said = dict(zip(rows[0], rows[1], strict=True))
    assert said["Nummer"] == breach.number
    assert said["Gevolgen"] == KNOWN.consequences
    assert said["Maatregelen"] == KNOWN.measures
    rows = [[cell.value for cell in row] for row in book["Colleges"].iter_rows()]
    said = dict(zip(rows[0], rows[1], strict=True))
    assert said["Besluit AP"] == "niet gemeld aan de AP"
    assert said["Reden"] == "Geen risico voor de kandidaten."
    content = client.get(reverse("admin:contracts_breach_paper")).content
    with pikepdf.open(BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Register van datalekken")
