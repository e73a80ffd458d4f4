"""What no guard refuses yet, and should: each says which rule it breaks.

They are expected to pass the database; when a guard is added its test says so, and the
attack moves to where the others stand.
"""

from tests.billing.attacks.lines import add_line
from tests.billing.attacks.runs import approve_run
from tests.billing.attacks.settlements import NAMES, SL, S, approve, of
from tests.billing.attacks.sql import Attack, copy, update

FOUR_EYES = "who prepares may not approve, in the database too (design 6)"

UNGUARDED = [
    Attack(FOUR_EYES, "name another preparer while approving",
           approve_run(by="bureau", changes=", prepared_by_id = %(bestuur)s")),
    Attack(FOUR_EYES, "name no preparer while approving",
           approve_run(by="bureau", changes=", prepared_by_id = NULL")),
    Attack(FOUR_EYES, "approve a settlement while its run is a draft", approve()),
    Attack("what is approved is what was previewed (design 4)",
           "change the fingerprint while approving",
           approve_run(changes=", fingerprint = repeat('0', 64)")),
    Attack("approving a run approves its settlements and closes the half-year",
           "approve the run alone", approve_run()),
    Attack("a half-year closes by approving (0003)", "add a closed half-year",
           copy("billing_period", "id = %(next)s", halfyear="20271",
                closed_at="now()")),
    Attack("numbers without gaps (design 3)", "number from zero in an old year",
           approve(number="0", year="1999")),
    Attack("the year of a number is that of its date", "number in another year",
           approve(number="1", year="1999")),
    Attack("mistakes travel forward: what is reversed has a reversal (design 3)",
           "reverse without one", update(S, "settlement_2", "status = 'reversed'")),
    Attack("a settlement is of the half-year of its run", "move a draft",
           update(S, "draft", "period_id = %(next)s")),
    Attack("an approved run does not change", "add a draft to it",
           copy(S, "id = %(draft)s", run_id="%(approved_run)s",
                organisation_id="%(rijkhoven)s")),
    Attack("an approved settlement does not change",
           "add a gemeente of nothing to a reversal",
           copy(SL, of("draft"), settlement_id="%(settlement_4)s",
                gemeente_id="%(heideveld)s", **dict.fromkeys(NAMES, "0"))),
    Attack("a correction is of a known line (design 4)", "correct yourself",
           add_line(corrigeert_regel_id="'X1'")),
    Attack("a line has the rates of the half-year of its day", "another half-year",
           add_line(worked_in="20251")),
    Attack("a line is of an agreement in force on its day (design 4)", "long before",
           add_line(datum="'2010-03-09'", worked_in="20101")),
    Attack("a statement that is done has its files", "without PDF, XLSX and JSON",
           f"UPDATE billing_statement SET state = 'done' WHERE {of('settlement_4')};"),
    Attack("a statement is of an approved settlement", "of a draft",
           copy("billing_statement", of("settlement_4"), settlement_id="%(draft)s")),
    Attack("what was settled stays of its gemeente and agreement", "move it",
           "UPDATE contracts_coverage SET gemeente_id = %(rijkhoven)s, starts_on = "
           "'2010-01-01', ends_on = '2010-02-01' WHERE gemeente_id = %(heideveld)s;"),
    Attack("history is only added to (BIO2 8.15, faults 19)", "empty the events",
           "TRUNCATE contracts_termsevent;"),
]  # fmt: skip
