"""The ALV: one that was held and set the contribution of 2027, and one to come."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from billing.demo.stage import BESTUUR, BUREAU, Stage
from instruments.models import ContributionRate
from membership import history
from membership.assembly import amending, convening, drafting, minutes
from membership.assembly.adopting import adopt, reject
from membership.assembly.terms import first_day_to_hold
from membership.models import Assembly, Beslispunt, Organisation, Person, Role
from membership.people import person_by_email
from nvsi.dutch import day
from nvsi.halfyear import HalfYear

HELD_ON, CONVENED_ON = datetime.date(2026, 6, 11), datetime.date(2026, 5, 12)
DAY = datetime.timedelta(days=1)
HOURS = datetime.timedelta(hours=3)
MEMBER = "GM0014"
SENTENCES = {
    "1.1": "Aangenomen met 21 stemmen voor en 2 tegen; 1 onthouding.",
    "1.2": "Aangenomen met 24 stemmen voor en geen tegen.",
    "2.1": "Verworpen met 11 stemmen voor en 12 tegen; 1 onthouding.",
}
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


def convene_before(_: Stage) -> Iterator[str]:
    """The ALV of June 2026, with the contribution on its agenda."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    assembly = _draft(
        "Algemene ledenvergadering juni 2026", HELD_ON, "Stadhuis Utrecht"
    )
    _propose(assembly, "Bijdrage 2027", "financieel", WHY, CONTRIBUTION, bureau)
    second = ("De ALV voortaan alleen online te houden.",)
    why = "Online vergaderen scheelt reistijd. (Verzonnen.)"
    _propose(assembly, "Alleen online vergaderen", "gewoon", why, second, bureau)
    convening.convene(assembly, now=_at(CONVENED_ON, 10), by=bestuur)
    yield f"Het bestuur roept op {day(CONVENED_ON)} de ALV van {day(HELD_ON)} bijeen."


def hold_before(stage: Stage) -> Iterator[str]:
    """Decide what was not put to the vote yet, close it, and set the contribution."""
    bureau = person_by_email(BUREAU)
    assembly = Assembly.objects.get(year=HELD_ON.year, number=1)
    for point in convening.undecided(assembly):
        verb = reject if SENTENCES[point.label].startswith("Verworpen") else adopt
        verb(point, SENTENCES[point.label], bureau)
    convening.close(assembly, now=_at(HELD_ON, 17), by=bureau)
    notulen = minutes.write(assembly, text=MINUTES, by=bureau)
    minutes.tell_concept(notulen, now=_at(HELD_ON + 14 * DAY, 10), by=bureau)
    first = Beslispunt.objects.get(voorstel__assembly=assembly, voorstel__position=1,
                                   number=1)  # fmt: skip
    assert first.besluit
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
    yield f"Besluit {first.besluit.reference}: {first.sentence}"
    yield "De bijdrage vanaf 2027-H1 wijst naar dat besluit."


def convene_next(stage: Stage) -> Iterator[str]:
    """An ALV to come, with a statutenwijziging and an amendement of a member."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    on = first_day_to_hold(stage.today, 27)
    assembly = _draft("Buitengewone ALV over het fonds", on, "Stadhuis Amersfoort")
    assembly.kind = Assembly.Kind.BUITENGEWOON
    assembly.amend_until = _at(on - 7 * DAY, 17)
    assembly.save()
    why = "Samen ontwikkelen lukt alleen met geld dat klaarstaat. (Verzonnen.)"
    _propose(assembly, "Een fonds voor samen ontwikkelen", "financieel", why, FUND,
             bureau)  # fmt: skip
    why = "De wet staat elektronisch stemmen toe als de statuten dat zeggen."
    _propose(assembly, "Elektronisch stemmen", "statutenwijziging", why, STATUTES,
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
    yield f"{member} dient een {amendement} in."


def _draft(title: str, on: datetime.date, place: str) -> Assembly:
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
) -> None:
    drafting.put_on_agenda(
        assembly,
        position=assembly.voorstellen.count() + 1,
        title=title,
        kind=kind,
        toelichting=why,
        beslispunten=list(points),
        by=by,
    )


def _contact(member: Organisation, on: datetime.date) -> Person:
    roles = Role.objects.active_on(on).filter(organisation=member)
    role = roles.filter(name=Role.Name.CONTACTPERSOON).select_related("person")
    return role.order_by("pk")[0].person


def _at(on: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(on, datetime.time(hour)))
