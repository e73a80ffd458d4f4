"""Payments: what is owed is ordered once, by another than who approved it."""

import datetime
import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from lxml import etree
from pytest_django import DjangoDbBlocker

from billing.dues import open_dues
from billing.models import Payment, PaymentBatch, Period, Settlement
from billing.payments import Export, export, next_working_day
from billing.sepa import NotPayable
from billing.settlements import prepare
from instruments.models import Instrument
from membership.models import HistoryEvent, Organisation, Person
from nvsi.commands import Geweigerd
from nvsi.errors import NotAllowed
from tests.billing.own_database import own_database
from tests.billing.settled import (
    H1,
    NEGATIVE,
    NOW,
    SINCE,
    SMALL,
    USUAL,
    deliver,
    make_member,
    reverse,
    settle,
)

RABO, ING = "NL44RABO0123456789", "NL20INGB0001234567"


@pytest.fixture
def rijkhoven(db: None) -> Organisation:
    return make_member("GM9011", "Rijkhoven", RABO)


@pytest.fixture
def period(
    heideveld: Organisation,
    rijkhoven: Organisation,
    flexensie_nederland: Organisation,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> Period:
    """2026-H1, approved by the penningmeester: 835.00 and 83.50 to two gemeenten."""
    pay_to(flexensie_nederland, ING)
    deliver(tmp_path, [(heideveld, USUAL), (rijkhoven, SMALL)])
    return settle(preparer=bureau, approver=penningmeester)


def pay_to(organisation: Organisation, iban: str) -> None:
    organisation.iban = iban
    organisation.save(update_fields=["iban"])


def transfers(export: Export) -> dict[str, str]:
    """Per kenmerk the amount, as the file itself says."""
    document = etree.fromstring(bytes(export.batch.xml))
    return {
        node.findtext("{*}PmtId/{*}EndToEndId", ""): node.findtext(
            "{*}Amt/{*}InstdAmt", ""
        )
        for node in document.iterfind(".//{*}CdtTrfTxInf")
    }


def ordered_again(period: Period, by: Person) -> Export:
    return export(period, now=NOW + datetime.timedelta(days=1), by=by)


def test_the_file_orders_what_is_owed_to_gemeenten_and_uitvoerder(
    period: Period, bestuur: Person
) -> None:
    outcome = export(period, now=NOW, by=bestuur)
    assert transfers(outcome) == {
        "2026-0001": "835.00",
        "2026-0002": "83.50",
        "FLEXENSIE-2026-H1-1": "478.50",
    }
    assert not outcome.was_exported_before
    assert (outcome.receivables, outcome.unpayable) == ([], [])


def test_the_file_sums_right_and_is_kept_as_given_out(
    period: Period, bestuur: Person
) -> None:
    batch = export(period, now=NOW, by=bestuur).batch
    document = etree.fromstring(bytes(batch.xml))
    assert document.findtext(".//{*}GrpHdr/{*}MsgId") == "NVSI-FLEXENSIE-2026-H1-1"
    assert document.findtext(".//{*}GrpHdr/{*}NbOfTxs") == "3"
    assert document.findtext(".//{*}GrpHdr/{*}CtrlSum") == "1397.00"
    assert document.findtext(".//{*}ReqdExctnDt/{*}Dt") == "2026-07-16"
    assert (
        document.findtext(".//{*}CdtTrfTxInf/{*}RmtInf/{*}Ustrd")
        == "Afrekening Flexensie 2026-H1 nr 2026-0001"
    )
    kept = PaymentBatch.objects.get()
    assert (kept.total, kept.payments_count) == (Decimal("1397.00"), 3)
    assert hashlib.sha256(kept.xml).hexdigest() == kept.sha256
    assert (kept.exported_by, kept.exported_at) == (bestuur, NOW)


def test_a_second_export_gives_the_same_bytes_and_says_so(
    period: Period, bestuur: Person, bureau: Person
) -> None:
    first = export(period, now=NOW, by=bestuur)
    second = ordered_again(period, bureau)
    assert second.was_exported_before
    assert bytes(second.batch.xml) == bytes(first.batch.xml)
    assert (second.batch.exported_by, second.batch.exported_at) == (bestuur, NOW)
    assert Payment.objects.count() == 3


def test_history_tells_who_had_the_file(
    period: Period, bestuur: Person, bureau: Person
) -> None:
    export(period, now=NOW, by=bestuur)
    ordered_again(period, bureau)
    events = HistoryEvent.objects.filter(subject_type="billing.paymentbatch")
    assert [(e.action, e.by) for e in events.order_by("pk")] == [
        ("exported", bestuur),
        ("exported again", bureau),
    ]


def test_a_half_year_that_is_not_approved_is_not_paid(
    heideveld: Organisation, bestuur: Person, tmp_path: Path
) -> None:
    deliver(tmp_path, [(heideveld, USUAL)])
    period = Period.objects.get()
    with pytest.raises(NotAllowed, match="Flexensie 2026-H1 is nog niet vastgesteld"):
        export(period, now=NOW, by=bestuur)


def test_who_approved_does_not_export(period: Period, penningmeester: Person) -> None:
    with pytest.raises(NotAllowed, match="Wie de afrekening vaststelde"):
        export(period, now=NOW, by=penningmeester)


def test_who_approved_does_not_fetch_the_file_again_either(
    period: Period, penningmeester: Person, bestuur: Person
) -> None:
    export(period, now=NOW, by=bestuur)
    with pytest.raises(NotAllowed, match="Wie de afrekening vaststelde"):
        ordered_again(period, penningmeester)


@pytest.mark.parametrize("who", ["backoffice", "lezer", "vreemde"])
def test_a_stranger_does_not_export(
    period: Period, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed, match="mag niet betalingen exporteren"):
        export(period, now=NOW, by=request.getfixturevalue(who))


def test_a_holder_without_iban_is_named_and_paid_when_the_iban_is_there(
    period: Period, rijkhoven: Organisation, bestuur: Person
) -> None:
    pay_to(rijkhoven, "")
    first = export(period, now=NOW, by=bestuur)
    assert "2026-0002" not in transfers(first)
    assert [str(due) for due in first.unpayable] == ["GM9011 €\u00a083,50"]
    pay_to(rijkhoven, RABO)
    second = ordered_again(period, bestuur)
    assert transfers(second) == {"2026-0002": "83.50"}
    assert second.batch.message_id == "NVSI-FLEXENSIE-2026-H1-2"


def test_an_uitvoerder_without_iban_does_not_hold_the_gemeenten_back(
    period: Period, flexensie_nederland: Organisation, bestuur: Person
) -> None:
    pay_to(flexensie_nederland, "")
    outcome = export(period, now=NOW, by=bestuur)
    assert sorted(transfers(outcome)) == ["2026-0001", "2026-0002"]
    assert [due.organisation for due in outcome.unpayable] == [flexensie_nederland]


def test_a_half_year_without_uitvoerder_names_that(
    period: Period, bestuur: Person
) -> None:
    period.instrument.uitvoerders.update(ends_on=datetime.date(2026, 3, 31))
    (due,) = export(period, now=NOW, by=bestuur).unpayable
    assert due.organisation is None
    assert str(due) == "de uitvoerder €\u00a0478,50"


def test_a_wrong_iban_is_refused_and_orders_nothing(
    period: Period, rijkhoven: Organisation, bestuur: Person
) -> None:
    pay_to(rijkhoven, "NL00RABO0123456789")
    with pytest.raises(NotPayable, match="Betaling 2026-0002: de IBAN"):
        export(period, now=NOW, by=bestuur)
    assert not PaymentBatch.objects.exists()


def test_a_negative_result_is_to_be_received_and_never_ordered(
    heideveld: Organisation,
    rijkhoven: Organisation,
    bestuur: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    deliver(tmp_path, [(heideveld, USUAL), (rijkhoven, NEGATIVE)])
    period = settle(preparer=None, approver=penningmeester)
    outcome = export(period, now=NOW, by=bestuur)
    assert transfers(outcome) == {"2026-0001": "835.00"}
    assert [(d.organisation, d.amount) for d in outcome.receivables] == [
        (rijkhoven, Decimal("-36.50"))
    ]


def test_nothing_to_pay_and_nothing_paid_is_refused_with_the_reason(
    rijkhoven: Organisation, bestuur: Person, penningmeester: Person, tmp_path: Path
) -> None:
    deliver(tmp_path, [(rijkhoven, NEGATIVE)])
    period = settle(preparer=None, approver=penningmeester)
    with pytest.raises(NotAllowed) as refusal:
        export(period, now=NOW, by=bestuur)
    assert str(refusal.value).replace("\u00a0", " ") == (
        "Over Flexensie 2026-H1 is niets te betalen; 1 te ontvangen (GM9011 € 36,50);"
        " niet betaalbaar: flexensie € 43,50 (geen IBAN)"
    )


def replace_settlement(period: Period, vergoeding_pct: int, by: Person) -> Settlement:
    """Reverse the settlement of Heideveld, and settle it again at another price."""
    settlement = period.settlements.in_force().get(organisation__code="GM9001")
    reverse(settlement, by=by)
    terms = settlement.organisation.gebruiksovereenkomsten.get().terms.get()
    terms.vergoeding_pct = Decimal(vergoeding_pct)
    terms.save()
    settle(preparer=None, approver=by)
    return period.settlements.in_force().get(organisation__code="GM9001")


def test_what_replaces_an_ordered_settlement_pays_only_the_difference(
    period: Period, penningmeester: Person, bestuur: Person
) -> None:
    export(period, now=NOW, by=bestuur)
    replacement = replace_settlement(period, 20, penningmeester)
    assert replacement.uitkering_gemeente == Decimal("985.00")
    outcome = ordered_again(period, bestuur)
    assert transfers(outcome) == {"2026-0004": "150.00"}
    # The uitvoerder got 150.00 too much.
    assert [str(d) for d in outcome.receivables] == ["flexensie €\u00a0150,00"]


def test_what_replaces_an_ordered_settlement_may_be_less(
    period: Period, penningmeester: Person, bestuur: Person, heideveld: Organisation
) -> None:
    export(period, now=NOW, by=bestuur)
    replace_settlement(period, 40, penningmeester)
    outcome = ordered_again(period, bestuur)
    assert transfers(outcome) == {"FLEXENSIE-2026-H1-2": "150.00"}
    assert [(d.organisation, d.amount) for d in outcome.receivables] == [
        (heideveld, Decimal("-150.00"))
    ]


def test_a_settlement_that_was_never_ordered_is_replaced_as_a_whole(
    period: Period, penningmeester: Person, bestuur: Person
) -> None:
    replace_settlement(period, 20, penningmeester)
    assert transfers(export(period, now=NOW, by=bestuur)) == {
        "2026-0004": "985.00",
        "2026-0002": "83.50",
        "FLEXENSIE-2026-H1-1": "328.50",
    }


def test_a_reversed_settlement_without_replacement_is_to_be_received(
    period: Period, penningmeester: Person, bestuur: Person, heideveld: Organisation
) -> None:
    export(period, now=NOW, by=bestuur)
    reverse(period.settlements.get(organisation=heideveld), by=penningmeester)
    dues = {due.organisation: due.amount for due in open_dues(period)}
    assert dues[heideveld] == Decimal("-835.00")


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-07-15", "2026-07-16"), ("2026-07-17", "2026-07-20"),
     ("2026-07-18", "2026-07-20"), ("2026-12-31", "2027-01-01")],
)  # fmt: skip
def test_the_bank_pays_on_the_next_working_day(day: str, expected: str) -> None:
    given = datetime.date.fromisoformat(day)
    assert next_working_day(given) == datetime.date.fromisoformat(expected)


def test_the_day_is_that_of_amsterdam(period: Period, bestuur: Person) -> None:
    late = datetime.datetime(2026, 7, 15, 22, 30, tzinfo=ZoneInfo("UTC"))
    document = etree.fromstring(bytes(export(period, now=late, by=bestuur).batch.xml))
    assert document.findtext(".//{*}ReqdExctnDt/{*}Dt") == "2026-07-17"


# What the database refuses, whoever asks.


def insert_batch(period: Period, by: Person, **facts: object) -> PaymentBatch:
    xml = b"<x/>"
    row: dict[str, object] = {
        "total": Decimal("1.00"),
        "payments_count": 1,
        "sha256": hashlib.sha256(xml).hexdigest(),
    }
    sequence = period.batches.count() + 1
    return PaymentBatch.objects.create(
        period=period,
        sequence=sequence,
        message_id=f"X-{sequence}",
        exported_by=by,
        exported_at=NOW,
        xml=xml,
        **{**row, **facts},
    )


def insert_payment(
    batch: PaymentBatch,
    settlement: Settlement | None,
    organisation: Organisation,
    amount: str = "1.00",
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_payment (batch_id, settlement_id, organisation_id,"
            " end_to_end_id, iban, amount) VALUES (%s, %s, %s, %s, %s, %s)",
            [
                batch.pk,
                settlement.pk if settlement else None,
                organisation.pk,
                f"X{Payment.objects.count()}",
                RABO,
                amount,
            ],
        )


def test_the_database_refuses_the_approver_as_exporter(
    period: Period, penningmeester: Person, flexensie_nederland: Organisation
) -> None:
    settlement = period.settlements.in_force().first()
    assert settlement
    for reason, to in [
        (settlement, settlement.organisation),
        (None, flexensie_nederland),
    ]:
        with pytest.raises(DatabaseError, match="betaalt haar niet uit"):
            with transaction.atomic():
                insert_payment(insert_batch(period, penningmeester), reason, to)


def test_the_database_refuses_to_order_more_than_is_owed(
    period: Period, bestuur: Person, flexensie_nederland: Organisation
) -> None:
    settlement = period.settlements.get(organisation__code="GM9001")
    holder = settlement.organisation
    rows: list[tuple[Settlement | None, Organisation, str]]
    for rows in [
        [(settlement, holder, "835.01")],
        [(settlement, holder, "835.00"), (settlement, holder, "0.01")],
        [(None, flexensie_nederland, "478.51")],
        [(None, holder, "478.51")],
    ]:
        with pytest.raises(DatabaseError, match="niet meer betaald dan"):
            with transaction.atomic():
                batch = insert_batch(period, bestuur)
                for reason, to, amount in rows:
                    insert_payment(batch, reason, to, amount)


def test_the_database_refuses_a_payment_to_another_than_the_holder(
    period: Period, bestuur: Person, rijkhoven: Organisation
) -> None:
    settlement = period.settlements.get(organisation__code="GM9001")
    with pytest.raises(DatabaseError, match="dezelfde organisatie"):
        with transaction.atomic():
            insert_payment(insert_batch(period, bestuur), settlement, rijkhoven)


def test_the_database_refuses_a_payment_of_a_draft(
    period: Period, penningmeester: Person, bestuur: Person, flexensie: Instrument
) -> None:
    reverse(period.settlements.get(organisation__code="GM9001"), by=penningmeester)
    prepare(flexensie, H1, today=NOW.date(), by=None)
    draft = period.settlements.get(status="draft")
    with pytest.raises(DatabaseError, match="vastgestelde afrekening"):
        with transaction.atomic():
            insert_payment(insert_batch(period, bestuur), draft, draft.organisation)


@pytest.mark.parametrize(
    "facts", [{"total": Decimal("1.01")}, {"payments_count": 2}, {"sha256": "0" * 64}]
)
def test_the_database_refuses_a_batch_that_is_not_its_payments(
    period: Period, bestuur: Person, facts: dict[str, object]
) -> None:
    settlement = period.settlements.get(organisation__code="GM9001")
    with pytest.raises(DatabaseError, match="som van zijn betalingen"):
        with transaction.atomic():
            batch = insert_batch(period, bestuur, **facts)
            insert_payment(batch, settlement, settlement.organisation)
            connection.check_constraints()


def test_the_database_refuses_to_add_to_a_batch_that_was_given_out(
    period: Period, bestuur: Person, rijkhoven: Organisation
) -> None:
    pay_to(rijkhoven, "")
    batch = export(period, now=NOW, by=bestuur).batch
    settlement = period.settlements.get(organisation=rijkhoven)
    with pytest.raises(DatabaseError, match="som van zijn betalingen"):
        with transaction.atomic():
            insert_payment(batch, settlement, rijkhoven)
            connection.check_constraints()


@pytest.mark.parametrize("table", ["billing_payment", "billing_paymentbatch"])
@pytest.mark.parametrize(
    "attack", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_refuses_to_change_what_was_ordered(
    period: Period, bestuur: Person, table: str, attack: str
) -> None:
    export(period, now=NOW, by=bestuur)
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="wordt nooit gewijzigd"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack.format(table))


# The command.


def run(out: Path, by: str, capsys: pytest.CaptureFixture[str]) -> str:
    call_command("export_payments", "2026-H1", str(out), "--by", by)
    return capsys.readouterr().out.replace("\u00a0", " ").replace(str(out), "OUT.xml")


def test_the_command_writes_the_file_and_says_it_in_one_line(
    period: Period,
    rijkhoven: Organisation,
    bestuur: Person,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pay_to(rijkhoven, "")
    out = tmp_path / "OUT.xml"
    said = run(out, "Bestuur@NVSI.example", capsys)
    assert said == (
        "2026-H1: 2 betalingen, samen € 1.313,50, in OUT.xml; "
        "niet betaalbaar: GM9011 € 83,50 (geen IBAN)\n"
    )
    batch = PaymentBatch.objects.get()
    assert out.read_bytes() == bytes(batch.xml)
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*tmp*")) == []


def test_the_command_run_twice_gives_the_same_file(
    period: Period,
    bestuur: Person,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "OUT.xml"
    run(out, bestuur.email, capsys)
    first = out.read_bytes()
    said = run(out, bestuur.email, capsys)
    at = timezone.localtime(PaymentBatch.objects.get().exported_at)
    assert out.read_bytes() == first
    assert f"als bestuur@nvsi.example maakte op {at.day} " in said
    assert "er is niets nieuws te betalen" in said


def test_two_exporters_at_once_give_one_batch(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    with own_database(django_db_blocker):
        ids = settled_for_good(tmp_path)
        start = threading.Barrier(len(ids))

        def export_as(person_id: int) -> Export:
            with closing(connection):
                by = Person.objects.get(pk=person_id)
                start.wait()
                return export(Period.objects.get(), now=NOW, by=by)

        with ThreadPoolExecutor(len(ids)) as threads:
            outcomes = list(threads.map(export_as, ids))
        assert sorted(o.was_exported_before for o in outcomes) == [False, True, True]
        assert len({bytes(o.batch.xml) for o in outcomes}) == 1
        assert (PaymentBatch.objects.count(), Payment.objects.count()) == (1, 2)


def settled_for_good(folder: Path) -> list[int]:
    """A half-year in a database of its own; gives three who may export it."""
    people = [
        Person.objects.create_user(f"{role}{n}@nvsi.example", role)
        for n, role in enumerate(["penningmeester", "bureau", "bestuur", "bureau"])
    ]
    for person in people:
        person.roles.create(name=person.name, starts_on=SINCE)
    pay_to(Organisation.objects.get(code="flexensie"), ING)
    deliver(folder, [(make_member("GM9011", "Rijkhoven", RABO), USUAL)])
    settle(preparer=None, approver=people[0])
    return [person.pk for person in people[1:]]


def refused(
    out: Path, by: str = "bestuur@nvsi.example", period: str = "2026-H1"
) -> str:
    with pytest.raises(Geweigerd) as refusal:
        call_command("export_payments", period, str(out), "--by", by)
    assert not PaymentBatch.objects.exists()
    assert not Payment.objects.exists()
    return str(refusal.value)


def test_a_file_that_cannot_be_written_leaves_nothing(
    period: Period, bestuur: Person, tmp_path: Path
) -> None:
    assert "bestaat niet" in refused(tmp_path / "nergens" / "OUT.xml")
    assert "geen gewoon bestand" in refused(tmp_path)
    assert "geen gewoon bestand" in refused(Path("/dev/null"))
    assert "is niet te schrijven" in refused(Path("/proc/OUT.xml"))
    assert not HistoryEvent.objects.filter(action="exported").exists()


def test_the_command_refuses_an_unknown_half_year_or_person(
    period: Period, bestuur: Person, tmp_path: Path
) -> None:
    out = tmp_path / "OUT.xml"
    assert "nog niet vastgesteld" in refused(out, period="2025-H2")
    assert "geen halfjaar" in refused(out, period="2026-H3")
    assert "niemand met het e-mailadres" in refused(out, by="wie@nvsi.example")
    assert not out.exists()
