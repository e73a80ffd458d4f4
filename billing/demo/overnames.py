"""Agreements with the uitvoerder itself that expire, and move to the NVSI.

Eight gemeenten, each at another place of that road. They exist; their agreements and
the people are invented.
"""

import csv
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from billing.demo.members import belong
from billing.demo.signing import give_mandate, sign_for
from billing.demo.stage import BESTUUR, BUREAU, FILES, Stage, command
from contracts.kinds import Party
from contracts.models import ExistingAgreement, Verwerkersovereenkomst
from contracts.offering import answering
from contracts.signing.completing import complete_waiting
from contracts.taking_over import offering
from membership.gemeenten import import_gemeenten
from membership.models import Membership, Organisation, Person, Role
from membership.people import add_person, person_by_email
from nvsi.dutch import day, listing

LID, ASPIRANT = Membership.Kind.LID, Membership.Kind.ASPIRANT_LID
TERM = datetime.timedelta(weeks=4)
SINCE = datetime.timedelta(weeks=6)  # that they belong
COLUMNS = (
    *("organisatie_code", "instrument", "uitvoerder_code"),
    *("einddatum", "vergoeding_pct", "afspraken"),
)


@dataclass(frozen=True)
class Old:
    """An agreement with the uitvoerder: in how many months it expires, and its price;
    who holds it, as what it belongs to the NVSI, and its contactpersoon."""

    code: str
    belongs: Membership.Kind | None
    months: int
    pct: str
    name: str
    email: str
    terms: str = ""


MAASTRICHT, DEN_HELDER, TERNEUZEN = "GM0935", "GM0400", "GM0715"
DEVENTER, ALMELO, ZOETERMEER = "GM0150", "GM0141", "GM0637"
PER_MONTH = "De gemeente krijgt elke maand een overzicht van de uren. (Verzonnen.)"
EXISTING = (
    Old(MAASTRICHT, LID, 1, "30", "Lotte Savelberg", "l.savelberg@maastricht.example"),
    Old(ALMELO, LID, 1, "29", "Wout Lubbers", "w.lubbers@almelo.example", PER_MONTH),
    Old(DEN_HELDER, LID, 1, "27.5", "Inge Kossen", "i.kossen@den-helder.example"),
    Old(DEVENTER, LID, 2, "31", "Harm Roelofs", "h.roelofs@deventer.example"),
    Old(TERNEUZEN, LID, 2, "28", "Mieke de Feijter", "m.defeijter@terneuzen.example"),
    Old("GM0228", ASPIRANT, 4, "30", "Gerben van Ee", "g.vanee@ede.example"),
    Old("GM0505", None, 4, "28.5", "Ilse Plaisier", "i.plaisier@dordrecht.example"),
    Old(ZOETERMEER, LID, 7, "30.5", "Omar Rahimi", "o.rahimi@zoetermeer.example"),
)
# Who signs for them: name, address and function.
SIGNERS = {
    MAASTRICHT: ("Ruud Habets", "secretaris@maastricht.example", "gemeentesecretaris"),
    DEN_HELDER: ("Corrie Duin", "wethouder@den-helder.example", "wethouder"),
}
COVERED = (DEVENTER,)  # has a verwerkersovereenkomst already
NOT_YET = (ALMELO, ZOETERMEER)  # to whom nothing was offered
WHY_NOT = (
    "Het college wil eerst het advies van de FG afwachten. Wij vragen u het aanbod in "
    "januari opnieuw te doen. (Verzonnen.)"
)


def take_in_existing(stage: Stage) -> Iterator[str]:
    """The list of what runs with Flexensie itself, read from a file."""
    import_gemeenten(FILES / "overnames.csv", today=stage.today)
    for old in EXISTING:
        _enter(old, stage.today)
    path = stage.write("flexensie-overeenkomsten.csv", _file(stage.today))
    yield from command("import_contracts", path, "--existing")
    last = ExistingAgreement.objects.earliest("ends_on").ends_on
    yield f"De eerste lopen af op {day(last)}. Het bord in het beheer zegt wat er mist."


def move_to_the_nvsi(stage: Stage) -> Iterator[str]:
    """Many are offered in one act; one is signed by both, one refused, one declined."""
    bureau = person_by_email(BUREAU)
    rows = ExistingAgreement.objects.exclude(organisation__code__in=NOT_YET)
    run = offering.ask(rows, answer_by=stage.today + TERM, today=stage.today, by=bureau)
    while offering.work_on_next(today=stage.today):
        pass
    done = offering.progress(run)
    yield f"{done.offered} van {done.total} overnames in één keer aangeboden."
    for row in run.agreements.exclude(refusal="").select_related("organisation"):
        yield f"Niet gelukt: {row.refusal}"
    yield from _sign(stage)
    yield from _decline(stage)
    names = [str(one) for one in Organisation.objects.filter(code__in=NOT_YET)]
    yield f"Nog niets aangeboden: {listing(names)}."


def _enter(old: Old, today: datetime.date) -> None:
    """Who holds it, as what it belongs, and whom we write to."""
    gemeente = Organisation.objects.get(code=old.code)
    if old.belongs is not None:
        belong(gemeente, old.belongs, today - SINCE)
    if old.code in COVERED:
        fact = Verwerkersovereenkomst(organisation=gemeente, starts_on=today - SINCE)
        fact.full_clean()
        fact.save()
    _add(old.email, old.name, Role.Name.CONTACTPERSOON, gemeente, today)


def _add(
    email: str, name: str, role: str, gemeente: Organisation, today: datetime.date
) -> Person:
    added = add_person(
        email, name=name, role=role, organisation=gemeente, today=today, by=None
    )
    return added.role.person


def _file(today: datetime.date) -> bytes:
    """As the uitvoerder would hand in its list."""
    text = StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(COLUMNS)
    for old in EXISTING:
        end = _end_of_month(today, old.months).isoformat()
        rows.writerow((old.code, "flexensie", "flexensie", end, old.pct, old.terms))
    return text.getvalue().encode()


def _end_of_month(today: datetime.date, months: int) -> datetime.date:
    """The last day of the month that is so many months on."""
    after = today.year * 12 + today.month + months
    return datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(days=1)


def _sign(stage: Stage) -> Iterator[str]:
    """One is signed by both parties and so taken over; the other waits for the NVSI."""
    bestuur = person_by_email(BESTUUR)
    for code, (name, email, function) in SIGNERS.items():
        gemeente = Organisation.objects.get(code=code)
        signer = _add(email, name, Role.Name.ONDERTEKENAAR, gemeente, stage.today)
        give_mandate(signer, gemeente, function)
        for offer in gemeente.offers.running().order_by("pk"):
            sign_for(offer, Party.ORGANISATION, signer)
            if code == MAASTRICHT:
                sign_for(offer, Party.NVSI, bestuur)
    complete_waiting()
    taken, half = (_existing(code) for code in SIGNERS)
    yield (
        f"{taken.organisation} en de NVSI tekenden: overgenomen vanaf "
        f"{day(taken.follows_on)}."
    )
    yield f"{half.organisation} tekende; nu tekent het bestuur, in het beheer."


def _decline(stage: Stage) -> Iterator[str]:
    row = _existing(TERNEUZEN)
    assert row.offer is not None, "it was offered"
    contact = Person.objects.contacts_of([row.organisation], on=stage.today).get()
    answering.decline(row.offer, reason=WHY_NOT, today=stage.today, by=contact)
    yield f"{row.organisation} wijst het aanbod af, met de reden."


def _existing(code: str) -> ExistingAgreement:
    rows = ExistingAgreement.objects.select_related("organisation", "offer")
    return rows.get(organisation__code=code)
