"""What the pages about leaving show: the grounds of today, and where a notice is."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from membership.leaving.rules import (
    LID,
    OF_A_MEMBER,
    OF_THE_ASSOCIATION,
    Ground,
    appeal_until,
    in_time_until,
    last_day,
)
from membership.leaving.suspension import suspended_on
from membership.models import Appeal, Membership, Notice, Person, SubmittedNotice
from nvsi.dutch import day

# Of each ground its name on the page, and what the law says of it.
_LAW = {
    Ground.REGULAR: (
        "Tegen het einde van het boekjaar",
        "Dit kan altijd, ten minste vier weken voor het einde van het boekjaar: 31 "
        "december. Een reden hoeft niet (BW 2 artikel 36 lid 1).",
    ),
    Ground.BURDENED: (
        "Meteen, om een besluit dat uw organisatie belast",
        "Dit kan binnen een maand nadat u hoorde van een besluit van de vereniging dat "
        "uw rechten beperkt of uw verplichtingen verzwaart (BW 2 artikel 36 lid 3).",
    ),
    Ground.UNREASONABLE: (
        "Meteen, omdat doorgaan redelijkerwijs niet kan",
        "Dit kan als van uw organisatie redelijkerwijs niet te vragen is dat zij lid "
        "blijft (BW 2 artikel 36 lid 1). U legt uit waarom.",
    ),
}


@dataclass(frozen=True)
class Way:
    """One way to leave, as it would be today."""

    ground: Ground
    title: str
    law: str
    last_day: datetime.date
    late: str

    @property
    def name(self) -> str:
        return self.ground.value


def ways(today: datetime.date) -> list[Way]:
    """The ways in which a lid can leave, with the last day of a notice of today."""
    return [way(ground, today) for ground in OF_A_MEMBER]


def way(ground: Ground, today: datetime.date) -> Way:
    title, law = _LAW[ground]
    end = last_day(today, ground)
    late = _late(today, end) if ground == Ground.REGULAR else ""
    return Way(ground, title, law, end, late)


def _late(today: datetime.date, end: datetime.date) -> str:
    """What is said of a notice that came too late for the boekjaar of today."""
    if end.year == today.year:
        return ""
    until, this = day(in_time_until(today.year)), day(datetime.date(today.year, 12, 31))
    return (
        f"Voor {this} is het te laat: daarvoor kon u opzeggen tot en met {until}. De "
        f"eerste dag waarop uw lidmaatschap nu kan eindigen, is {day(end)}. Tot dan "
        "blijft uw organisatie lid."
    )


@dataclass(frozen=True)
class Leaving:
    """That a membership ends or may end, for the page of the organisation."""

    heading: str
    sentences: list[str]
    reason: str = ""
    url: str = ""
    link: str = ""
    is_calm: bool = True


def leaving_of(
    current: Membership | None, person: Person, today: datetime.date
) -> Leaving | None:
    """None while nobody gave notice. Who may not see a submitted notice is not told."""
    if current is None:
        return None
    visible = SubmittedNotice.objects.visible_to(person).without_letter()
    waiting = visible.filter(membership=current).waiting().first()
    if waiting:
        return _submitted(waiting)
    notice = current.notices.select_related("appeal").first()
    return _noticed(notice, current, today) if notice else None


def _submitted(waiting: SubmittedNotice) -> Leaving:
    return Leaving(
        heading="Uw opzegging is ingediend",
        sentences=[
            f"{waiting.by.name} zei op {day(waiting.submitted_on)} op. Het bureau "
            f"bevestigt dat nog. De laatste dag is {day(waiting.ends_on)}."
        ],
        url=reverse("leave-receipt", args=[waiting.pk]),
        link="Bekijk de opzegging",
    )


def _noticed(notice: Notice, current: Membership, today: datetime.date) -> Leaving:
    if notice.ground not in OF_THE_ASSOCIATION:
        return Leaving(
            heading=f"U bent {current.get_kind_display()} tot en met "
            f"{day(notice.ends_on)}",
            sentences=[f"Opgezegd op {day(notice.received_on)}."],
        )
    found: Appeal | None = getattr(notice, "appeal", None)
    return Leaving(
        heading="Het bestuur heeft het lidmaatschap opgezegd"
        if notice.ground == Ground.BY_ASSOCIATION
        else "Het bestuur heeft uw organisatie ontzet uit het lidmaatschap",
        sentences=[*_appealed(notice, found), *_standing(current, today)],
        reason=notice.reason,
        is_calm=False,
    )


def _appealed(notice: Notice, found: Appeal | None) -> list[str]:
    if found is None:
        until = day(appeal_until(notice.received_on))
        return [
            f"U kunt in beroep bij de algemene ledenvergadering tot en met {until}."
        ]
    if not found.outcome:
        return [f"Uw beroep van {day(found.received_on)} loopt."]
    assert found.decided_on is not None  # a constraint
    said = found.get_outcome_display()
    return [f"De ledenvergadering besliste op {day(found.decided_on)}: {said}."]


def _standing(current: Membership, today: datetime.date) -> list[str]:
    found = []
    if suspended_on(today).filter(pk=current.pk).exists():
        found.append("Uw organisatie is nu geschorst: zij stemt niet.")
    if current.ends_on:
        found.append(f"De laatste dag is {day(current.ends_on)}.")
    return found


def may_leave(current: Membership | None) -> bool:
    """Whether there is something to give notice of."""
    return current is not None and current.ends_on is None


def is_lid(current: Membership) -> bool:
    return current.kind == LID
