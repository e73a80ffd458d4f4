"""The presentielijst of an ALV as a paper: which members were there or represented, and
with how many votes.

Made as the ALV closes, and kept beside the besluitenlijst. It names organisations and
no people: who came for a member stands in the list of the bureau (attendance_file).
"""

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from membership.admission.evidence import Checked
from membership.assembly.entitling import votes_on
from membership.assembly.printing import made, where
from membership.assembly.speaking import proxies_of
from membership.models import Assembly, Attendance, Entitled, Organisation, Proxy
from membership.papers.structure import (
    Block,
    Facts,
    Heading,
    Paragraph,
    Strong,
    Table,
    Text,
    text,
)
from nvsi.dutch import counted

ABSENT = "niet aanwezig"
HEADS = ("Organisatie", "Stemmen", "Aanwezig of vertegenwoordigd")
WIDTHS = (9, 3, 8)
ELECTRONIC = (
    "Wie elektronisch stemde zonder erbij te zijn, telt mee in die stemming en staat "
    "hier niet als aanwezig."
)


@dataclass(frozen=True)
class Presence:
    """How an organisation took part; votes is 0 for who has none."""

    name: str
    votes: int
    how: str

    @property
    def is_there(self) -> bool:
        return self.how != ABSENT


def presentielijst_of(assembly: Assembly, dated: datetime.date) -> Checked:
    """Who may vote, with the totals, and who else came."""
    rows = presences(assembly)
    voting = [row for row in rows if row.votes]
    there = [row for row in voting if row.is_there]
    others = [row for row in rows if not row.votes and row.is_there]
    blocks: list[Block] = [
        Facts(
            (
                *where(assembly),
                ("Leden met stem", text(_sum_of(voting))),
                ("Aanwezig of vertegenwoordigd", text(_sum_of(there))),
            )
        ),
        Heading("Leden met stem"),
        Table(HEADS, tuple(_line(row) for row in voting), WIDTHS),
    ]
    if assembly.stemmingen.standing().filter(method="electronic").exists():
        blocks.append(Paragraph(text(ELECTRONIC), "small"))
    if others:
        blocks.append(Heading("Aanwezig zonder stem"))
        blocks.append(Table(HEADS, tuple(_line(row) for row in others), WIDTHS))
    return made("Presentielijst", assembly, dated, blocks)


def presences(assembly: Assembly) -> list[Presence]:
    """Every lid, and who else came, by name; as it is recorded now."""
    found = assembly.attendances.filter(came_at__isnull=False)
    came = {row.organisation: row for row in found.select_related("organisation")}
    represented = _represented(assembly, list(came.values()))
    votes = _votes(assembly)
    return [
        Presence(
            one.name,
            votes.get(one, 0),
            _came(came[one]) if one in came else represented.get(one.pk, ABSENT),
        )
        for one in sorted(votes.keys() | came.keys(), key=lambda one: one.name)
    ]


def _represented(assembly: Assembly, came: list[Attendance]) -> dict[int, str]:
    """By whom, for each member of which the holder of its volmacht came."""
    there = {row.organisation_id for row in came}
    people = {row.person_id for row in came}
    found = {}
    for (member, voorstel), proxy in proxies_of(assembly).rows.items():
        if proxy.of_member_id in there or proxy.holder_id in people:
            if voorstel is None:
                found[member] = _by(proxy)
            else:
                found.setdefault(member, f"{_by(proxy)}, bij een deel van de punten")
    return found


def _votes(assembly: Assembly) -> dict[Organisation, int]:
    """As the lists of its votes say; without a vote one for each lid."""
    votes = votes_on(assembly.on, 1)
    rows = Entitled.objects.filter(stemming__in=assembly.stemmingen.standing())
    counts = rows.values_list("organisation").annotate(most=Max("votes"))
    most = dict(counts)
    return {one: most.get(one.pk, count) for one, count in votes.items()}


def _by(proxy: Proxy) -> str:
    if proxy.of_member is None:
        return "met een volmacht"
    return f"vertegenwoordigd door {proxy.of_member.formal_name}"


def _sum_of(rows: list[Presence]) -> str:
    members = counted(len(rows), "lid", "leden")
    return f"{members}, {counted(sum(row.votes for row in rows), 'stem', 'stemmen')}"


def _line(row: Presence) -> tuple[Text, ...]:
    how = Strong(row.how) if row.is_there else row.how
    return text(row.name), text(str(row.votes)), text(how)


def _came(row: Attendance) -> str:
    left = f", tot {timezone.localtime(row.left_at):%H:%M} uur" if row.left_at else ""
    return f"{row.get_mode_display()}{left}"
