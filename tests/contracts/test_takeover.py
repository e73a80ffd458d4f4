"""The agreements of today come in whole or not at all, and never twice."""

import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from contracts.models import (
    Coverage,
    Gebruiksovereenkomst,
    Terms,
    Verwerkersovereenkomst,
)
from contracts.takeover import TakenOver, import_contracts
from contracts.takeover_rows import COLUMNS
from instruments.models import Instrument
from membership.models import (
    Email,
    HistoryEvent,
    Membership,
    Organisation,
    Person,
    Role,
)
from nvsi.halfyear import HalfYear
from nvsi.refusals import TableRefused
from tests.membership.redivisions import record

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 9)
ROW = {
    "gemeente_code": "GM9003",
    "lidmaatschap": "lid",
    "collegebesluit_op": "2017-11-28",
    "verwerkersovereenkomst_op": "2017-12-20",
    "gebruiksovereenkomst_op": "21-12-2017",
    "instrument": "flexensie",
    "ingangsdatum": "2018-01-01",
    "einddatum": "",
    "vergoeding_pct": "27,5",
    "iban": "NL20 INGB 0001 2345 67",
    "contact_naam": "Noor de Wit",
    "contact_email": "Noor@Noorderhage.example",
}
ASPIRANT = {"lidmaatschap": "aspirant_lid", "collegebesluit_op": ""}


@pytest.fixture
def file(tmp_path: Path, noorderhage: Organisation, flexensie: Instrument) -> Path:
    """Where the file comes; Noorderhage and flexensie are known."""
    return tmp_path / "overeenkomsten.csv"


def write(file: Path, *changes: dict[str, str]) -> Path:
    rows = [{**ROW, **change} for change in changes]
    lines = [";".join(row[name] for name in COLUMNS.required) for row in rows]
    file.write_text("\n".join([";".join(COLUMNS.required), *lines]))
    return file


def take_over(file: Path, *changes: dict[str, str]) -> TakenOver:
    return import_contracts(write(file, *changes), today=TODAY)


def refusals(file: Path, *changes: dict[str, str]) -> list[str]:
    before = HistoryEvent.objects.count()
    with pytest.raises(TableRefused) as caught:
        take_over(file, *changes)
    assert HistoryEvent.objects.count() == before
    return [f"{e.row} {e.column}: {e.message}" for e in caught.value.errors]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def memberships() -> list[tuple[str, str, str | None]]:
    return [
        (m.kind, str(m.starts_on), str(m.ends_on) if m.ends_on else None)
        for m in Membership.objects.order_by("starts_on")
    ]


def test_one_row_brings_all_that_belongs_to_an_agreement(
    file: Path, noorderhage: Organisation, bureau: Person
) -> None:
    done = import_contracts(write(file, {}), today=TODAY, by=bureau)
    assert done == TakenOver(new=1, known=0, contacts=1)
    membership = noorderhage.memberships.get()
    assert membership.kind == "lid"
    assert membership.collegebesluit_on == membership.starts_on == day("2017-11-28")
    verwerkersovereenkomst = noorderhage.verwerkersovereenkomsten.get()
    assert verwerkersovereenkomst.starts_on == day("2017-12-20")
    agreement = noorderhage.gebruiksovereenkomsten.get()
    assert agreement.signed_on == day("2017-12-21")
    assert (agreement.starts_on, agreement.ends_on) == (day("2018-01-01"), None)
    coverage = agreement.coverages.get()
    assert (coverage.gemeente, coverage.starts_on) == (noorderhage, day("2018-01-01"))
    terms = agreement.terms.get()
    assert terms.from_halfyear == HalfYear(2018, 1)
    assert terms.vergoeding_pct == Decimal("27.50")
    noorderhage.refresh_from_db()
    assert noorderhage.iban == "NL20INGB0001234567"
    role = noorderhage.roles.get()
    assert (role.name, role.starts_on) == ("contactpersoon", TODAY)
    assert role.person.email == "noor@noorderhage.example"
    assert not role.person.has_usable_password()
    assert not Email.objects.exists()
    assert set(HistoryEvent.objects.values_list("by", flat=True)) == {bureau.pk}
    event = HistoryEvent.objects.get(subject_type="contracts.gebruiksovereenkomst")
    assert event.facts == {"gemeenten": ["GM9003"], "vergoeding_pct": "27.50"}


def test_the_same_file_again_changes_nothing(file: Path) -> None:
    successor = {"ingangsdatum": "2020-01-01", "vergoeding_pct": "25"}
    rows = ({"einddatum": "2019-12-31"}, successor)
    assert take_over(file, *rows) == TakenOver(2, 0, 1)
    events = HistoryEvent.objects.count()
    assert take_over(file, *rows) == TakenOver(0, 2, 0)
    assert take_over(file, successor) == TakenOver(0, 1, 0)
    assert HistoryEvent.objects.count() == events
    for model in (Membership, Verwerkersovereenkomst, Role):
        assert model._default_manager.count() == 1
    assert Coverage.objects.count() == Terms.objects.count() == 2


def test_what_the_bureau_ended_does_not_come_back(file: Path) -> None:
    take_over(file, {})
    for model in (Membership, Verwerkersovereenkomst, Role):
        model._default_manager.update(ends_on=TODAY)
    assert take_over(file, {}) == TakenOver(0, 1, 0)
    for model in (Membership, Verwerkersovereenkomst, Role):
        assert model._default_manager.get().ends_on == TODAY


def test_an_aspirant_lid_is_one_since_its_first_agreement(file: Path) -> None:
    later = {**ASPIRANT, "ingangsdatum": "2020-01-01"}
    take_over(file, later, {**ASPIRANT, "einddatum": "2019-12-31"})
    assert memberships() == [("aspirant_lid", "2017-12-20", None)]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("turned", [True, False])
def test_an_aspirant_lid_that_becomes_lid_ends_the_day_before(
    file: Path, together: bool, turned: bool
) -> None:
    rows = [
        {**ASPIRANT, "einddatum": "2018-12-31"},
        {"collegebesluit_op": "2018-10-01", "ingangsdatum": "2019-01-01"},
    ]
    if turned:
        rows.reverse()
    for group in [rows] if together else [[row] for row in rows]:
        take_over(file, *group)
    assert memberships() == [
        ("aspirant_lid", "2017-12-20", "2018-09-30"),
        ("lid", "2018-10-01", None),
    ]
    assert take_over(file, *rows) == TakenOver(0, 2, 0)


def test_a_membership_that_cannot_be_is_refused(
    file: Path, noorderhage: Organisation
) -> None:
    Membership.objects.create(
        organisation=noorderhage, kind="lid", starts_on=day("2017-01-01")
    )
    assert refusals(file, {}) == [
        "2 lidmaatschap: De organisatie is al lid vanaf 01-01-2017; lid vanaf "
        "28-11-2017 past daar niet bij."
    ]
    assert refusals(file, ASPIRANT) == [
        "2 lidmaatschap: De organisatie is al lid vanaf 01-01-2017; aspirant-lid "
        "vanaf 20-12-2017 past daar niet bij."
    ]


def test_a_verwerkersovereenkomst_that_runs_is_kept(
    file: Path, noorderhage: Organisation
) -> None:
    noorderhage.verwerkersovereenkomsten.create(starts_on=day("2015-05-01"))
    take_over(file, {})
    assert Verwerkersovereenkomst.objects.get().starts_on == day("2015-05-01")


def test_an_ended_or_a_later_verwerkersovereenkomst_leaves_room_for_one(
    file: Path, noorderhage: Organisation
) -> None:
    known = noorderhage.verwerkersovereenkomsten
    known.create(starts_on=day("2015-05-01"), ends_on=day("2017-12-19"))
    known.create(starts_on=day("2019-02-01"))
    take_over(file, {})
    new = known.get(starts_on=day("2017-12-20"))
    assert new.ends_on == day("2019-01-31")


def test_one_person_may_be_contactpersoon_of_several_gemeenten(
    file: Path, waterkant: Organisation, vreemde: Person
) -> None:
    who = {"contact_email": vreemde.email, "contact_naam": "Iemand Anders"}
    other = {"gemeente_code": "gm9002", "iban": "NL38BNGH0285012345", **ASPIRANT}
    done = take_over(file, who, {**who, **other})
    assert done == TakenOver(new=2, known=0, contacts=1)
    assert Person.objects.get().name == "Vreemde"
    assert Role.objects.filter(person=vreemde).count() == 2


def test_every_wrong_cell_is_refused_at_once(file: Path, waterkant: object) -> None:
    assert refusals(
        file,
        {"gemeente_code": "GM0000", "instrument": "fiets", "lidmaatschap": "baas"},
        {"collegebesluit_op": "", "verwerkersovereenkomst_op": "31-02-2018"},
        {"ingangsdatum": "2020-01-01", "einddatum": "2019-12-31", "iban": ""},
        {"vergoeding_pct": "100,01", "iban": "NL21INGB0001234567"},
        {"vergoeding_pct": "27,555", "iban": "NL20-INGB-0001-2345-67"},
        {**dict.fromkeys(ROW, ""), "contact_email": "noor"},
    ) == [
        "2 gemeente_code: 'GM0000' is geen bekende gemeente.",
        "2 instrument: 'fiets' is geen bekend instrument.",
        "2 lidmaatschap: 'baas' kan niet; schrijf lid of aspirant_lid.",
        "3 collegebesluit_op: ontbreekt; een lid heeft er een.",
        "3 verwerkersovereenkomst_op: '31-02-2018' is geen datum; schrijf 2026-03-09 "
        "of 09-03-2026.",
        "4 einddatum: ligt voor de ingangsdatum.",
        "4 iban: ontbreekt.",
        "5 iban: IBAN 'NL21INGB0001234567' klopt niet: het controlegetal past niet "
        "bij het nummer. Kijk het na op een bankafschrift.",
        "5 vergoeding_pct: '100,01' moet tussen 0 en 100 liggen.",
        "6 iban: 'NL20-INGB-0001-2345-67' is geen IBAN; schrijf letters en cijfers.",
        "6 vergoeding_pct: '27,555' heeft meer dan twee decimalen.",
        "7 contact_email: 'noor' is geen e-mailadres.",
        *(
            f"7 {name}: ontbreekt."
            for name in sorted(ROW)
            if name not in ("collegebesluit_op", "contact_email", "einddatum")
        ),
    ]
    assert not Gebruiksovereenkomst.objects.exists()
    assert not Person.objects.exists()


def test_other_content_of_what_is_known_is_refused(file: Path) -> None:
    take_over(file, {})
    assert refusals(
        file,
        {
            "gebruiksovereenkomst_op": "2017-12-22",
            "einddatum": "2026-12-31",
            "vergoeding_pct": "30",
            "iban": "NL38BNGH0285012345",
            "contact_email": "an@noorderhage.example",
        },
    ) == [
        "2 einddatum: is bij de bekende overeenkomst leeg; wijzig het in het beheer.",
        "2 gebruiksovereenkomst_op: is bij de bekende overeenkomst 21-12-2017; wijzig "
        "het in het beheer.",
        "2 iban: 'NL38BNGH0285012345' is een ander IBAN dan bekend is; wijzig het in "
        "het beheer.",
        "2 vergoeding_pct: is bij de bekende overeenkomst 27,5%; wijzig het in het "
        "beheer.",
    ]


def test_agreements_that_overlap_are_refused(
    file: Path, heideveld: Organisation
) -> None:
    known = {
        "gemeente_code": heideveld.code,
        "collegebesluit_op": "2018-01-01",
        "ingangsdatum": "2019-01-01",
        "iban": heideveld.iban,
    }
    assert refusals(file, {}, known, {"ingangsdatum": "2020-01-01"}) == [
        "3 ingangsdatum: overlapt met een bekende overeenkomst (vanaf 01-01-2018 "
        "zonder einddatum).",
        "4 ingangsdatum: overlapt met rij 2 van dit bestand (vanaf 01-01-2018 zonder "
        "einddatum).",
    ]


def test_rows_of_one_gemeente_agree_about_the_iban(file: Path) -> None:
    later = {"ingangsdatum": "2020-01-01", "iban": "NL38BNGH0285012345"}
    assert refusals(file, {"einddatum": "2019-12-31"}, later) == [
        "3 iban: 'NL38BNGH0285012345' is een ander IBAN dan in rij 2."
    ]


def test_somebody_inactive_is_no_new_contactpersoon(file: Path, bureau: Person) -> None:
    bureau.is_active = False
    bureau.save()
    assert refusals(file, {"contact_email": bureau.email}) == [
        "2 contact_email: 'bureau@nvsi.example' is van iemand die niet meer actief is."
    ]


def test_all_gemeenten_come_in_with_few_questions(
    file: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    codes = [f"GM{n}" for n in range(1000, 1342)]
    Organisation.objects.bulk_create(
        Organisation(code=code, kind="gemeente", name=code, short_name=code)
        for code in codes
    )
    rows = [{"gemeente_code": c, "contact_email": f"{c}@x.example"} for c in codes]
    write(file, *rows)
    # One event of history for each: membership, agreements, IBAN, person and role.
    with django_assert_max_num_queries(6 * len(codes) + 40):
        assert import_contracts(file, today=TODAY).new == len(codes)
    with django_assert_max_num_queries(20):
        assert import_contracts(file, today=TODAY).known == len(codes)


def test_the_command_sums_up_on_one_line(file: Path) -> None:
    out = StringIO()
    call_command("import_contracts", write(file, {}), stdout=out)
    assert out.getvalue() == (
        "Overeenkomsten: 1 nieuw, 0 bekend. Contactpersonen: 1 nieuw.\n"
    )


def test_nothing_is_taken_over_for_a_gemeente_that_was_dissolved(
    file: Path, noorderhage: Organisation, bureau: Person
) -> None:
    record(noorderhage, by=bureau)
    (refusal,) = refusals(file, {})
    assert "opgegaan in Heide aan Zee (GM9100)" in refusal
