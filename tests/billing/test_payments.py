"""Payments: what is owed is ordered once, by another than who approved it."""

import datetime
import hashlib
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from billing.models import Payment, PaymentBatch, Period, Settlement
from billing.paying.dues import open_dues
from billing.paying.payments import Export, export, next_working_day
from billing.paying.sepa import NotPayable
from membership.models import HistoryEvent, Organisation, Person
from nvsi.errors import NotAllowed
from tests.billing.settled import (
    NEGATIVE,
    NOW,
    RABO,
    USUAL,
    deliver,
    pay_to,
    reverse,
    settle,
)


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
