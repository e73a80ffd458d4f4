"""Who answered what, as a workbook for the bureau: it is no secret, and says so."""

from membership.consultation.result import abstains
from membership.consultation.running import outcome
from membership.models import Consultation, ConsultationAnswer
from nvsi.admin.columns import moment
from nvsi.spreadsheet import Sheet, write_xlsx


def as_xlsx(consultation: Consultation) -> bytes:
    """Two sheets: the result, and a row for each member."""
    result = outcome(consultation)
    counts = [
        (line.option, line.count, line.pct or ("telt niet mee" if line.count else ""))
        for line in result.lines
    ]
    totals = [
        ("Stemmen", result.votes, ""),
        ("Leden die antwoordden", result.answered, result.turnout),
        ("Leden met een stem", result.voters, ""),
    ]
    sheets = [
        Sheet("Uitslag", ("Keuze", "Aantal", "Percentage"), [*counts, *totals]),
        Sheet(
            "Antwoorden",
            ("Lid", "Code", "Antwoord", "Telt als stem", "Door", "Op", "Eerder"),
            _rows(consultation),
        ),
    ]
    created = consultation.opens_on
    return write_xlsx(sheets, created=created, title=consultation.question)


def _rows(consultation: Consultation) -> list[tuple[str, ...]]:
    """By name of the member; also who did not answer."""
    standing: dict[int, ConsultationAnswer] = {}
    earlier: dict[int, list[str]] = {}
    answers = ConsultationAnswer.objects.filter(voter__consultation=consultation)
    for one in answers.select_related("by").order_by("at", "pk"):
        if one.replaced_at is None:
            standing[one.voter_id] = one
        else:
            earlier.setdefault(one.voter_id, []).append(one.choice)
    rows = []
    for voter in consultation.voters.select_related("organisation"):
        given = standing.get(voter.pk)
        name, code = voter.organisation.name, voter.organisation.code
        before = ", ".join(earlier.get(voter.pk, []))
        said: tuple[str, ...] = ("geen antwoord", "nee", "", "")
        if given:
            counts = "nee" if abstains(given.choice) else "ja"
            said = (given.choice, counts, given.by.name, moment(given.at))
        rows.append((name, code, *said, before))
    return rows
