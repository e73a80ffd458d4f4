"""The register of processing after an agreement: until our own data are cleared."""

import datetime
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types

from contracts.annexes.register import register_on
from contracts.annexes.register_files import as_xlsx
from contracts.clearing import opening
from contracts.models import Clearing, Gebruiksovereenkomst
from membership.models import Organisation, Person
from tests.contracts.after import DAY, make_clearing, prove
from tests.contracts.annexes import lay, next_version

pytestmark = pytest.mark.django_db


def end(agreement: Gebruiksovereenkomst, on: datetime.date) -> None:
    """Its last day, as an opzegging makes it."""
    agreement.coverages.update(ends_on=on)
    Gebruiksovereenkomst.objects.filter(pk=agreement.pk).update(ends_on=on)
    agreement.refresh_from_db()


def ours(agreement: Gebruiksovereenkomst) -> Clearing:
    return agreement.clearings.get(is_ours=True)


def test_who_ended_stays_until_our_own_data_are_cleared(
    agreement: Gebruiksovereenkomst, heideveld: Organisation, bureau: Person
) -> None:
    today = timezone.localdate()
    ended_on = today - 5 * DAY
    [before] = register_on(ended_on)
    end(agreement, ended_on)
    opening.open_for(agreement, by=bureau)
    [row] = register_on(today)
    assert (row.controller, row.party, row.since, row.version) == (
        *(before.controller, before.party, before.since, before.version),
    )
    assert (before.ended_on, row.ended_on) == (None, ended_on)
    assert [one.ended_on for one in register_on(ended_on)] == [None]
    for other in agreement.clearings.filter(is_ours=False):
        prove(other, by=bureau)
    assert register_on(today) == [row]
    prove(ours(agreement), by=bureau)
    assert register_on(today) == []
    assert register_on(today - DAY) == [row]


def test_it_keeps_the_version_that_held_and_goes_when_it_is_used_again(
    agreement: Gebruiksovereenkomst,
    heideveld: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    ended_on = timezone.localdate() - DAY
    end(agreement, ended_on)
    make_clearing(heideveld, is_ours=True)
    later = next_version(agreement.instrument, by=bureau)
    lay(later, by=bestuur)
    later.refresh_from_db()
    assert later.used_from is not None
    [row] = register_on(later.used_from)
    assert (row.ended_on, row.version and row.version.number) == (ended_on, 1)
    again = Gebruiksovereenkomst.objects.create(
        organisation=heideveld, instrument=agreement.instrument,
        signed_on=ended_on, starts_on=later.used_from,
    )  # fmt: skip
    again.coverages.create(
        gemeente=heideveld, instrument=agreement.instrument, starts_on=later.used_from
    )
    [row] = register_on(later.used_from)
    assert (row.ended_on, row.version and row.version.number) == (None, 2)


def test_an_ended_verwerkersovereenkomst_stays_while_the_use_goes_on(
    agreement: Gebruiksovereenkomst, heideveld: Organisation, bureau: Person
) -> None:
    today = timezone.localdate()
    fact = heideveld.verwerkersovereenkomsten.get()
    fact.ends_on = today - DAY
    fact.save()
    assert register_on(today) == []
    opening.open_for(fact, by=bureau)
    [row] = register_on(today)
    assert (row.party, row.ended_on) == (heideveld, today - DAY)


def test_the_files_and_pages_say_what_is_still_to_clear(
    client: Client,
    agreement: Gebruiksovereenkomst,
    heideveld: Organisation,
    noorderhage: Organisation,
    lezer: Person,
    bureau: Person,
) -> None:
    today = timezone.localdate()
    end(agreement, today - DAY)
    make_clearing(heideveld, is_ours=True)
    assert register_on(today, of=noorderhage) == []
    rows = register_on(today, of=heideveld)
    sheet = load_workbook(io.BytesIO(as_xlsx(rows, today)))["Voor wie"]
    heads, values = ([cell.value for cell in row] for row in sheet.iter_rows())
    said = dict(zip(heads, values, strict=True))
    assert said["Geëindigd op"].date() == today - DAY
    assert said["Stand"] == "gegevens nog te wissen"
    client.force_login(bureau)
    page = client.get(reverse("admin:contracts_annexversion_register")).text
    assert "gegevens nog te wissen" in page
    client.force_login(lezer)
    page = client.get(reverse("annex-list")).text
    assert "Geëindigd, gegevens nog te wissen" in page
    assert reverse("processing-register", args=["pdf"]) in page
    assert "Wat nu geldt" not in page
