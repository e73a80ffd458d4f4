"""Papers and names of agreements and datalekken go after their term; facts stay."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contracts.breaches import closing
from contracts.breaches.rules import Outcome
from contracts.kinds import Party
from contracts.models import Offer
from contracts.offering import answering, own_models
from contracts.signing import on_paper, verify
from contracts.signing.completing import complete_waiting
from membership.models import DestructionLine, HistoryEvent, Organisation, Person
from membership.models.retention import Kept
from membership.retention.lists import PROPOSED, Decided, decide, propose
from tests.conftest import make_person
from tests.contracts.after import hand_in_model, make_clearing, prove
from tests.contracts.breaches import KNOWN, discover, tell
from tests.contracts.breaches import decide as decide_on
from tests.contracts.signing import PNG, make_own_offer, make_signer, sign_both

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=366)
GONE = "vernietigd"


def destroy(years: int, *, by: Person, other: Person) -> set[tuple[str, int]]:
    """What two people destroy of the list after so many years: kind and record."""
    made = propose(timezone.localdate() + years * YEAR)
    if made is None:
        return set()
    lines = list(made.lines.open())
    choices = {line.pk: Decided("destroy") for line in lines}
    assert set(decide(made, choices, by=by)) == {PROPOSED}
    assert set(decide(made, choices, by=by)) == {PROPOSED}, "nobody decides alone"
    decide(made, choices, by=other)
    return {(line.kind, line.row_id) for line in lines}


def refused(row: Any, **gone: Any) -> bool:
    """Whether the database refuses what nobody decided."""
    try:
        with transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**gone)
    except IntegrityError:
        return True
    return False


def test_of_what_was_declined_the_paper_goes_and_who_has_it_is_still_known(
    client: Client, bureau: Person, bestuur: Person
) -> None:
    runs = make_own_offer("GM9711", "Loopt", bureau)
    offer = make_own_offer("GM9712", "Afgewezen", bureau)
    signer = make_signer(offer.organisation)
    copy = bytes(offer.document or b"")
    answering.decline(offer, reason="Te duur.", today=timezone.localdate(), by=signer)
    gone = {"document": b"", "document_name": GONE, "filled": None, "reason": GONE}
    assert refused(offer, **gone)
    assert destroy(1, by=bureau, other=bestuur) == set()
    assert destroy(3, by=bureau, other=bestuur) == {(Kept.OFFER, offer.pk)}
    offer.refresh_from_db()
    assert offer.document is not None
    assert (bytes(offer.document), offer.reason) == (b"", GONE)
    assert verify.check(copy).outcome is verify.Outcome.OFFERED
    assert refused(offer, document_sha256="0" * 64), "only what had its time goes"
    client.force_login(signer)
    page = client.get(reverse("agreement-detail", args=[offer.reference]))
    assert "Het document is vernietigd" in page.content.decode()
    assert "De reden: vernietigd" not in page.content.decode()
    url = reverse("agreement-document", args=[offer.reference])
    assert url not in page.content.decode()
    assert client.get(url).status_code == 404
    assert Offer.objects.get(pk=runs.pk).document


def test_an_agreement_goes_seven_years_after_its_end_and_never_before(
    bureau: Person, bestuur: Person
) -> None:
    offer = make_own_offer("GM9721", "Getekend", bureau)
    sign_both(offer, make_signer(offer.organisation), bestuur)
    complete_waiting()
    sealed = offer.sealed
    copy = bytes(sealed.content)
    assert propose(timezone.localdate() + 40 * YEAR) is None, "it is in force"
    fact = offer.fact
    assert fact is not None
    type(fact)._default_manager.filter(pk=fact.pk).update(
        ends_on=timezone.localdate() + YEAR
    )
    assert propose(timezone.localdate() + 7 * YEAR) is None
    signature = offer.signatures.earliest("pk")
    assert refused(signature, name=GONE, function=GONE)
    assert refused(sealed, content=b"", trail={})
    assert destroy(9, by=bureau, other=bestuur) == {(Kept.AGREEMENT, offer.pk)}
    sealed.refresh_from_db()
    assert (bytes(sealed.content), sealed.trail) == (b"", {})
    names = offer.signatures.values_list("name", "function", "ground")
    assert {one[:2] for one in names} == {(GONE, GONE)}
    assert all(one[2] not in ("", GONE) for one in names), "on what ground stays"
    assert verify.check(copy).outcome is verify.Outcome.SIGNED
    assert complete_waiting() == 0


def test_what_was_turned_back_goes_after_a_year(
    client: Client, bureau: Person, bestuur: Person
) -> None:
    offer = make_own_offer("GM9731", "Op papier", bureau)
    scan = on_paper.hand_in(
        offer, Party.ORGANISATION, SimpleUploadedFile("getekend.png", PNG),
        today=timezone.localdate(), by=bureau,
    )  # fmt: skip
    on_paper.turn_back(scan, reason="Niet het goede document.", by=bestuur)
    model = hand_in_model("GM9732", "Modelhoek")
    own_models.turn_back(model, reason="Een bijlage ontbreekt.", by=bureau)
    for row in (scan, model):
        assert refused(row, content=b"", file_name=GONE, reason=GONE)
    done = {(Kept.SCAN, scan.pk), (Kept.MODEL, model.pk)}
    assert destroy(2, by=bureau, other=bestuur) == done
    for row in (scan, model):
        row.refresh_from_db()
        assert (bytes(row.content), row.is_destroyed) == (b"", True)
        assert len(row.sha256) == 64
    client.force_login(bureau)
    for url in (
        reverse("agreement-scan", args=[offer.reference, scan.pk]),
        reverse("own-model-document", args=[model.pk]),
    ):
        assert client.get(url).status_code == 404


def test_of_a_statement_about_data_that_it_was_done_stays(
    client: Client, heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    row = prove(make_clearing(heideveld), by=bureau)
    sums, done_on = row.sha256, row.done_on
    gone = {"content": b"", "file_name": GONE, "signer_name": GONE}
    assert refused(row, **gone, signer_function=GONE)
    assert destroy(8, by=bureau, other=bestuur) == {(Kept.CLEARING, row.pk)}
    row.refresh_from_db()
    assert (bytes(row.content), row.signer_name) == (b"", GONE)
    assert (row.sha256, row.done_on) == (sums, done_on)
    client.force_login(bureau)
    page = client.get(reverse("clearing-detail", args=[row.pk])).content.decode()
    assert "De verklaring is vernietigd" in page
    assert client.get(reverse("clearing-proof", args=[row.pk])).status_code == 404


def test_of_a_datalek_the_names_go_and_what_happened_stays(
    client: Client, heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    breach = discover(bureau, heideveld, found=KNOWN)
    tell(breach, heideveld, by=bureau)
    decide_on(breach, heideveld, by=bureau)
    now = timezone.now()
    assert destroy(30, by=bureau, other=bestuur) == set(), "it is not closed"
    closing.propose(breach, Outcome.HANDLED, words="Klaar.", now=now, by=bureau)
    closing.close(breach, now=timezone.now(), by=bestuur)
    letter = breach.entries.get(outcome=Outcome.WRITTEN)
    assert refused(breach, discovered_by=GONE)
    assert refused(letter, content=b"", file_name=GONE)
    assert destroy(6, by=bureau, other=bestuur) == set()
    assert destroy(8, by=bureau, other=bestuur) == {(Kept.BREACH, breach.pk)}
    known = breach.descriptions.get()
    assert (known.contact, known.what) == (GONE, KNOWN.what)
    letter.refresh_from_db()
    assert (bytes(letter.content), len(letter.sha256)) == (b"", 64)
    assert refused(known, what="Er is niets gebeurd.")
    reader = make_person("Fg", "fg", heideveld)
    client.force_login(reader)
    page = client.get(reverse("breach-detail", args=[breach.number])).content.decode()
    assert "vernietigd na de bewaartermijn" in page
    assert KNOWN.what in page
    assert "Noor" not in page
    told = HistoryEvent.objects.filter(subject_type="membership.destructionlist")
    said = [*told.values_list("facts", flat=True), *DestructionLine.objects.values()]
    assert "Noor" not in str(said)
    assert "backoffice" not in str(said)
