"""The register of processing of the NVSI as verwerker, on a day.

Read from the agreements and the annexes each time; nothing of it is kept. Who ended its
agreement stays in it until it is proven that our own data are cleared. Source: AVG
art. 30 lid 2, art. 28 lid 3 onder g.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from contracts.annexes.choosing import off
from contracts.models import (
    AnnexVersion,
    Clearing,
    Consent,
    Coverage,
    Verwerkersovereenkomst,
)
from membership.models import Organisation, Role


@dataclass(frozen=True)
class Row:
    """A gemeente for which the NVSI processes, for one instrument.

    `party` concluded the verwerkersovereenkomst, since `since`: the gemeente itself, or
    the samenwerkingsverband. `version` is None where no annexes were laid down.
    `ended_on` is the last day of an agreement after which our data are still to clear;
    then party, since and version are as they stood on that day.
    """

    controller: Organisation
    party: Organisation
    since: datetime.date
    fg: str
    instrument: str
    version: AnnexVersion | None
    ended_on: datetime.date | None = None


def register_on(day: datetime.date, *, of: Organisation | None = None) -> list[Row]:
    """Of all gemeenten, or of those of one organisation; each instrument once. Eight
    queries at most."""
    covered = Coverage.objects.filter(starts_on__lte=day)
    if of is not None:
        covered = covered.filter(Q(gemeente=of) | Q(agreement__organisation=of))
    covered = covered.select_related(
        "gemeente", "instrument", "agreement__organisation"
    )
    agreed, versions, left = _agreed(), _Versions.read(), _Left.read(day)
    people = _fg_on(day)
    found: dict[tuple[int, int], Row] = {}
    for one in covered.order_by("gemeente__name", "instrument__slug"):
        for on, ended_on in _days(one, day, left):
            party = _party(one, agreed, on)
            if party is None:
                continue
            row = Row(
                controller=one.gemeente,
                party=party[0],
                since=party[1],
                fg=people.get(one.gemeente_id, ""),
                instrument=one.instrument.name,
                version=versions.of(one.instrument_id, party[0], on),
                ended_on=ended_on,
            )
            key = (one.gemeente_id, one.instrument_id)
            if key not in found or _until(found[key]) < _until(row):
                found[key] = row
    return list(found.values())


def versions_in(rows: Sequence[Row]) -> list[AnnexVersion]:
    """Each version that holds for somebody, once."""
    found = {row.version.pk: row.version for row in rows if row.version}
    return sorted(found.values(), key=lambda one: (one.instrument.slug, one.number))


def _until(row: Row) -> datetime.date:
    return row.ended_on or datetime.date.max


def _holds(row: Coverage | Verwerkersovereenkomst, day: datetime.date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)


def _days(
    one: Coverage, day: datetime.date, left: "_Left"
) -> Iterator[tuple[datetime.date, datetime.date | None]]:
    """On which day to look at it: this one while it holds, and the last one after
    which data are still to clear."""
    if _holds(one, day):
        yield day, None
    if ended_on := left.since(one):
        yield ended_on, ended_on


def _party(
    one: Coverage, agreed: dict[int, list[Verwerkersovereenkomst]], on: datetime.date
) -> tuple[Organisation, datetime.date] | None:
    """Who has a verwerkersovereenkomst on a day, and since when."""
    for organisation in (one.gemeente, one.agreement.organisation):
        for fact in agreed.get(organisation.pk, []):
            if _holds(fact, on):
                return organisation, fact.starts_on
    return None


def _agreed() -> dict[int, list[Verwerkersovereenkomst]]:
    found: dict[int, list[Verwerkersovereenkomst]] = {}
    for fact in Verwerkersovereenkomst.objects.order_by("starts_on"):
        found.setdefault(fact.organisation_id, []).append(fact)
    return found


def _is_to_clear(row: Clearing, day: datetime.date) -> bool:
    """Whether its last day is over, and on that day its data were still there."""
    done_at = row.proven_at or row.called_off_at
    is_done = done_at is not None and timezone.localdate(done_at) <= day
    return row.ended_on < day and not is_done


@dataclass(frozen=True)
class _Left:
    """After which last day the NVSI itself still has data: by gebruiksovereenkomst, and
    for a verwerkersovereenkomst by its organisation and the instrument. `asked` are
    the gebruiksovereenkomsten with a clearing of their own; `before` says of a
    gemeente that left one, and its last day there, whether its data are still there.
    """

    used: dict[int, datetime.date]
    under: dict[tuple[int, int], datetime.date]
    asked: set[int]
    before: dict[tuple[int, int, datetime.date], bool]

    @classmethod
    def read(cls, day: datetime.date) -> "_Left":
        left = cls({}, {}, set(), {})
        rows = Clearing.objects.filter(is_ours=True).order_by("ended_on", "pk")
        for row in rows.select_related("gebruiksovereenkomst").defer("content"):
            left._add(row, _is_to_clear(row, day))
        return left

    def _add(self, row: Clearing, is_to_clear: bool) -> None:
        use = row.gebruiksovereenkomst
        if use is None:
            if is_to_clear and row.instrument_id:
                self.under[row.organisation_id, row.instrument_id] = row.ended_on
        elif row.organisation_id != use.organisation_id:
            self.before[use.pk, row.organisation_id, row.ended_on] = is_to_clear
        else:
            self.asked.add(use.pk)
            if is_to_clear:
                self.used[use.pk] = row.ended_on

    def since(self, one: Coverage) -> datetime.date | None:
        """As the clearing was opened: of who left, by the agreement of use, else by
        the other."""
        if one.ends_on is not None:
            mine = (one.agreement_id, one.gemeente_id, one.ends_on)
            if (is_to_clear := self.before.get(mine)) is not None:
                return one.ends_on if is_to_clear else None
        if one.agreement_id in self.asked:
            return self.used.get(one.agreement_id)
        for organisation_id in (one.gemeente_id, one.agreement.organisation_id):
            ended_on = self.under.get((organisation_id, one.instrument_id))
            if ended_on and one.starts_on <= ended_on:
                return ended_on
        return None


@dataclass(frozen=True)
class _Versions:
    """What was laid down of each instrument, the last last; and for whom not: keys of
    a version and an organisation."""

    laid_down: dict[int, list[AnnexVersion]]
    off: set[tuple[int, int]]

    @classmethod
    def read(cls) -> "_Versions":
        found = cls({}, set())
        for version in AnnexVersion.objects.used_on(datetime.date.max).whole():
            found.laid_down.setdefault(version.instrument_id, []).append(version)
        said: dict[int, dict[int, Consent]] = {}
        for one in Consent.objects.defer("reason", "basis"):
            said.setdefault(one.organisation_id, {})[one.version_id] = one
        for key, answers in said.items():
            for versions in found.laid_down.values():
                found.off.update((pk, key) for pk in off(versions, answers))
        return found

    def of(
        self, instrument_id: int, party: Organisation, on: datetime.date
    ) -> AnnexVersion | None:
        """What holds for a party on a day."""
        holds = [
            one
            for one in self.laid_down.get(instrument_id, [])
            if one.used_from is not None
            and one.used_from <= on
            and (one.pk, party.pk) not in self.off
        ]
        return holds[-1] if holds else None


def _fg_on(day: datetime.date) -> dict[int, str]:
    roles = Role.objects.active_on(day).filter(name=Role.Name.FG)
    people = roles.order_by("person__name").values_list(
        "organisation", "person__name", "person__email"
    )
    found: dict[int, list[str]] = {}
    for organisation, name, email in people:
        found.setdefault(organisation, []).append(f"{name} ({email})")
    return {pk: ", ".join(names) for pk, names in found.items()}
