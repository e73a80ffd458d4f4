"""How each e-mail looks, in a wide and a narrow window, by day and in the dark."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from billing.models import SettlementRun
from billing.models.settlements import Settlement
from membership import emails
from membership.email_html import html_of
from membership.models import Email, Person, Role, SignerProposal
from nvsi.dutch import half_year
from tests.browser.conftest import ROOT, Portal
from tests.browser.test_contactpersoon import Shoot, too_wide, violations

EVENTS = sorted(path.stem for path in (ROOT / "templates" / "emails").glob("*.txt"))
WIDE, SMALL = 600, 360
# An e-mail has no landmarks of its own: the program that shows it does.
LETTER = SimpleNamespace(
    number="Lbr 26/001",
    subject="Norm voor Opdrachtgeverschap",
    summary="Elke regio wijst een aanspreekpunt aan.\n\nWij vragen u dit te bespreken.",
    corrects=SimpleNamespace(number="Lbr 25/012"),
)
OF_THE_PROGRAM = re.compile("region:|landmark-")


def ending(person: Person) -> Role:
    """His role as it is when he stops; not saved."""
    role = person.roles.get()
    role.ends_on = timezone.localdate()
    return role


def proposal(person: Person) -> SignerProposal:
    """Somebody who may not sign yet, and why; not saved."""
    return SignerProposal(
        organisation=person.roles.get().organisation,
        name="B. de Burger",
        function="burgemeester",
        email="burgemeester@nvsi.example",
        status=SignerProposal.Status.DECLINED,
        reason="Er is nog geen mandaatbesluit.",
        by=person,
    )


def facts_of(event: str, portal: Portal) -> dict[str, Any]:
    """What the verbs of an event would tell."""
    settlement = Settlement.objects.approved().select_related("period").latest("pk")
    page = f"{settings.SITE_URL}/afrekeningen/{settlement.number}/"
    link = f"{settings.SITE_URL}/uitnodiging/MTI/cq2x-0b5f6a3f4f0f4f0f6a3f4f0f4f0f/"
    asker, bureau = portal.story.people["A. Jansen"], portal.story.people["Bureau"]
    upload = {"pk": 7, "file_name": "uren-2026-H1.csv", "status": "refused"}
    own: dict[str, dict[str, Any]] = {
        "login_changed": {
            "what": "Uw wachtwoord is gewijzigd.",
            "at": timezone.localtime(),
        },
        "application_confirm": {"link": link, "days": 7},
        "colleague_asked": {
            "by": asker,
            "words": "Weet jij dit?\nIk niet.",
            "ask": SimpleNamespace(sentence="Leg vast wat de raad liet weten."),
        },
        "invitation": {"role": asker.roles.get(), "link": link, "days": 7},
        "password_reset": {"link": link, "hours": 4},
        "question_asked": {"by": asker},
        "question_answered": {"by": bureau},
        "deadline_reminder": {"by": "9 maart 2026"},
        "role_given": {"role": asker.roles.get(), "by": bureau},
        "role_ended": {"role": ending(asker), "successor": asker.roles.get()},
        "signer_proposed": {"proposal": proposal(asker)},
        "signer_decided": {"proposal": proposal(asker)},
        "address_changed": {"at": timezone.localtime()},
        "people_merged": {"merge": SimpleNamespace(kept=asker, gone=bureau)},
        "member_letter": {"letter": LETTER, "name": "A. Jansen", "attachments": ["x"]},
        "consultation_called_off": {"reason": "De vraag klopt niet."},
        "consultation_published": {
            "sentence": "De leden zijn met 99% van de stemmen akkoord gegaan."
        },
        "run_prepared": {"settlements": 342},
        "run_approved": {"settlements": 342},
        "statement_ready": {"is_holder": True, "has_account": False},
        "vote_opened": {
            "vote": SimpleNamespace(
                amendement=None,
                voorstel=SimpleNamespace(label="3", title="De bijdrage van 2027"),
                beslispunt=SimpleNamespace(label="3.1"),
                text="Stelt de bijdrage vast op 1%.",
            )
        },
        "interest_shown": {
            "interest": SimpleNamespace(
                organisation=settlement.organisation,
                instrument=settlement.period.instrument,
            ),
            "does": "heeft belangstelling voor",
            "by": asker,
        },
    }
    return own.get(event, {}) | {
        "run": SettlementRun.objects.latest("pk"),
        "settlement": settlement,
        "holder": settlement.organisation,
        "period": half_year(settlement.period.halfyear),
        "instrument": settlement.period.instrument,
        "question": SimpleNamespace(asked_by=asker, regel_id="2026-H1-GM9001-1-00"),
        "page": page,
        "application": application(),
        "dossier": SimpleNamespace(
            number="D2026-0001", organisation=settlement.organisation
        ),
        "sentence": "Het bureau vraagt toch de voorhang.",
        "following": SimpleNamespace(
            sentence="Maak het collegevoorstel.", is_ours=True
        ),
        "upload": SimpleNamespace(**upload),
        "lines": "1.204 nieuwe regels",
        "hours": "31.507,50",
        "revenue": "€ 482.913,20",
        "errors": "3 fouten",
        "organisation": settlement.organisation,
        "subject": "wij hebben uw opzegging ontvangen",
        "sentences": ["De laatste dag van het lidmaatschap is 31 december 2026."],
        "received_on": "3 december 2026",
        "ends_on": "31 december 2026",
        "deadline": SimpleNamespace(
            what="Leg vast wat de raad heeft laten weten.",
            who="gemeente Noorderhage",
            asks=True,
        ),
        "consultation": SimpleNamespace(question="Gaat u akkoord met de norm?"),
        "last_day": "9 maart 2026",
        "known": [("Naam", "Heideveld"), ("KvK-nummer", "weten wij niet")],
        "off": f"{settings.SITE_URL}/account/agenda/",
    }


def application() -> SimpleNamespace:
    return SimpleNamespace(
        name="E. de Vries",
        of_whom="gemeente Noorderhage",
        get_aim_display="lid",
        reason="De gemeente kent u niet.",
        dossier=SimpleNamespace(number="D2026-0001"),
    )


@pytest.fixture
def queued(request: pytest.FixtureRequest, portal: Portal) -> Email:
    event, person = request.param, portal.story.people["A. Jansen"]
    return emails.queue(event, "look", person, **facts_of(event, portal))


@pytest.mark.parametrize("queued", EVENTS, indirect=True)
def test_an_email_is_readable_wide_and_narrow_by_day_and_in_the_dark(
    queued: Email, portal: Portal, shoot: Shoot
) -> None:
    page = portal.page(portal.visitor(WIDE))
    page.set_content(html_of(queued.subject, queued.body))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width in (WIDE, SMALL):
            page.set_viewport_size({"width": width, "height": 700})
            shoot(page, f"email-{queued.event}-{scheme}")
            assert too_wide(page) == []
        # Colours differ by day and in the dark, not by width.
        assert [v for v in violations(page) if not OF_THE_PROGRAM.match(v)] == []
    assert "{" not in page.inner_text("body")
    assert "None" not in queued.body
