"""Draw up a next version of annexes, lay it before those concerned, and call it off.

Four eyes: who changed something last does not lay it before them. The term is that of
our text of the verwerkersovereenkomst: four weeks.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from contracts.annexes.choosing import before
from contracts.annexes.difference import asks_yes, differences
from contracts.annexes.parties import concerned
from contracts.annexes.telling import tell_asked, tell_withdrawn
from contracts.models import AnnexVersion, Consent
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person
from nvsi.dutch import day
from nvsi.errors import NotAllowed, Stale

TERM = datetime.timedelta(weeks=4)
PARTS = ("processings", "subprocessors", "measures")


@transaction.atomic
def start(instrument: Instrument, *, note: str, by: Person) -> AnnexVersion:
    """A draft that holds what the last version holds, to change."""
    _require_ours(by)
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    rows = AnnexVersion.objects.filter(instrument=instrument)
    if rows.filter(asked_at__isnull=True).exists():
        raise NotAllowed("Er is al een concept van deze bijlagen. Werk daarin verder.")
    last = rows.laid_down().whole().order_by("number").last()
    newest = rows.order_by("number").last()
    version = AnnexVersion(
        instrument=instrument,
        number=newest.number + 1 if newest else 1,
        note=note,
        written_by=by,
    )
    version.full_clean()
    version.save()
    for name in PARTS if last else ():
        for row in getattr(last, name).all():
            row.pk, row.version, row._state.adding = None, version, True
            row.save()
    history.record(version, "added", by)
    return version


def fingerprint(version: AnnexVersion) -> str:
    """What somebody looks at who lays it before others: every word of it."""
    seen: dict[str, Any] = {"note": version.note}
    for name in PARTS:
        rows = getattr(version, name).order_by("pk")
        seen[name] = [model_to_dict(row) for row in rows]
    return hashlib.sha256(json.dumps(seen, default=str).encode()).hexdigest()


@transaction.atomic
def lay_before(
    version: AnnexVersion,
    *,
    used_from: datetime.date,
    answer_by: datetime.date,
    seen: str,
    now: datetime.datetime,
    today: datetime.date,
    by: Person,
) -> list[Consent]:
    """Ask all who are concerned; gives a row for each. The first version asks nobody.

    Raises NotAllowed for who wrote it, for what is not complete and for days that are
    too soon; Stale when it is not any more what was seen.
    """
    version = _locked(version, by)
    _require_draft(version, by)
    if fingerprint(version) != seen:
        raise Stale("De bijlagen zijn intussen veranderd.")
    earlier = before(version)
    _require_whole(version)
    _require_days(earlier, used_from, answer_by, today)
    changes = differences(earlier, _read(version))
    if not changes:
        raise NotAllowed("Er is niets anders dan in de vorige versie.")
    version.used_from, version.asked_at, version.asked_by = used_from, now, by
    version.answer_by = answer_by if earlier else None
    version.asks_yes = bool(earlier) and asks_yes(changes)
    version.full_clean()
    version.save()
    history.record(
        version, "laid before", by, starts_on=f"{used_from}", due_on=f"{answer_by}"
    )
    asked = concerned(version.instrument, today)
    return _ask(version, asked, today) if earlier else []


def ask_newcomers(
    organisations: Iterable[Organisation],
    *,
    starts_on: datetime.date,
    today: datetime.date,
) -> list[Consent]:
    """Ask who agrees while a change is on its way: what they signed has the annexes
    from before it. Call it once an agreement of theirs was concluded.

    After the last day of the others it has four weeks of its own, and silence is no
    consent: the change may begin before that day.
    """
    keys = [one.pk for one in organisations]
    made: list[Consent] = []
    for version in AnnexVersion.objects.coming_on(today).select_related("instrument"):
        assert version.used_from is not None, "a constraint says so"
        who = concerned(version.instrument, max(version.used_from, starts_on))
        new = who.filter(pk__in=keys).exclude(annex_consents__version=version)
        made += _ask(version, new, today)
    return made


@transaction.atomic
def withdraw(
    version: AnnexVersion,
    *,
    reason: str,
    now: datetime.datetime,
    today: datetime.date,
    by: Person,
) -> AnnexVersion:
    """Call it off before it is used; those who were asked are told."""
    version = _locked(version, by)
    if version.is_draft or version.used_from is None:
        raise NotAllowed("Dit is nog een concept; niemand is iets gevraagd.")
    if version.withdrawn_at is not None:
        raise NotAllowed(f"{version} is al ingetrokken.")
    if version.used_from <= today:
        raise NotAllowed(
            f"{version} is in gebruik sinds {day(version.used_from)}. Maak een nieuwe "
            "versie."
        )
    version.withdrawn_at, version.withdrawn_by = now, by
    version.reason = reason.strip()
    version.full_clean()
    version.save()
    history.record(version, "withdrawn", by, reason=version.reason)
    _ask_for_a_yes_after(version)
    tell_withdrawn(version, today)
    return version


def _ask_for_a_yes_after(withdrawn: AnnexVersion) -> None:
    """What a later version brings may be more, now that this one is not before it."""
    later = AnnexVersion.objects.laid_down().filter(
        instrument=withdrawn.instrument, number__gt=withdrawn.number
    )
    for version in later.whole():
        if asks_yes(differences(before(version), version)):
            version.consents.update(asks_yes=True)


def _ask(
    version: AnnexVersion, who: Iterable[Organisation], today: datetime.date
) -> list[Consent]:
    assert version.answer_by is not None, "the first version asks nobody"
    is_late = version.answer_by < today
    own = {"asks_yes": True, "answer_by": today + TERM} if is_late else {}
    rows = [Consent(version=version, organisation=one, **own) for one in who]
    Consent.objects.bulk_create(rows)
    tell_asked(version, rows, today)
    return rows


def _locked(version: AnnexVersion, by: Person) -> AnnexVersion:
    _require_ours(by)
    rows = AnnexVersion.objects.select_related("instrument")
    return rows.select_for_update(of=("self",)).get(pk=version.pk)


def _read(version: AnnexVersion) -> AnnexVersion:
    return AnnexVersion.objects.whole().get(pk=version.pk)


def _require_ours(by: Person) -> None:
    if not by.is_association:
        raise NotAllowed("De bijlagen zijn van het bureau.")


def _require_draft(version: AnnexVersion, by: Person) -> None:
    if not version.is_draft:
        raise NotAllowed(f"{version} is al voorgelegd.")
    if version.written_by_id in (None, by.pk):
        raise NotAllowed(
            "U wijzigde deze bijlagen als laatste. Een collega legt ze voor."
        )


def _require_whole(version: AnnexVersion) -> None:
    if not version.processings.exists():
        raise NotAllowed("Voeg eerst toe wat er met persoonsgegevens gebeurt.")
    if not version.measures.exists():
        raise NotAllowed("Voeg eerst toe hoe de gegevens worden beveiligd.")


def _require_days(
    earlier: AnnexVersion | None,
    used_from: datetime.date,
    answer_by: datetime.date,
    today: datetime.date,
) -> None:
    if earlier is None:
        return
    if answer_by < today + TERM:
        raise NotAllowed(
            f"De colleges hebben vier weken: kies {day(today + TERM)} of later.",
            field="answer_by",
        )
    if used_from <= answer_by:
        raise NotAllowed(
            "De bijlagen gaan in na de laatste dag om te antwoorden.",
            field="used_from",
        )
    if earlier.used_from and used_from <= earlier.used_from:
        raise NotAllowed(
            f"Versie {earlier.number} geldt vanaf {day(earlier.used_from)}. Kies een "
            "latere dag.",
            field="used_from",
        )
