"""Which annexes hold for whom on a day."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from contracts.models import AnnexVersion, Consent
from instruments.models import Instrument
from membership.models import Organisation

Answer = Consent.Answer


def version_for(
    instrument: Instrument,
    on: datetime.date,
    organisation: Organisation | None = None,
) -> AnnexVersion | None:
    """The version in use; None when there is none.

    For an organisation that objected to a version, and for one that did not say yes
    where that is needed, the one before it goes on, until it consents to a later one.
    """
    rows = AnnexVersion.objects.used_on(on).filter(instrument=instrument)
    if organisation is not None:
        rows = rows.exclude(pk__in=held_off(organisation, instrument))
    return rows.whole().last()


def held_off(organisation: Organisation, instrument: Instrument) -> set[int]:
    """The keys of the versions that do not hold for an organisation. Two queries."""
    answers = organisation.annex_consents.filter(version__instrument=instrument)
    said = {one.version_id: one for one in answers}
    return set(off(_laid_down(instrument), said))


def off(versions: Iterable[AnnexVersion], said: Mapping[int, Consent]) -> Iterator[int]:
    """Of versions in their order, those that do not hold for who said this. Pure.

    A version holds all that those before it brought. So once one is held off, no
    silence brings a later one either: only a yes does, and takes it whole.
    """
    is_off = False
    for version in versions:
        consent = said.get(version.pk)
        if consent is not None and consent.answer == Answer.CONSENT:
            is_off = False
        elif consent is not None and _holds_off(consent, version):
            is_off = True
        if is_off:
            yield version.pk


def who_must_say_yes(version: AnnexVersion, keys: Iterable[int]) -> set[int]:
    """Of organisations, by key, those for whom silence is no consent. Two queries."""
    versions = list(_laid_down(version.instrument))
    said: dict[int, dict[int, Consent]] = {key: {} for key in keys}
    for one in Consent.objects.filter(
        organisation__in=said, version__instrument=version.instrument_id
    ):
        said[one.organisation_id][one.version_id] = one
    for answers in said.values():
        if version.pk in answers:
            answers[version.pk].answer = ""
    return {key for key, one in said.items() if version.pk in off(versions, one)}


def before(version: AnnexVersion) -> AnnexVersion | None:
    """The last version that was laid down before this one; None for the first."""
    rows = AnnexVersion.objects.laid_down().filter(
        instrument=version.instrument, number__lt=version.number
    )
    return rows.whole().order_by("number").last()


def before_for(
    version: AnnexVersion, organisation: Organisation
) -> AnnexVersion | None:
    """The version that holds for an organisation until this one does; None when there
    was none."""
    if version.used_from is None:
        return before(version)
    eve = version.used_from - datetime.timedelta(days=1)
    return version_for(version.instrument, eve, organisation)


def _laid_down(instrument: Instrument) -> Iterable[AnnexVersion]:
    rows = AnnexVersion.objects.laid_down().filter(instrument=instrument)
    return rows.order_by("number")


def _holds_off(consent: Consent, version: AnnexVersion) -> bool:
    if consent.answer == Answer.OBJECTION:
        return True
    return not consent.answer and (version.asks_yes or consent.asks_yes)
