"""From which day a membership ends after a notice. Pure.

Source: BW 2 art. 35 and 36, domain rule 26. The boekjaar of the association is
the calendar year. The four weeks are counted in days: the Algemene termijnenwet, which
moves a term off a weekend, does not hold for a notice.
"""

import datetime
from calendar import monthrange

from django.db.models import TextChoices

NOTICE = datetime.timedelta(weeks=4)
LID = "lid"


class Ground(TextChoices):
    """Why a membership ends before its member would have chosen otherwise.

    Who is no lid, an aspirant-lid or a participant, is bound by no term: it stops.
    """

    REGULAR = "regular", "opzegging tegen het einde van het boekjaar"
    BURDENED = "burdened", "opzegging na een besluit dat het lid belast"
    UNREASONABLE = "unreasonable", "voortzetten kan redelijkerwijs niet"
    STOPPED = "stopped", "stopt, zonder lid te zijn"
    BY_ASSOCIATION = "association", "opzegging door de vereniging"
    EXPULSION = "expulsion", "ontzetting"


OF_A_MEMBER = (Ground.REGULAR, Ground.BURDENED, Ground.UNREASONABLE)
OF_THE_ASSOCIATION = {Ground.BY_ASSOCIATION, Ground.EXPULSION}
AT_ONCE = {Ground.BURDENED, Ground.UNREASONABLE, Ground.STOPPED}


def fits(ground: Ground, kind: str) -> bool:
    """Whether a membership of a kind can end on this ground."""
    return (ground == Ground.STOPPED) == (kind != LID)


def last_day(received_on: datetime.date, ground: Ground) -> datetime.date:
    """The last day of a membership of which notice was received on a day.

    Regular: the end of the boekjaar, when that is four weeks away or more; else the end
    of the next one, which is the earliest that the law allows. An expulsion ends it
    when no appeal is open any more.
    """
    if ground in AT_ONCE:
        return received_on
    if ground == Ground.EXPULSION:
        return appeal_until(received_on)
    end = datetime.date(received_on.year, 12, 31)
    if received_on > in_time_until(received_on.year):
        return end.replace(year=end.year + 1)
    return end


def in_time_until(year: int) -> datetime.date:
    """The last day on which a notice is for the end of this boekjaar."""
    return datetime.date(year, 12, 31) - NOTICE


def appeal_until(told_on: datetime.date) -> datetime.date:
    """The last day to appeal for who was told on a day that the association ends it.

    Source: BW 2 art. 35 lid 4, one month at least.
    """
    return a_month_after(told_on)


def objection(
    received_on: datetime.date, ground: Ground, burdened_on: datetime.date | None
) -> str | None:
    """Why a notice cannot have this ground, as a Dutch sentence; None when it can.

    burdened_on is when the member heard of the decision that burdens it.
    """
    if ground != Ground.BURDENED:
        return None
    if burdened_on is None:
        return "Vul in wanneer het lid hoorde van het besluit dat het belast."
    if burdened_on > received_on:
        return "De opzegging ligt vóór het besluit waarop zij zich beroept."
    if received_on > a_month_after(burdened_on):
        return (
            "Meteen opzeggen kan tot een maand nadat het lid van het besluit hoorde "
            f"({a_month_after(burdened_on):%d-%m-%Y}; BW 2 artikel 36 lid 3). Kies een "
            "opzegging tegen het einde van het boekjaar."
        )
    return None


def a_month_after(day: datetime.date) -> datetime.date:
    """The same day of the next month, or its last day when it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return datetime.date(year, month, min(day.day, monthrange(year, month)[1]))
