"""Books in every state, really committed: what the guards of the database keep.

2025-H2 is closed: 2026-0001 (Heideveld) is paid, 2026-0002 (Rijkhoven) approved, and
2026-0003 (Werkplein Oost) was turned back by 2026-0004, whose statement still waits.
2026-H1 has draft settlements of Heideveld and Werkplein Oost; 2026-H2 has a line,
and an upload waits to be confirmed.
"""

import datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from billing import booking, road
from billing.asking import questions
from billing.deliveries import lines
from billing.models import Line, Payment, Period, Settlement, SettlementRun
from billing.paying.bank import read_bank_statement
from billing.paying.payments import export
from billing.settling import reversal, settlements
from billing.statements import documents
from contracts.agreements import conclude
from instruments.models import ContributionRate, Instrument, Uitvoerder
from membership import export_work, exports, saved_filters
from membership.admission.dossiers import open_dossier
from membership.admission.drafts import save
from membership.admission.recording import add_note
from membership.admission.steps import Step
from membership.deadlines.calendars import make_calendar
from membership.deadlines.reminding import set_reminders
from membership.leaving.notices import give_notice
from membership.leaving.rules import Ground
from membership.merging.people import merge
from membership.models import (
    AlvBesluit,
    Application,
    DestructionLine,
    DestructionList,
    Dossier,
    Mandate,
    Membership,
    Organisation,
    Person,
    PersonMerge,
    SignerProposal,
    StepAsk,
    Wish,
)
from nvsi.halfyear import HalfYear
from tests.billing.bank_content import bank_statement, paid
from tests.billing.deliveries import agree, line, take_in
from tests.billing.figures import keep_limit
from tests.billing.kas import keep_kas, make_share
from tests.billing.settled import ING, RABO, make_member, pay_to
from tests.billing.uploading import EARLIER, checked
from tests.conftest import make_gemeente, make_person
from tests.contracts.after import keep_after
from tests.contracts.annexes import keep_annexes
from tests.contracts.breaches import keep_breaches
from tests.contracts.inbesteding import keep_evidence
from tests.contracts.offers import keep_offers
from tests.contracts.orders import keep_orders
from tests.contracts.signing import keep_signatures
from tests.instruments.norms import keep_norms
from tests.instruments.productenboek import keep_productenboek
from tests.instruments.steering import keep_steering
from tests.instruments.tariffs import keep_tariffs
from tests.instruments.wishes import keep_wishes
from tests.membership.assemblies import keep_assemblies
from tests.membership.bodies import keep_bodies
from tests.membership.consultations import keep_consultations
from tests.membership.dossiers import VOORHANG, make_lid, take_all
from tests.membership.leaving import keep_leaving
from tests.membership.letters import send, write
from tests.membership.redivisions import keep_redivisions
from tests.membership.regional import keep_regions
from tests.membership.votes import keep_votes

JANUARY = datetime.date(2026, 1, 15)
SINCE = datetime.date(2018, 1, 1)
H2, H1 = HalfYear(2025, 2), HalfYear(2026, 1)


def keep_books(folder: Path) -> dict[str, int]:
    """Make it all; gives the ids by which the attacks name what they attack."""
    flexensie = Instrument.objects.get(slug="flexensie")
    people = {
        name.lower(): make_person(name, name.lower())
        for name in ("Bureau", "Penningmeester", "Bestuur")
    }
    heideveld = make_member("GM9001", "Heideveld", RABO)
    rijkhoven = make_member("GM9004", "Rijkhoven", ING)
    oost = _samenwerkingsverband(flexensie)
    pay_to(Organisation.objects.get(code="flexensie"), ING)
    make_share(flexensie, H2)
    _close_2025(folder, flexensie, people)
    _belong(heideveld)
    asked = _ask(heideveld, people["bureau"])
    other = _other_instrument(heideveld)
    take_in(
        folder,
        [
            line("R4"),
            line("R5", gemeente_code="GM9002"),
            line("C1", uren="-1.00", corrigeert_regel_id="R1"),
            line("R6", datum="2026-07-02"),
        ],
    )
    exports.ask("membership.organisation", query="", fmt="csv", by=people["bureau"])
    export_work.work_on_next()
    saved_filters.keep(
        "billing.line",
        name="Laat",
        query="nagekomen=ja",
        shared=True,
        by=people["bureau"],
    )
    _read_along(people["bureau"])
    keep_limit(flexensie, H2)
    today = datetime.date(2026, 7, 15)
    run = settlements.prepare(flexensie, H1, today=today, by=people["bureau"])
    deliverer = make_person(
        "Leverancier", "uitvoerder", Organisation.objects.get(code="flexensie")
    )
    upload = checked(folder, [line("R7", **EARLIER)], deliverer)
    periods = {p.halfyear: p.pk for p in Period.objects.filter(instrument=flexensie)}
    return {
        **{name: person.pk for name, person in people.items()},
        **{name: o.pk for name, o in
           {"heideveld": heideveld, "rijkhoven": rijkhoven, "oost": oost}.items()},
        **asked,
        **_dossiers(people, rijkhoven),
        **keep_regions(heideveld, people["bureau"]),
        **keep_leaving(bureau=people["bureau"], bestuur=people["bestuur"]),
        **keep_redivisions(bureau=people["bureau"]),
        **_letters(people),
        **keep_bodies(people["bureau"]),
        **_assemblies(heideveld, people),
        **keep_consultations(people["bureau"]),
        **keep_wishes(heideveld, people["bureau"]),
        **keep_orders(
            heideveld, bureau=people["bureau"], bestuur=people["bestuur"]
        ),
        **keep_kas(flexensie, heideveld, by=people["bureau"], other=people["bestuur"]),
        **keep_offers(heideveld, bureau=people["bureau"]),
        **keep_evidence(
            flexensie,
            Organisation.objects.get(code="flexensie"),
            heideveld,
            by=people["bureau"],
            on=JANUARY,
        ),
        **keep_steering(flexensie, people["bureau"]),
        **keep_tariffs(heideveld),
        **keep_productenboek(flexensie, rijkhoven, by=people["bureau"]),
        **keep_norms(heideveld, bureau=people["bureau"]),
        **keep_signatures(people["bureau"], people["bestuur"]),
        **keep_annexes(heideveld, people),
        **keep_breaches(heideveld, rijkhoven, bureau=people["bureau"],
                        bestuur=people["bestuur"]),
        **keep_after(heideveld, bureau=people["bureau"], bestuur=people["bestuur"]),
        **{f"settlement_{s.number_sequence}": s.pk
           for s in Settlement.objects.approved()},
        "flexensie": flexensie.pk,
        "other_instrument": other.pk,
        "other_period": Period.objects.get(instrument=other).pk,
        "closed": periods[H2],
        "open": periods[H1],
        "next": periods[H1.next()],
        "approved_run": SettlementRun.objects.get(status="approved").pk,
        "run": run.pk,
        "draft": run.settlements.get(organisation=heideveld).pk,
        "draft_oost": run.settlements.get(organisation=oost).pk,
        "upload": upload.pk,
        "import": Line.objects.get(regel_id="R4").delivery_id,
    }  # fmt: skip


def _assemblies(heideveld: Organisation, people: dict[str, Person]) -> dict[str, int]:
    """ALVs with what is on their agenda, and the votes of the one that is convened."""
    kept = keep_assemblies(heideveld, people["bureau"])
    convened = kept["assembly_convened"]
    return kept | keep_votes(convened, people["bureau"], people["bestuur"])


def _read_along(person: Person) -> None:
    """A calendar that was withdrawn, one that can be read, and no reminders."""
    make_calendar(person, now=timezone.now())
    make_calendar(person, now=timezone.now())
    set_reminders(person, wanted=False)


def _samenwerkingsverband(flexensie: Instrument) -> Organisation:
    oost = Organisation.objects.create(
        code="WERKOOST",
        kind="samenwerkingsverband",
        name="Werkplein Oost",
        short_name="Oost",
        iban=RABO,
    )
    oost.verwerkersovereenkomsten.create(starts_on=SINCE)
    conclude(
        oost,
        flexensie,
        gemeenten=[make_gemeente("GM9002", "Waterkant"), make_gemeente("GM9003", "N")],
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(30),
        by=None,
    )
    return oost


def _close_2025(folder: Path, flexensie: Instrument, people: dict[str, Person]) -> None:
    bureau, penningmeester, bestuur = people.values()
    now = datetime.datetime(2026, 1, 15, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
    codes = {"R1": "GM9001", "R2": "GM9004", "R3": "GM9002"}
    rows = [line(r, gemeente_code=c, datum="2025-11-03") for r, c in codes.items()]
    take_in(folder, rows, today=JANUARY)
    run = road.prepare(flexensie, H2, today=JANUARY, by=bureau)
    road.approve(run, now=now, by=penningmeester)
    settlement = Settlement.objects.get(organisation__code="WERKOOST")
    mirror = reversal.reverse(settlement, reason="proef", now=now, by=penningmeester)
    booking.book_settlements([mirror], booked_on=JANUARY, by=penningmeester)
    documents.request([mirror])
    export(run.period, now=now, by=bestuur)
    payment = Payment.objects.get(end_to_end_id="2026-0001")
    read_bank_statement(bank_statement(paid(payment)), by=None)


def _ask(heideveld: Organisation, bureau: Person) -> dict[str, int]:
    """A question that is answered, one that waits, and one that is closed."""
    lezer = make_person("Lezer", "contactpersoon", heideveld)
    settlement = Settlement.objects.get(organisation=heideveld)
    asked = {
        name: questions.ask(
            settlement, text="Klopt dit?", regel_id="R1", key=uuid4(), by=lezer
        )
        for name in ("answered", "waiting", "ended")
    }
    questions.answer(asked["answered"], text="Ja.", key=uuid4(), by=bureau)
    questions.close(asked["ended"], by=lezer)
    return {name: question.pk for name, question in asked.items()}


def _dossiers(people: dict[str, Person], rijkhoven: Organisation) -> dict[str, int]:
    """One that was admitted by the bestuur, and one of which the raad has a draft."""
    bureau, _penningmeester, bestuur = people.values()
    admitted = make_gemeente("GM9021", "Toegelaten")
    contact = make_person("Wethouder", "contactpersoon", admitted)
    lid = make_lid(admitted, by=contact, bureau=bureau, bestuur=bestuur)
    gemeente = make_gemeente("GM9022", "Onderweg")
    on_its_way = open_dossier(gemeente, "lid", by=bureau)
    take_all(on_its_way, VOORHANG[:4], by=bureau, bureau=bureau)
    Wish.objects.create(
        dossier=on_its_way, kind="wens", by_whom="fractie", words="Meer", by=bureau
    )
    Wish.objects.create(
        dossier=on_its_way,
        kind="wens",
        by_whom="fractie",
        words="Vergissing",
        by=bureau,
        taken_back_at=timezone.now(),
        taken_back_by=bureau,
    )
    add_note(on_its_way, "Gebeld.", by=bureau)
    mandate = Mandate.objects.create(
        organisation=rijkhoven,
        name="K. Vos",
        function="directeur",
        purpose="all",
        decided_on=SINCE,
        starts_on=SINCE,
    )
    left = Membership.objects.create(
        organisation=rijkhoven, kind="lid", starts_on=SINCE
    )
    notice = give_notice(
        left,
        ground=Ground.REGULAR,
        received_on=datetime.date(2026, 11, 22),
        burdened_on=None,
        reason="",
        today=datetime.date(2026, 11, 22),
        by=bureau,
    )
    signer = SignerProposal.objects.create(
        organisation=admitted,
        name="M. de Boer",
        function="directeur",
        email="m.deboer@toegelaten.example",
        by=contact,
    )
    return {
        "signer": signer.pk,
        "merge": _merge(rijkhoven, bureau).pk,
        **_to_destroy(bureau),
        "notice": notice.pk,
        "lid": lid.pk,
        "admitted": Dossier.objects.get(organisation=admitted).pk,
        "on_its_way": on_its_way.pk,
        "mandate": mandate.pk,
        **_half_way(on_its_way, bureau, contact),
    }


def _to_destroy(bureau: Person) -> dict[str, int]:
    """A list with a line that waits, one that one person would destroy, and one that
    is kept longer."""
    made = DestructionList.objects.create(month=JANUARY.replace(day=1))
    facts = {"ended_on": SINCE, "before_on": JANUARY, "ground": "AVG"}
    waiting = DestructionLine.objects.create(
        list=made, kind="email", subject="e-mails", **facts
    )
    kept = DestructionLine.objects.create(
        list=made,
        kind="export",
        subject="exports",
        decision="keep",
        reason="Er loopt een onderzoek.",
        decided_by=bureau,
        decided_at=timezone.now(),
        **facts,
    )
    proposed = made.lines.create(
        kind="notice", subject="brief 1", proposed_by=bureau, **facts
    )
    return {
        "line_to_decide": waiting.pk,
        "line_kept": kept.pk,
        "line_proposed": proposed.pk,
    }


def _merge(organisation: Organisation, bureau: Person) -> PersonMerge:
    kept, gone = (
        make_person(name, role, organisation)
        for name, role in (("Twee", "contactpersoon"), ("Keer", "financieel"))
    )
    return merge(kept, gone, by=bureau)


def _letters(people: dict[str, Person]) -> dict[str, int]:
    """One that was sent, to who belongs now, and a draft."""
    sent = send(people["bureau"], people["bestuur"])
    return {
        "letter": sent.pk,
        "draft_letter": write(people["bureau"]).pk,
        "receiver": sent.receivers.order_by("pk")[0].pk,
    }


def _half_way(dossier: Dossier, bureau: Person, colleague: Person) -> dict[str, int]:
    """A step kept half-way, a colleague who was asked, and who asks to belong."""
    draft = save(dossier, Step.HEARD, {"words": "Nog na te vragen"}, seen=0, by=bureau)
    asked = StepAsk.objects.create(
        dossier=dossier, kind=Step.HEARD, person=colleague, by=bureau
    )
    application = Application.objects.create(
        organisation=dossier.organisation,
        aim="lid",
        name="E. de Vries",
        function="adviseur",
        email="e@onderweg.example",
        confirmed_at=timezone.now(),
        status=Application.Status.WAITING,
    )
    return {
        "draft_of_step": draft.pk,
        "asked": asked.pk,
        "application": application.pk,
    }


def _belong(heideveld: Organisation) -> None:
    Membership.objects.create(
        organisation=heideveld, kind="lid", starts_on=SINCE, ends_on=JANUARY
    )


def _other_instrument(heideveld: Organisation) -> Instrument:
    """A second instrument, with an agreement, an open half-year and its partition."""
    other = Instrument.objects.create(slug="ander", name="Ander")
    source = Organisation.objects.get(code="flexensie")
    Uitvoerder.objects.create(instrument=other, organisation=source, starts_on=SINCE)
    ContributionRate.objects.create(
        instrument=other,
        from_halfyear=HalfYear(2018, 1),
        gemeente_pct=Decimal(1),
        uitvoerder_pct=Decimal(1),
        besluit=AlvBesluit.objects.get(reference="ALV-2017-bijdrage"),
    )
    agree(heideveld, other, with_avg=False)
    period = Period.objects.create(instrument=other, halfyear=H1)
    lines.make_partition(period.pk)
    return other
