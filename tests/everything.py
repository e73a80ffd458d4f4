"""One record of every kind, as the road makes them: for tests of every page."""

import datetime
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from billing.asking import questions
from billing.booking import uitvoerder_of
from billing.figures.publishing import publish_missing
from billing.models import Line, Period, Question, Settlement, Statement
from billing.paying.payments import export
from billing.statements.documents import content_of, heading_of
from instruments.models import Instrument
from membership import emails, export_work, exports, saved_filters
from membership.admission import applying
from membership.admission.dossiers import open_dossier
from membership.admission.recording import add_note
from membership.admission.wishes import add_wish
from membership.colleagues import signers
from membership.leaving.notices import give_notice
from membership.leaving.rules import Ground
from membership.merging.people import merge
from membership.models import (
    Application,
    DestructionList,
    Dossier,
    Mandate,
    Membership,
    Notice,
    Organisation,
    Person,
    PersonMerge,
    SignerProposal,
)
from tests.billing.bank_content import paid, read
from tests.billing.deliveries import line as row
from tests.billing.figures import keep_limit
from tests.billing.kas import keep_kas, make_share
from tests.billing.settled import H1, ING, NOW, TODAY, USUAL, deliver, pay_to, settle
from tests.billing.uploading import checked
from tests.conftest import make_gemeente, make_person
from tests.contracts.after import keep_after
from tests.contracts.annexes import keep_annexes
from tests.contracts.breaches import make_breach_story
from tests.contracts.inbesteding import keep_evidence
from tests.contracts.offers import make_agreements
from tests.contracts.orders import keep_orders
from tests.contracts.signing import keep_signatures
from tests.instruments.norms import keep_norms
from tests.instruments.productenboek import make_productenboek
from tests.instruments.steering import make_steering_story
from tests.instruments.tariffs import keep_tariffs
from tests.instruments.wishes import keep_wishes
from tests.membership.assemblies import keep_assemblies
from tests.membership.consultations import ask_members
from tests.membership.dossiers import VOORHANG, take_all
from tests.membership.leaving import keep_leaving
from tests.membership.letters import send
from tests.membership.redivisions import keep_redivisions
from tests.membership.regional import make_network_story, make_region
from tests.membership.votes import keep_votes

NUMBER = "2026-0001"


def make_everything(
    folder: Path,
    *,
    holder: Organisation,
    uitvoerder: Organisation,
    bureau: Person,
    penningmeester: Person,
    bestuur: Person,
) -> Period:
    """2026-H1 of one holder: delivered, settled, on paper, ordered and paid.

    The fixture `everything` has it in a database of its own.
    """
    pay_to(uitvoerder, ING)
    make_share(Instrument.objects.get(slug="flexensie"), H1)
    deliver(folder, [(holder, USUAL)])
    period = settle(preparer=bureau, approver=penningmeester)
    make_statement(period.settlements.get())
    publish_missing()
    keep_limit(period.instrument, period.halfyear)
    batch = export(period, now=NOW, by=bestuur).batch
    read(*(paid(payment) for payment in batch.payments.all()))
    ask_and_answer(period.settlements.get(), by=bureau)
    make_network_story(make_region("B1", holder), holder, bureau)
    wrong = row("R9", datum="morgen")
    checked(folder, [wrong], make_person("Leverancier", "uitvoerder", uitvoerder))
    emails.queue("run_prepared", "1", bureau, run=period.runs.get(), settlements=1)
    keep_a_list(by=bureau)
    begin_a_dossier(by=bureau)
    put_forward(holder)
    put_together(holder, by=bureau)
    propose_to_destroy()
    leave(by=bureau)
    keep_leaving(bureau=bureau, bestuur=bestuur)
    keep_redivisions(bureau=bureau)
    send(bureau, bestuur)
    ask_members(bureau)
    convened = keep_assemblies(holder, bureau)["assembly_convened"]
    keep_votes(convened, bureau, bestuur)
    keep_annexes(holder, {"bureau": bureau, "bestuur": bestuur})
    make_agreements(period.instrument, holder, uitvoerder, by=bureau)
    keep_signatures(bureau, bestuur)
    make_breach_story(holder, uitvoerder, bureau)
    keep_after(holder, bureau=bureau, bestuur=bestuur)
    keep_tariffs(holder)
    make_steering_story(period.instrument, holder, bureau)
    keep_wishes(holder, bureau)
    keep_orders(holder, bureau=bureau, bestuur=bestuur)
    keep_kas(period.instrument, holder, by=bureau, other=bestuur)
    make_productenboek(period.instrument, bureau)
    keep_norms(holder, bureau=bureau)
    on = timezone.localdate()
    keep_evidence(period.instrument, uitvoerder, holder, by=bureau, on=on)
    return period


def begin_a_dossier(*, by: Person) -> Dossier:
    """Of a gemeente on its way, which weighed the decision and has a mandate."""
    gemeente = make_gemeente("GM9031", "Onderweg")
    dossier = open_dossier(gemeente, "lid", by=by)
    take_all(dossier, VOORHANG[:1], by=by, bureau=by)
    add_note(dossier, "Gebeld.", by=by)
    Mandate.objects.create(
        organisation=gemeente,
        name="K. Vos",
        function="directeur",
        purpose="all",
        decided_on=TODAY,
        starts_on=TODAY,
    )
    return dossier


def propose_to_destroy() -> DestructionList:
    """A list with one line that waits for a decision."""
    made = DestructionList.objects.create(month=TODAY.replace(day=1))
    made.lines.create(
        kind="email",
        subject="e-mails",
        ended_on=datetime.date(2018, 1, 1),
        before_on=TODAY,
        ground="AVG",
    )
    return made


def put_together(organisation: Organisation, *, by: Person) -> PersonMerge:
    """Somebody who was there twice."""
    kept, gone = (
        make_person(name, role, organisation)
        for name, role in (("Twee", "contactpersoon"), ("Keer", "financieel"))
    )
    return merge(kept, gone, by=by)


def put_forward(organisation: Organisation) -> SignerProposal:
    """Somebody who may sign, by the contactpersoon who asked a question."""
    return signers.propose(
        organisation,
        name="M. de Boer",
        function="burgemeester",
        email="m.deboer@nvsi.example",
        by=Person.objects.get(name="Vrager"),
    )


def leave(*, by: Person) -> Notice:
    """A gemeente that gave notice."""
    lid = Membership.objects.create(
        organisation=make_gemeente("GM9032", "Vertrokken"), kind="lid", starts_on=TODAY
    )
    return give_notice(
        lid,
        ground=Ground.REGULAR,
        received_on=TODAY,
        burdened_on=None,
        reason="",
        today=TODAY,
        by=by,
    )


def half_way(gemeente: Organisation, *, by: Person) -> Dossier:
    """A dossier of which the raad has the draft, with all that people do in it."""
    dossier = open_dossier(gemeente, "lid", by=by)
    take_all(dossier, VOORHANG[:4], by=by, bureau=by)
    add_wish(dossier, kind="wens", by_whom="fractie", words="Meer", by=by)
    apply_for(gemeente)
    return dossier


def apply_for(gemeente: Organisation) -> Application:
    """Somebody who asks to belong, and confirmed the address."""
    application = applying.apply(
        organisation=gemeente,
        other_name="",
        other_kind="",
        aim="lid",
        name="E. de Vries",
        function="beleidsadviseur",
        email="e.devries@nvsi.example",
        key=uuid4(),
    )
    return applying.confirm(application)


def keep_a_list(*, by: Person) -> None:
    """A list as a file that is kept, and a filter that is shared."""
    exports.ask("membership.organisation", query="", fmt="csv", by=by)
    export_work.work_on_next()
    saved_filters.keep(
        "billing.line", name="Nagekomen", query="nagekomen=ja", shared=True, by=by
    )


def ask_and_answer(settlement: Settlement, *, by: Person) -> Question:
    """A question of its holder about its line, with an answer."""
    asker = make_person("Vrager", "contactpersoon", settlement.organisation)
    question = questions.ask(
        settlement, text="Klopt dit?", regel_id="R0", key=uuid4(), by=asker
    )
    questions.answer(question, text="Ja.", key=uuid4(), by=by)
    return question


def make_statement(settlement: Settlement) -> Statement:
    """The paper of a settlement: its real content, and a word for PDF and XLSX."""
    heading = heading_of(settlement, uitvoerder_of(settlement))
    statement = Statement(settlement=settlement, heading=heading)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(
        period=settlement.period,
        coverage__agreement__organisation=settlement.organisation,
    ).select_related("coverage", "period"):
        lines[line.coverage.gemeente_id].append(line)
    statement.json = json.dumps(content_of(statement, lines)).encode()
    statement.pdf, statement.xlsx = b"%PDF", b"PK"
    statement.pdf_sha256 = hashlib.sha256(statement.pdf).hexdigest()
    statement.state, statement.made_at = Statement.State.DONE, NOW
    statement.save()
    return statement
