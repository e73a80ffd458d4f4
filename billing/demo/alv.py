"""The ALV: two that were held, of which one set the contribution of 2027, one in which
members vote already, and one for which they can still hand in amendementen."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from billing.demo.stage import BESTUUR, BUREAU, Stage
from billing.demo.votes import (
    ABSTAINED,
    CONTRA,
    PRO,
    allow_electronic,
    count_in_the_room,
    open_now,
    open_the_doors,
    vote_electronically,
)
from instruments.models import ContributionRate
from membership import history
from membership.assembly import amending, convening, drafting, minutes
from membership.assembly.amounts import Amount
from membership.assembly.counting import Counts
from membership.assembly.terms import first_day_to_hold
from membership.models import Assembly, Beslispunt, Organisation, Person, Role
from membership.people import person_by_email
from nvsi.dutch import day
from nvsi.halfyear import HalfYear

HELD_ON, CONVENED_ON = datetime.date(2026, 6, 11), datetime.date(2026, 5, 12)
DAY = datetime.timedelta(days=1)
HOURS = datetime.timedelta(hours=3)
MEMBER = "GM0014"
AUTUMN_ON, AUTUMN_CONVENED_ON = (
    datetime.date(2026, 9, 17),
    datetime.date(2026, 8, 20),
)
# What was counted in June, of nine votes: for, against, abstained.
COUNTED = (
    ("1.1", "show", Counts(7, 2)),
    ("1.2", "show", Counts(9, 0)),
    ("2.1", "paper", Counts(4, 5)),
    ("3.1", "paper", Counts(6, 2, 1)),
)
# What each of the nine votes in September; the statutenwijziging is one vote short.
CAST = (
    ("1.1", False, (*[PRO] * 7, CONTRA, ABSTAINED)),
    ("2.1", True, (*[PRO] * 6, CONTRA, CONTRA, ABSTAINED)),
    ("3.1", False, (*[PRO] * 5, *[CONTRA] * 4)),
)
CONTRIBUTION = (
    "De bijdrage voor 2027 vast te stellen op 1% van de bruto-omzet voor de gemeente "
    "en 1% voor de uitvoerder.",
    "Het bestuur opdracht te geven:\n\n- de leden elk halfjaar te laten zien wat de "
    "bijdrage opbracht;\n- in juni 2027 een nieuw voorstel te doen.",
)
WHY = (
    "De bijdrage betaalt het werk van de vereniging. Zij staat als een eigen regel in "
    "de afrekening.\n\n## Wat verandert er\n\nNiets: het percentage blijft gelijk. "
    "Alle bedragen en namen in dit voorbeeld zijn verzonnen."
)
MINUTES = (
    "## Opening\n\nDe voorzitter opent de vergadering om 13:00 uur.\n\n## Bijdrage "
    "2027\n\nEen lid vraagt of de bijdrage omlaag kan. Het bestuur wil eerst de "
    "uitkomst van 2026 zien.\n\n## Sluiting\n\nDe voorzitter sluit om 15:40 uur. "
    "(Verzonnen.)"
)
FUND = (
    "In te stemmen met een fonds voor het samen ontwikkelen van instrumenten.",
    "Het bestuur te vragen om:\n\n- a. een reglement voor het fonds;\n- b. een "
    "begroting voor vier jaar.",
)
STATUTES = (
    "Artikel 14 van de statuten te wijzigen, zodat leden ook elektronisch kunnen "
    "stemmen.",
)
PROXIES = (
    "Artikel 15 van de statuten te wijzigen, zodat een lid ten hoogste vijf volmachten "
    "kan hebben.",
)
BUDGET = ("In te stemmen met de begroting voor 2027 van € 96.500.",)
AMOUNTS = (
    Amount("Bureau", "Salarissen", Decimal(61000)),
    Amount("Bureau", "Huur en kantoor", Decimal(9500)),
    Amount("Leden", "Bijeenkomsten en ALV", Decimal(11000)),
    Amount("Leden", "Portaal en beveiliging", Decimal(15000)),
)
SEAT = ("Mevrouw De Wit (verzonnen) te benoemen tot lid van het bestuur, tot 2030.",)
SMALLER = ("Artikel 8 van de statuten te wijzigen: het bestuur telt drie leden.",)
PLAN = (
    "In te stemmen met het jaarplan voor 2027.",
    "Het bestuur te vragen om de leden in oktober 2027 te laten zien hoe ver het is.",
)


def convene_before(_: Stage) -> Iterator[str]:
    """The ALV of June 2026, with the contribution on its agenda."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    assembly = draft("Algemene ledenvergadering juni 2026", HELD_ON, "Stadhuis Utrecht")
    _propose(assembly, "Bijdrage 2027", "financieel", WHY, CONTRIBUTION, bureau)
    second = ("De ALV voortaan alleen online te houden.",)
    why = "Online vergaderen scheelt reistijd. (Verzonnen.)"
    _propose(assembly, "Alleen online vergaderen", "gewoon", why, second, bureau)
    why = "De wet staat elektronisch stemmen toe als de statuten dat zeggen."
    _propose(assembly, "Elektronisch stemmen", "statutenwijziging", why, STATUTES,
             bureau)  # fmt: skip
    convening.convene(assembly, now=_at(CONVENED_ON, 10), by=bestuur)
    yield f"Het bestuur roept op {day(CONVENED_ON)} de ALV van {day(HELD_ON)} bijeen."


def hold_before(stage: Stage) -> Iterator[str]:
    """Vote by hands and on paper, close it, and set the contribution."""
    bureau = person_by_email(BUREAU)
    assembly = Assembly.objects.get(year=HELD_ON.year, number=1)
    yield open_the_doors(assembly)
    for at, (label, method, counts) in enumerate(COUNTED, 1):
        yield count_in_the_room(assembly, label, counts, method=method, at=30 * at)
    convening.close(assembly, now=_at(HELD_ON, 17), by=bureau)
    notulen = minutes.write(assembly, text=MINUTES, by=bureau)
    minutes.tell_concept(notulen, now=_at(HELD_ON + 14 * DAY, 10), by=bureau)
    first, electronic = (
        Beslispunt.objects.get(
            voorstel__assembly=assembly, voorstel__position=position, number=1
        )
        for position in (1, 3)
    )
    assert first.besluit
    assert electronic.besluit
    allow_electronic(electronic.besluit)
    rate = ContributionRate(
        instrument=stage.instrument,
        from_halfyear=HalfYear(2027, 1),
        gemeente_pct=Decimal(1),
        uitvoerder_pct=Decimal(1),
        besluit=first.besluit,
    )
    rate.full_clean()
    rate.save()
    history.record(rate, "decided", None, besluit=first.besluit.reference)
    yield f"De bijdrage vanaf 2027-H1 wijst naar besluit {first.besluit.reference}."
    yield "Vanaf juli 2026 mogen leden elektronisch stemmen."


def vote_in_autumn(_: Stage) -> Iterator[str]:
    """The ALV of September: electronic votes, one of them secret, one that fails."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    assembly = draft(
        "Algemene ledenvergadering september 2026", AUTUMN_ON, "Stadhuis Zwolle"
    )
    why = "De begroting volgt die van 2026. Alle bedragen zijn verzonnen."
    _propose(assembly, "Begroting 2027", "financieel", why, BUDGET, bureau, AMOUNTS)
    why = "Er is een plaats vrij in het bestuur. (Verzonnen.)"
    _propose(assembly, "Een nieuw lid van het bestuur", "benoeming", why, SEAT, bureau)
    why = "Een kleiner bestuur vergadert sneller. (Verzonnen.)"
    _propose(assembly, "Een kleiner bestuur", "statutenwijziging", why, SMALLER,
             bureau)  # fmt: skip
    convening.convene(assembly, now=_at(AUTUMN_CONVENED_ON, 10), by=bestuur)
    assembly.refresh_from_db()
    yield open_the_doors(assembly)
    for at, (label, is_secret, choices) in enumerate(CAST, 1):
        yield vote_electronically(
            assembly, label, choices, is_secret=is_secret, at=30 * at
        )
    convening.close(assembly, now=_at(AUTUMN_ON, 16), by=bureau)
    yield f"De ALV van {day(AUTUMN_ON)} is gesloten, met haar besluitenlijst."


def let_members_vote(stage: Stage) -> Iterator[str]:
    """An ALV that comes, in which a vote is open: for who looks at the demo."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    on = first_day_to_hold(stage.today, 14)
    assembly = draft("Algemene ledenvergadering over 2027", on, "Stadhuis Arnhem")
    why = "Het jaarplan zegt wat de vereniging in 2027 voor de leden doet. (Verzonnen.)"
    _propose(assembly, "Jaarplan 2027", "gewoon", why, PLAN, bureau)
    convening.convene(assembly, now=stage.now - 7 * DAY, by=bestuur)
    vote = open_now(assembly, "1.1", (PRO, PRO, CONTRA, PRO, ABSTAINED), stage)
    about = f"over {vote.beslispunt}"
    yield f"Tot de ALV van {day(on)} stemmen de leden elektronisch {about}."
    yield "Voor Groningen stemt de ondertekenaar; vijf leden stemden al."


def convene_next(stage: Stage) -> Iterator[str]:
    """An ALV to come, with a statutenwijziging and an amendement of a member."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    on = first_day_to_hold(stage.today, 27)
    assembly = draft("Buitengewone ALV over het fonds", on, "Stadhuis Amersfoort")
    assembly.kind = Assembly.Kind.BUITENGEWOON
    assembly.amend_until = _at(on - 7 * DAY, 17)
    assembly.save()
    why = "Samen ontwikkelen lukt alleen met geld dat klaarstaat. (Verzonnen.)"
    _propose(assembly, "Een fonds voor samen ontwikkelen", "financieel", why, FUND,
             bureau)  # fmt: skip
    why = (
        "Dan kunnen kleine gemeenten vaker samen een afgevaardigde sturen. (Verzonnen.)"
    )
    _propose(assembly, "Meer volmachten per lid", "statutenwijziging", why, PROXIES,
             bureau)  # fmt: skip
    convening.convene(assembly, now=stage.now, by=bestuur)
    yield f"De volgende ALV is op {day(on)}, met een wijziging van de statuten."
    member = Organisation.objects.get(code=MEMBER)
    point = Beslispunt.objects.get(
        voorstel__assembly=assembly, voorstel__position=1, number=1
    )
    amendement = amending.hand_in(
        point,
        member,
        new_text=point.text.rstrip(".") + ", met een evaluatie na twee jaar.",
        explanation="Zo zien de leden of het fonds werkt. (Verzonnen.)",
        now=stage.now,
        by=_contact(member, stage.today),
    )
    yield f"{member} dient {amendement} in."


def draft(title: str, on: datetime.date, place: str) -> Assembly:
    """An ALV in preparation, on a day from 13:00 on."""
    starts_at = _at(on, 13)
    assembly = Assembly(
        title=title,
        year=on.year,
        number=drafting.next_number(on.year),
        starts_at=starts_at,
        ends_at=starts_at + HOURS,
        place=place,
    )
    assembly.full_clean()
    assembly.save()
    history.record(assembly, "added", None)
    return assembly


def _propose(
    assembly: Assembly,
    title: str,
    kind: str,
    why: str,
    points: tuple[str, ...],
    by: Person,
    amounts: tuple[Amount, ...] = (),
) -> None:
    drafting.put_on_agenda(
        assembly,
        position=assembly.voorstellen.count() + 1,
        title=title,
        kind=kind,
        toelichting=why,
        beslispunten=list(points),
        amounts=amounts,
        by=by,
    )


def _contact(member: Organisation, on: datetime.date) -> Person:
    roles = Role.objects.active_on(on).filter(organisation=member)
    role = roles.filter(name=Role.Name.CONTACTPERSOON).select_related("person")
    return role.order_by("pk")[0].person


def _at(on: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(on, datetime.time(hour)))
