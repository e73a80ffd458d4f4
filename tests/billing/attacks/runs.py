"""Attacks on runs, settlements and their lines."""

from tests.billing.attacks.sql import Attack, copy, update

RUN = "billing_settlementrun"
NO_MORE = "afrekenronde verandert niet meer"


def approve_run(by: str = "penningmeester", changes: str = "") -> str:
    facts = f"status = 'approved', approved_by_id = %({by})s, approved_at = now()"
    return update(RUN, "run", f"{facts} {changes}")


TOGETHER = "Met een afrekenronde worden al haar afrekeningen vastgesteld"
AS_PREPARED = "niet wat is opgesteld, en door wie"

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
    *(Attack("an_approved_run_does_not_change", tries, sql, AS_PREPARED)
      for tries, sql in [
          ("name another preparer while approving",
           approve_run(by="bureau", changes=", prepared_by_id = %(bestuur)s")),
          ("name no preparer while approving",
           approve_run(by="bureau", changes=", prepared_by_id = NULL")),
          ("name no preparer before approving",
           update(RUN, "run", "prepared_by_id = NULL") + approve_run(by="bureau")),
          ("change the fingerprint while approving",
           approve_run(changes=", fingerprint = repeat('0', 64)")),
          ("say that it was in time while approving",
           approve_run(changes=", forced = NOT forced")),
      ]),
    Attack("a_run_is_approved_as_a_whole", "approve the run alone", approve_run(),
           TOGETHER),
    Attack("a_run_is_approved_as_a_whole", "approve it with an open half-year",
           approve_run() + "UPDATE billing_settlement SET status = 'approved', "
           "number_year = 2026, number_sequence = 4 + (SELECT count(*) FROM "
           "billing_settlement o WHERE o.run_id = %(run)s AND o.id <= "
           "billing_settlement.id), approved_on = '2026-07-15' WHERE run_id = %(run)s;",
           TOGETHER),
    Attack("a_run_is_approved_as_a_whole", "approve it with drafts in it",
           approve_run() + update("billing_period", "open", "closed_at = now()"),
           TOGETHER),
]  # fmt: skip
