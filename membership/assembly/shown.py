"""What the pages of an ALV show: its agenda, its papers, and what is asked of a lid."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.safestring import SafeString

from membership.assembly.amending import SPEAKS, may_take_over
from membership.assembly.drafting import is_voted_on
from membership.assembly.printing import proposed_by
from membership.assembly.speaking import castable
from membership.consultation.running import entitled
from membership.letters.body import html_of
from membership.models import (
    Amendement,
    Assembly,
    AssemblyPaper,
    Beslispunt,
    Entitled,
    Organisation,
    Person,
    Stemming,
    Voorstel,
)

LATEST_FIRST = {
    "notulen": 0, "concept": 1, "besluitenlijst": 2, "presentielijst": 3, "oproeping": 4
}  # fmt: skip


@dataclass(frozen=True)
class ShownAmendement:
    """An amendement, and what this person may do with it."""

    amendement: Amendement
    may_withdraw: bool
    may_take_over: bool


@dataclass(frozen=True)
class Point:
    """A beslispunt with what was asked to change in it."""

    point: Beslispunt
    words: SafeString
    amendementen: list[ShownAmendement]


@dataclass(frozen=True)
class Item:
    """A voorstel of the agenda, and how far the ALV is with it."""

    voorstel: Voorstel
    proposed_by: str
    points: list[Point] = field(default_factory=list)

    @property
    def state(self) -> str:
        """In one word: withdrawn, adopted, rejected, in part, or to be decided."""
        if self.voorstel.is_withdrawn:
            return "van de agenda"
        outcomes = {one.point.outcome for one in self.points}
        if "" in outcomes or not outcomes:
            return "nog te besluiten"
        if len(outcomes) == 1:
            return Beslispunt.Outcome(outcomes.pop()).label
        return "deels aangenomen" if "aangenomen" in outcomes else "niet aangenomen"

    @property
    def open_amendementen(self) -> int:
        return sum(
            one.amendement.status == Amendement.Status.INGEDIEND
            for point in self.points
            for one in point.amendementen
        )


def agenda_of(assembly: Assembly, person: Person, today: datetime.date) -> list[Item]:
    """Its voorstellen in order, as this person sees them. Three queries."""
    seen = Voorstel.objects.visible_to(person, on=today).filter(assembly=assembly)
    return [_item(row, person) for row in with_points(seen)]


def item_of(voorstel: Voorstel, person: Person) -> Item:
    """One of them, as the page of a voorstel shows it."""
    rows = Voorstel.objects.filter(pk=voorstel.pk)
    return _item(with_points(rows)[0], person)


def with_points(rows: QuerySet[Voorstel]) -> list[Voorstel]:
    """In the order of the agenda, with all that is read of them. Three queries."""
    amendementen = Amendement.objects.select_related("organisation")
    points = Beslispunt.objects.select_related("besluit").prefetch_related(
        Prefetch("amendementen", amendementen)
    )
    found = rows.select_related("assembly", "body", "of_member").prefetch_related(
        Prefetch("beslispunten", points)
    )
    return list(found.order_by("position", "letter"))


def _item(voorstel: Voorstel, person: Person) -> Item:
    points = [_point(voorstel, point, person) for point in voorstel.beslispunten.all()]
    return Item(voorstel, proposed_by(voorstel), points)


def _point(voorstel: Voorstel, point: Beslispunt, person: Person) -> Point:
    point.voorstel = voorstel
    is_open = voorstel.assembly.is_convened and point.is_open
    shown = []
    for one in point.amendementen.all():
        one.beslispunt = point
        waits = is_open and one.status == Amendement.Status.INGEDIEND
        own = waits and one.organisation_id in person.organisations_as(*SPEAKS)
        taken = waits and may_take_over(one, person)
        free = (own or taken) and not is_voted_on(voorstel)
        shown.append(ShownAmendement(one, own and free, taken and free))
    return Point(point, html_of(point.text), shown)


def papers_of(
    assembly: Assembly, person: Person, today: datetime.date
) -> list[AssemblyPaper]:
    """What the portal made first, then what was laid on the table. One query."""
    seen = AssemblyPaper.objects.visible_to(person, on=today).filter(assembly=assembly)
    papers = seen.defer("content").select_related("voorstel")
    return sorted(papers, key=lambda one: (LATEST_FIRST.get(one.kind, 9), one.at))


def votes_of(assembly: Assembly) -> list[Stemming]:
    """Its votes in the order in which they were opened. One query."""
    rows = assembly.stemmingen.standing().select_related(
        "beslispunt__voorstel", "amendement__beslispunt__voorstel"
    )
    return list(rows.order_by("pk"))


def votes_to_cast(
    votes: Sequence[Stemming], person: Person, today: datetime.date
) -> list[Stemming]:
    """Those that are open and electronic, in which somebody can vote for a member that
    did not yet."""
    waiting = {one.pk: one for one in votes if one.is_open and one.is_electronic}
    rows = Entitled.objects.visible_to(person).filter(
        stemming__in=waiting, has_voted=False
    )
    found = list(rows.select_related("organisation"))
    for row in found:
        row.stemming = waiting[row.stemming_id]
    keys = {row.stemming_id for row in castable(person, found, today)}
    return [one for key, one in waiting.items() if key in keys]


def has_vote(organisation: Organisation | None, today: datetime.date) -> bool:
    """Whether the organisation for which somebody acts is a lid with a vote."""
    return organisation is not None and organisation in entitled(today)
