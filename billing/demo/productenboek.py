"""The productenboek: Flexensie, and examples that are plainly none of the NVSI's.

The examples are those of seed 004, with its prices; the steps of the users, the
indexation, the decisions and the routekaart are invented.
"""

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils import timezone

from billing.demo.members import WOERDEN
from billing.demo.stage import BUREAU, FILES, Stage
from instruments.factsheets import writing
from instruments.interests import showing
from instruments.models import Factsheet, Instrument, Milestone, Tariff
from membership import history
from membership.models import AlvBesluit, Organisation, Person
from membership.people import person_by_email
from nvsi.dutch import counted, euro
from nvsi.money import ZERO

INHABITANTS = 16_979_120
BUDGETS = {
    "Vertrouwenswerk": Decimal("7500000.00"),
    "Kindertelefoon": Decimal("3830000.00"),
    "Luisterend Oor": Decimal("3940000.00"),
    "Beheer en betaling": Decimal("50000.00"),
}
INDEXED_BY = Decimal("2.00")
BANDS = {1: Decimal("500.00"), 500: Decimal("1250.00"), 2000: Decimal("2500.00")}
ONCE = Decimal("1500.00")
SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2028, 12, 31)
INTERESTED = "GM0632"
# The instrument, what happens, its name, and the year and quarter.
MILESTONES = (
    ("flexensie", "available", "Afrekeningen in het portaal", 2026, 1),
    ("flexensie", "decision", "Kaders voor 2027 (verzonnen)", 2026, 4),
    ("flexensie", "available", "Uren aanleveren met een koppeling", 2027, 2),
    ("flexensie", "decision", "Bijdrage vanaf 2028 (verzonnen)", 2027, 4),
    ("govroam", "available", "Alle provincies aangesloten (verzonnen)", 2027, None),
    ("rijbewijzen", "decision", "Landelijk invoeren of niet (verzonnen)", 2027, 1),
    ("rijbewijzen", "available", "Aanvragen zonder balie (verzonnen)", 2028, 3),
    ("kindertelefoon", "end", "Einde van het abonnement (verzonnen)", 2028, 4),
)
REACHED = "Afrekeningen in het portaal"


def fill_the_productenboek(stage: Stage) -> Iterator[str]:
    """A factsheet each, the second version of one, tariffs, and the routekaart."""
    bureau = person_by_email(BUREAU)
    with (FILES / "factsheets.toml").open("rb") as file:
        sheets = tomllib.load(file)
    for slug, answers in sheets.items():
        _publish(_instrument(slug, answers), answers, bureau)
    _second_version(stage.instrument, bureau)
    yield (
        f"Het productenboek heeft {counted(len(sheets), 'factsheet', 'factsheets')}: "
        "die van Flexensie, en van voorzieningen die als voorbeeld zijn gemerkt."
    )
    yield from _set_tariffs()
    for milestone in MILESTONES:
        _plan(*milestone)
    words = counted(len(MILESTONES), "mijlpaal", "mijlpalen")
    yield f"De routekaart heeft {words} (deels verzonnen)."


def show_interest(stage: Stage) -> Iterator[str]:
    """Of a gemeente that does not use it yet, and the answer of the bureau."""
    gemeente = Organisation.objects.get(code=INTERESTED)
    words = "Wij willen na de winter beginnen met tien kandidaten. Kan dat?"
    by = person_by_email(WOERDEN)
    shown = showing.show(stage.instrument, gemeente, words=words, by=by)
    answer = "Ja. Wij stellen de overeenkomsten op, en bieden ze u hier aan."
    showing.answer(shown, text=answer, by=person_by_email(BUREAU))
    yield f"{gemeente} heeft belangstelling voor {stage.instrument}. Antwoord: {answer}"


def _instrument(slug: str, answers: Mapping[str, str]) -> Instrument:
    found = Instrument.objects.filter(slug=slug).first()
    if found is not None:
        return found
    instrument = Instrument(
        slug=slug,
        name=answers["name"],
        description=answers["description"],
        is_example=True,
    )
    instrument.full_clean()
    instrument.save()
    return instrument


def _publish(instrument: Instrument, answers: Mapping[str, str], by: Person) -> None:
    said = {name: answers[name].strip() for name in ("note", *writing.SAID)}
    draft = Factsheet(instrument=instrument, number=1, written_by=by, **said)
    draft.full_clean()
    draft.save()
    history.record(draft, "added", by)
    writing.publish(draft, seen=writing.fingerprint(draft), by=by)


def _second_version(instrument: Instrument, by: Person) -> None:
    first = instrument.factsheets.get()
    draft = writing.start(first, note="Waar u de kosten terugvindt.", by=by)
    draft.costs += " Op de pagina Prijs rekent u uit wat dat voor u is."
    draft.full_clean()
    draft.save()
    writing.publish(draft, seen=writing.fingerprint(draft), by=by)


def _plan(slug: str, kind: str, title: str, year: int, quarter: int | None) -> None:
    milestone = Milestone(
        instrument=Instrument.objects.get(slug=slug),
        kind=kind,
        title=title,
        year=year,
        quarter=quarter,
    )
    if title == REACHED:
        milestone.status = Milestone.Status.REACHED
        milestone.reached_on = timezone.localdate().replace(month=1, day=15)
    milestone.full_clean()
    milestone.save()
    history.record(milestone, "added", None)


def _set_tariffs() -> Iterator[str]:
    """In three ways; the fourth is the percentage of Flexensie."""
    besluit = AlvBesluit(
        reference="ALV-2024-tarieven (verzonnen)",
        subject="ALV-besluit tarieven vanaf 2025 (verzonnen)",
        taken_on=datetime.date(2024, 11, 28),
    )
    besluit.full_clean()
    besluit.save()
    per_inhabitant = _tariff(
        "kindertelefoon",
        besluit,
        kind=Tariff.Kind.INHABITANT,
        ends_on=UNTIL,
        inhabitants=INHABITANTS,
        price_level=2025,
    )
    for name, amount in BUDGETS.items():
        per_inhabitant.budgets.create(name=name, amount=amount)
    per_inhabitant.indexations.create(year=2026, pct=INDEXED_BY, besluit=besluit)
    by_users = _tariff("govroam", besluit, kind=Tariff.Kind.USERS, one_off=ONCE)
    for start, amount in BANDS.items():
        by_users.bands.create(from_users=start, amount=amount)
    _tariff("gibit", besluit, kind=Tariff.Kind.FREE)
    total = sum(BUDGETS.values(), ZERO)
    yield (
        f"De drie landelijke diensten kosten {euro(total)} per jaar: gemeenten betalen "
        f"naar inwoners. Govroam kost eenmalig {euro(ONCE)}, en per jaar een bedrag "
        "naar gebruikers. De GIBIT is gratis."
    )


def _tariff(slug: str, besluit: AlvBesluit, **facts: object) -> Tariff:
    instrument = Instrument.objects.get(slug=slug)
    tariff = Tariff(instrument=instrument, starts_on=SINCE, besluit=besluit, **facts)
    tariff.full_clean()
    tariff.save()
    history.record(tariff, "decided", None, besluit=besluit.reference)
    return tariff
