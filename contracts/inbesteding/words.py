"""What inbesteding comes to, in plain Dutch: for the page, the paper and the board."""

from contracts.inbesteding.control import (
    CAPITAL,
    INFLUENCE,
    INTERESTS,
    PRIVATE,
    REPRESENTATION,
    Assessment,
    Belongs,
    Requirement,
    has_share,
)
from contracts.inbesteding.share import LIMIT, Basis, Problem, Share
from contracts.models import Measure
from nvsi.dutch import day, listing, percent

MOST_NAMED = 5
ASKED = {
    REPRESENTATION: "De leden zijn vertegenwoordigd in de organen die besluiten",
    INFLUENCE: "De leden hebben samen beslissende invloed op de doelen en op "
    "belangrijke besluiten",
    INTERESTS: "De NVSI heeft geen belangen tegen die van de leden in",
    CAPITAL: "Er neemt geen privékapitaal rechtstreeks deel in de NVSI",
}
_LACKS = {
    REPRESENTATION: "Nog niet vastgelegd is wie de leden vertegenwoordigt.",
    INFLUENCE: "Nog niet vastgelegd is hoe de leden samen beslissen.",
    INTERESTS: "Nog niet vastgelegd is dat er geen strijdige belangen zijn.",
    CAPITAL: "Nog niet vastgelegd is dat er geen privékapitaal in de NVSI zit.",
}
_DENIED = {
    REPRESENTATION: "Vastgesteld is dat niet alle leden zijn vertegenwoordigd.",
    INFLUENCE: "Vastgesteld is dat de leden niet samen beslissen.",
    INTERESTS: "Vastgesteld is dat er een belang is tegen dat van de leden in.",
    CAPITAL: "Vastgesteld is dat er privékapitaal deelneemt.",
}


def measure_name(measure: str) -> str:
    return str(Measure(measure).label) if measure in Measure.values else "activiteit"


def standing_of(member: Belongs) -> str:
    """Why this organisation cannot rely on it, whatever the figures are; empty when it
    can. Domain 7.4: who is no public member with a vote, does not control."""
    if member.controls:
        return ""
    if member.as_what == "participant":
        return (
            "Uw organisatie is participant. Een participant is geen lid, heeft geen "
            "stem, en heeft dus geen zeggenschap over de NVSI."
        )
    if member.as_what == "aspirant_lid":
        return (
            "Uw organisatie is aspirant-lid. Pas als zij lid is, heeft zij een stem "
            "en dus zeggenschap over de NVSI."
        )
    if member.as_what == "lid" and member.is_suspended:
        return "Uw organisatie is geschorst, en heeft nu geen stem."
    if member.as_what == "lid" and member.kind == PRIVATE:
        return (
            "Uw organisatie is geen overheid. Alleen een aanbestedende dienst kan "
            "zich op inbesteding beroepen."
        )
    return "Uw organisatie is op deze dag geen lid van de NVSI."


def share_said(share: Share, of: str) -> str:
    """One sentence on the outcome, or on what is missing."""
    if share.problem is not None:
        return _problem(share, of)
    pct, limit = percent(share.pct), percent(LIMIT)
    when = (
        f"Naar verwachting, vanaf {share.years[-1] + 1},"
        if share.basis == Basis.FORECAST
        else f"In {share.years[0]} tot en met {share.years[-1]}"
    )
    for_members = f"{when} was {pct} van de {measure_name(share.measure)} van {of}"
    if share.basis == Basis.FORECAST:
        for_members = f"{when} is {pct} van de {measure_name(share.measure)} van {of}"
    verdict = "meer dan" if share.is_above else "niet meer dan"
    return f"{for_members} voor leden met zeggenschap. Dat is {verdict} {limit}."


def _problem(share: Share, of: str) -> str:
    years = listing([str(year) for year in share.missing]) if share.missing else ""
    return {
        Problem.MISSING: f"De cijfers van {of} over {years} zijn er nog niet.",
        Problem.NEW: f"Van {of} zijn er nog geen cijfers over drie hele jaren, en ook "
        "geen onderbouwde prognose.",
        Problem.MIXED: f"De jaren van {of} staan niet in dezelfde maatstaf, en zijn "
        "dus niet op te tellen.",
        Problem.NOTHING: f"In de drie jaar was er geen activiteit van {of}.",
    }[share.problem or Problem.NOTHING]


def requirement_said(requirement: Requirement) -> str:
    """What is missing or was found against it; empty when it is met."""
    if requirement.is_met:
        return ""
    if requirement.denied:
        return _DENIED[requirement.kind]
    if requirement.missing and requirement.facts:
        who = named(requirement.missing)
        if requirement.kind == REPRESENTATION:
            return f"Nog niet vastgelegd is wie {who} vertegenwoordigt."
        return f"Nog niet gecontroleerd op privékapitaal: {who}."
    return _LACKS[requirement.kind]


def named(names: tuple[str, ...] | list[str]) -> str:
    """The first few, and how many more."""
    shown = list(names[:MOST_NAMED])
    if rest := len(names) - len(shown):
        shown.append(f"{rest} andere")
    return listing(shown)


def reasons(found: Assessment, member: Belongs, instrument: str) -> list[str]:
    """All that stands in the way; empty for who may rely on it."""
    said = [standing_of(member)]
    for share, of in ((found.share, instrument), (found.whole, "de NVSI")):
        is_told = of != instrument and found.whole == found.share
        if not is_told and not has_share(share):
            said.append(share_said(share, of))
    said += [requirement_said(one) for one in found.requirements]
    return list(dict.fromkeys(reason for reason in said if reason))


def since_of(member: Belongs) -> str:
    """As what it belongs on the day: 'lid sinds 1 april 2024'."""
    what = {"lid": "lid", "aspirant_lid": "aspirant-lid"}.get(
        member.as_what, member.as_what
    )
    if not what or member.since is None:
        return "geen lid"
    return f"{what} sinds {day(member.since)}"
