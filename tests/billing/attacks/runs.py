"""Attacks on runs, settlements and their lines."""

from tests.billing.attacks.sql import Attack, copy, update

RUN = "billing_settlementrun"
NO_MORE = "afrekenronde verandert niet meer"


def approve_run(by: str = "penningmeester", changes: str = "") -> str:
    facts = f"status = 'approved', approved_by_id = %({by})s, approved_at = now()"
    return update(RUN, "run", f"{facts} {changes}")


RUNS = [
    Attack("the_approver_is_not_the_preparer", "approve what you prepared",
           approve_run(by="bureau")),
    Attack("an_approved_run_says_by_whom_and_when", "approve as nobody",
           update(RUN, "run", "status = 'approved', approved_at = now()")),
    Attack("an_approved_run_says_by_whom_and_when", "approve at no time", approve_run(
        changes=", approved_at = NULL").replace(", approved_at = now()", "")),
    Attack("an_approved_run_says_by_whom_and_when", "a draft with an approver",
           update(RUN, "run", "approved_by_id = %(penningmeester)s")),
    Attack("a_halfyear_has_one_draft_run", "prepare it twice",
           copy(RUN, "id = %(run)s", sequence="2")),
    Attack("a_run_has_its_own_number", "number it twice",
           copy(RUN, "id = %(run)s", period_id="%(closed)s")),
    *(Attack("an_approved_run_does_not_change", tries, sql, NO_MORE) for tries, sql in [
        ("make it a draft", update(RUN, "approved_run",
         "status = 'draft', approved_by_id = NULL, approved_at = NULL")),
        ("name another approver", update(RUN, "approved_run",
         "approved_by_id = %(bestuur)s")),
        ("change its fingerprint", update(RUN, "approved_run", "fingerprint = 'x'")),
        ("delete it", "DELETE FROM billing_settlementrun WHERE id = %(approved_run)s"),
        ("move a draft", update(RUN, "run", "period_id = %(next)s")),
    ]),
    Attack("an_approved_run_does_not_change", "add an approved one",
           copy(RUN, "id = %(approved_run)s", sequence="2"), "begint als concept"),
]  # fmt: skip
