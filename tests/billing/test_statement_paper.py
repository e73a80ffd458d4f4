"""What the paper of a statement says, in words and in written amounts."""

from collections.abc import Sequence

from billing.statements.paper import Paper, paper_of
from billing.statements.sums import Row
from tests.billing.statement_content import (
    THE_EXAMPLE,
    Content,
    gemeente,
    job,
    reversal,
    statement,
)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def first_sentence(content: Content) -> str:
    said = paper_of(content).result
    return plain(f"{said.before} {said.figure}{said.after}")


def next_steps(content: Content) -> str:
    return plain(" ".join(paper_of(content).next_steps))


def as_text(rows: Sequence[Row]) -> list[tuple[str, str]]:
    return [(plain(row.label), plain(row.amount)) for row in rows]


def notes(paper: Paper, label: str) -> list[str]:
    rows = paper.parts[0].calculation.gemeente
    [row] = [row for row in rows if row.label == label]
    return [plain(note) for note in row.notes]


def test_the_first_sentence_says_the_result() -> None:
    said = "Uw gemeente ontvangt € 324,57 over de eerste helft van 2026."
    assert first_sentence(statement()) == said
    assert "NL91 ABNA 0417 1643 00" in next_steps(statement())


def test_the_calculation_is_that_of_the_worked_example() -> None:
    calculation = paper_of(statement()).parts[0].calculation
    assert as_text(calculation.gemeente) == [
        ("Bruto-omzet", "€ 584,88"),
        ("Premies voor kandidaten", "− € 79,00"),
        ("Vergoeding uitvoerder", "− € 175,46"),
        ("Bijdrage aan de NVSI", "− € 5,85"),
        ("Uitkering aan gemeente Groningen", "€ 324,57"),
    ]
    assert as_text(calculation.executor) == [
        ("Vergoeding", "€ 175,46"),
        ("Bijdrage aan de NVSI", "− € 5,85"),
        ("Uitkering aan de uitvoerder", "€ 169,61"),
    ]
    assert as_text(calculation.association) == [
        ("Van gemeente Groningen", "€ 5,85"),
        ("Van de uitvoerder", "+ € 5,85"),
        ("Bijdrage aan de NVSI", "€ 11,70"),
    ]
    assert as_text(calculation.check) == [
        ("Premies", "€ 79,00"),
        ("Uitkering aan u", "+ € 324,57"),
        ("Uitvoerder", "+ € 169,61"),
        ("NVSI", "+ € 11,70"),
        ("Bruto-omzet", "= € 584,88"),
    ]


def test_every_line_says_where_its_amount_comes_from() -> None:
    paper = paper_of(statement())
    assert notes(paper, "Bruto-omzet") == [
        "39,50 gewerkte uren, gefactureerd aan 2 opdrachtgevers, zonder btw."
    ]
    assert notes(paper, "Premies voor kandidaten") == ["€ 2,00 per gewerkt uur."]
    assert notes(paper, "Vergoeding uitvoerder") == [
        "30% van € 584,88. Gebruiksovereenkomst Flexensie van 12 maart 2024, "
        "sinds de eerste helft van 2024."
    ]
    assert notes(paper, "Bijdrage aan de NVSI") == [
        "1% van € 584,88. Besluit van de ALV van 14 december 2023, "
        "sinds de eerste helft van 2024."
    ]


def test_premiums_that_differ_are_named() -> None:
    jobs = [job("A", "1.00", premium=p) for p in ("2.00", "1.50")]
    two = paper_of(statement(gemeente("GM0014", "Groningen", jobs)))
    assert notes(two, "Premies voor kandidaten") == [
        "€ 1,50 of € 2,00 per gewerkt uur."
    ]
    jobs.append(job("A", "1.00", premium="2.25"))
    three = paper_of(statement(gemeente("GM0014", "Groningen", jobs)))
    said = ["€ 1,50 tot € 2,25 per gewerkt uur."]
    assert notes(three, "Premies voor kandidaten") == said


def test_a_gemeente_that_owes_reads_what_it_pays_and_that_the_bureau_calls() -> None:
    content = statement(gemeente("GM0014", "Groningen", [job("A", "9.00", "2.10")]))
    said = "Uw gemeente betaalt € 4,96 over de eerste helft van 2026."
    assert first_sentence(content) == said
    assert "Het bureau neemt contact met u op over de betaling." in next_steps(content)
    paper = paper_of(content)
    assert plain(paper.parts[0].calculation.gemeente[-1].amount) == "− € 4,96"
    assert notes(paper, "Uitkering aan gemeente Groningen") == [
        "Onder nul: gemeente Groningen betaalt dit bedrag."
    ]


def test_nothing_to_pay_is_said_as_such() -> None:
    nothing = statement(gemeente("GM0014", "Groningen", []))
    assert "ontvangt € 0,00" in first_sentence(nothing)
    assert next_steps(nothing) == "Er is niets te betalen. U hoeft niets te doen."


def test_a_missing_account_is_asked_for() -> None:
    content = statement()
    content["organisation"]["iban"] = ""
    assert "nog geen rekeningnummer" in next_steps(content)


def test_a_credit_names_the_old_statement_first_and_turns_every_sign() -> None:
    content = reversal(statement())
    paper = paper_of(content)
    assert paper.title == "Creditafrekening Flexensie"
    assert first_sentence(content) == (
        "Deze creditafrekening draait afrekening 2026-0147 terug: − € 324,57."
    )
    assert "met het omgekeerde teken" in next_steps(content)
    assert ("Hoort bij", "afrekening 2026-0147") in paper.reference
    rows = as_text(paper.parts[0].calculation.gemeente)
    assert rows[0] == ("Bruto-omzet", "− € 584,88")
    assert rows[1] == ("Premies voor kandidaten", "+ € 79,00")
    assert rows[-1] == ("Uitkering aan gemeente Groningen", "− € 324,57")


def test_an_interim_statement_says_that_the_half_year_was_not_over() -> None:
    assert paper_of(statement()).interim == ""
    marked = paper_of(statement(forced=True)).interim
    assert marked.startswith("De eerste helft van 2026 was nog niet voorbij")


def test_several_gemeenten_are_summed_first_and_then_shown_one_by_one() -> None:
    groningen = gemeente("GM0014", "Groningen", THE_EXAMPLE)
    hogeland = gemeente("GM1966", "Het Hogeland", [job("A", "10.00")], "27.50")
    content = statement(groningen, hogeland)
    content["organisation"] |= {"kind": "samenwerkingsverband", "name": "Werkplein"}
    paper = paper_of(content)
    assert first_sentence(content).startswith("Uw samenwerkingsverband ontvangt")
    assert paper.addressee[0] == "Werkplein"
    assert paper.overview is not None
    assert [share.name for share in paper.overview.shares] == [
        *("Groningen", "Het Hogeland", "Samen")
    ]
    steps = paper.overview.calculation.gemeente
    assert plain(steps[0].amount) == "€ 732,38"
    assert "Per gemeente een eigen percentage" in steps[2].notes[0]
    assert plain(steps[3].notes[0]) == "1% van de bruto-omzet van elke gemeente."
    assert [part.name for part in paper.parts] == [
        *("Gemeente Groningen", "Gemeente Het Hogeland")
    ]


def test_one_gemeente_has_no_overview() -> None:
    assert paper_of(statement()).overview is None


def test_late_and_corrected_work_is_marked_in_words() -> None:
    halves = ["2025-H1", "2025-H2"]
    late = job("A", "8.00", nagekomen=halves, correctie=True, van="2025-11-03")
    part = paper_of(statement(gemeente("GM0014", "Groningen", [late]))).parts[0]
    [work] = part.clients[0].assignments
    assert work.remark == (
        "nagekomen (eerste helft van 2025 en tweede helft van 2025), correctie"
    )
    assert part.late
    assert part.corrected
    plain_part = paper_of(statement()).parts[0]
    assert not plain_part.late
    assert not plain_part.corrected


def test_the_work_is_summed_per_opdrachtgever_and_in_all() -> None:
    part = paper_of(statement()).parts[0]
    first = part.clients[0]
    assert (first.sums.name, first.sums.remark) == ("Bakkerij Köster", "KvK 12345679")
    assert plain(first.sums.revenue) == "€ 472,00"
    assert plain(first.assignments[0].worked) == "12 jan t/m 10 mei 2026"
    assert [plain(part.total.revenue), plain(part.total.premium)] == [
        *("€ 584,88", "€ 79,00")
    ]


def test_what_the_association_has_not_told_is_left_out_of_its_head() -> None:
    content = statement()
    content["issuer"] |= {"kvk": "", "iban": ""}
    assert paper_of(content).sender_lines == ["Utrecht", "bureau@nvsi.example"]
